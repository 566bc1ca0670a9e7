import { type Kysely, sql } from 'kysely';

/** A message that waits for a person: an event that could not be sent, or one that a consumer could not take in. */
export interface ParkedMessage {
  id: number;
  /** `relay` for what could not be sent. */
  consumer: string;
  eventId: string | null;
  subject: string | null;
  topic: string;
  reason: string;
  parkedAt: Date;
}

/** The consumer name under which the relay parks. */
export const relayConsumer = 'relay';

/** Everything in the schema of `db` that nobody has released yet, oldest first. */
export async function listParked(db: Kysely<any>): Promise<ParkedMessage[]> {
  const { rows } = await sql<ParkedMessage>`
    select id, consumer, event_id as "eventId", subject, topic, reason, parked_at as "parkedAt"
    from dead_letter
    where released_at is null
    order by id`.execute(db);
  return rows;
}

/**
 * Releases an event the relay has parked, once: `retry` sends it again (after the broker's limit was raised),
 * `skip` gives it up, which its subscribers will see as a gap. The later events of the subject follow either way.
 * `by` is the operator's id. False: nothing of the relay's is parked under this number any more.
 */
export async function release(
  db: Kysely<any>,
  id: number,
  { by, resolution }: { by: string; resolution: 'retry' | 'skip' },
): Promise<boolean> {
  return await db.transaction().execute(async (trx) => {
    const { rows } = await sql<{ event_id: string }>`
      update dead_letter
      set released_at = clock_timestamp(), released_by = ${by}, resolution = ${resolution}
      where id = ${id}
        and consumer = ${relayConsumer}
        and released_at is null
      returning event_id`.execute(trx);
    const eventId = rows[0]?.event_id;
    if (eventId === undefined) return false;
    if (resolution === 'skip')
      await sql`
        update outbox
        set skipped_at = clock_timestamp()
        where id = ${eventId}
          and published_at is null`.execute(trx);
    const channel = sql`'gongshu_outbox_' || current_schema()`;
    await sql`select pg_notify(${channel}, '')`.execute(trx);
    return true;
  });
}
