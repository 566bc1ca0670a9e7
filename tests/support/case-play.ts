/** How a test file plays the procedures of a service: opens a case, waits until it stands, runs the law's time on. */
import type { ProcedureTables } from '@gongshu/infra/procedures/tables';
import { type Kysely, sql } from 'kysely';
import type { Who } from '../services/resources-support.ts';
import type { startServiceRuns } from './service-runs.ts';
import { until } from './turns.ts';
import { namePath } from './turns-history.ts';

type Runs = Pick<Awaited<ReturnType<typeof startServiceRuns>>, 'call' | 'client' | 'law' | 'db'>;

export const casePlay = (runs: Runs) => {
  const db = runs.db as unknown as Kysely<ProcedureTables>;
  const row = (caseNo: string) =>
    db.selectFrom('procedure').selectAll().where('case_no', '=', caseNo).executeTakeFirstOrThrow();
  /** Whether a case stands: closed, or recorded with nothing left that is due by now. */
  const stands = async (caseNo: string): Promise<boolean> => {
    const { outcome, entries, wake_at, held } = await row(caseNo);
    if (outcome !== null)
      return (await runs.client.workflow.getHandle(caseNo).describe()).status.name !== 'RUNNING';
    const now = new Date(await runs.law.now());
    return entries > 0 && (wake_at === null || wake_at > now || held);
  };
  const quiet = (caseNo: string): Promise<void> => until(`${caseNo} stands`, () => stands(caseNo));
  /** Opens a procedure and waits until it stands; a path asks for its history to be kept. */
  const open = async (who: Who, url: string, body: object, path?: string): Promise<string> => {
    const answer = await runs.call(who, 'POST', url, body);
    if (answer.statusCode !== 201) throw new Error(answer.body);
    const { caseNo } = answer.json<{ caseNo: string }>();
    if (path) namePath(caseNo, path);
    await quiet(caseNo);
    return caseNo;
  };
  /** Runs the law's time on; what falls due before it happens in its order. */
  const goTo = async (at: string, ...caseNos: string[]): Promise<void> => {
    await runs.law.goTo(at);
    for (const caseNo of caseNos) await quiet(caseNo);
  };
  /** Kinds of the entries of a case but reminders, in order. */
  const story = async (caseNo: string): Promise<string[]> => {
    const rows = await db
      .selectFrom('procedure_entry')
      .select('kind')
      .where('case_no', '=', caseNo)
      .where('kind', '!=', 'reminderDue')
      .orderBy('position')
      .execute();
    return rows.map(({ kind }) => kind);
  };
  /** Data of the events of a subject of a type, oldest first. */
  const told = async (subject: string, type: string): Promise<Record<string, unknown>[]> => {
    const { rows } = await sql<{ payload: Record<string, unknown> }>`
      select payload from outbox where aggregateid = ${subject} and type = ${type}
      order by aggregate_version`.execute(db);
    return rows.map(({ payload }) => payload);
  };
  return { row, quiet, open, goTo, story, told };
};
