/** Deliveries made out for new notices: the inbox at once, every open channel of the addressee to follow. */
import { toInstantText } from '@gongshu/shared/business-date';
import { type Kysely, sql, type Transaction } from 'kysely';
import { type Change, recordAll } from '../record.ts';

// biome-ignore lint/suspicious/noExplicitAny: the registry's schema, and the platform's tables by name
type Db = Kysely<any>;

/** Who delivers where nobody acts. */
export const notifier = { id: 'notifier', role: 'system', organisation: null } as const;

/** A delivery as its event tells it. */
export type Settled = {
  delivery: string;
  notice: string;
  case_no: string | null;
  jurisdiction: string;
  notice_kind: string;
  channel: 'inbox' | 'mail' | 'webhook';
  state: 'delivered' | 'failed';
  code: string | null;
  attempts: number;
};

/** The event of a delivery that is done or given up: ids and codes, never an address. */
export const settledChange = (of: Settled, at: Date): Change => ({
  key: `${of.delivery}/${of.state}`,
  type: of.state === 'delivered' ? 'notice.delivered.v1' : 'notice.failed.v1',
  subject: of.case_no ?? of.notice,
  jurisdiction: of.jurisdiction,
  at,
  actor: notifier,
  data: {
    notice: of.notice,
    caseNo: of.case_no,
    kind: of.notice_kind,
    channel: of.channel,
    at: toInstantText(at.getTime()),
    ...(of.state === 'failed' && { code: of.code ?? 'failed', attempts: of.attempts }),
  },
});

/**
 * Puts notices into their addressees' inboxes, and a waiting delivery before each open channel. An addressee that is
 * no registered body of the city has no inbox: its delivery failed, and the notice is red. The channels are held, so
 * that one closed meanwhile gives up what is made out here. `at`: the law's now.
 */
export const makeOut = async (
  trx: Transaction<any>,
  notices: readonly string[],
  { at, mail }: { at: Date; mail: boolean },
): Promise<void> => {
  const { rows } = await sql<Settled>`
    with asked as (
      select notice.id, notice.jurisdiction, notice.addressee, notice.case_no, notice.kind,
             1 + coalesce((select max(round) from platform.notice_delivery
                           where notice_id = notice.id and channel_id is null), 0) as round
      from platform.notice
      where notice.id = any(${[...notices]}::uuid[])
        and not exists (select from platform.notice_delivery
                        where notice_id = notice.id and channel_id is null and state = 'delivered')
    ), made as (
      insert into platform.notice_delivery (notice_id, channel_id, kind, round, state, attempts, code,
                                            delivered_at, delivered_really_at)
      select asked.id, null, 'inbox', asked.round,
             case when party.id is null then 'failed' else 'delivered' end, 1,
             case when party.id is null then 'addresseeUnregistered' end,
             case when party.id is not null then ${at}::timestamptz end,
             case when party.id is not null then clock_timestamp() end
      from asked
      left join party on party.jurisdiction = asked.jurisdiction and party.id = asked.addressee
      returning id, notice_id, state, code, attempts
    )
    select made.id as delivery, asked.id as notice, asked.case_no, asked.jurisdiction,
           asked.kind as notice_kind, 'inbox' as channel, made.state, made.code, made.attempts
    from made
    join asked on asked.id = made.notice_id`.execute(trx);
  await sql`
    insert into platform.notice_delivery (notice_id, channel_id, kind, round, state, code)
    select notice.id, channel.id, channel.kind, 1 + coalesce(before.round, 0), 'waiting',
           case when channel.kind = 'mail' and not ${mail}::boolean then 'smtpNotSet' end
    from platform.notice
    join platform.channel on channel.jurisdiction = notice.jurisdiction
      and channel.organisation = notice.addressee
      and channel.closed_at is null
    left join lateral (
      select round, state
      from platform.notice_delivery
      where notice_id = notice.id
        and channel_id = channel.id
      order by round desc
      limit 1
    ) as before on true
    where notice.id = any(${[...notices]}::uuid[])
      and coalesce(before.state, 'failed') = 'failed'
    for share of channel`.execute(trx);
  await recordAll(
    trx,
    'registry',
    rows.map((row) => settledChange(row, at)),
  );
};

/** Makes out the deliveries of up to `limit` new notices; how many there were. Two notifiers share the work. */
export const planNew = (
  db: Db,
  { at, mail, limit }: { at: Date; mail: boolean; limit: number },
): Promise<number> =>
  db.transaction().execute(async (trx) => {
    const { rows } = await sql<{ id: string }>`
      select id
      from platform.notice
      where not planned
      order by seq
      limit ${limit}
      for update skip locked`.execute(trx);
    const ids = rows.map(({ id }) => id);
    if (ids.length === 0) return 0;
    await sql`update platform.notice set planned = true where id = any(${ids}::uuid[])`.execute(trx);
    await makeOut(trx, ids, { at, mail });
    return ids.length;
  });
