import { type NoticeRow, noticeColumns } from '@gongshu/infra/notices/notice';
import { type Kysely, sql, type Transaction } from 'kysely';

type Db = Kysely<any>;

export type NoticeFilter = {
  jurisdiction: string;
  addressee: string | undefined;
  unread: boolean | undefined;
  told: boolean | undefined;
  delivery: 'waiting' | 'failed' | undefined;
  kind: string | undefined;
  caseNo: string | undefined;
};

/** Notices of a city, newest first, from before `before`; at most `limit`. */
export const listNotices = async (
  db: Db,
  filter: NoticeFilter,
  { before, limit }: { before: number | undefined; limit: number },
): Promise<NoticeRow[]> => {
  const { addressee, unread, told, delivery, kind, caseNo } = filter;
  const conditions = [
    sql`notice.jurisdiction = ${filter.jurisdiction}`,
    ...(addressee === undefined ? [] : [sql`notice.addressee = ${addressee}`]),
    ...(unread === undefined ? [] : [unread ? sql`notice.read_at is null` : sql`notice.read_at is not null`]),
    ...(told === undefined
      ? []
      : [
          sql`${told}::boolean = exists (
            select from platform.notice_delivery where notice_id = notice.id and state = 'delivered')`,
        ]),
    ...(delivery === undefined
      ? []
      : [
          sql`exists (
            select from platform.notice_delivery where notice_id = notice.id and state = ${delivery})`,
        ]),
    ...(kind === undefined ? [] : [sql`notice.kind = ${kind}`]),
    ...(caseNo === undefined ? [] : [sql`notice.case_no = ${caseNo}`]),
    ...(before === undefined ? [] : [sql`notice.seq < ${before}`]),
  ];
  const { rows } = await sql<NoticeRow>`
    select ${noticeColumns}
    from platform.notice
    where ${sql.join(conditions, sql` and `)}
    order by notice.seq desc
    limit ${limit}`.execute(db);
  return rows;
};

/** One notice, of whichever city. */
export const findNotice = async (db: Db, id: string): Promise<NoticeRow | undefined> => {
  const { rows } = await sql<NoticeRow>`
    select ${noticeColumns}
    from platform.notice
    where notice.id = ${id}`.execute(db);
  return rows[0];
};

export type DeliveryRow = {
  id: string;
  channel_id: string | null;
  kind: 'inbox' | 'mail' | 'webhook';
  round: number;
  state: 'waiting' | 'delivered' | 'failed';
  attempts: number;
  code: string | null;
  next_try_at: Date;
  delivered_at: Date | null;
  delivered_really_at: Date | null;
};

/** The delivery records of a notice, the inbox first, then by channel and round. */
export const deliveriesOf = async (db: Db, notice: string): Promise<DeliveryRow[]> => {
  const { rows } = await sql<DeliveryRow>`
    select id, channel_id, kind, round, state, attempts, code, next_try_at, delivered_at, delivered_really_at
    from platform.notice_delivery
    where notice_id = ${notice}
    order by channel_id nulls first, round`.execute(db);
  return rows;
};

/** Notes that the addressee has read it, once; false where it had. */
export const markRead = async (trx: Transaction<any>, id: string, at: Date): Promise<boolean> => {
  const { rows } = await sql`
    update platform.notice
    set read_at = ${at}
    where id = ${id}
      and read_at is null
    returning id`.execute(trx);
  return rows.length === 1;
};

/** Lets the notifier make out deliveries again: for the inbox and each open channel where the last one failed. */
export const planAgain = async (trx: Transaction<any>, id: string): Promise<void> => {
  await sql`update platform.notice set planned = false where id = ${id}`.execute(trx);
};
