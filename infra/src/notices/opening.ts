/** Whether bodies were told of their clocks, and applicants of outcomes: only a delivery record says so. */
import { openingKinds, outcomeKinds } from '@gongshu/shared/notices/table';
import { type Kysely, sql } from 'kysely';

// biome-ignore lint/suspicious/noExplicitAny: every service reads these tables of the platform's
type Db = Kysely<any>;

/** The notice that opened a clock for the body whose turn it is. `deliveredAt`: on the law's clock. */
export type OpeningNotice = { notice: string; told: boolean; deliveredAt: Date | null };

/**
 * By turn, its opening notice to the body it stands with now: the newest, for a successor hears of it anew. A turn
 * without one is missing, and as red as one whose notice has no delivery record. `db`: bound to the turns' schema.
 */
export const openingNoticeOf = async (
  db: Db,
  turnIds: readonly string[],
): Promise<Map<string, OpeningNotice>> => {
  if (turnIds.length === 0) return new Map();
  const { rows } = await sql<OpeningNotice & { turn: string }>`
    select distinct on (turn.turn_id) turn.turn_id as turn, notice.id as notice,
           delivered.at is not null as told, delivered.at as "deliveredAt"
    from turn
    join platform.notice on notice.turn_id = turn.turn_id
      and notice.addressee = turn.organisation
      and notice.kind = any(${openingKinds as unknown as string[]}::text[])
    cross join lateral (
      select min(delivered_at) as at
      from platform.notice_delivery
      where notice_id = notice.id
        and state = 'delivered'
    ) as delivered
    where turn.turn_id = any(${[...turnIds]}::text[])
    order by turn.turn_id, delivered.at is null, notice.seq desc`.execute(db);
  return new Map(rows.map(({ turn, ...opening }) => [turn, opening]));
};

/** When the applicant was told how its case ended, on the law's clock; `null` without a delivery record. */
export const outcomeToldAt = async (db: Db, caseNo: string, applicant: string): Promise<Date | null> => {
  const { rows } = await sql<{ at: Date | null }>`
    select min(notice_delivery.delivered_at) as at
    from platform.notice
    join platform.notice_delivery on notice_delivery.notice_id = notice.id
    where notice.case_no = ${caseNo}
      and notice.addressee = ${applicant}
      and notice.kind = any(${outcomeKinds as unknown as string[]}::text[])
      and notice_delivery.state = 'delivered'`.execute(db);
  return rows[0]?.at ?? null;
};

/** By key of a reminder of the turn: its notice, and when that reached the body; missing where none was issued. */
export const reminderNoticesOf = async (
  db: Db,
  turnId: string,
): Promise<Map<string, Omit<OpeningNotice, 'told'>>> => {
  const { rows } = await sql<{ key: string; notice: string; deliveredAt: Date | null }>`
    select turn_reminder.key, notice.id as notice, min(notice_delivery.delivered_at) as "deliveredAt"
    from turn_reminder
    join outbox on outbox.key in (
      turn_reminder.turn_id || '/application.reminderDue.v1/' || turn_reminder.key,
      turn_reminder.turn_id || '/onboarding.reminderDue.v1/' || turn_reminder.key
    )
    join platform.notice on notice.event_id = outbox.id
    left join platform.notice_delivery on notice_delivery.notice_id = notice.id
      and notice_delivery.state = 'delivered'
    where turn_reminder.turn_id = ${turnId}
    group by turn_reminder.key, notice.id`.execute(db);
  return new Map(rows.map(({ key, ...found }) => [key, found]));
};
