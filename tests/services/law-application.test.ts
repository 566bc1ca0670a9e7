import { sql } from 'kysely';
import { type Law, peopleOf, refusalOf, startLaw } from './law-support.ts';

let law: Law;
jest.setTimeout(60_000);
beforeAll(async () => {
  law = await startLaw();
  // What comes first there (A0) has its own tests.
  await sql`
    insert into scenario (id, jurisdiction, code, treatment, organisation, operator, state, title, proposed_by,
      proposed_at)
    values ('CJ-approved', 'shuozhou', 'parkingGuide', 'appraised', 'merchant-1', 'operator', 'approved', '停车诱导',
      'someone', ${law.clock.now})`.execute(law.db);
}, 60_000);
afterAll(() => law?.stop());

const apply = (resources: string[], contents: object) =>
  law.call(peopleOf.shuozhou.merchant, 'POST', '/v1/applications', {
    body: { resources, contents: { scenarioCode: 'parkingGuide', ...contents } },
  });

describe('[A1 shuozhou] 六（三）: a concrete demand for data on a scenario is taken in', () => {
  it('scenario and scope are enough: the plan names neither manner nor measures', async () => {
    const entry = await law.openEntry('shuozhou', 'a1');
    const answer = await apply([entry], { scenario: '停车诱导', scope: '全市停车场' });
    expect([answer.statusCode, answer.json()]).toEqual([
      202,
      expect.objectContaining({ act: 'submitApplication', caseNo: expect.stringMatching(/^140600-/) }),
    ]);
  });
});

describe('[A1 shuozhou refuses] 六（三）: without scenario or demand', () => {
  it.each([
    { left: 'scenario', contents: { scope: '全市停车场' } },
    { left: 'scope', contents: { scenario: '停车诱导' } },
  ])('$left left out', async ({ left, contents }) => {
    const entry = await law.openEntry('shuozhou', `a1-no-${left}`);
    expect(refusalOf(await apply([entry], contents))).toEqual({
      status: 422,
      code: 'applicationIncomplete',
      article: '六（三）',
      pointers: [`/body/contents/${left}`],
    });
  });

  it('an entry that is not open yet is refused, not a fault', async () => {
    const entry = await law.compile(peopleOf.shuozhou.department, 'a1-compiled');
    const answer = await apply([entry], { scenario: '停车诱导', scope: '全市停车场' });
    expect(refusalOf(answer)).toMatchObject({ code: 'resourceNotOpen', article: '七（二）' });
  });
});

describe('Wuhai’s text speaks of no application', () => {
  it('an application goes by the national reading, and a refusal names no article', async () => {
    const answer = await law.call(peopleOf.wuhai.merchant, 'POST', '/v1/applications', {
      body: { resources: ['150300-1'], contents: {} },
    });
    expect(refusalOf(answer)).toMatchObject({
      status: 422,
      code: 'applicationIncomplete',
      article: undefined,
    });
  });
});
