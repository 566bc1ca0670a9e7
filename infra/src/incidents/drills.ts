/** Drills that fall due (X2): foreseen with a mandate, or the first plan in force, then one after the other, missed periods in one. */
import { addDays, type BusinessDate, startOfDay } from '@gongshu/shared/business-date';
import { morning } from '@gongshu/shared/clock/reminder-days';
import { type DrillAsk, drillDueOn, drillReminderDays } from '@gongshu/shared/incident/drills';
import { roleOfBody } from '@gongshu/shared/incident/rules';
import { type ResolvedPack, ruleOf } from '@gongshu/shared/packs/pack';
import type { Selectable, Transaction } from 'kysely';
import type { Dues } from '../schedules.ts';
import type { IncidentTables } from './tables.ts';

type Due = Selectable<IncidentTables['drill_due']>;

/** Months of a drill's period, where the pack has bodies of this kind hold any. */
export const drillMonths = (pack: ResolvedPack, kind: string): number | undefined => {
  const { by } = ruleOf(pack, 'incident', 'drill').value;
  return by.some((body) => roleOfBody(body) === kind)
    ? ruleOf(pack, 'incident', 'drillPeriod').value.months
    : undefined;
};

/** The drill of the period that `day` lies in; again, it changes nothing. */
export const foreseeDrill = async (
  trx: Transaction<IncidentTables>,
  { pack, body, months }: { pack: ResolvedPack; body: string; months: number },
  day: BusinessDate,
): Promise<void> => {
  const { jurisdiction, areaCode } = pack;
  const due_on = drillDueOn(day, months);
  const drill = `${areaCode}-YL-${due_on.replaceAll('-', '')}-${body}`;
  const empty = { reminded_at: null, overdue_at: null, held_on: null, document: null, findings: null };
  const made = await trx
    .insertInto('drill')
    .values({ drill, jurisdiction, body, due_on, ...empty, recorded_at: null, recorded_by: null })
    .onConflict((conflict) => conflict.doNothing())
    .returning('drill')
    .executeTakeFirst();
  if (!made) return;
  const looks = [
    { look: 'reminder' as const, opens_at: new Date(morning(addDays(due_on, -drillReminderDays))) },
    { look: 'due' as const, opens_at: new Date(startOfDay(addDays(due_on, 1))) },
  ];
  await trx
    .insertInto('drill_due')
    .values(looks.map((one) => ({ drill, ...one, called_at: null })))
    .execute();
};

export const drillDues: Dues<Due> = {
  table: 'drill_due',
  keys: ['drill', 'look'],
  scheduleId: ({ drill, look }) => `drill-${drill}-${look}`,
  starts: ({ drill, look }) => ({
    workflowType: 'drillLook',
    workflowId: `drill-look-${drill}-${look}`,
    args: [{ drill, look } satisfies DrillAsk],
    summary: `${look === 'reminder' ? '应急演练提醒' : '应急演练到期查看'} ${drill}`,
  }),
};
