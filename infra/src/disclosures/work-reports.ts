/** The operator's periodic reports (M3, M5): asked for at the end of a period, overdue when their last day has passed. */
import { randomUUID } from 'node:crypto';
import { lastDayOfReport, nine, type ReportDue } from '@gongshu/shared/disclosure-facts/due';
import { addDays, type BusinessDate, businessDateOf } from '@gongshu/shared/business-date';
import type { Calendar } from '@gongshu/shared/calendar';
import { type ResolvedPack, ruleOf } from '@gongshu/shared/packs/pack';
import { restsOn } from '@gongshu/shared/packs/resting-on';
import type { Selectable, Transaction } from 'kysely';
import type { AuditActor } from '../audit.ts';
import { record } from '../record.ts';
import { foreseeAgain, foreseeOne } from './due.ts';
import type { DisclosureCaseTables, WorkReportTable } from './tables.ts';

type Trx = Transaction<DisclosureCaseTables>;
export type WorkReportRow = Selectable<WorkReportTable>;

/** What every event of a report says of it. */
export const toldOfReport = (pack: ResolvedPack, row: WorkReportRow) => ({
  ...{ report: row.id, operator: row.operator, kind: row.kind, from: row.from_on, until: row.until_on },
  ...{ dueOn: row.due_on, ...restsOn(pack, 'workReport', row.kind) },
});

/** Asks for the report of a period that is over, once, and foresees the morning after its last day. */
export const askReport = async (
  trx: Trx,
  pack: ResolvedPack,
  calendar: Calendar,
  { kind, operator, from, until }: ReportDue & { kind: 'merchants' | 'work' },
  { actor, at }: { actor: AuditActor; at: Date },
): Promise<WorkReportRow | undefined> => {
  const { jurisdiction } = pack;
  const days = ruleOf(pack, 'workReport', 'dueAfter').value.workingDays;
  const dueOn = lastDayOfReport(calendar, until, days);
  const row = await trx
    .insertInto('work_report')
    .values({
      ...{ id: `GB-${randomUUID()}`, jurisdiction, operator, kind, from_on: from, until_on: until },
      ...{ due_on: dueOn, state: 'asked', content: null, words: null, hash: null, overdue_at: null },
      ...{ asked_at: at, filed_by: null, filed_at: null, answered_by: null, answered_at: null },
    })
    .onConflict((conflict) => conflict.columns(['jurisdiction', 'operator', 'kind', 'from_on']).doNothing())
    .returningAll()
    .executeTakeFirst();
  if (!row) return undefined;
  await foreseeOne(trx, jurisdiction, { kind, operator, from, until }, 'late', nine(addDays(dueOn, 1)));
  await record(trx, 'disclosure', {
    ...{ key: `${row.id}/asked`, type: 'workReport.asked.v1', subject: row.id, jurisdiction, actor, at },
    data: toldOfReport(pack, row),
  });
  return row;
};

/** The last day of a report that is returned on a day: as many days as the pack gives, and never less than it had. */
export const lastDayOfReturned = (
  pack: ResolvedPack,
  calendar: Calendar,
  { due_on }: Pick<WorkReportRow, 'due_on'>,
  today: BusinessDate,
): BusinessDate => {
  const { workingDays } = ruleOf(pack, 'workReport', 'returnedDueAfter').value;
  const dueOn = lastDayOfReport(calendar, today, workingDays);
  return dueOn > due_on ? dueOn : due_on;
};

/** The morning after the last day of a report that was returned is foreseen, whether the first one was looked at or not. */
export const foreseeReturned = (
  trx: Trx,
  { jurisdiction, kind, operator, from_on: from, until_on: until, due_on }: WorkReportRow,
): Promise<void> =>
  foreseeAgain(trx, { jurisdiction, kind, operator, from, until, step: 'late' }, nine(addDays(due_on, 1)));

/** The morning after the last day: a report that was not filed, or stands returned, is overdue, told once a last day. */
export const lookAtReport = async (
  trx: Trx,
  pack: ResolvedPack,
  { kind, operator, from }: ReportDue & { kind: 'merchants' | 'work' },
  { actor, at }: { actor: AuditActor; at: Date },
): Promise<boolean> => {
  const { jurisdiction } = pack;
  const row = await trx
    .updateTable('work_report')
    .set({ overdue_at: at })
    .where('jurisdiction', '=', jurisdiction)
    .where('operator', '=', operator)
    .where('kind', '=', kind)
    .where('from_on', '=', from)
    .where('state', 'in', ['asked', 'returned'])
    .where('overdue_at', 'is', null)
    .where('due_on', '<', businessDateOf(at.getTime()))
    .returningAll()
    .executeTakeFirst();
  if (!row) return false;
  const key = row.version === 0 ? `${row.id}/overdue` : `${row.id}/overdue/${row.version}`;
  await record(trx, 'disclosure', {
    ...{ key, type: 'workReport.overdue.v1', subject: row.id, jurisdiction, actor, at },
    data: { ...toldOfReport(pack, row), escalatedTo: ruleOf(pack, 'workReport', 'escalation').value },
  });
  return true;
};
