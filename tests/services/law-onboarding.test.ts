import { createActivities } from '@gongshu/activities';
import { databaseDeps } from '@gongshu/activities/deps';
import { ensureShippedCalendar, newestCalendar } from '@gongshu/infra/calendars';
import { loadPacks } from '@gongshu/infra/packs';
import { buildRegistry } from '@gongshu/service-registry';
import { turnId } from '@gongshu/shared/application/ids';
import type { Recorded, Turn } from '@gongshu/shared/application/types';
import { computeClock } from '@gongshu/shared/clock/ledger';
import { openTurn } from '@gongshu/shared/clock/turn';
import { onboardingRules } from '@gongshu/shared/onboarding/rules';
import { usccCheckDigit } from '@gongshu/shared/uscc';
import type { FastifyInstance } from 'fastify';
import { type Kysely, sql } from 'kysely';
import { noCases } from '../support/catalog.ts';
import { inOperation } from '../support/in-operation.ts';
import { type TestDatabase, testDatabase } from '../support/parts.ts';
import { serviceDeps } from '../support/service.ts';
import { type TestTokens, testTokens } from '../support/tokens.ts';
import { documentHash, refusalOf } from './law-support.ts';
import type { Who } from './resources-support.ts';

type City = 'zhongwei' | 'shuozhou';
const cities: City[] = ['zhongwei', 'shuozhou'];
const packs = loadPacks();
const now = new Date('2024-03-01T10:00:00+08:00');
const uscc = (n: number): string => {
  const first = `91640500${String(n).padStart(9, '0')}`;
  return first + usccCheckDigit(first);
};
const merchantOf = (n: number) => `merchant-${n}`;
const who = (jurisdiction: City, role: 'bureau' | 'operator', organisation: string) =>
  ({ roles: [role], organisation, jurisdiction }) as const;

let database: TestDatabase;
let tokens: TestTokens;
let app: FastifyInstance;
let db: Kysely<any>;
let activities: ReturnType<typeof createActivities>;
let calls = 0;
jest.setTimeout(60_000);

const call = async (person: Who, method: 'GET' | 'POST', url: string, body?: object) =>
  app.inject({
    method,
    url,
    headers: {
      ...(person && { authorization: await tokens.bearer(person) }),
      ...(method === 'POST' && { 'idempotency-key': `law-call-${(calls += 1)}` }),
    },
    ...(body && { payload: body }),
  });

beforeAll(async () => {
  database = await testDatabase();
  tokens = await testTokens();
  const deps = serviceDeps('registry', { url: database.url, tokens, lawNow: async () => now });
  db = deps.db as Kysely<any>;
  await ensureShippedCalendar(db);
  activities = createActivities(databaseDeps({ catalog: db, registry: db, pricing: db, disclosure: db }));
  app = await buildRegistry({ ...deps, ...noCases, packs } as never);
  for (const city of cities) {
    const merchants = Array.from({ length: 12 }, (_, n) => ({
      ...{ id: merchantOf(n), kind: 'merchant', name: `数商${n}`, uscc: uscc(n) },
    }));
    const bodies = [
      { id: 'city-bureau', kind: 'bureau', name: '市数据局', level: 'city' },
      { id: 'operator', kind: 'operator', name: '运营公司' },
    ];
    const answer = await call(who(city, 'bureau', 'city-bureau'), 'POST', '/v1/parties/imports', {
      parties: [...bodies, ...merchants],
    });
    if (answer.statusCode !== 201) throw new Error(answer.body);
    await inOperation(db, city);
    for (const organisation of ['operator', 'city-bureau'])
      await sql`
        insert into document
          (jurisdiction, organisation, hash, bytes, media_type, title, file_name, uploaded_by, uploaded_at)
        values (${city}, ${organisation}, ${documentHash}, 1, 'application/pdf', '规范', 'a.pdf', 'someone', ${now})`.execute(
        db,
      );
  }
}, 60_000);
afterAll(async () => {
  await app?.close();
  await db?.destroy();
  await database?.drop();
});

const fieldsOf = (city: City): readonly string[] =>
  packs.resolve(city).rule('merchantOnboarding', 'checkFields').value;
const filed = ['cooperationMode', 'qualification', 'divisionOfDuties'];

/** Material that is whole under either text. */
const material = (city: City, n: number, without: string[] = []) => {
  const parts = [...fieldsOf(city), ...(city === 'shuozhou' ? filed : [])];
  const contents = {
    ...{ uscc: uscc(n), legalPerson: '某某', businessScope: '数据服务' },
    ...Object.fromEntries(parts.map((part) => [part, { text: '承诺符合要求' }])),
  };
  return Object.fromEntries(Object.entries(contents).filter(([part]) => !without.includes(part)));
};
const submit = (city: City, n: number, without: string[] = []) => {
  const merchant = { roles: ['merchant'], organisation: merchantOf(n), jurisdiction: city } as const;
  return call(merchant, 'POST', '/v1/onboardings', { contents: material(city, n, without) });
};
/** A case whose check runs since now; its number and the check's clock. */
const inCheck = async (city: City, n: number) => {
  const answer = await submit(city, n);
  if (answer.statusCode !== 202) throw new Error(answer.body);
  const { caseNo } = answer.json<{ caseNo: string }>();
  const rules = onboardingRules(packs.resolve(city));
  const { version: calendarVersion, calendar } = await newestCalendar(db, city);
  const startedAt = now.getTime();
  const turn: Turn = {
    ...{ turnId: turnId(caseNo, 'check', 'operator'), caseNo, lifecycle: 'onboarding' },
    ...{ jurisdiction: city, jurisdictionTitle: city, authority: 'city-bureau', step: 'check' },
    ...{ organisation: 'operator', organisationName: '运营公司', bodyKind: 'operator' },
    ...{ rules: rules.check, reminders: rules.reminders, correctionLapse: rules.correctionLapse },
    ...{ startedAt, calendarVersion },
  };
  const ledger: Recorded[] = [{ kind: 'started', at: startedAt, calendarVersion, receipt: null }];
  await activities.recordClock({ turn, ledger, state: openTurn, done: [] });
  return { caseNo, clock: computeClock(turn.rules, ledger, () => calendar) };
};
const check = (city: City, caseNo: string, change: object = {}) =>
  call(who(city, 'operator', 'operator'), 'POST', `/v1/onboardings/${caseNo}/check/decision`, {
    outcome: 'approve',
    findings: fieldsOf(city).map((field) => ({ field, finding: 'passed' })),
    ...change,
  });

const operator = who('zhongwei', 'operator', 'operator');
const bureau = who('zhongwei', 'bureau', 'city-bureau');
let versions = 0;
const norm = (by: Who, kind: string) =>
  call(by, 'POST', '/v1/norms', { kind, title: '规范', document: documentHash, version: (versions += 1) });
const decide = (id: string, body: object) => call(bureau, 'POST', `/v1/norms/${id}/decision`, body);
const idOf = (answer: { json: <T>() => T }) => answer.json<{ norm: string }>().norm;

describe('[M2 zhongwei refuses] 十八: before the onboarding norm is approved nobody comes in', () => {
  it('without one, with one that is only submitted, with one refused', async () => {
    const refused = { status: 409, code: 'normNotApproved', article: '十八' };
    expect(refusalOf(await submit('zhongwei', 0))).toMatchObject(refused);
    const submitted = await norm(operator, 'onboardingNorm');
    expect([submitted.statusCode, submitted.json()]).toEqual([
      201,
      expect.objectContaining({ way: 'approved', state: 'submitted' }),
    ]);
    expect(refusalOf(await submit('zhongwei', 0))).toMatchObject(refused);
    const reasons = [{ code: 'unclear', text: '条件不明确' }];
    await decide(idOf(submitted), { outcome: 'refuse', reasons });
    expect(refusalOf(await submit('zhongwei', 0))).toMatchObject(refused);
  });

  it('二十一: the review norm is the authority’s to issue; a kind that no article names is none', async () => {
    expect((await norm(operator, 'reviewNorm')).statusCode).toBe(403);
    expect(refusalOf(await norm(operator, 'weatherNorm'))).toMatchObject({ code: 'normKindUnknown' });
  });
});

describe('[M2 zhongwei] norms come into force in the way of their article', () => {
  it('十八: approved by the authority; then the merchant is taken in', async () => {
    const id = idOf(await norm(operator, 'onboardingNorm'));
    expect((await decide(id, { outcome: 'approve' })).json()).toMatchObject({ state: 'approved' });
    expect((await submit('zhongwei', 0)).statusCode).toBe(202);
  });

  it.each([
    { kind: 'platformNorms', by: operator, state: 'deposited' },
    { kind: 'managementRules', by: operator, state: 'deposited' },
    { kind: 'reviewNorm', by: bureau, state: 'issued' },
  ])('二十九, 三十二, 二十一: $kind is $state', async ({ kind, by, state }) => {
    expect((await norm(by, kind)).json()).toMatchObject({ state });
  });
});

describe('[M1 zhongwei] [M1 shuozhou] onboarding: material, a check in each field, its limit', () => {
  it.each([
    { city: 'zhongwei', days: 5, lastDay: '2024-03-08' },
    { city: 'shuozhou', days: 20, lastDay: '2024-03-29' },
  ] as const)('$city: $days working days, to 24:00 of $lastDay', async ({ city, lastDay }) => {
    const { caseNo, clock } = await inCheck(city, 1);
    expect(clock.deadline).toBe(Date.parse(`${lastDay}T24:00:00+08:00`));
    expect((await check(city, caseNo)).statusCode).toBe(202);
    const { payload } = await db
      .selectFrom('intake')
      .select('payload')
      .where('case_no', '=', caseNo)
      .where('act', '=', 'submitOnboarding')
      .executeTakeFirstOrThrow();
    await activities.concludeOnboarding({
      onboarding: payload.onboarding,
      result: { caseNo, outcome: 'enrolled', endedAt: now.getTime(), by: 'check', late: false },
      stage: 'check',
    });
    const byBureau = who(city, 'bureau', 'city-bureau');
    expect((await call(byBureau, 'GET', `/v1/onboardings/${caseNo}`)).json()).toMatchObject({
      outcome: 'enrolled',
      applicant: merchantOf(1),
    });
    expect(refusalOf(await submit(city, 1))).toMatchObject({ status: 409, code: 'alreadyEnrolled' });
  });
});

describe('[M1 zhongwei refuses] [M1 shuozhou refuses] onboarding', () => {
  it.each([
    { city: 'zhongwei', without: 'networkSecurity', article: '十七' },
    { city: 'shuozhou', without: 'financialRequirements', article: '四' },
    { city: 'shuozhou', without: 'cooperationMode', article: '六（二）' },
    { city: 'shuozhou', without: 'divisionOfDuties', article: '六（二）' },
  ] as const)('$city $article: material without $without', async ({ city, without, article }) => {
    expect(refusalOf(await submit(city, 2, [without]))).toEqual({
      status: 422,
      code: 'applicationIncomplete',
      article,
      pointers: [`/body/contents/${without}`],
    });
  });

  it.each([
    { city: 'zhongwei', n: 3, article: '十七' },
    { city: 'shuozhou', n: 3, article: '四' },
  ] as const)('$city $article: a check that leaves a field out, or fails without reasons', async (one) => {
    const { city, n, article } = one;
    const { caseNo } = await inCheck(city, n);
    const findings = fieldsOf(city).map((field) => ({ field, finding: 'passed' }));
    expect(refusalOf(await check(city, caseNo, { findings: findings.slice(1) }))).toMatchObject({
      status: 422,
      code: 'findingsIncomplete',
      article,
    });
    const failed = findings.map((finding, index) =>
      index === 0 ? { ...finding, finding: 'failed' } : finding,
    );
    expect(refusalOf(await check(city, caseNo, { outcome: 'refuse', findings: failed }))).toMatchObject({
      code: 'reasonsMissing',
      pointers: ['/body/reasons'],
    });
    const reasons = [{ code: 'unfit', text: '不符合要求' }];
    const refused = await check(city, caseNo, { outcome: 'refuse', findings: failed, reasons });
    expect(refused.statusCode).toBe(202);
  });
});

describe('Wuhai’s text speaks of no onboarding', () => {
  it('an onboarding goes by the national reading: who is not registered is refused as anywhere', async () => {
    const merchant = { roles: ['merchant'], organisation: 'merchant-1', jurisdiction: 'wuhai' } as const;
    const answer = await call(merchant, 'POST', '/v1/onboardings', { contents: { uscc: uscc(1) } });
    expect(refusalOf(answer)).toMatchObject({ status: 409, code: 'merchantNotRegistered' });
  });
});
