/**
 * Onboardings as they run: the registry's routes, a real PostgreSQL, the real activities and workflows on a
 * time-skipping server. One for a test file; its cases follow one another.
 */
import { usccCheckDigit } from '@gongshu/shared/uscc';
import { sql } from 'kysely';
import { bodiesOf } from '../services/resources-support.ts';
import { inOperation } from './in-operation.ts';
import { type Answer, startRegistryRuns } from './registry-runs.ts';
import { type Given, until } from './turns.ts';
import { namePath } from './turns-history.ts';

jest.setTimeout(120_000);

/** A credit code that stands its check, by number. */
export const usccNo = (n: number): string => {
  const first = `91640500${String(n).padStart(9, '0')}`;
  return first + usccCheckDigit(first);
};

/** Words of people: none of them may appear in a history or an event. */
export const words = {
  undertaking: '承诺落实安全责任制并接受检查',
  reason: '商业秘密保护措施不足',
  item: '请补充网络安全等级保护证明',
  note: '现场核验情况属实',
};
export const checkFields = ['dataSecurity', 'networkSecurity', 'personalInformation', 'tradeSecrets'];
const reasons = [{ code: 'measuresInsufficient', text: words.reason }];

/** The material of the n-th merchant. */
export const materialOf = (n: number) => ({
  uscc: usccNo(n),
  legalPerson: '李某某',
  businessScope: '数据处理和存储支持服务',
  ...Object.fromEntries(checkFields.map((field) => [field, { text: words.undertaking }])),
});

const merchantOf = (n: number) =>
  ({ roles: ['merchant'], organisation: `merchant-${n}`, jurisdiction: 'zhongwei' }) as const;
export const normDocument = `sha256:${'a'.repeat(64)}`;

export type { Answer };
export type Onboardings = Awaited<ReturnType<typeof startOnboardings>>;

export const startOnboardings = async (instead: Given = {}) => {
  const runs = await startRegistryRuns(instead);
  const { client, db, law, call, post, workWith } = runs;
  const city = bodiesOf('zhongwei');
  const parties = [
    { id: 'city-bureau', kind: 'bureau', name: '示例市数据局', level: 'city' },
    { id: 'operator', kind: 'operator', name: '示例运营公司' },
    ...Array.from({ length: 20 }, (_, n) => ({
      id: `merchant-${n + 1}`,
      kind: 'merchant',
      name: `示例数商${n + 1}`,
      uscc: usccNo(n + 1),
    })),
  ];
  const registered = await post(city.bureau, '/v1/parties/imports', { parties });
  if (registered.status !== 201) throw new Error(`parties: ${registered.code}`);
  await inOperation(db, 'zhongwei');
  await sql`
    insert into document (jurisdiction, organisation, hash, bytes, media_type, title, file_name, uploaded_by, uploaded_at)
    values ('zhongwei', 'operator', ${normDocument}, 1, 'application/pdf', '进驻规范', 'norm.pdf', 'someone', now())`.execute(
    db,
  );
  /** The onboarding norm, submitted by the operator and approved by the bureau. */
  const approveNorm = async (version = 1): Promise<void> => {
    const norm = { kind: 'onboardingNorm', title: '数据商进驻规范', document: normDocument, version };
    const given = await call(city.operator, 'POST', '/v1/norms', norm);
    if (given.statusCode !== 201) throw new Error(given.body);
    const id = given.json<{ norm: string }>().norm;
    const decided = await post(city.bureau, `/v1/norms/${id}/decision`, { outcome: 'approve' });
    if (decided.status !== 200) throw new Error(`the norm: ${decided.code}`);
  };

  const rowsOf = (caseNo: string) =>
    db.selectFrom('turn').selectAll().where('case_no', '=', caseNo).orderBy('started_at').execute();
  const row = (caseNo: string) =>
    db.selectFrom('application').selectAll().where('case_no', '=', caseNo).executeTakeFirstOrThrow();
  /** Whether a case stands: closed, or its stage's turn begun and nothing left that is due by now. */
  const stands = async (caseNo: string): Promise<boolean> => {
    const { stage, outcome } = await row(caseNo);
    if (outcome !== null)
      return (await client.workflow.getHandle(caseNo).describe()).status.name !== 'RUNNING';
    const [turn] = (await rowsOf(caseNo)).filter((one) => one.step === stage && one.outcome === 'open');
    const now = new Date(await law.now());
    return (
      turn !== undefined && (turn.wake_at === null || turn.wake_at > now || turn.held) && turn.entries > 0
    );
  };
  const quiet = (caseNo: string): Promise<void> => until(`${caseNo} stands`, () => stands(caseNo));

  let merchants = 0;
  /** A new merchant's onboarding, taken in at an instant; a path asks for its histories to be kept. */
  const submit = async (at: string, path?: string) => {
    await law.begin(at);
    merchants += 1;
    return apply(merchants, path);
  };
  const apply = async (n: number, path?: string) => {
    const merchant = merchantOf(n);
    const answer = await call(merchant, 'POST', '/v1/onboardings', { contents: materialOf(n) });
    if (answer.statusCode !== 201) throw new Error(answer.body);
    const { caseNo } = answer.json<{ caseNo: string }>();
    if (path) namePath(caseNo, path);
    await quiet(caseNo);
    const to = `/v1/onboardings/${caseNo}`;
    const finding = (field: string, found: string) => ({ field, finding: found, note: words.note });
    return {
      ...{ caseNo, merchant, n },
      quiet: () => quiet(caseNo),
      accept: () => post(city.operator, `${to}/acceptance/decision`, { outcome: 'approve' }),
      notAccept: () => post(city.operator, `${to}/acceptance/decision`, { outcome: 'refuse', reasons }),
      check: (more: object = {}) =>
        post(city.operator, `${to}/check/decision`, {
          outcome: 'approve',
          findings: checkFields.map((field) => finding(field, 'passed')),
          ...more,
        }),
      failCheck: (more: object = {}) =>
        post(city.operator, `${to}/check/decision`, {
          outcome: 'refuse',
          findings: checkFields.map((field) =>
            finding(field, field === 'tradeSecrets' ? 'failed' : 'passed'),
          ),
          reasons,
          ...more,
        }),
      giveBack: (step: 'acceptance' | 'check', item = 'networkSecurity', kind?: string) =>
        post(city.operator, `${to}/${step}/corrections`, {
          ...(kind && { kind }),
          items: [{ item, text: words.item }],
        }),
      resubmit: (correction: string, contents: object = { networkSecurity: { text: '已补充' } }) =>
        post(merchant, `${to}/corrections/${correction}/resubmission`, { contents }),
      withdraw: () => post(merchant, `${to}/withdrawal`),
      direct: (dueOn: string) => post(city.bureau, `${to}/check/direction`, { dueOn }),
      row: () => row(caseNo),
      turn: async (step: 'acceptance' | 'check') => (await rowsOf(caseNo)).find((one) => one.step === step),
      /** Names of the events of the case but reminders, in order. */
      story: async (): Promise<string[]> => {
        const { rows } = await sql<{ type: string }>`
          select type from outbox where aggregateid = ${caseNo} order by aggregate_version`.execute(db);
        return rows
          .map(({ type }) => type.slice('onboarding.'.length, -'.v1'.length))
          .filter((name) => !/^(reminderDue|escalated)/.test(name));
      },
      told: async (type: string): Promise<Record<string, unknown>[]> => {
        const { rows } = await sql<{ payload: Record<string, unknown> }>`
          select payload from outbox
          where aggregateid = ${caseNo} and type = ${`onboarding.${type}.v1`}
          order by aggregate_version`.execute(db);
        return rows.map(({ payload }) => payload);
      },
      standing: async () => {
        const { rows } = await sql<{ standing: string; since: Date; case_no: string }>`
          select standing, since, case_no from merchant where organisation = ${merchant.organisation}`.execute(
          db,
        );
        return rows[0];
      },
      merchantEvents: async (): Promise<string[]> => {
        const { rows } = await sql<{ type: string }>`
          select type from outbox
          where aggregateid = ${`zhongwei:${merchant.organisation}`} and type like 'merchant.%'
          order by aggregate_version`.execute(db);
        return rows.map(({ type }) => type);
      },
    };
  };

  const stop = (): Promise<void> =>
    runs.stop(async (caseNo) => (await rowsOf(caseNo)).map(({ turn_id }) => turn_id));
  return { ...{ client, db, law, city, call, post, submit, apply, approveNorm, workWith, rowsOf, stop } };
};
export type Onboarding = Awaited<ReturnType<Onboardings['submit']>>;

/** An act that the test rests on. @throws Error with the code when it was not taken. */
export const mustCount = async (answer: Promise<Answer>): Promise<Answer> => {
  const { status, ...rest } = await answer;
  if (status >= 300) throw new Error(`not taken: ${status} ${rest.code}`);
  return { status, ...rest };
};
