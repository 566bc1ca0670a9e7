/** Versions of the plan (P2): the one in force, the one on its way, and what each says. */
import type { ProcedureRow } from '@gongshu/infra/procedures/acting';
import type { PlanTable, ProcedureTables } from '@gongshu/infra/procedures/tables';
import type { PlanFacts } from '@gongshu/shared/plan/machine';
import { problem } from '@gongshu/shared/problems';
import { type Kysely, type Selectable, sql, type Transaction } from 'kysely';
import type { PlanContents } from './contents.ts';

/** The version in force; `undefined` where none is. */
export const planInForce = (
  db: Kysely<ProcedureTables>,
  jurisdiction: string,
): Promise<Selectable<PlanTable> | undefined> =>
  db
    .selectFrom('plan')
    .selectAll()
    .where('jurisdiction', '=', jurisdiction)
    .where('replaced_at', 'is', null)
    .executeTakeFirst();

/**
 * What a version begins with: its number, and the one in force that it changes. Plans of a city are opened one after
 * the other. Throws `planOpen` (409) while another is on its way, `planUnchanged` (409) where nothing differs.
 */
export const factsFor = async (
  trx: Transaction<ProcedureTables>,
  { jurisdiction, caseNo, contentHash }: { jurisdiction: string; caseNo: string; contentHash: string },
): Promise<PlanFacts> => {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`plan ${jurisdiction}`}, 0))`.execute(trx);
  const open = await trx
    .selectFrom('procedure')
    .select('case_no')
    .where('jurisdiction', '=', jurisdiction)
    .where('kind', '=', 'plan')
    .where('outcome', 'is', null)
    .where('case_no', '!=', caseNo)
    .executeTakeFirst();
  if (open) throw problem('planOpen', { params: { caseNo: open.case_no } });
  const before = await planInForce(trx, jurisdiction);
  if (before?.content_hash === contentHash) throw problem('planUnchanged');
  return { version: (before?.version ?? 0) + 1, replaces: before?.case_no ?? null, contentHash };
};

/** Contents of a case by their hash; `undefined` for a hash that is not of this case. */
export const contentsOf = async (
  db: Kysely<ProcedureTables>,
  caseNo: string,
  contentHash: string,
): Promise<PlanContents | undefined> => {
  const row = await db
    .selectFrom('plan_content')
    .select('contents')
    .where('case_no', '=', caseNo)
    .where('content_hash', '=', contentHash)
    .executeTakeFirst();
  return row?.contents as PlanContents | undefined;
};

/** The hash that stands now: as the machine left it, or as the case was opened where it has not been recorded yet. */
export const standingHash = ({ state, start }: ProcedureRow): string =>
  (state['contentHash'] as string | undefined) ?? (start.facts as PlanFacts).contentHash;
