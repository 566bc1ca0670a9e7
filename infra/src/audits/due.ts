/** When risk assessments and audits fall due (X5): a period after the other for an operator whose mandate runs. */
import { auditKindsOf, auditMonths } from '@gongshu/shared/audit/rules';
import { auditPeriod, type AuditAsk } from '@gongshu/shared/audit/period';
import { businessDateOf } from '@gongshu/shared/business-date';
import type { ResolvedPack } from '@gongshu/shared/packs/pack';
import type { Selectable, Transaction } from 'kysely';
import { runningMandates } from '../mandates/running.ts';
import type { Dues } from '../schedules.ts';
import type { AuditDueTable, AuditTables } from './tables.ts';

type Trx = Transaction<AuditTables>;
type Of = { jurisdiction: string; operator: string };

/** The first day of the oldest of its mandates that run; undefined where none does. */
const runsFrom = async (trx: Trx, of: Of): Promise<string | undefined> =>
  (await runningMandates(trx, of))[0]?.from_on;

/** The period that `at` lies in falls due at its end, each kind of the pack; again, it changes nothing. */
export const foreseeAudits = async (trx: Trx, pack: ResolvedPack, of: Of, at: Date): Promise<void> => {
  const months = auditMonths(pack);
  const first = await runsFrom(trx, of);
  if (months === undefined || first === undefined) return;
  const { from, until, opensAt } = auditPeriod(first, months, businessDateOf(at.getTime()));
  for (const audit of auditKindsOf(pack)) {
    // Another mandate of the same operator runs from another day: its audits are the same ones.
    const ahead = await trx
      .selectFrom('audit_due')
      .select('from_on')
      .where('jurisdiction', '=', of.jurisdiction)
      .where('operator', '=', of.operator)
      .where('audit', '=', audit)
      .where('state', '=', 'ahead')
      .executeTakeFirst();
    if (ahead) continue;
    await trx
      .insertInto('audit_due')
      .values({
        ...{ jurisdiction: of.jurisdiction, operator: of.operator, audit, from_on: from, until_on: until },
        ...{ opens_at: new Date(opensAt), called_at: null },
      })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
};

/** No mandate of the operator runs any more: what had not opened never does. */
export const foreseeNoAudits = async (trx: Trx, { jurisdiction, operator }: Of): Promise<void> => {
  if ((await runsFrom(trx, { jurisdiction, operator })) !== undefined) return;
  await trx
    .updateTable('audit_due')
    .set({ state: 'cancelled', called_at: null })
    .where('jurisdiction', '=', jurisdiction)
    .where('operator', '=', operator)
    .where('state', '=', 'ahead')
    .execute();
};

/** A due period has been opened, or never will be. */
export const settleAudit = async (
  trx: Trx,
  { jurisdiction, operator, audit, from }: Omit<AuditAsk, 'until'>,
  to: 'opened' | 'cancelled',
): Promise<void> => {
  await trx
    .updateTable('audit_due')
    .set({ state: to, called_at: null })
    .where('jurisdiction', '=', jurisdiction)
    .where('operator', '=', operator)
    .where('audit', '=', audit)
    .where('from_on', '=', from)
    .where('state', '=', 'ahead')
    .execute();
};

export const auditDues: Dues<Selectable<AuditDueTable>> = {
  table: 'audit_due',
  keys: ['jurisdiction', 'operator', 'audit', 'from_on'],
  scheduleId: ({ jurisdiction, operator, audit, from_on }) =>
    `audit-${jurisdiction}-${operator}-${audit}-${from_on}`,
  starts: ({ jurisdiction, operator, audit, from_on: from, until_on: until }) => ({
    workflowType: 'auditOpening',
    workflowId: `audit-opening-${jurisdiction}-${operator}-${audit}-${from}`,
    args: [{ jurisdiction, operator, audit, from, until } satisfies AuditAsk],
    summary: `启动${audit} ${operator} ${from} 至 ${until}`,
  }),
};
