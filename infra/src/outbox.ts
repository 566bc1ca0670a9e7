import { type EventType, eventTypes, type ServiceName, topicOf } from '@gongshu/shared/events';
import { sql, type Transaction } from 'kysely';

/** What goes into the outbox: one event that has happened. */
export interface OutboxEvent {
  key: string;
  type: EventType;
  subject: string;
  jurisdiction: string;
  at: Date;
  data: object;
}

/** Where an event stands: its id and its place among the events of its subject, counted from 1. */
export interface Enqueued {
  id: string;
  version: number;
}

/**
 * Puts one event into the outbox of the schema the transaction works in. The subject's row is counted up
 * *before* the insert: its lock makes the order of the events of one subject the order of their commits,
 * on which the relay rests. `undefined`: this key was recorded before, nothing is left changed.
 */
export async function enqueue(
  trx: Transaction<any>,
  service: ServiceName,
  event: OutboxEvent,
): Promise<Enqueued | undefined> {
  const { visibility } = eventTypes[event.type];
  const last = sql.ref(visibility === 'public' ? 'last_public' : 'last_case');
  const bumped = await sql<{ version: number; previous: number }>`
    insert into aggregate as a (id, version, ${last})
    values (${event.subject}, 1, 1)
    on conflict (id) do update
    set version = a.version + 1, previous = a.${last}, ${last} = a.version + 1
    returning version, previous`.execute(trx);
  const { version, previous } = bumped.rows[0]!;
  const inserted = await sql<{ id: string }>`
    insert into outbox (id, key, aggregatetype, aggregateid, aggregate_version, previous_version,
                        type, topic, jurisdiction, payload, occurred_at)
    values (gen_random_uuid(), ${event.key}, ${event.type.split('.')[0]}, ${event.subject}, ${version}, ${previous},
            ${event.type}, ${topicOf(service, visibility)}, ${event.jurisdiction}, ${JSON.stringify(event.data)}::jsonb,
            ${event.at})
    on conflict (key) do nothing
    returning id`.execute(trx);
  const id = inserted.rows[0]?.id;
  if (id !== undefined) return { id, version };
  const known = await sql<{ type: string; aggregateid: string }>`
    select type, aggregateid
    from outbox
    where key = ${event.key}`.execute(trx);
  mustBeTheSame(event, known.rows[0]);
  await sql`
    update aggregate
    set version = version - 1, ${last} = previous
    where id = ${event.subject}`.execute(trx);
  return undefined;
}

/** A key that stands for another event is a programmer's fault; the throw undoes the transaction. */
export function mustBeTheSame(
  { key, type, subject }: OutboxEvent,
  first: { type: string; aggregateid: string } | undefined,
): void {
  if (first?.type !== type || first.aggregateid !== subject)
    throw new Error(
      `Key ${key} stands for ${first?.type} of ${first?.aggregateid}, not for ${type} of ${subject}`,
    );
}
