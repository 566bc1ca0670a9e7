/**
 * Data-use applications as they run: the catalog's routes, a real PostgreSQL, the real activities and workflows on a
 * time-skipping server. One for a test file; its cases follow one another.
 */
import { type Activities, createActivities } from '@gongshu/activities';
import type { ApplicationTables } from '@gongshu/infra/cases/tables';
import { calendarAt, ensureShippedCalendar, newestCalendar } from '@gongshu/infra/calendars';
import { deliver, type IntakeRow } from '@gongshu/infra/intake/deliver';
import { taskQueue } from '@gongshu/infra/temporal-client';
import { tellCalendarChanged } from '@gongshu/infra/cases/calendar-changed';
import { hand } from '@gongshu/service-catalog/applications/hand';
import { type TurnStanding, turnStandingQuery } from '@gongshu/workflows/messages';
import { Client } from '@temporalio/client';
import { DefaultLogger, Runtime, Worker } from '@temporalio/worker';
import { type Kysely, sql } from 'kysely';
import { bodiesOf, startCatalog } from '../services/resources-support.ts';
import { inOperation } from './in-operation.ts';
import { enrolled } from './enrolled.ts';
import { keepHistories } from './turns-history.ts';
import { workflowBundle } from './parts.ts';
import { lawTime, startTimeSkipping } from './turns-time.ts';

jest.setTimeout(120_000);

export type Turns = Awaited<ReturnType<typeof startTurns>>;

export type Given = {
  /** What stands in for an activity, given ours. */
  activities?: (ours: Activities) => Partial<Activities>;
  bundle?: { codePath: string } | { code: string };
  /**
   * Each task replays its whole history, as after a restart: twice the work. Asked for by a few files, and by those
   * that change their worker: a cached workflow's task would wait for the one that is gone.
   */
  replayed?: boolean;
};

/** Reviewing bodies of the test city, by the entry that is theirs. */
export const reviewers = {
  transport: { kind: 'sourceDepartment', organisation: 'dept-transport' },
  health: { kind: 'sourceDepartment', organisation: 'dept-health' },
  county: { kind: 'countyAuthority', organisation: 'county-bureau-1' },
  operator: { kind: 'operator', organisation: 'operator' },
} as const;
export type Reviewer = keyof typeof reviewers;

/** Asks again until it holds. @throws Error after forty-five seconds, with what was waited for. */
export const until = async (what: string, holds: () => Promise<boolean>): Promise<void> => {
  const end = performance.now() + 45_000;
  while (!(await holds())) {
    if (performance.now() > end) throw new Error(`waited in vain: ${what}`);
    await new Promise((go) => setTimeout(go, 25));
  }
};

export const startTurns = async ({ activities: instead, bundle, replayed = false }: Given = {}) => {
  Runtime.install({
    logger: new DefaultLogger('ERROR'),
    telemetryOptions: { logging: { forward: {}, filter: 'ERROR' } },
  });
  const env = await startTimeSkipping();
  const client = new Client({ connection: env.connection });
  const temporal = { away: false };
  const catalog = await startCatalog({
    deliver: async (receipt) => (temporal.away ? { state: 'taken', code: null } : deliver(delivery, receipt)),
    calendarVersion: async (jurisdiction) => (await newestCalendar(db as never, jurisdiction)).version,
    calendarChanged: (jurisdictions, version) => tellCalendarChanged(db, jurisdictions, version),
    lawNow: async () => new Date(await law.now()),
  });
  const db = catalog.db as unknown as Kysely<ApplicationTables>;
  const delivery = { db, client, hand, patienceMillis: 15_000 };
  const law = await lawTime(env, db);
  await ensureShippedCalendar(db as never);
  const intake = { down: false };
  const ours = createActivities({
    db: { catalog: db, registry: db, pricing: db, disclosure: db },
    time: law.reading,
    calendars: {
      at: (version) => calendarAt(db as never, version),
      newest: async (jurisdiction) => (await newestCalendar(db as never, jurisdiction)).version,
    },
    intakeWasDown: async () => intake.down,
    graceMillis: 1_000,
  });
  let activities = { ...ours, ...instead?.(ours) };
  let given = bundle ?? (await workflowBundle());

  let running: { worker: Worker; ended: Promise<void> } | undefined;
  const startWorker = async (): Promise<void> => {
    const worker = await Worker.create({
      connection: env.nativeConnection,
      taskQueue,
      workflowBundle: given,
      activities,
      maxCachedWorkflows: replayed ? 0 : 200,
    });
    running = { worker, ended: worker.run() };
  };
  const stopWorker = async (): Promise<void> => {
    running?.worker.shutdown();
    await running?.ended;
    running = undefined;
  };
  await startWorker();
  /** Another worker from now on: other workflows, other activities, or ours again. */
  const workWith = async ({ activities: others, bundle: other }: Given = {}): Promise<void> => {
    await stopWorker();
    activities = { ...ours, ...others?.(ours) };
    given = other ?? (await workflowBundle());
    await startWorker();
  };

  const city = bodiesOf('zhongwei');
  await sql`
    insert into body (jurisdiction, id, kind)
    values ('zhongwei', 'operator', 'operator'), ('zhongwei', 'city-bureau', 'bureau')`.execute(db);
  await enrolled(db, 'zhongwei', 'merchant-1');
  await inOperation(db, 'zhongwei');
  const entries = new Map<Reviewer, string>();
  for (const [name, reviewer] of Object.entries(reviewers)) {
    const level = reviewer.kind === 'countyAuthority' ? 'county' : 'city';
    const id = await catalog.compile(city.department, `entry-${name}`, { reviewer, level });
    entries.set(name as Reviewer, id);
  }
  await sql`update resource set state = 'public'`.execute(db);

  const standing = (turn: string): Promise<TurnStanding> =>
    client.workflow.getHandle(turn).query(turnStandingQuery);
  const rowsOf = (caseNo: string) =>
    db.selectFrom('turn').selectAll().where('case_no', '=', caseNo).orderBy('turn_id').execute();

  /** Whether a case stands: closed, or every turn of its stage begun and nothing left that is due by now. */
  const stands = async (caseNo: string): Promise<boolean> => {
    const { stage, outcome } = await db
      .selectFrom('application')
      .select(['stage', 'outcome'])
      .where('case_no', '=', caseNo)
      .executeTakeFirstOrThrow();
    if (outcome !== null)
      return (await client.workflow.getHandle(caseNo).describe()).status.name !== 'RUNNING';
    const turns = (await rowsOf(caseNo)).filter(({ step }) => step === stage);
    const bodies = await db
      .selectFrom('application_resource')
      .select('reviewer_organisation')
      .distinct()
      .where('case_no', '=', caseNo)
      .execute();
    const open = turns.filter((turn) => turn.outcome === 'open');
    if (turns.length < (stage === 'review' ? bodies.length : 1) || open.length === 0) return false;
    const now = new Date(await law.now());
    if (open.some(({ wake_at, held }) => wake_at !== null && wake_at <= now && !held)) return false;
    const seen = await Promise.all(open.map(({ turn_id }) => standing(turn_id)));
    return seen.every(({ clock }) => clock !== null);
  };
  const quiet = (caseNo: string): Promise<void> => until(`${caseNo} stands`, () => stands(caseNo));

  /** Hands on what was taken in while Temporal was away, in the order of the receipts. */
  const deliverLeft = async (): Promise<void> => {
    temporal.away = false;
    const left = await db
      .selectFrom('intake')
      .select('receipt')
      .where('state', '=', 'taken')
      .orderBy('seq')
      .execute();
    for (const { receipt } of left) await deliver(delivery, receipt);
  };
  const intakeRow = (receipt: string): Promise<IntakeRow> =>
    db.selectFrom('intake').selectAll().where('receipt', '=', receipt).executeTakeFirstOrThrow();

  const stop = async (): Promise<void> => {
    await stopWorker();
    await keepHistories(client, async (caseNo) => (await rowsOf(caseNo)).map(({ turn_id }) => turn_id));
    await catalog.stop();
    await env.teardown();
    await Runtime.instance().shutdown();
  };
  return {
    ...{ env, client, db, law, city, entries, intake, temporal, delivery },
    ...{
      call: catalog.call,
      upload: catalog.upload,
      startWorker,
      stopWorker,
      workWith,
      standing,
      rowsOf,
      quiet,
      deliverLeft,
      intakeRow,
      stop,
    },
    /** Hands one row on as the intake does, without its bookkeeping. */
    hand: async (receipt: string) => hand(client, await intakeRow(receipt)),
  };
};
