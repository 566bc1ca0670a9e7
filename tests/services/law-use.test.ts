import {
  agreementItems,
  documentHash,
  type Law,
  type LawCity,
  lawCities,
  peopleOf,
  startLaw,
} from './law-support.ts';

let law: Law;
jest.setTimeout(60_000);
beforeAll(async () => {
  law = await startLaw();
}, 60_000);
afterAll(() => law?.stop());

const fields = [
  { name: '车位数', grade: 'general' },
  { name: '收费标准', grade: 'general' },
];
/** A signed grant on 车位数 alone, and the data supplied; its number and its entry's. */
const granted = async (city: LawCity, key: string, change: Record<string, unknown> = {}) => {
  const entry = await law.openEntry(city, key, { fields, ...change });
  const caseNo = await law.approvedCase(city, entry);
  const offered = await law.agreement(city, caseNo, agreementItems, { fields: { [entry]: ['车位数'] } });
  const { grantNo } = await law.signed(city, offered);
  const supplied = await law.call(peopleOf[city].bureau, 'POST', '/v1/supplies', {
    body: {
      resource: entry,
      authorisation: { number: '授〔2024〕1号', on: '2024-02-01', document: documentHash },
      fields: fields.map(({ name }) => name),
      from: '2024-03-01',
      until: '2025-02-28',
    },
  });
  law.mustBe(supplied, 201);
  return { entry, grantNo };
};
const ask = (city: LawCity, { entry, grantNo }: { entry: string; grantNo: string }, change: object = {}) =>
  law.call(peopleOf[city].operator, 'POST', `/v1/grants/${grantNo}/accesses`, {
    body: {
      fields: [{ resource: entry, fields: ['车位数'] }],
      purpose: 'parkingGuidance',
      at: '2024-03-01T10:00:00+08:00',
      by: 'account-7',
      ...change,
    },
  });
type Answer = { permitted: boolean; code?: string; article?: { article: string }; access: string };

/** Use beyond the grant: each city's own clause. */
const clauses = [
  { city: 'national', article: '二十一' },
  { city: 'zhongwei', article: '二十二' },
  { city: 'shuozhou', article: '十一（三）1' },
  { city: 'wuhai', article: '十' },
] as const;

describe('[A8 national] [A8 zhongwei] [A8 shuozhou] [A8 wuhai] use within scope, purpose and term', () => {
  it.each(clauses)('$city: is permitted', async ({ city }) => {
    const answer = await ask(city, await granted(city, 'a8'));
    expect(answer.json()).toMatchObject({ permitted: true });
  });
});

describe('[A8 national refuses] [A8 zhongwei refuses] [A8 shuozhou refuses] [A8 wuhai refuses] beyond', () => {
  it.each(clauses)('$city $article: scope, purpose, term', async ({ city, article }) => {
    const grant = await granted(city, 'a8-beyond');
    const beyond = async (change: object) => (await ask(city, grant, change)).json<Answer>();
    const scope = [{ resource: grant.entry, fields: ['车位数', '收费标准'] }];
    expect([await beyond({ fields: scope }), await beyond({ purpose: 'marketing' })]).toEqual([
      expect.objectContaining({
        permitted: false,
        code: 'fieldBeyondGrant',
        article: expect.objectContaining({ article }),
        beyond: [{ resource: grant.entry, fields: ['收费标准'] }],
      }),
      expect.objectContaining({
        permitted: false,
        code: 'purposeBeyondGrant',
        article: expect.objectContaining({ article }),
      }),
    ]);
    await law.db
      .withTables<{ use_grant: { grant_no: string; ends_at: Date } }>()
      .updateTable('use_grant')
      .set({ ends_at: law.clock.now })
      .where('grant_no', '=', grant.grantNo)
      .execute();
    expect(await beyond({})).toMatchObject({
      permitted: false,
      code: 'grantExpired',
      article: { article },
    });
  });
});

describe('A8 overreach is reported by the source department', () => {
  const report = (
    city: LawCity,
    { entry, grantNo }: { entry: string; grantNo: string },
    by: 'department' | 'other' | 'merchant',
  ) =>
    law.call(peopleOf[city][by], 'POST', `/v1/grants/${grantNo}/overreach-reports`, {
      body: { facts: '超出停车诱导的用途', resources: [entry] },
    });

  it.each(['zhongwei', 'shuozhou'] as const)(
    '%s: suspended on it, the grant refuses at once',
    async (city) => {
      const grant = await granted(city, 'a8-report');
      const reported = law.mustBe(await report(city, grant, 'department'), 201).json<{ report: string }>();
      expect((await ask(city, grant)).json()).toMatchObject({ permitted: true });
      const decided = await law.call(
        peopleOf[city].bureau,
        'POST',
        `/v1/overreach-reports/${reported.report}/decision`,
        { body: { outcome: 'suspend', reasons: [{ code: 'beyondPurpose', text: '属实' }] } },
      );
      expect(decided.json()).toMatchObject({ outcome: 'suspended', state: 'suspended' });
      expect((await ask(city, grant)).json()).toMatchObject({ permitted: false, code: 'grantSuspended' });
    },
  );

  it.each(['zhongwei', 'shuozhou'] as const)(
    '%s: a body that reviews nothing of it may not',
    async (city) => {
      const grant = await granted(city, 'a8-other');
      expect((await report(city, grant, 'other')).statusCode).toBe(404);
      expect((await report(city, grant, 'merchant')).statusCode).toBe(403);
    },
  );
});

/** What is traced: each city's own clause. */
const traces = [
  { city: 'national', article: '十五' },
  { city: 'zhongwei', article: '二十八' },
  { city: 'shuozhou', article: '十（一）' },
  { city: 'wuhai', article: '八（二）' },
] as const;

describe('[D2 national] [D2 zhongwei] [D2 shuozhou] [D2 wuhai] each question and its answer is traced', () => {
  it.each(lawCities)('%s: permitted and refused alike, in the ledger of the grant', async (city) => {
    const grant = await granted(city, 'd2');
    const asked = [await ask(city, grant), await ask(city, grant, { purpose: 'marketing' })].map((answer) =>
      answer.json<Answer>(),
    );
    const ledger = await law.call(peopleOf[city].bureau, 'GET', `/v1/grants/${grant.grantNo}/accesses`);
    expect(ledger.json<{ items: object[] }>().items).toEqual([
      expect.objectContaining({ access: asked[1]?.access, permitted: false, code: 'purposeBeyondGrant' }),
      expect.objectContaining({ access: asked[0]?.access, permitted: true, by: 'account-7' }),
    ]);
  });
});

describe('[D2 national refuses] [D2 zhongwei refuses] [D2 shuozhou refuses] [D2 wuhai refuses] no trace, no use', () => {
  it.each(traces)('$city $article: a time that cannot be right; nobody named', async ({ city, article }) => {
    const grant = await granted(city, 'd2-untrue');
    expect((await ask(city, grant, { at: '2024-03-01T10:05:01+08:00' })).json()).toMatchObject({
      permitted: false,
      code: 'atTooFar',
      article: { article },
    });
    const unnamed = await ask(city, grant, { by: undefined });
    expect(unnamed.statusCode).toBe(400);
    expect((await ask(city, grant, { at: '2024-03-01T10:05:00+08:00' })).json()).toMatchObject({
      permitted: true,
    });
  });
});

describe('[C4 wuhai refuses] [C4 national refuses] the sharing provider’s consent holds while the data is used', () => {
  it.each(['wuhai', 'national'] as const)('%s: withdrawn, the grant over it refuses', async (city) => {
    const grant = await granted(city, 'c4', { obtainedBySharing: true });
    expect((await ask(city, grant)).json()).toMatchObject({ permitted: true });
    const { entry } = grant;
    const withdrawn = await law.call(
      peopleOf[city].department,
      'POST',
      `/v1/resources/${entry}/consents/${entry}-TY-1/withdrawal`,
      { body: { withdrawnOn: '2024-03-01', documentId: 'LETTER-2' } },
    );
    expect(withdrawn.json()).toMatchObject({ resourceState: 'suspended' });
    expect((await ask(city, grant)).json()).toMatchObject({ permitted: false, code: 'supplySuspended' });
  });
});
