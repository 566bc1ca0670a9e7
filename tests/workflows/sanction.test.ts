// X1: nobody is decided on unheard; measures are those of the city's text; each is lifted at its end or by decision.
import { sql } from 'kysely';
import { type Disclosure, disclosurePeople, startDisclosure } from '../support/disclosure.ts';

/** The bureau has a second account: nobody decides the review of their own decision. */
const who = (city: string) => {
  const people = disclosurePeople(city);
  return { ...people, second: { ...people.bureau, subject: 'bureau-second' } };
};

let the: Disclosure;
beforeAll(async () => {
  the = await startDisclosure(['zhongwei', 'shuozhou', 'wuhai'], { replayed: true });
  await the.law.begin('2024-03-01T10:00:00');
}, 120_000);
afterAll(() => the?.stop());

const reasons = [{ code: 'weakSecurity', text: '未落实安全措施' }];
const paper = (city: string, title: string) => the.upload(city, 'city-bureau', title);
const opening = async (city: string, change: object = {}) => ({
  ...{ target: 'operator', grounds: [{ code: 'weakSecurity' }], facts: '检查发现' },
  documents: [await paper(city, '检查记录')],
  ...change,
});
const open = async (city: string, change: object = {}, path?: string) =>
  the.open(who(city).bureau, '/v1/sanctions', await opening(city, change), path);
const act = (city: string, by: 'bureau' | 'second' | 'operator' | 'merchant', caseNo: string) => {
  const person = who(city)[by];
  return (path: string, body: object = {}) => the.post(person, `/v1/sanctions/${caseNo}/${path}`, body);
};
const decide = async (city: string, caseNo: string, ...measures: { measure: string; months?: number }[]) =>
  act(city, 'bureau', caseNo)('decision', { measures, reasons, document: await paper(city, '惩戒决定') });
const ok = { status: 200 };

it('[X1 shuozhou] replied to, heard, decided; the suspension is lifted at its end, the record stays on', async () => {
  const city = 'shuozhou';
  const caseNo = await open(city, { target: 'merchant-1' }, 'sanction-term');
  const merchant = act(city, 'merchant', caseNo);
  expect(await decide(city, caseNo, { measure: 'formalTalk' })).toMatchObject({
    ...{ status: 409, code: 'stepNotReached' },
  });
  expect(await merchant('reply', { words: '已整改，请从轻' })).toMatchObject(ok);
  const minutes = await paper(city, '笔录');
  expect(await act(city, 'bureau', caseNo)('hearing', { on: '2024-03-01', document: minutes })).toMatchObject(
    ok,
  );
  await the.goTo('2024-03-09T09:00:00', caseNo);
  expect((await the.row(caseNo)).stage).toBe('decision');
  expect(await merchant('reply', { words: '再补充' })).toMatchObject({ status: 409 });
  expect(
    await decide(city, caseNo, { measure: 'suspension', months: 1 }, { measure: 'creditRecord' }),
  ).toMatchObject(ok);
  const scope = { all: false, resources: [], products: [], bodies: ['merchant-1'] };
  expect(await the.told(caseNo, 'sanction.decided.v1')).toMatchObject([
    {
      ...{
        measures: ['suspension', 'creditRecord'],
        replies: 1,
        hearings: 1,
        late: false,
        article: '十（七）',
      },
      lastDays: [
        { measure: 'suspension', lastDay: '2024-04-09' },
        { measure: 'creditRecord', lastDay: '2027-03-09' },
      ],
    },
  ]);
  expect(await the.told(caseNo, 'sanction.applied.v1')).toMatchObject([
    { order: `${caseNo}/1`, scope, measure: 'suspension', ground: 'weakSecurity', lastDay: '2024-04-09' },
  ]);
  await the.goTo('2024-04-10T00:00:05', caseNo);
  expect(await the.told(caseNo, 'sanction.lifted.v1')).toMatchObject([
    { order: `${caseNo}/1`, scope, why: 'term' },
  ]);
  expect((await the.row(caseNo)).stage).toBe('standing');
  const { rows } = await sql<{ measure: string; lifted: boolean; until: string }>`
    select measure, lifted_at is not null as lifted, until_on::text as until
    from sanction_measure where case_no = ${caseNo} order by measure`.execute(the.db);
  expect(rows).toEqual([
    { measure: 'creditRecord', lifted: false, until: '2027-03-09' },
    { measure: 'suspension', lifted: true, until: '2024-04-09' },
  ]);
  expect(JSON.stringify(await the.row(caseNo))).not.toMatch(/从轻|检查发现/);
  // On record: for who decides about bodies, and for the body itself; not for another body, nor for another city.
  const { bureau, operator, merchant: target, department } = who(city);
  const onRecord = async (reader: Parameters<Disclosure['call']>[0], query = '') => {
    const { items } = (await the.call(reader, 'GET', `/v1/credit-records${query}`)).json<{
      items: { caseNo: string; measure: string; stands: boolean }[];
    }>();
    return items.filter((one) => one.caseNo === caseNo).map(({ measure, stands }) => [measure, stands]);
  };
  const both = [
    ['suspension', false],
    ['creditRecord', true],
  ];
  expect(await onRecord(bureau)).toEqual(both);
  expect(await onRecord(target)).toEqual(both);
  expect(await onRecord(operator, '?body=merchant-1')).toEqual(both);
  expect(await onRecord(bureau, '?stands=true')).toEqual([['creditRecord', true]]);
  for (const [reader, query] of [
    [department, ''],
    [department, '?body=merchant-1'],
    [who('wuhai').bureau, ''],
    [bureau, '?body=operator'],
  ] as const)
    expect(await onRecord(reader, query)).toEqual([]);
});

it('[X1 zhongwei] a review lifts what stands; a talk or a hand-over is reviewed too', async () => {
  const city = 'zhongwei';
  const grounds = [{ code: 'lawBroken' }, { code: 'weakSecurity' }];
  const caseNo = await open(city, { grounds }, 'sanction-reviewed');
  const [operator, bureau] = [act(city, 'operator', caseNo), act(city, 'bureau', caseNo)];
  const second = act(city, 'second', caseNo);
  expect(await operator('reply', { words: '无异议', final: true })).toMatchObject(ok);
  expect(await decide(city, caseNo, { measure: 'suspension' }, { measure: 'handOver' })).toMatchObject(ok);
  expect(await the.told(caseNo, 'sanction.decided.v1')).toMatchObject([{ handOverTo: 'competentAuthority' }]);
  // Both grounds stand; supply is suspended on what touches the security of data (二十七).
  expect(await the.told(caseNo, 'sanction.applied.v1')).toMatchObject([{ ground: 'weakSecurity' }]);
  const decision = { reasons, document: await paper(city, '复核决定') };
  expect(await bureau('review/decision', { ...decision, outcome: 'lift' })).toMatchObject({
    ...{ status: 409, code: 'reviewNotAsked' },
  });
  expect(await operator('review', { words: '已整改到位' })).toMatchObject(ok);
  // Nobody looks again at what they decided themselves: told with its clause, and the case goes on.
  for (const outcome of ['uphold', 'lift']) {
    const body = { ...decision, outcome };
    const refusal = await the.call(who(city).bureau, 'POST', `/v1/sanctions/${caseNo}/review/decision`, body);
    expect(refusal.json()).toMatchObject({
      ...{ status: 403, code: 'sanctionReviewByDecider' },
      article: { article: expect.stringContaining('nobody looks again') as string },
    });
  }
  expect(await the.told(caseNo, 'sanction.reviewDecided.v1')).toEqual([]);
  expect(await second('review/decision', { ...decision, outcome: 'lift' })).toMatchObject(ok);
  expect(await the.told(caseNo, 'sanction.lifted.v1')).toMatchObject([{ why: 'review' }]);
  expect(await the.told(caseNo, 'sanction.measureEnded.v1')).toEqual([]);
  expect((await the.row(caseNo)).outcome).toBe('closed');

  const talk = await open(city, {}, 'sanction-talk-upheld');
  await act(city, 'operator', talk)('reply', { final: true });
  expect(await decide(city, talk, { measure: 'formalTalk' })).toMatchObject(ok);
  expect((await the.row(talk)).stage).toBe('standing');
  expect(await act(city, 'operator', talk)('review', { words: '事实有误' })).toMatchObject(ok);
  expect(
    await act(city, 'second', talk)('review/decision', { ...decision, outcome: 'uphold' }),
  ).toMatchObject(ok);
  expect((await the.row(talk)).outcome).toBe('closed');
});

it('[X1 wuhai] an end of the mandate waits until it is recorded; before, the decision was overdue and told', async () => {
  const city = 'wuhai';
  const caseNo = await open(city, { grounds: [{ code: 'agreementBroken' }] }, 'sanction-termination');
  await the.goTo('2024-05-10T09:00:00', caseNo);
  expect(await the.story(caseNo)).toEqual(['opened', 'replyClosed', 'overdue']);
  expect(await decide(city, caseNo, { measure: 'termination' })).toMatchObject(ok);
  expect(await the.told(caseNo, 'sanction.applied.v1')).toMatchObject([
    { measure: 'termination', lastDay: null },
  ]);
  const document = await paper(city, '终止文书');
  expect(await act(city, 'bureau', caseNo)('termination', { document })).toMatchObject(ok);
  expect(await the.told(caseNo, 'sanction.lifted.v1')).toMatchObject([{ why: 'terminationRecorded' }]);
  // Nothing of it stands, and the body may still ask for a review.
  expect(await the.row(caseNo)).toMatchObject({
    stage: 'standing',
    waits_for: [{ period: 'reviewRequest' }],
  });
  await the.goTo('2024-05-27T09:00:00', caseNo);
  expect((await the.row(caseNo)).outcome).toBe('closed');
});

it('[X1 zhongwei] upheld once it stands on; a second review, one out of time, and silence on one lift nothing', async () => {
  const city = 'zhongwei';
  const suspended = async (path: string) => {
    const caseNo = await open(city, {}, path);
    await act(city, 'operator', caseNo)('reply', { final: true });
    expect(await decide(city, caseNo, { measure: 'suspension' })).toMatchObject(ok);
    return caseNo;
  };
  const [upheld, late] = [await suspended('sanction-upheld'), await suspended('sanction-review-late')];
  const ask = (caseNo: string) => act(city, 'operator', caseNo)('review', { words: '请复核' });
  expect(await ask(upheld)).toMatchObject(ok);
  const decision = { reasons, document: await paper(city, '维持决定'), outcome: 'uphold' };
  expect(await act(city, 'second', upheld)('review/decision', decision)).toMatchObject(ok);
  expect(await ask(upheld)).toMatchObject({ status: 409, code: 'reviewDecidedBefore' });
  await the.goTo('2024-06-12T09:00:00', late);
  expect(await ask(late)).toMatchObject({ status: 409, code: 'reviewDaysPassed' });
  const silent = await suspended('sanction-review-overdue');
  expect(await ask(silent)).toMatchObject(ok);
  await the.goTo('2024-07-15T09:00:00', silent);
  expect(await the.told(silent, 'sanction.overdue.v1')).toMatchObject([{ step: 'review' }]);
  for (const one of [upheld, late, silent]) {
    expect((await the.row(one)).stage).toBe('standing');
    expect(await the.told(one, 'sanction.lifted.v1')).toEqual([]);
  }
});

it('[X1 zhongwei] a suspension ends by no day: it stands until what was found is put right and it is lifted (27)', async () => {
  const city = 'zhongwei';
  const caseNo = await open(city, {}, 'sanction-until-put-right');
  await act(city, 'operator', caseNo)('reply', { final: true });
  expect(await decide(city, caseNo, { measure: 'suspension' })).toMatchObject(ok);
  expect(await the.told(caseNo, 'sanction.applied.v1')).toMatchObject([{ lastDay: null }]);
  await the.goTo('2025-09-15T09:00:00', caseNo);
  expect(await the.told(caseNo, 'sanction.lifted.v1')).toEqual([]);
  expect(await the.row(caseNo)).toMatchObject({ stage: 'standing', waits_for: [{ act: 'liftSanction' }] });
  const lifting = { reasons, document: await paper(city, '解除决定') };
  expect(await act(city, 'bureau', caseNo)('lifting', lifting)).toMatchObject(ok);
  expect(await the.told(caseNo, 'sanction.lifted.v1')).toMatchObject([{ why: 'decision' }]);
  expect((await the.row(caseNo)).outcome).toBe('closed');
});

const onGround = async (city: string, ground: string, measure: { measure: string; months?: number }) => {
  const caseNo = await open(city, { grounds: [{ code: ground }] });
  expect(await act(city, 'operator', caseNo)('reply', { final: true })).toMatchObject(ok);
  const body = { measures: [measure], reasons, document: await paper(city, '惩戒决定') };
  const answer = await the.call(who(city).bureau, 'POST', `/v1/sanctions/${caseNo}/decision`, body);
  return { caseNo, status: answer.statusCode, answer: answer.json<object>() };
};

it.each([
  ['zhongwei', 'lawBroken', { measure: 'suspension' }, '二十七'],
  ['zhongwei', 'weakSecurity', { measure: 'handOver' }, '二十七'],
  ['shuozhou', 'weakSecurity', { measure: 'handOver' }, '十（七）'],
] as const)(
  '[X1 %s] on %s alone %j is refused: the article takes it on another ground',
  async (city, ground, measure, article) => {
    const refused = await onGround(city, ground, measure);
    expect(refused).toMatchObject({
      status: 422,
      answer: {
        ...{ code: 'measureNotOnGround', article: { article } },
        errors: [{ pointer: '/body/measures', code: 'measureNotOnGround' }],
      },
    });
    expect(await the.told(refused.caseNo, 'sanction.decided.v1')).toEqual([]);
  },
);

it.each([
  ['zhongwei', 'weakSecurity', { measure: 'suspension' }],
  ['zhongwei', 'lawBroken', { measure: 'handOver' }],
  ['zhongwei', 'lawBroken', { measure: 'formalTalk' }],
  ['shuozhou', 'lawBroken', { measure: 'handOver' }],
  ['shuozhou', 'weakSecurity', { measure: 'suspension', months: 1 }],
  ['wuhai', 'agreementBroken', { measure: 'handOver' }],
] as const)('[X1 %s] on %s alone %j is taken', async (city, ground, measure) => {
  expect(await onGround(city, ground, measure)).toMatchObject({ status: 200 });
});

it('dropped with reasons, nothing of it stands', async () => {
  const caseNo = await open('shuozhou', {}, 'sanction-dropped');
  const document = await paper('shuozhou', '不予惩戒');
  expect(await act('shuozhou', 'bureau', caseNo)('drop', { reasons, document })).toMatchObject(ok);
  expect(await the.row(caseNo)).toMatchObject({ stage: 'done', outcome: 'dropped' });
});

describe('[X1 zhongwei refuses] [X1 shuozhou refuses] [X1 wuhai refuses] beyond the city’s text', () => {
  it.each([
    ['zhongwei', { grounds: [{ code: 'evaluationFailed' }] }, 'sanctionGroundNotInPack'],
    ['wuhai', { grounds: [{ code: 'agreementBroken' }], target: 'merchant-1' }, 'sanctionTargetNotInPack'],
    ['shuozhou', { target: 'dept-health' }, 'sanctionTargetNotInPack'],
  ] as const)('%s: %j is refused', async (city, change, code) => {
    const answer = await the.call(who(city).bureau, 'POST', '/v1/sanctions', await opening(city, change));
    expect([answer.statusCode, answer.json<{ code: string }>().code]).toEqual([422, code]);
  });

  it.each([
    ['zhongwei', 'weakSecurity', { measure: 'termination' }, 'measureNotInPack'],
    ['wuhai', 'agreementBroken', { measure: 'suspension', months: 1 }, 'measureNotInPack'],
    ['shuozhou', 'weakSecurity', { measure: 'suspension', months: 7 }, 'suspensionTooLong'],
    ['shuozhou', 'weakSecurity', { measure: 'suspension' }, 'suspensionTermMissing'],
    ['zhongwei', 'weakSecurity', { measure: 'suspension', months: 6 }, 'suspensionWithoutTerm'],
  ] as const)('%s: for %s %j is refused', async (city, ground, measure, code) => {
    const caseNo = await open(city, { grounds: [{ code: ground }] });
    expect(await act(city, 'operator', caseNo)('reply', { final: true })).toMatchObject(ok);
    expect(await decide(city, caseNo, measure)).toMatchObject({ status: 422, code });
    expect(await act(city, 'merchant', caseNo)('review', { words: '请复核' })).toMatchObject({ status: 404 });
  });
});
