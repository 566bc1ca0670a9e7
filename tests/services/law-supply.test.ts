import { documentHash, type Law, type LawCity, peopleOf, refusalOf, startLaw } from './law-support.ts';

let law: Law;
jest.setTimeout(60_000);
beforeAll(async () => {
  law = await startLaw();
}, 60_000);
afterAll(() => law?.stop());

const fields = [
  { name: '车位数', grade: 'general' },
  { name: '车主电话', grade: 'personal' },
  { name: '结算价', grade: 'tradeSecret' },
];
const entryOf = (city: LawCity, key: string) => law.openEntry(city, key, { fields });
const desensitised = { kind: 'desensitised', method: '掩码' };
const subjectAuthorised = { kind: 'subjectAuthorised', document: documentHash };
const supply = (city: LawCity, resource: string, change: object = {}) =>
  law.call(peopleOf[city].bureau, 'POST', '/v1/supplies', {
    body: {
      resource,
      authorisation: { number: '授〔2024〕1号', on: '2024-02-01', document: documentHash },
      fields: fields.map(({ name }) => name),
      treatments: { 车主电话: desensitised, 结算价: desensitised },
      from: '2024-03-01',
      until: '2025-02-28',
      ...change,
    },
  });

/** Each city's clauses, as its own text numbers them. */
const clauses = [
  { city: 'national', authorised: '二十一', treated: '五 forbids infringement' },
  { city: 'zhongwei', authorised: '十', treated: '二十八' },
  { city: 'shuozhou', authorised: '十一（三）1', treated: '六（二）' },
  { city: 'wuhai', authorised: '十', treated: '十' },
] as const;

describe('[D1 national] [D1 zhongwei] [D1 shuozhou] [D1 wuhai] supply after authorisation', () => {
  it.each(clauses)('$city: authorised and desensitised, it is recorded', async ({ city }) => {
    const answer = await supply(city, await entryOf(city, 'd1'));
    expect([answer.statusCode, answer.json()]).toEqual([
      201,
      expect.objectContaining({ state: 'active', jurisdiction: city }),
    ]);
  });

  it('Zhongwei 28: the subjects’ authorisation does as well', async () => {
    const treatments = { 车主电话: subjectAuthorised, 结算价: subjectAuthorised };
    expect((await supply('zhongwei', await entryOf('zhongwei', 'd1-c'), { treatments })).statusCode).toBe(
      201,
    );
  });
});

describe('[D1 national refuses] [D1 zhongwei refuses] [D1 shuozhou refuses] [D1 wuhai refuses] supply', () => {
  it.each(clauses)('$city: before authorisation ($authorised)', async ({ city, authorised }) => {
    const entry = await entryOf(city, 'd1-un');
    expect(refusalOf(await supply(city, entry, { authorisation: null }))).toEqual({
      status: 422,
      code: 'notAuthorised',
      article: authorised,
      pointers: ['/body/authorisation'],
    });
    const ahead = { number: '授〔2024〕2号', on: '2024-03-02', document: documentHash };
    expect(refusalOf(await supply(city, entry, { authorisation: ahead }))).toMatchObject({
      code: 'notAuthorised',
    });
    expect((await supply(city, entry)).statusCode).toBe(201);
  });

  it.each(clauses)('$city: protected fields as they are ($treated)', async ({ city, treated }) => {
    const refused = refusalOf(await supply(city, await entryOf(city, 'd1-raw'), { treatments: {} }));
    expect(refused).toMatchObject({
      status: 422,
      code: 'fieldNotTreated',
      pointers: ['/body/fields/1', '/body/fields/2'],
    });
    expect(refused.article?.startsWith(treated)).toBe(true);
  });

  it.each([
    { city: 'shuozhou', article: '六（二）' },
    { city: 'wuhai', article: '十' },
  ] as const)(
    '$city $article names desensitising alone: consent is Zhongwei’s way',
    async ({ city, article }) => {
      const treatments = { 车主电话: subjectAuthorised, 结算价: desensitised };
      expect(refusalOf(await supply(city, await entryOf(city, 'd1-consent'), { treatments }))).toEqual({
        status: 422,
        code: 'fieldNotTreated',
        article,
        pointers: ['/body/fields/1'],
      });
    },
  );
});

describe('D1 suspension on risk, where a city’s text or our reading of it foresees one', () => {
  const suspend = (city: LawCity, by: 'bureau' | 'department', number: string) =>
    law.call(peopleOf[city][by], 'POST', `/v1/supplies/${number}/suspension`, {
      body: { risk: [{ code: 'leak', text: '疑似泄露' }] },
    });
  const supplied = async (city: LawCity, key: string): Promise<string> =>
    (await supply(city, await entryOf(city, key))).json<{ supplyNo: string }>().supplyNo;

  it.each(['zhongwei', 'shuozhou'] as const)('%s: the authority suspends and restores', async (city) => {
    const number = await supplied(city, 'd1-risk');
    expect((await suspend(city, 'bureau', number)).json()).toMatchObject({ state: 'suspended' });
    const restored = await law.call(peopleOf[city].bureau, 'POST', `/v1/supplies/${number}/restoration`, {
      body: { rectification: [{ code: 'patched', text: '已修补' }] },
    });
    expect(restored.json()).toMatchObject({ state: 'active' });
  });

  it('zhongwei: 二十七 gives it to the authority, not to the department', async () => {
    const number = await supplied('zhongwei', 'd1-risk-d');
    expect(refusalOf(await suspend('zhongwei', 'department', number))).toMatchObject({
      status: 403,
      code: 'supplySuspensionByOther',
      article: '二十七',
    });
  });

  it.each(['national', 'wuhai'] as const)('%s: its text knows none', async (city) => {
    const number = await supplied(city, 'd1-risk-n');
    expect(refusalOf(await suspend(city, 'bureau', number))).toMatchObject({
      status: 409,
      code: 'supplySuspensionNotForeseen',
    });
  });
});
