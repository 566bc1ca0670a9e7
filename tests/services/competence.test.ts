import { loadPacks } from '@gongshu/infra/packs';
import { followMandate, type MandateTold } from '@gongshu/service-catalog/mandates/follow';
import { whyNoMandate } from '@gongshu/shared/operating-agreement/overlap';
import { ruleOf } from '@gongshu/shared/packs/pack';
import { sql } from 'kysely';
import { agreementNo, inOperation, normsStand } from '../support/in-operation.ts';
import { asked, codeOf, type GrantCity, merchant, startGrants, zhongwei } from './grants-support.ts';

const packs = loadPacks();
const pack = packs.resolve('zhongwei');

let city: GrantCity;
jest.setTimeout(120_000);
beforeAll(async () => {
  city = await startGrants();
  await sql`
    insert into scenario
      (id, jurisdiction, code, treatment, organisation, operator, state, title, proposed_by, proposed_at)
    values ('CJ-1', 'zhongwei', 'clinicsOpen', 'reported', 'operator', 'operator', 'collected', '门诊开放', 'o-1',
      now())`.execute(city.db);
});
afterAll(() => city?.stop());
beforeEach(async () => {
  await sql`delete from mandate`.execute(city.db);
});

const apply = (contents: object = {}, resources = [city.parking]) =>
  city.call(merchant, 'POST', '/v1/applications', {
    body: { resources, contents: { ...asked, ...contents } },
  });
const whose = async (answer: { json: <T>() => T }) =>
  city.db
    .selectFrom('application')
    .select(['operator_organisation as operator', 'mandate'])
    .where('case_no', '=', answer.json<{ caseNo: string }>().caseNo)
    .executeTakeFirstOrThrow();
const first = agreementNo('zhongwei');
const second = agreementNo('zhongwei', 2);
const plant = (change: Parameters<typeof inOperation>[2] = {}) => inOperation(city.db, 'zhongwei', change);
const divided = async () => {
  await plant({ mode: 'byField', fields: ['transport'] });
  await plant({
    ...{ agreement: second, operator: 'operator-2', mode: 'byScenario', scenarios: ['clinicsOpen'] },
  });
};
const tell = (type: Parameters<typeof followMandate>[2], told: Partial<MandateTold>) =>
  city.db.transaction().execute((trx) =>
    followMandate(trx, pack, type, {
      agreement: first,
      at: '2024-03-01T10:00:00+08:00',
      ...told,
    }),
  );
const refusal = (code: string) => ({ status: 409, code, article: { article: '四' } });

describe('checks and reviews belong to the mandate that covers the application (O12)', () => {
  it('the whole covers everything, with and without codes', async () => {
    await plant();
    for (const codes of [{}, { fieldCode: 'transport' }, { scenarioCode: 'clinicsOpen' }])
      expect(await whose(await apply(codes))).toEqual({ operator: 'operator', mandate: first });
  });

  it('[O12 zhongwei] 四: by field and by scenario beside each other, each its own operator’s', async () => {
    await divided();
    expect(await whose(await apply({ fieldCode: 'transport' }))).toMatchObject({ operator: 'operator' });
    expect(await whose(await apply({ scenarioCode: 'clinicsOpen' }))).toEqual({
      ...{ operator: 'operator-2', mandate: second },
    });
  });

  it('[O12 zhongwei refuses] 四: none is refused with the article, and two are', async () => {
    await divided();
    expect((await apply()).json()).toMatchObject(refusal('mandateMissing'));
    expect((await apply({ fieldCode: 'health' })).json()).toMatchObject(refusal('mandateMissing'));
    expect((await apply({ fieldCode: 'transport', scenarioCode: 'clinicsOpen' })).json()).toMatchObject(
      refusal('mandateAmbiguous'),
    );
  });

  it('a city without a mandate on record takes nothing in', async () => {
    const { rows } = await sql<{ n: number }>`select count(*) as n from application`.execute(city.db);
    expect((await apply()).json()).toMatchObject(refusal('mandateMissing'));
    const after = await sql<{ n: number }>`select count(*) as n from application`.execute(city.db);
    expect(after.rows).toEqual(rows);
  });

  it.each([
    ['suspended', { state: 'suspended' }, 'mandateSuspended'],
    ['ended', { state: 'ended' }, 'mandateEnded'],
    ['past its last day, whatever its row says', { until: '2024-02-29' }, 'mandateEnded'],
    ['not begun', { from: '2024-03-02' }, 'mandateMissing'],
  ] as const)('one that is %s takes nothing in', async (_, change, code) => {
    await plant(change);
    expect((await apply()).json()).toMatchObject(refusal(code));
  });

  it('on its last day it still does', async () => {
    await plant({ until: '2024-03-01' });
    expect((await apply()).statusCode).toBe(202);
  });

  it.each([
    ['of capitals', { fieldCode: 'TRANSPORT' }],
    ['with a NUL', { fieldCode: 'a\u0000' }],
    ['too long', { fieldCode: 'a'.repeat(90) }],
  ])('a code %s is refused', async (_, codes) => {
    await plant();
    expect((await apply(codes)).statusCode).toBe(400);
  });

  it('where the operator reviews, it is the competent one', async () => {
    await plant({ agreement: second, operator: 'operator-2' });
    await sql`update resource set reviewer_kind = 'operator', reviewer_organisation = 'operator'
      where id = ${city.clinics}`.execute(city.db);
    const { caseNo } = (await apply({}, [city.clinics])).json<{ caseNo: string }>();
    const { rows } = await sql`
      select reviewer_organisation as by from application_resource where case_no = ${caseNo}`.execute(
      city.db,
    );
    expect(rows).toEqual([{ by: 'operator-2' }]);
  });
});

describe('which mandates stand beside each other', () => {
  const law = (jurisdiction: string) => {
    const own = packs.resolve(jurisdiction);
    const { allowed, combined } = ruleOf(own, 'mandate', 'modes').value;
    return { allowed, combined, atMost: ruleOf(own, 'mandate', 'atMost').value };
  };
  const whole = { agreement: 'A', mode: 'whole' as const, fields: [], scenarios: [] };
  const health = { agreement: 'B', mode: 'byField' as const, fields: ['health'], scenarios: [] };
  const roads = { ...health, agreement: 'C', fields: ['roads'] };
  const scene = { agreement: 'D', mode: 'byScenario' as const, fields: [], scenarios: ['parking'] };

  it.each(['[O12 shuozhou] 五: the whole, exactly one', '[O12 wuhai] 五: the whole'])('%s', (title) => {
    expect(whyNoMandate(law(title.includes('wuhai') ? 'wuhai' : 'shuozhou'), whole, [])).toBeUndefined();
  });
  it.each([
    '[O12 shuozhou refuses] 五: a second, or one by field',
    '[O12 wuhai refuses] 五: a second, or one by field',
  ])('%s', (title) => {
    const rules = law(title.includes('wuhai') ? 'wuhai' : 'shuozhou');
    expect(whyNoMandate(rules, health, [])).toMatchObject({ code: 'mandateModeNotAllowed' });
    expect(whyNoMandate(rules, whole, [whole])).toBeDefined();
  });
  it('[O12 national refuses] 九（四）: two that overlap in field or scenario', () => {
    const rules = law('national');
    expect(whyNoMandate(rules, health, [roads, scene])).toBeUndefined();
    for (const other of [whole, { ...health, agreement: 'E' }])
      expect(whyNoMandate(rules, health, [other])).toMatchObject({ rule: 'overlap' });
  });
});

describe('grants and cases follow the mandate (O9)', () => {
  const stateOf = async (grantNo: string) =>
    city.db
      .selectFrom('use_grant')
      .select(['state', 'operator', 'end_kind'])
      .where('grant_no', '=', grantNo)
      .executeTakeFirstOrThrow();
  const granted = async () => {
    const grantNo = await city.granted();
    await sql`
      update application set mandate = ${first}
      where case_no = (select case_no from use_grant where grant_no = ${grantNo})`.execute(city.db);
    return grantNo;
  };

  it('rest while it is suspended, and run again when it is restored', async () => {
    await plant();
    const grant = await granted();
    await tell('operatingAgreement.suspended.v1', {});
    expect(await stateOf(grant)).toMatchObject({ state: 'suspended' });
    expect((await apply()).json()).toMatchObject(refusal('mandateSuspended'));
    await tell('operatingAgreement.suspended.v1', {});
    await tell('operatingAgreement.restored.v1', { at: '2024-03-02T10:00:00+08:00' });
    expect(await stateOf(grant)).toMatchObject({ state: 'active' });
    expect((await city.told(grant)).slice(-2)).toEqual(['grant.suspended', 'grant.restored']);
  });

  it('an agreement on the use of data is neither rendered nor signed meanwhile', async () => {
    await plant();
    const caseNo = await city.approved();
    await sql`update application set mandate = ${first} where case_no = ${caseNo}`.execute(city.db);
    await tell('operatingAgreement.suspended.v1', {});
    expect(codeOf(await city.render(caseNo))).toEqual([409, 'mandateSuspended']);
  });

  it('rest when it ends, and pass with open cases to the one that begins: its operator, its checks', async () => {
    await plant();
    const grant = await granted();
    const open = (await apply()).json<{ caseNo: string }>().caseNo;
    await tell('operatingAgreement.ended.v1', {});
    expect(await stateOf(grant)).toMatchObject({ state: 'suspended', operator: 'operator', end_kind: null });
    expect((await apply()).json()).toMatchObject(refusal('mandateEnded'));
    await tell('operatingAgreement.inForce.v1', {
      ...{ agreement: second, operator: 'operator-2', mode: 'whole', fields: [], scenarios: [] },
      ...{ from: '2024-03-01', until: '2029-02-28', at: '2024-03-02T10:00:00+08:00' },
    });
    expect(await stateOf(grant)).toMatchObject({ state: 'active', operator: 'operator-2' });
    expect(await whose({ json: <T>() => ({ caseNo: open }) as T })).toEqual({
      ...{ operator: 'operator-2', mandate: second },
    });
    const { rows } = await sql`
      select act from intake where case_no = ${open} and act = 'bodySucceeded'`.execute(city.db);
    expect(rows).toHaveLength(1);
    expect(await whose(await apply())).toMatchObject({ operator: 'operator-2' });
  });

  it('end with it where the pack says so', async () => {
    await plant();
    const grant = await granted();
    const rules = {
      ...pack.rules,
      operatingAgreement: {
        ...pack.rules['operatingAgreement'],
        runningGrantsOnExit: { ...ruleOf(pack, 'operatingAgreement', 'runningGrantsOnExit'), value: 'ended' },
      },
    };
    await city.db.transaction().execute((trx) =>
      followMandate(trx, { ...pack, rules } as typeof pack, 'operatingAgreement.ended.v1', {
        ...{ agreement: first, at: '2024-03-01T10:00:00+08:00' },
      }),
    );
    expect(await stateOf(grant)).toMatchObject({ state: 'ended', end_kind: 'mandateEnded' });
  });

  it('what another field’s mandate covers stays where it is', async () => {
    await divided();
    const open = (await apply({ fieldCode: 'transport' })).json<{ caseNo: string }>().caseNo;
    await tell('operatingAgreement.ended.v1', {});
    expect(await whose({ json: <T>() => ({ caseNo: open }) as T })).toEqual({
      ...{ operator: 'operator', mandate: first },
    });
  });
});

describe('norms stand before the act they are about (M2)', () => {
  const forget = (kind: string) =>
    sql`delete from norm where kind = ${kind} and organisation = 'operator'`.execute(city.db);
  afterEach(() => normsStand(city.db, 'zhongwei'));

  it('[M2 zhongwei refuses] 十九: no agreement is rendered before the standard agreement is approved', async () => {
    await plant();
    const caseNo = await city.approved();
    await forget('standardAgreement');
    const answer = await city.render(caseNo);
    expect(answer.json()).toMatchObject({ status: 409, code: 'normNotApproved', article: {} });
    await normsStand(city.db, 'zhongwei', 'operator-2', ['standardAgreement']);
    expect(codeOf(await city.render(caseNo))).toEqual([409, 'normNotApproved']);
    await normsStand(city.db, 'zhongwei');
    expect((await city.render(caseNo)).statusCode).toBe(201);
  });

  it('[M2 zhongwei refuses] 二十: no application is checked before the check norm is approved', async () => {
    await plant();
    const { caseNo } = (await apply()).json<{ caseNo: string }>();
    await sql`
      insert into turn (turn_id, case_no, jurisdiction, step, organisation, organisation_name, body_kind, started_at,
        calendar_version)
      values (${`${caseNo}/check`}, ${caseNo}, 'zhongwei', 'check', 'operator', '运营机构', 'operator', now(),
        (select calendar_version from application where case_no = ${caseNo}))`.execute(city.db);
    const check = () =>
      city.call(zhongwei.operator, 'POST', `/v1/applications/${caseNo}/check/decision`, {
        body: {
          outcome: 'approve',
          findings: ['dataSecurity', 'networkSecurity', 'personalInformation', 'tradeSecrets'].map(
            (field) => ({
              ...{ field, finding: 'passed' },
            }),
          ),
        },
      });
    await forget('applicationCheckNorm');
    expect(codeOf(await check())).toEqual([409, 'normNotApproved']);
    const { rows } = await sql`
      select from intake where case_no = ${caseNo} and act = 'recordDecision'`.execute(city.db);
    expect(rows).toHaveLength(0);
    await normsStand(city.db, 'zhongwei');
    expect((await check()).statusCode).toBe(202);
  });
});
