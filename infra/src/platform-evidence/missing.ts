/**
 * Evidence that a mandate asks for and that was never filed (X4): asked for once a mandate, told once more when the pack's
 * last day has passed, closed when it is filed or no mandate runs. No text has it suspend supply: it never does.
 */
import { addDays, type BusinessDate, businessDateOf } from '@gongshu/shared/business-date';
import type { EvidenceLaw } from '@gongshu/shared/platform-evidence/law';
import type { Transaction } from 'kysely';
import { newestCalendar } from '../calendars.ts';
import { foreseeLooks } from './due.ts';
import type { EvidenceOf, EvidenceTables } from './tables.ts';

type Trx = Transaction<EvidenceTables>;
type Asking = { of: EvidenceOf; law: EvidenceLaw; at: Date };
export type Ask = { agreement: string; dueOn: BusinessDate | null };

/** Nothing of the kind is asked for any more. */
export const closeAsk = async (
  trx: Trx,
  { jurisdiction, operator, kind }: EvidenceOf,
  at: Date,
): Promise<void> => {
  await trx
    .updateTable('evidence_missing')
    .set({ closed_at: at })
    .where((eb) => eb.and({ jurisdiction, operator, kind }))
    .where('closed_at', 'is', null)
    .execute();
};

/** The last day: the pack's working days from the later of the mandate's first day and today; null where it names none. */
const lastDay = async (trx: Trx, { of, law, at }: Asking, fromOn: BusinessDate) => {
  if (law.firstFiling === undefined) return null;
  const today = businessDateOf(at.getTime());
  const { calendar } = await newestCalendar(trx as never, of.jurisdiction);
  return calendar.workingDayAfter(fromOn > today ? fromOn : today, law.firstFiling.workingDays) ?? null;
};

/** What is newly asked for, by that mandate: once, while nothing of the kind is asked for. */
export const askFor = async (
  trx: Trx,
  asking: Asking,
  { agreement, from_on }: { agreement: string; from_on: BusinessDate },
): Promise<Ask | undefined> => {
  const { of, at } = asking;
  const { jurisdiction, operator, kind } = of;
  const open = await trx
    .selectFrom('evidence_missing')
    .select('agreement')
    .where((eb) => eb.and({ jurisdiction, operator, kind }))
    .where('closed_at', 'is', null)
    .executeTakeFirst();
  if (open) return undefined;
  const dueOn = await lastDay(trx, asking, from_on);
  const made = await trx
    .insertInto('evidence_missing')
    .values({ ...of, agreement, asked_at: at, due_on: dueOn, overdue_at: null, closed_at: null })
    .onConflict((conflict) => conflict.doNothing())
    .returning('agreement')
    .executeTakeFirst();
  if (!made) return undefined;
  if (dueOn !== null) await foreseeLooks(trx, of, [addDays(dueOn, 1)], at);
  return { agreement, dueOn };
};

/** What is asked for whose last day has passed, once. */
export const askOverdue = async (
  trx: Trx,
  { jurisdiction, operator, kind }: EvidenceOf,
  at: Date,
): Promise<{ agreement: string; lastDay: BusinessDate } | undefined> => {
  const late = await trx
    .updateTable('evidence_missing')
    .set({ overdue_at: at })
    .where((eb) => eb.and({ jurisdiction, operator, kind }))
    .where('closed_at', 'is', null)
    .where('overdue_at', 'is', null)
    .where('due_on', '<', businessDateOf(at.getTime()))
    .returning(['agreement', 'due_on as lastDay'])
    .executeTakeFirst();
  return late?.lastDay ? { agreement: late.agreement, lastDay: late.lastDay } : undefined;
};
