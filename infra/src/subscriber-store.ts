import { type Kysely, sql, type Transaction } from 'kysely';
import type { Delivery } from './bus.ts';
import type { CloudEvent } from './cloud-event.ts';

/** Something wrong with the order: events missing before this one (gap), or this one behind a later one (inversion). */
export interface OrderFinding {
  kind: 'gap' | 'inversion';
  topic: string;
  subject: string;
  eventId: string;
  /** The sequence that should have stood before this event, and what did. */
  expected: number;
  received: number;
}

/** Remembers an event for a consumer; false where it is remembered already. */
export async function claim(trx: Transaction<any>, consumer: string, eventId: string): Promise<boolean> {
  const { rows } = await sql`
    insert into processed_event (consumer, event_id)
    values (${consumer}, ${eventId})
    on conflict do nothing
    returning event_id`.execute(trx);
  return rows.length === 1;
}

/**
 * Compares an event's sequence with the last one of its subject on this topic, moves that on, and writes down what is
 * wrong. Call it only for events that are new to the consumer.
 */
export async function checkOrder(
  trx: Transaction<any>,
  consumer: string,
  topic: string,
  event: CloudEvent,
): Promise<OrderFinding | undefined> {
  const [sequence, previous] = [Number(event.sequence), Number(event.previoussequence)];
  const { subject } = event;
  const { rows } = await sql<{ sequence: number }>`
    select sequence
    from subscriber_position
    where consumer = ${consumer}
      and topic = ${topic}
      and subject = ${subject}
    for update`.execute(trx);
  const last = rows[0]?.sequence ?? 0;
  await sql`
    insert into subscriber_position as p (consumer, topic, subject, sequence)
    values (${consumer}, ${topic}, ${subject}, ${sequence})
    on conflict (consumer, topic, subject) do update
    set sequence = greatest(p.sequence, excluded.sequence)`.execute(trx);
  if (previous === last) return undefined;
  const kind = sequence <= last ? 'inversion' : 'gap';
  await sql`
    insert into event_gap (consumer, topic, subject, event_id, kind, expected, received)
    values (${consumer}, ${topic}, ${subject}, ${event.id}, ${kind}, ${previous}, ${last})`.execute(trx);
  return { kind, topic, subject, eventId: event.id, expected: previous, received: last };
}

/** An index takes no more; the headers are kept whole beside it. */
const shortened = (text: string | undefined) => text?.slice(0, 200) ?? null;

/** Sets a message aside as it came; false where it stands there already (the same place delivered twice). */
export async function parkDelivery(
  db: Kysely<any>,
  consumer: string,
  { topic, partition, offset, headers, value }: Delivery,
  reason: string,
): Promise<boolean> {
  const { rows } = await sql`
    insert into dead_letter (consumer, event_id, subject, topic, partition, "offset", reason, headers, value)
    values (${consumer}, ${shortened(headers['ce_id'])}, ${shortened(headers['ce_subject'])}, ${topic}, ${partition},
            ${offset}, ${reason}, ${JSON.stringify(headers)}::jsonb, ${value})
    on conflict (consumer, topic, partition, "offset") do nothing
    returning id`.execute(db);
  return rows.length === 1;
}

/** A message of this consumer that is parked still, locked for whoever decides about it. */
export async function parkedDelivery(
  trx: Transaction<any>,
  consumer: string,
  id: number,
): Promise<Pick<Delivery, 'headers' | 'value'> | undefined> {
  const { rows } = await sql<Pick<Delivery, 'headers' | 'value'>>`
    select headers, value
    from dead_letter
    where id = ${id}
      and consumer = ${consumer}
      and released_at is null
    for update`.execute(trx);
  return rows[0];
}

/** Marks a parked message as released; `by` is the operator's id. */
export async function settleParked(trx: Transaction<any>, id: number, by: string): Promise<void> {
  await sql`
    update dead_letter
    set released_at = clock_timestamp(), released_by = ${by}, resolution = 'retry'
    where id = ${id}`.execute(trx);
}
