import { loadPacks } from '@gongshu/infra/packs';
import type { PackSet } from '@gongshu/shared/packs/resolve';
import {
  auditor,
  bureauAccount,
  expertNo,
  expertWho,
  people,
  type Pool,
  refusal,
  startPool,
} from './experts-support.ts';
import { documentNo } from './onboarding-support.ts';
import { bodiesOf } from './resources-support.ts';

const real = loadPacks();
/** Zhongwei with opinions published, as another city's rules might have it; all else as the packs say. */
const packs: PackSet = {
  ...real,
  resolve: (jurisdiction, ...rest) => {
    const pack = real.resolve(jurisdiction, ...rest);
    const topic = pack.rules['expertCommittee'];
    if (jurisdiction !== 'zhongwei' || !topic?.['opinions'] || !publishing) return pack;
    const opinions = { ...topic['opinions'], value: 'published' };
    return { ...pack, rules: { ...pack.rules, expertCommittee: { ...topic, opinions } } };
  },
};
let publishing = false;
let city: Pool;
const { bureau, department, operator } = people;
const institutionOf = {
  zhongwei: 'university',
  wuhai: 'other',
  shuozhou: 'university',
  national: 'university',
};
jest.setTimeout(90_000);
beforeAll(async () => {
  city = await startPool({ packs });
  for (const [jurisdiction, institution] of Object.entries(institutionOf)) {
    const made = await city.pool(
      [1, 2, 3, 4].map((n) => expertNo(n, { institution })),
      jurisdiction,
    );
    if (made.status !== 201) throw new Error(JSON.stringify(made));
  }
  await city.pool([expertNo(5, { organisation: 'merchant-1', institution: 'enterprise' })]);
  await city.pool([expertNo(6, { institution: 'other' }), expertNo(7)]);
  await city.post(bureau, '/v1/experts/zj-7/suspension', { code: 'retired', text: '退休' });
});
afterAll(() => city?.stop());
beforeEach(() => {
  publishing = false;
});

const question = {
  ...{ task: 'riskAssessment', caseNo: '640500-SQ-2024-000001', title: '敏感数据融合的运营风险' },
  ...{ question: '停车数据与医保数据融合是否可控？', bodies: ['merchant-1'] },
  ...{ members: ['zj-1', 'zj-2'], documents: [documentNo(7)] },
};
const ask = (change: object = {}, jurisdiction = 'zhongwei', who: object = bodiesOf(jurisdiction).bureau) =>
  city.post(who as never, '/v1/expert-questions', { ...question, ...change });
const say = (id: unknown, n: number, change: object = {}, jurisdiction = 'zhongwei') =>
  city.post(expertWho(n, jurisdiction), `/v1/expert-questions/${String(id)}/opinions`, {
    ...{ stance: 'supportOnConditions', opinion: '先脱敏，再融合' },
    ...change,
  });
const close = (id: unknown, jurisdiction = 'zhongwei') =>
  city.post(bodiesOf(jurisdiction).bureau, `/v1/expert-questions/${String(id)}/closing`, {
    conclusion: '附条件可行',
  });

const committees = [
  { jurisdiction: 'zhongwei', article: '七' },
  { jurisdiction: 'wuhai', article: '十一' },
] as const;

describe('[X3 zhongwei] [X3 wuhai] a hard question goes to the standing expert committee', () => {
  it.each(committees)(
    '$jurisdiction: asked, answered by each member, closed, kept with the case',
    async ({ jurisdiction, article }) => {
      const made = await ask({}, jurisdiction);
      expect(made).toMatchObject({
        status: 201,
        state: 'open',
        caseNo: question.caseNo,
        article: { article },
      });
      const id = made['question'];
      expect(await say(id, 1, {}, jurisdiction)).toMatchObject({ status: 201 });
      expect(await say(id, 2, { stance: 'oppose' }, jurisdiction)).toMatchObject({ status: 201 });
      expect(await close(id, jurisdiction)).toMatchObject({
        status: 200,
        state: 'closed',
        publication: null,
      });
      const read = await city.get(bodiesOf(jurisdiction).bureau, `/v1/expert-questions/${id}`);
      expect(read['members']).toMatchObject([
        { expert: 'zj-1', stance: 'supportOnConditions', opinion: '先脱敏，再融合' },
        { expert: 'zj-2', stance: 'oppose' },
      ]);
      const told = (await city.events('expertQuestion.closed.v1')).filter(({ question: of }) => of === id);
      expect(told).toMatchObject([{ members: 2, opinions: 2, article: expect.stringContaining(article) }]);
    },
  );

  it('events carry ids and hashes, no words and no names', async () => {
    const types = ['asked', 'answered', 'closed'].map((name) => city.events(`expertQuestion.${name}.v1`));
    const told = JSON.stringify(await Promise.all(types));
    expect(told).toMatch(/zj-1/);
    expect(told).not.toMatch(/停车|脱敏|敏感|可行|专家1/);
  });
});

describe('[X3 zhongwei refuses] [X3 wuhai refuses] who may not answer, and when', () => {
  it.each(committees)(
    '$jurisdiction: a task outside the committee’s, an opinion twice, one after closing',
    async ({ jurisdiction }) => {
      const { question: id } = await ask({ members: ['zj-1'] }, jurisdiction);
      expect(await close(id, jurisdiction)).toMatchObject({ status: 409, code: 'opinionsMissing' });
      await say(id, 1, {}, jurisdiction);
      expect(await say(id, 1, { stance: 'oppose' }, jurisdiction)).toMatchObject({
        status: 409,
        code: 'opinionGiven',
      });
      expect(await say(id, 3, {}, jurisdiction)).toMatchObject({ status: 404 });
      expect(await close(id, jurisdiction)).toMatchObject({ status: 200 });
      expect(await close(id, jurisdiction)).toMatchObject({ status: 409, code: 'questionClosed' });
      expect(await say(id, 1, {}, jurisdiction)).toMatchObject({ status: 409, code: 'questionClosed' });
      expect(await ask({ task: 'other' }, jurisdiction)).toMatchObject({
        status: 400,
        code: 'invalidRequest',
      });
    },
  );

  it('Zhongwei art. 7: only of enterprises, research institutes, universities, associations; Wuhai names none', async () => {
    expect(refusal(await ask({ members: ['zj-1', 'zj-6'] }))).toEqual({
      ...{ status: 422, code: 'membersUnfit', article: '七' },
      at: ['/body/members/1 institutionNotNamed'],
    });
    expect(await ask({ members: ['zj-1'] }, 'wuhai')).toMatchObject({ status: 201 }); // of an institution "other"
  });

  it('who has a conflict is not chosen: by employment, by ownership, by declaration; unknown and suspended likewise', async () => {
    await city.own('merchant-1', 'institute-3');
    await city.post(expertWho(4), '/v1/experts/zj-4/conflicts', { body: 'merchant-1', ground: 'adviser' });
    const before = (await city.events('expertQuestion.asked.v1')).length;
    const answer = await ask({ members: ['zj-1', 'zj-3', 'zj-4', 'zj-5', 'zj-7', 'zj-99'] });
    expect(refusal(answer)).toMatchObject({
      status: 422,
      at: [
        '/body/members/1 memberInConflict',
        '/body/members/2 memberInConflict',
        '/body/members/3 memberInConflict',
        '/body/members/4 expertSuspended',
        '/body/members/5 expertUnknown',
      ],
    });
    expect(await ask({ members: ['zj-3', 'zj-5'], bodies: ['merchant-2'] })).toMatchObject({ status: 201 });
    expect(await city.events('expertQuestion.asked.v1')).toHaveLength(before + 1);
  });

  it('who finds a conflict later leaves the question, and the opinion counts no more', async () => {
    const { question: id } = await ask({ bodies: ['merchant-4'] });
    const leave = (n: number) =>
      city.post(expertWho(n), `/v1/expert-questions/${id}/recusals`, {
        body: 'merchant-4',
        ground: 'kinship',
      });
    await say(id, 1);
    expect(await leave(1)).toMatchObject({ status: 201 });
    expect(await leave(1)).toMatchObject({ status: 409, code: 'memberLeft' });
    expect(await say(id, 1)).toMatchObject({ status: 409, code: 'memberLeft' });
    expect(await close(id)).toMatchObject({
      code: 'opinionsMissing',
      errors: [{ message: expect.stringContaining('zj-2') }],
    });
    await say(id, 2);
    expect(await close(id)).toMatchObject({ status: 200 });
    expect((await city.events('expertQuestion.closed.v1')).at(-1)).toMatchObject({ members: 1, opinions: 1 });
    expect(await ask({ bodies: ['merchant-4'] })).toMatchObject({ status: 422, code: 'membersUnfit' });
  });
});

describe('where the rules have no committee, none is asked', () => {
  it.each(['national', 'shuozhou'])('%s: refused with the reading', async (jurisdiction) => {
    const answer = await ask({ members: ['zj-1'] }, jurisdiction);
    expect(refusal(answer)).toMatchObject({
      status: 422,
      code: 'noExpertCommittee',
      article: expect.stringContaining('committee'),
    });
  });
});

describe('opinions are published where the rules say so', () => {
  it('with the words, without names, for everyone', async () => {
    publishing = true;
    const { question: id } = await ask();
    await say(id, 1);
    await say(id, 2);
    const { publication } = await close(id);
    expect(publication).toMatch(/^GB-/);
    const read = await city.call(null, 'GET', `/v1/publications/${publication}`);
    expect([read.statusCode, read.body]).toEqual([200, expect.stringContaining('先脱敏，再融合')]);
    expect(read.body).not.toMatch(/zj-1|expert-1|专家1/);
  });
});

describe('who reads what', () => {
  it('bureau all; auditor without the words; a member the own opinion; others’ experts and cities nothing', async () => {
    const { question: id } = await ask({ members: ['zj-1', 'zj-2'], bodies: [] });
    await say(id, 1);
    await say(id, 2, { stance: 'oppose' });
    const opinions = async (who: object) => {
      const { status, members } = await city.get(who as never, `/v1/expert-questions/${id}`);
      return status === 200
        ? members.map((one: Record<string, unknown>) => [one['stance'], one['opinion'] !== null])
        : status;
    };
    expect(await opinions(bureau)).toEqual([
      ['supportOnConditions', true],
      ['oppose', true],
    ]);
    expect(await opinions(auditor())).toEqual([
      ['supportOnConditions', false],
      ['oppose', false],
    ]);
    expect(await opinions(expertWho(1))).toEqual([
      ['supportOnConditions', true],
      [null, false],
    ]);
    expect(await opinions(expertWho(3))).toBe(404);
    expect(await opinions({ ...expertWho(1), subject: 'colleague' })).toBe(404);
    expect(await opinions(bodiesOf('wuhai').bureau)).toBe(404);
    expect(await opinions(operator)).toEqual([
      ['supportOnConditions', false],
      ['oppose', false],
    ]);
    const own = await city.get(expertWho(1), '/v1/expert-questions?limit=200');
    expect(
      own['items'].every(({ members }: { members: { expert: string }[] }) =>
        members.some(({ expert }) => expert === 'zj-1'),
      ),
    ).toBe(true);
    expect((await city.get(expertWho(99), '/v1/expert-questions'))['items']).toEqual([]);
  });

  it('only the bureau asks and closes, only members answer', async () => {
    const { question: id } = await ask({ bodies: [] });
    expect((await ask({}, 'zhongwei', department)).status).toBe(403);
    expect((await ask({}, 'zhongwei', auditor())).status).toBe(403);
    expect(
      (await city.post(expertWho(1), `/v1/expert-questions/${id}/closing`, { conclusion: '好' })).status,
    ).toBe(403);
    expect(
      (
        await city.post(bureauAccount('b'), `/v1/expert-questions/${id}/opinions`, {
          stance: 'oppose',
          opinion: '否',
        })
      ).status,
    ).toBe(403);
  });

  it('page by page, by case and state, and as CSV', async () => {
    const first = await city.get(bureau, '/v1/expert-questions?limit=1');
    const second = await city.get(bureau, `/v1/expert-questions?limit=1&cursor=${first['next']}`);
    expect(second['items'][0].question).not.toBe(first['items'][0].question);
    const closed = await city.get(
      bureau,
      `/v1/expert-questions?state=closed&caseNo=${question.caseNo}&limit=200`,
    );
    expect(closed['items'].length).toBeGreaterThan(1);
    expect(closed['items'].every(({ state }: { state: string }) => state === 'closed')).toBe(true);
    const csv = await city.call(bureau, 'GET', '/v1/expert-questions', { headers: { accept: 'text/csv' } });
    expect(csv.body).toContain('敏感数据融合的运营风险');
  });

  it.each<[string, object]>([
    ['no members', { members: [] }],
    ['a member twice', { members: ['zj-1', 'zj-1'] }],
    ['a case number that is none', { caseNo: '案件' }],
    ['a title over lines', { title: 'a\nb' }],
    ['a NUL', { question: 'a\u0000b' }],
    ['a key nobody knows', { secret: true }],
  ])('%s is refused', async (_name, change) => {
    expect((await ask(change)).status).toBe(400);
  });
  it('a document nobody uploaded is refused by its place', async () => {
    expect(refusal(await ask({ bodies: [], members: ['zj-2'], documents: [documentNo(98)] }))).toMatchObject({
      ...{ status: 422, code: 'documentUnknown', at: ['/body/documents/0 documentUnknown'] },
    });
  });
});
