/**
 * Procedures of the authority's side as they run: the registry's routes, a real PostgreSQL, the real activities and
 * workflows on a time-skipping server. One for a test file; its cases follow one another.
 */
import type { ProcedureTables } from '@gongshu/infra/procedures/tables';
import { type Kysely, sql } from 'kysely';
import type { Who } from '../services/resources-support.ts';
import { startRegistryRuns } from './registry-runs.ts';
import { type Given, until } from './turns.ts';
import { namePath } from './turns-history.ts';

/** The bodies of a test city, by the role they act in. */
export const peopleOf = (jurisdiction: string) =>
  ({
    bureau: { roles: ['bureau'], organisation: 'city-bureau', jurisdiction },
    government: { roles: ['government'], organisation: 'city-government', jurisdiction },
    operator: { roles: ['operator'], organisation: 'operator', jurisdiction },
    department: { roles: ['sourceDepartment'], organisation: 'dept-transport', jurisdiction },
    auditor: { roles: ['auditor'], organisation: 'audit-office', jurisdiction },
  }) as const satisfies Record<string, Who>;

const parties = [
  { id: 'city-bureau', kind: 'bureau', name: '示例市数据局', level: 'city' },
  { id: 'city-government', kind: 'government', name: '示例市人民政府' },
  { id: 'dept-transport', kind: 'sourceDepartment', name: '示例市交通局', level: 'city' },
];

export type Procedures = Awaited<ReturnType<typeof startProcedures>>;

export const startProcedures = async (
  jurisdictions: readonly string[] = ['zhongwei'],
  given: Given & Parameters<typeof startRegistryRuns>[0] = {},
) => {
  const runs = await startRegistryRuns(given);
  const db = runs.db as unknown as Kysely<ProcedureTables>;
  for (const jurisdiction of jurisdictions) {
    const { status, code } = await runs.post(peopleOf(jurisdiction).bureau, '/v1/parties/imports', {
      parties,
    });
    if (status !== 201) throw new Error(`parties of ${jurisdiction}: ${code}`);
  }
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
  /** Data of the events of a case of a type, oldest first. */
  const told = async (caseNo: string, type: string): Promise<Record<string, unknown>[]> => {
    const { rows } = await sql<{ payload: Record<string, unknown> }>`
      select payload from outbox where aggregateid = ${caseNo} and type = ${type}
      order by aggregate_version`.execute(db);
    return rows.map(({ payload }) => payload);
  };
  return { ...runs, db, row, quiet, open, goTo, story, told };
};
