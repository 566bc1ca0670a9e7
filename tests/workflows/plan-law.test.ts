// P1, P2 in every city: what the plan must hold, whom it passes, what is kept, as the city's own text has it.
import { sendNext } from '@gongshu/infra/filings/filer';
import { sha256 } from '@gongshu/infra/hash';
import { createLogger } from '@gongshu/infra/logger';
import { loadPacks } from '@gongshu/infra/packs';
import { valuesOf } from '@gongshu/shared/packs/pack';
import { peopleOf, type Procedures, startProcedures } from '../support/procedures.ts';

const cities = ['national', 'zhongwei', 'shuozhou', 'wuhai'] as const;
type City = (typeof cities)[number];
const packs = loadPacks();

let the: Procedures;
beforeAll(async () => {
  the = await startProcedures(cities);
  await the.law.begin('2025-03-03T09:00:00');
}, 90_000);
afterAll(() => the?.stop());

type Items = Record<string, { text: string; documents?: string[] }>;
const whole = (city: City, change: object = {}) => {
  const { contents, feasibility } = valuesOf(packs.resolve(city), 'implementationPlan');
  return {
    title: '公共数据资源授权运营实施方案',
    items: Object.fromEntries(contents.map(({ item }) => [item, { text: `关于${item}` }])) as Items,
    feasibility: Object.fromEntries(feasibility.map((topic) => [topic, `关于${topic}`])),
    ...change,
  };
};
const seven = (inFavour: number, absent = 0) =>
  Array.from({ length: 7 }, (_, n) => ({
    member: `m-${n}`,
    vote: n < inFavour ? 'for' : n < 7 - absent ? 'against' : 'absent',
  }));
const today = async (): Promise<string> =>
  new Date((await the.law.now()) + 8 * 3_600_000).toISOString().slice(0, 10);

/** What the bodies of a city do with one version. */
const bodies = (city: City) => {
  const { bureau, government } = peopleOf(city);
  const url = (caseNo: string, path: string) => `/v1/plans/${caseNo}/${path}`;
  const paper = (title: string) => the.upload(city, 'city-bureau', title);
  return {
    open: (contents: object, path?: string) => the.open(bureau, '/v1/plans', { contents }, path),
    revise: (caseNo: string, contents: object) => the.post(bureau, url(caseNo, 'revisions'), { contents }),
    decide: async (caseNo: string, votes: object[] = seven(5), change: object = {}) =>
      the.post(bureau, url(caseNo, 'deliberation'), {
        ...{ heldOn: await today(), votes, minutes: await paper('会议纪要') },
        ...change,
      }),
    approve: async (caseNo: string, change: object = {}) =>
      the.post(government, url(caseNo, 'approval'), {
        ...{ outcome: 'approve', document: await the.upload(city, 'city-government', '批复') },
        ...change,
      }),
    file: (caseNo: string) => the.post(bureau, url(caseNo, 'filing')),
    answer: async (caseNo: string, what: 'receipt' | 'return', change: object = {}) =>
      the.post(bureau, url(caseNo, `filing/${what}`), {
        ...{ on: await today(), document: await paper('备案回执') },
        ...(what === 'receipt'
          ? { number: '备〔2024〕1号' }
          : { reasons: [{ code: 'incomplete', text: '缺页' }] }),
        ...change,
      }),
    withdraw: (caseNo: string) => the.post(bureau, url(caseNo, 'withdrawal')),
    read: async (path: string) => (await the.call(bureau, 'GET', path)).json<Record<string, unknown>>(),
  };
};
/** The filer, as the registry runs it. */
const sent: string[] = [];
const send = () =>
  sendNext({
    ...{ db: the.db, logger: createLogger('registry', { level: 'silent' }) },
    lawNow: async () => new Date(await the.law.now()),
    documents: { read: () => Promise.reject(new Error('no file is read here')) },
    port: { send: async ({ content }) => void sent.push(content) },
  });

/** What each text asks for: how much, what is its own, and where. */
const texts = [
  { city: 'national', items: 12, own: 'other', article: '九（十二）', feasibility: 5 },
  { city: 'zhongwei', items: 13, own: 'economicAndSocialBenefit', article: '十二', feasibility: 5 },
  { city: 'shuozhou', items: 12, own: 'termAndProgress', article: '九（六）', feasibility: 5 },
  { city: 'wuhai', items: 14, own: 'implementingBody', article: '三', feasibility: 5 },
] as const;

describe('[P1 national] [P1 zhongwei] [P1 shuozhou] [P1 wuhai] a plan that holds every item', () => {
  it.each(texts)(
    '$city: $items items and $feasibility topics; it is opened and read back',
    async ({ city, items }) => {
      const { open, withdraw, read } = bodies(city);
      const contents = whole(city);
      expect(Object.keys(contents.items)).toHaveLength(items);
      const caseNo = await open(contents);
      const kept = await read(`/v1/plans/${caseNo}/contents`);
      expect(kept).toMatchObject({ version: 1, replaces: null, contents: { title: contents.title } });
      expect(Object.keys((kept['contents'] as { items: object })['items']).toSorted()).toEqual(
        Object.keys(contents.items).toSorted(),
      );
      expect((await withdraw(caseNo)).status).toBe(200);
      await the.quiet(caseNo);
    },
  );
});

describe('[P1 national refuses] [P1 zhongwei refuses] [P1 shuozhou refuses] [P1 wuhai refuses] a plan that lacks an item', () => {
  const refusal = async (city: City, contents: object) => {
    const answer = await the.call(peopleOf(city).bureau, 'POST', '/v1/plans', { contents });
    const { code, article, errors } = answer.json<{
      code: string;
      article?: { article: string };
      errors: { pointer: string; message: string }[];
    }>();
    return { status: answer.statusCode, code, article: article?.article, errors };
  };

  it.each(texts)('$city: without $own it is told so, by article $article', async ({ city, own, article }) => {
    const { items } = whole(city);
    const { [own]: _left, ...rest } = items;
    expect(await refusal(city, whole(city, { items: rest }))).toEqual({
      ...{ status: 422, code: 'planIncomplete', article },
      errors: [
        {
          pointer: `/body/contents/items/${own}`,
          code: 'required',
          message: expect.stringContaining(article) as string,
        },
      ],
    });
  });

  it.each(texts)(
    '$city: an empty plan is told of everything at once, each by its article',
    async ({ city, items, feasibility }) => {
      const { status, errors } = await refusal(city, whole(city, { items: {}, feasibility: {} }));
      expect([status, errors.length]).toEqual([422, items + feasibility]);
      expect(errors.filter(({ message }) => !/（.+）/.test(message))).toEqual([]);
    },
  );

  it('an item of another city’s list is taken and makes up for none of its own', async () => {
    const { items } = whole('wuhai');
    const { term: _left, ...rest } = items;
    const { errors } = await refusal(
      'wuhai',
      whole('wuhai', { items: { ...rest, termAndProgress: { text: '三年' } } }),
    );
    expect(errors.map(({ pointer }) => pointer)).toEqual(['/body/contents/items/term']);
  });
});

describe('[P2 national] [P2 zhongwei] [P2 shuozhou] [P2 wuhai] decided on, approved, filed; changed by the same route', () => {
  it.each(cities)('%s: the whole route, and a second version that takes it again', async (city) => {
    const { open, revise, decide, approve, file, answer, read } = bodies(city);
    const first = await open(whole(city), city === 'zhongwei' ? 'plan-whole-route' : undefined);
    expect((await decide(first, seven(2))).status).toBe(200);
    expect((await revise(first, whole(city, { title: '修改后的实施方案' }))).status).toBe(200);
    expect((await decide(first)).status).toBe(200);
    const reasons = [{ code: 'unclear', text: '范围不清' }];
    expect((await approve(first, { outcome: 'refuse', reasons })).status).toBe(200);
    expect((await approve(first)).code).toBe('stepNotReached');
    expect((await decide(first)).status).toBe(200);
    expect((await approve(first)).status).toBe(200);
    expect((await read('/v1/plans/current'))['caseNo']).toBe(first);
    expect((await file(first)).status).toBe(200);
    expect((await answer(first, 'receipt')).code).toBe('filingNotSent');
    expect(await send()).toBe(true);
    expect((await answer(first, 'return')).status).toBe(200);
    expect((await file(first)).status).toBe(200);
    expect(await send()).toBe(true);
    expect((await answer(first, 'receipt')).status).toBe(200);
    await the.quiet(first);
    expect(await the.story(first)).toEqual([
      ...[
        'opened',
        'notCarried',
        'revised',
        'deliberated',
        'notApproved',
        'deliberated',
        'approved',
        'inForce',
      ],
      ...['filed', 'filingReturned', 'filed', 'filingReceipted'],
    ]);
    const filings = (await read(`/v1/filings?caseNo=${first}`))['items'] as {
      filing: string;
      state: string;
    }[];
    expect(filings.map(({ filing, state }) => `${filing} ${state}`)).toEqual([
      `${first}-BA2 receipted`,
      `${first}-BA1 returned`,
    ]);
    expect(await read(`/v1/filings/${first}-BA2`)).toMatchObject({
      answer: { number: '备〔2024〕1号' },
      package: sha256(sent.at(-1) ?? ''),
    });
    expect(JSON.parse(sent.at(-1) ?? '')).toMatchObject({
      to: 'provincialAuthority',
      content: {
        version: 1,
        contents: { title: '修改后的实施方案' },
        decisions: { deliberated: { inFavour: 5 } },
      },
    });

    const second = await open(
      whole(city, { title: '修改后的实施方案', termMonths: 36 }),
      city === 'zhongwei' ? 'plan-second-version' : undefined,
    );
    const changed = (await read(`/v1/plans/${second}/differences`))['differences'] as {
      place: string;
      change: string;
    }[];
    expect(
      changed.filter(({ change }) => change !== 'same').map(({ place, change }) => `${place} ${change}`),
    ).toEqual(['termMonths added']);
    expect((await approve(second)).code).toBe('stepNotReached');
    expect((await read('/v1/plans/current'))['caseNo']).toBe(first);
    await decide(second);
    await approve(second);
    const current = await read('/v1/plans/current');
    expect(current).toMatchObject({
      ...{ caseNo: second, version: 2, replaces: first },
      versions: [
        { caseNo: second, replacedBy: null },
        { caseNo: first, replacedBy: second },
      ],
    });
    const publications = await the.call(
      null,
      'GET',
      `/v1/publications?jurisdiction=${city}&kind=implementationPlan&state=all`,
    );
    expect(publications.json<{ items: object[] }>().items).toMatchObject([
      { publication: current['publication'], subject: second, state: 'current' },
      { subject: first, state: 'withdrawn', withdrawal: { code: 'replaced' } },
    ]);
    const whatWas = await read(`/v1/plans/${first}/contents`);
    expect(whatWas).toMatchObject({ version: 1, contents: { title: '修改后的实施方案' } });
    expect(whatWas['contents']).not.toHaveProperty('termMonths');
    // The version on its way holds up another until it is filed.
    expect((await the.post(peopleOf(city).bureau, '/v1/plans', { contents: whole(city) })).code).toBe(
      'planOpen',
    );
    await file(second);
    await send();
    await answer(second, 'receipt');
    await the.quiet(second);
    expect(
      (
        await the.post(peopleOf(city).bureau, '/v1/plans', {
          contents: whole(city, { title: '修改后的实施方案', termMonths: 36 }),
        })
      ).code,
    ).toBe('planUnchanged');
  });
});

describe('[P2 national refuses] [P2 zhongwei refuses] [P2 shuozhou refuses] [P2 wuhai refuses] a step out of its order', () => {
  it.each([
    { city: 'national', article: '十一' },
    { city: 'zhongwei', article: '十二' },
    { city: 'shuozhou', article: '六（一）' },
    { city: 'wuhai', article: '十三' },
  ] as const)('$city: refused by article $article, and the case goes on', async ({ city, article }) => {
    const { open, decide, approve, file, revise, withdraw } = bodies(city);
    const { government } = peopleOf(city);
    const caseNo = await open(
      whole(city, { title: '另一方案' }),
      city === 'zhongwei' ? 'plan-withdrawn' : undefined,
    );
    const document = await the.upload(city, 'city-government', '批复');
    const early = await the.call(government, 'POST', `/v1/plans/${caseNo}/approval`, {
      outcome: 'approve',
      document,
    });
    expect(early.json()).toMatchObject({ status: 409, code: 'stepNotReached', article: { article } });
    expect((await file(caseNo)).code).toBe('stepNotReached');
    expect((await decide(caseNo, seven(3, 4))).code).toBe('quorumNotMet');
    expect((await decide(caseNo)).status).toBe(200);
    expect((await revise(caseNo, whole(city, { title: '改后' }))).code).toBe('stepNotReached');
    expect((await file(caseNo)).code).toBe('stepNotReached');
    expect((await approve(caseNo, { outcome: 'refuse' })).code).toBe('reasonsMissing');
    expect((await withdraw(caseNo)).status).toBe(200);
    await the.quiet(caseNo);
    expect(await the.story(caseNo)).toEqual(['opened', 'deliberated', 'withdrawn']);
  });
});

describe('what nobody may do, or cannot mean', () => {
  it('is refused by the place at fault, and changes nothing', async () => {
    const { open, decide, withdraw, answer, revise } = bodies('zhongwei');
    const { bureau, operator, auditor } = peopleOf('zhongwei');
    const contents = whole('zhongwei', { title: '第三版' });
    const caseNo = await open(contents);
    const told = async (who: object, path: string, body: object) => {
      const response = await the.call(who as never, 'POST', `/v1/plans/${caseNo}/${path}`, body);
      const { code, errors = [] } = response.json<{ code: string; errors?: { pointer: string }[] }>();
      return `${response.statusCode} ${code} ${errors.map(({ pointer }) => pointer).join(' ')}`.trim();
    };
    const minutes = await the.upload('zhongwei', 'city-bureau', '会议纪要');
    const held = { heldOn: await today(), votes: seven(5), minutes };
    const twice = [...seven(5), { member: 'm-0', vote: 'for' }];
    const nul = String.fromCharCode(0);
    const answers: [string, unknown][] = [
      ['2025-02-30', await told(bureau, 'deliberation', { ...held, heldOn: '2025-02-30' })],
      ['ahead', await told(bureau, 'deliberation', { ...held, heldOn: '2030-01-01' })],
      ['before the opening', await told(bureau, 'deliberation', { ...held, heldOn: '2023-12-31' })],
      ['a member twice', await told(bureau, 'deliberation', { ...held, votes: twice })],
      ['nobody', await told(bureau, 'deliberation', { ...held, votes: [] })],
      ['NUL', await told(bureau, 'deliberation', { ...held, minutes: nul })],
      ['no such paper', await told(bureau, 'deliberation', { ...held, minutes: `sha256:${'0'.repeat(64)}` })],
      ['operator', await told(operator, 'deliberation', held)],
      ['auditor', await told(auditor, 'deliberation', held)],
      ['another city', await told(peopleOf('wuhai').bureau, 'deliberation', held)],
      ['NUL in words', await told(bureau, 'revisions', { contents: { ...contents, title: `方案${nul}` } })],
      ['half a character', await told(bureau, 'revisions', { contents: { ...contents, title: '\ud800' } })],
      [
        'unknown item',
        await told(bureau, 'revisions', { contents: { ...contents, items: { x: { text: '1' } } } }),
      ],
      ['unchanged', await told(bureau, 'revisions', { contents })],
    ];
    expect(Object.fromEntries(answers)).toEqual({
      '2025-02-30': '400 invalidRequest /body/heldOn',
      ahead: '422 dateOutside /body/heldOn',
      'before the opening': '422 dateOutside /body/heldOn',
      'a member twice': '400 invalidRequest /body/votes',
      nobody: '400 invalidRequest /body/votes',
      NUL: '400 textRefused /body/minutes',
      'no such paper': '422 documentUnknown /body/minutes',
      operator: '403 forbidden',
      auditor: '403 forbidden',
      'another city': '404 notFound',
      'NUL in words': '400 textRefused /body/contents/title',
      'half a character': '400 textRefused /body/contents/title',
      'unknown item': '400 invalidRequest /body/contents/items/x',
      unchanged: '409 planUnchanged',
    });
    expect((await answer(caseNo, 'receipt')).code).toBe('stepNotReached');
    expect(await the.story(caseNo)).toEqual(['opened']);
    const revised = whole('zhongwei', { title: '第三版（修改）' });
    expect((await revise(caseNo, revised)).status).toBe(200);
    const { revisions } = (await the.call(auditor, 'GET', `/v1/plans/${caseNo}/contents`)).json<{
      revisions: { contentHash: string }[];
    }>();
    const [opened] = revisions;
    const was = await the.call(
      auditor,
      'GET',
      `/v1/plans/${caseNo}/contents?contentHash=${opened?.contentHash ?? ''}`,
    );
    expect(was.json()).toMatchObject({ contents: { title: '第三版' } });
    const unknown = await the.call(
      auditor,
      'GET',
      `/v1/plans/${caseNo}/contents?contentHash=sha256:${'0'.repeat(64)}`,
    );
    expect(unknown.statusCode).toBe(404);
    expect((await decide(caseNo)).status).toBe(200);
    await withdraw(caseNo);
    await the.quiet(caseNo);
  });

  it('no plan is deemed decided: late is overdue, and a decision after that is marked late', async () => {
    const { open, decide, withdraw } = bodies('zhongwei');
    const caseNo = await open(whole('zhongwei', { title: '逾期的方案' }), 'plan-overdue');
    await the.goTo('2025-04-01T09:00:00', caseNo);
    expect(await the.story(caseNo)).toEqual(['opened', 'overdue']);
    expect(await the.told(caseNo, 'plan.overdue.v1')).toMatchObject([{ lastDay: '2025-03-31' }]);
    expect((await decide(caseNo)).status).toBe(200);
    expect(await the.told(caseNo, 'plan.deliberated.v1')).toMatchObject([{ late: true }]);
    await withdraw(caseNo);
    await the.quiet(caseNo);
  });
});
