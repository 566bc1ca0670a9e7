import type { Settled } from '@gongshu/infra/notices/plan';
import { type Kysely, sql, type Transaction } from 'kysely';

type Db = Kysely<any>;
type Trx = Transaction<any>;

export type ChannelRow = {
  id: string;
  seq: number;
  jurisdiction: string;
  organisation: string;
  kind: 'mail' | 'webhook';
  target: string;
  opened_at: Date;
  closed_at: Date | null;
};

const columns = sql`id, seq, jurisdiction, organisation, kind, target, opened_at, closed_at`;

/** Channels of a city in the order they were opened, of one body where `organisation` is given. */
export const listChannels = async (
  db: Db,
  jurisdiction: string,
  organisation: string | undefined,
  { after, limit }: { after: number; limit: number },
): Promise<ChannelRow[]> => {
  const { rows } = await sql<ChannelRow>`
    select ${columns}
    from platform.channel
    where jurisdiction = ${jurisdiction}
      and (${organisation ?? null}::text is null or organisation = ${organisation ?? null})
      and seq > ${after}
    order by seq
    limit ${limit}`.execute(db);
  return rows;
};

export const findChannel = async (db: Db, id: string): Promise<ChannelRow | undefined> => {
  const { rows } = await sql<ChannelRow>`
    select ${columns}
    from platform.channel
    where id = ${id}`.execute(db);
  return rows[0];
};

/** How many channels a body has open. The body's openings come one after the other until the transaction ends. */
export const countOpen = async (trx: Trx, jurisdiction: string, organisation: string): Promise<number> => {
  await sql`
    select pg_advisory_xact_lock(hashtextextended(${`channels ${jurisdiction} ${organisation}`}, 0))`.execute(
    trx,
  );
  const { rows } = await sql<{ count: number }>`
    select count(*) as count
    from platform.channel
    where jurisdiction = ${jurisdiction}
      and organisation = ${organisation}
      and closed_at is null`.execute(trx);
  return rows[0]?.count ?? 0;
};

/** Opens a channel. A unique violation where the body has the same one open. */
export const insertChannel = async (
  trx: Trx,
  row: Pick<ChannelRow, 'jurisdiction' | 'organisation' | 'kind' | 'target' | 'opened_at'> & {
    secret: string | null;
    opened_by: string;
  },
): Promise<ChannelRow> => {
  const { rows } = await sql<ChannelRow>`
    insert into platform.channel (jurisdiction, organisation, kind, target, secret, opened_by, opened_at)
    values (${row.jurisdiction}, ${row.organisation}, ${row.kind}, ${row.target}, ${row.secret},
            ${row.opened_by}, ${row.opened_at})
    returning ${columns}`.execute(trx);
  return rows[0] as ChannelRow;
};

/** Closes a channel, once; what waited on it has failed. `undefined` where it was closed before. */
export const closeChannel = async (trx: Trx, id: string, at: Date): Promise<Settled[] | undefined> => {
  const closed = await sql`
    update platform.channel
    set closed_at = ${at}
    where id = ${id}
      and closed_at is null
    returning id`.execute(trx);
  if (closed.rows.length === 0) return undefined;
  const { rows } = await sql<Settled>`
    update platform.notice_delivery as given_up
    set state = 'failed', code = 'channelClosed'
    from platform.notice
    where given_up.channel_id = ${id}
      and given_up.state = 'waiting'
      and notice.id = given_up.notice_id
    returning given_up.id as delivery, notice.id as notice, notice.case_no, notice.jurisdiction,
              notice.kind as notice_kind, given_up.kind as channel, given_up.state, given_up.code,
              given_up.attempts`.execute(trx);
  return rows;
};

/** Holds a channel open until the transaction ends: a closing waits, and gives up what was made out. False where it is closed. */
export const holdOpen = async (trx: Trx, id: string): Promise<boolean> => {
  const { rows } = await sql`
    select id
    from platform.channel
    where id = ${id}
      and closed_at is null
    for share`.execute(trx);
  return rows.length === 1;
};

/**
 * Sends the body's notices again on the channel, oldest first: those issued after an instant, or after a notice in the
 * order they were written. What waits already is not doubled. At most `limit`; how many there are.
 */
export const replay = async (
  trx: Trx,
  channel: ChannelRow,
  after: { at: Date } | { notice: string },
  limit: number,
): Promise<{ deliveries: number; last: string | null }> => {
  const since =
    'at' in after
      ? sql`notice.issued_at > ${after.at}`
      : sql`notice.seq > (select seq from platform.notice where id = ${after.notice})`;
  const { rows } = await sql<{ notice: string }>`
    with chosen as (
      select notice.id, notice.seq
      from platform.notice
      where notice.jurisdiction = ${channel.jurisdiction}
        and notice.addressee = ${channel.organisation}
        and ${since}
        and not exists (
          select from platform.notice_delivery
          where notice_id = notice.id and channel_id = ${channel.id} and state = 'waiting'
        )
      order by notice.seq
      limit ${limit}
    ), sent as (
      insert into platform.notice_delivery (notice_id, channel_id, kind, round, state, next_try_at)
      select chosen.id, ${channel.id}, ${channel.kind},
             1 + coalesce((select max(round) from platform.notice_delivery
                           where notice_id = chosen.id and channel_id = ${channel.id}), 0),
             'waiting',
             clock_timestamp() + row_number() over (order by chosen.seq) * interval '1 microsecond'
      from chosen
    )
    select id as notice
    from chosen
    order by seq`.execute(trx);
  return { deliveries: rows.length, last: rows.at(-1)?.notice ?? null };
};
