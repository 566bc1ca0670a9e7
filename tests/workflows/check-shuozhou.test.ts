// A2 where the text names other subjects of the check than Zhongwei's: 朔州 六（三）, catalog and security rules.
import { sql } from 'kysely';
import { bodiesOf, draft } from '../services/resources-support.ts';
import { caseOf } from '../support/cases.ts';
import { enrolled } from '../support/enrolled.ts';
import { inOperation } from '../support/in-operation.ts';
import { startTurns, type Turns } from '../support/turns.ts';

const jurisdiction = 'shuozhou';
const { department, operator, bureau } = bodiesOf(jurisdiction);
const merchant = { roles: ['merchant'], organisation: 'merchant-1', jurisdiction } as const;

let turns: Turns;
let entry: string;
beforeAll(async () => {
  turns = await startTurns();
  await sql`
    insert into body (jurisdiction, id, kind)
    values (${jurisdiction}, 'operator', 'operator'), (${jurisdiction}, 'city-bureau', 'bureau')`.execute(
    turns.db,
  );
  await enrolled(turns.db, jurisdiction, 'merchant-1');
  await inOperation(turns.db, jurisdiction);
  // What comes first there (A0) has its own tests.
  await sql`
    insert into scenario (id, jurisdiction, code, treatment, organisation, operator, state, title, proposed_by,
      proposed_at)
    values ('CJ-approved', ${jurisdiction}, 'parkingGuide', 'appraised', 'merchant-1', 'operator', 'approved',
      '停车诱导', 'someone', '2024-03-01T09:00:00+08:00')`.execute(turns.db);
  const compiled = await turns.call(department, 'POST', '/v1/resources', { body: draft('check-shuozhou') });
  entry = compiled.json<{ id: string }>().id;
  await sql`update resource set state = 'registered' where id = ${entry}`.execute(turns.db);
}, 120_000);
afterAll(() => turns?.stop());

/** An application accepted on 2024-04-15: its check runs. */
const inCheck = async () => {
  await turns.law.begin('2024-04-15T09:00:00');
  const contents = { scenarioCode: 'parkingGuide', scenario: '停车诱导', scope: '全市停车场' };
  const answer = await turns.call(merchant, 'POST', '/v1/applications', {
    body: { resources: [entry], contents },
  });
  if (answer.statusCode !== 201) throw new Error(answer.body);
  const one = caseOf(turns, answer.json<{ caseNo: string }>().caseNo);
  await one.quiet();
  const act = async (
    path: string,
    body: object,
    who: typeof operator | typeof bureau | typeof merchant = operator,
  ) => {
    const response = await turns.call(who, 'POST', `/v1/applications/${one.caseNo}/${path}`, { body });
    const { code, article } = response.json<{ code?: string; article?: { article: string } }>();
    return { status: response.statusCode, code, article: article?.article };
  };
  expect((await act('acceptance/decision', { outcome: 'approve' })).status).toBe(200);
  await one.quiet();
  return { one, act };
};
const finding = (field: string) => ({ field, finding: 'passed', note: '符合' });
const whole = { outcome: 'approve', findings: ['catalog', 'securityRules'].map(finding) };

describe('[A2 shuozhou] 六（三）: the operator checks against the catalog and the security rules', () => {
  it('passed in both, it goes to review', async () => {
    const { one, act } = await inCheck();
    expect((await act('check/decision', whole)).status).toBe(200);
    await one.quiet();
    expect(await one.told('checkPassed')).toMatchObject([
      { late: false, findingCodes: ['catalog.passed', 'securityRules.passed'] },
    ]);
    expect(await one.story()).toContain('reviewStarted dept-transport');
    expect((await act('withdrawal', {}, merchant)).status).toBe(200);
    await one.quiet();
  });

  it('late is overdue, never deemed', async () => {
    const { one, act } = await inCheck();
    await turns.law.goTo('2024-05-10T10:00:00');
    await one.quiet();
    expect(await one.story()).toEqual(['submitted', 'accepted', 'checkOverdue']);
    expect(await one.turnRow(one.turn('check'))).toMatchObject({ outcome: 'open', overdue: true });
    expect((await act('check/decision', whole)).status).toBe(200);
    await one.quiet();
    expect(await one.told('checkPassed')).toMatchObject([{ late: true }]);
    expect((await act('withdrawal', {}, merchant)).status).toBe(200);
    await one.quiet();
  });
});

describe('[A2 shuozhou refuses] a check that leaves a subject out, or is another’s', () => {
  it('nothing is taken in', async () => {
    const { one, act } = await inCheck();
    for (const findings of [[], [finding('catalog')], [finding('securityRules')]])
      expect(await act('check/decision', { outcome: 'approve', findings })).toMatchObject({
        ...{ status: 422, code: 'findingsIncomplete', article: '六（三）' },
      });
    expect((await act('check/decision', whole, bureau)).status).toBe(403);
    expect(await one.story()).toEqual(['submitted', 'accepted']);
    expect((await act('withdrawal', {}, merchant)).status).toBe(200);
    await one.quiet();
  });
});
