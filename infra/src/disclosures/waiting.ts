/** A publication whose case was never opened (S1, S2): it waits ever longer, and the bureau hears of it. */
import type { ReportDue } from '@gongshu/shared/disclosure-facts/due';
import type { ResolvedPack } from '@gongshu/shared/packs/pack';
import { sql, type Transaction } from 'kysely';
import type { AuditActor } from '../audit.ts';
import { record } from '../record.ts';
import type { DisclosureCaseTables } from './tables.ts';

/** After so many tries, some five minutes by the clock on the wall, it is no longer only a case that is being opened. */
export const triesUntold = 5;
const longestSeconds = 3_600;

/**
 * It is called up again: in twenty seconds, then in twice as long each time, an hour at most. The bureau is told once, by
 * `reportPublication.waits.v1`, when it has waited for long; what keeps its case from being opened is put right by hand.
 */
export const waitForCase = async (
  trx: Transaction<DisclosureCaseTables>,
  { areaCode }: Pick<ResolvedPack, 'areaCode'>,
  { jurisdiction, kind, operator, from, until, step }: ReportDue,
  { actor, at }: { actor: AuditActor; at: Date },
): Promise<void> => {
  // A row that was called up less than ten seconds ago is left alone: what is beyond them is its wait.
  const { tries } = await trx
    .updateTable('report_due')
    .set({
      state: 'ahead',
      tries: sql<number>`tries + 1`,
      called_at: sql<Date>`clock_timestamp()
        + make_interval(secs => least(${longestSeconds}, 10 * power(2, least(tries, 20) + 1)) - 10)`,
    })
    .where('jurisdiction', '=', jurisdiction)
    .where('kind', '=', kind)
    .where('operator', '=', operator)
    .where('from_on', '=', from)
    .where('step', '=', step)
    .returning('tries')
    .executeTakeFirstOrThrow();
  if (tries !== triesUntold) return;
  const subject = [areaCode, 'WF', kind, ...(operator ? [operator] : []), from].join('-');
  await record(trx, 'disclosure', {
    ...{ key: `${subject}/waits`, type: 'reportPublication.waits.v1', subject, jurisdiction, actor, at },
    data: { publication: subject, kind, operator: operator || null, from, until, tries },
  });
};
