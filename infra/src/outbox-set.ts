import { type EventType, eventTypes, type ServiceName, topicOf } from '@gongshu/shared/events';
import { sql, type Transaction } from 'kysely';
import { type Enqueued, mustBeTheSame, type OutboxEvent } from './outbox.ts';

/** How far a subject has been counted, as its row of `aggregate` has it. */
type Counted = { id: string; version: number; last_public: number; last_case: number; previous: number };

const lastOf = (type: EventType): 'last_public' | 'last_case' =>
  eventTypes[type].visibility === 'public' ? 'last_public' : 'last_case';

/** The rows of the subjects, made where there is none, locked in the order given: before any event is written. */
const lockSubjects = async (
  trx: Transaction<any>,
  events: readonly OutboxEvent[],
): Promise<Map<string, Counted>> => {
  const subjects = [...new Set(events.map(({ subject }) => subject))];
  // A new subject is counted from none; the table has no row of none, and its first event makes it right.
  const { rows } = await sql<Counted & { isNew: boolean }>`
    insert into aggregate as a (id, version)
    select id, 1
    from unnest(${subjects}::text[]) with ordinality as given (id, place)
    order by place
    on conflict (id) do update
    set version = a.version
    returning id, version, last_public, last_case, previous, xmax = 0 as "isNew"`.execute(trx);
  return new Map(rows.map(({ isNew, ...row }) => [row.id, { ...row, version: isNew ? 0 : row.version }]));
};

/** Which of the keys were recorded before; throws where one stands for another event. */
const knownKeys = async (trx: Transaction<any>, events: readonly OutboxEvent[]): Promise<Set<string>> => {
  const { rows } = await sql<{ key: string; type: string; aggregateid: string }>`
    select key, type, aggregateid
    from outbox
    where key = any(${events.map(({ key }) => key)}::text[])`.execute(trx);
  const known = new Map(rows.map((row) => [row.key, row]));
  for (const event of events) {
    const first = known.get(event.key);
    if (first) mustBeTheSame(event, first);
  }
  return new Set(known.keys());
};

type Numbered = OutboxEvent & { version: number; previous: number };

/** Each new event at its place among those of its subject; `subjects` are counted up. */
const numbered = (
  events: readonly OutboxEvent[],
  known: ReadonlySet<string>,
  subjects: ReadonlyMap<string, Counted>,
): Numbered[] => {
  const taken = new Map<string, OutboxEvent>();
  return events.flatMap((event) => {
    if (known.has(event.key)) return [];
    const before = taken.get(event.key);
    if (before) mustBeTheSame(event, { type: before.type, aggregateid: before.subject });
    if (before) return [];
    taken.set(event.key, event);
    const subject = subjects.get(event.subject)!;
    const last = lastOf(event.type);
    subject.version += 1;
    subject.previous = subject[last];
    subject[last] = subject.version;
    return [{ ...event, version: subject.version, previous: subject.previous }];
  });
};

const insertAll = async (
  trx: Transaction<any>,
  service: ServiceName,
  events: readonly Numbered[],
): Promise<Map<string, string>> => {
  const column = (of: (event: Numbered) => string) => events.map(of);
  const { rows } = await sql<{ id: string; key: string }>`
    insert into outbox (id, key, aggregatetype, aggregateid, aggregate_version, previous_version,
                        type, topic, jurisdiction, payload, occurred_at)
    select gen_random_uuid(), key, aggregatetype, aggregateid, aggregate_version, previous_version,
           type, topic, jurisdiction, payload::jsonb, occurred_at
    from unnest(
      ${column(({ key }) => key)}::text[], ${column(({ type }) => type.split('.')[0]!)}::text[],
      ${column(({ subject }) => subject)}::text[], ${column(({ version }) => String(version))}::bigint[],
      ${column(({ previous }) => String(previous))}::bigint[], ${column(({ type }) => type)}::text[],
      ${column(({ type }) => topicOf(service, eventTypes[type].visibility))}::text[],
      ${column(({ jurisdiction }) => jurisdiction)}::text[],
      ${column(({ data }) => JSON.stringify(data))}::text[],
      ${column(({ at }) => at.toISOString())}::timestamptz[]
    ) with ordinality as given
      (key, aggregatetype, aggregateid, aggregate_version, previous_version, type, topic, jurisdiction, payload,
       occurred_at, place)
    order by place
    returning id, key`.execute(trx);
  return new Map(rows.map(({ id, key }) => [key, id]));
};

/**
 * What `enqueue` does, for any number of events in four statements: they stand in the order given, and so do the locks
 * of their subjects. An event whose key was recorded before, or came before in the list, is answered `undefined`.
 */
export async function enqueueAll(
  trx: Transaction<any>,
  service: ServiceName,
  events: readonly OutboxEvent[],
): Promise<(Enqueued | undefined)[]> {
  if (events.length === 0) return [];
  const subjects = await lockSubjects(trx, events);
  const fresh = numbered(events, await knownKeys(trx, events), subjects);
  const ids = await insertAll(trx, service, fresh);
  const counted = [...subjects.values()];
  await sql`
    with given as (
      select *
      from unnest(
        ${counted.map(({ id }) => id)}::text[], ${counted.map(({ version }) => version)}::bigint[],
        ${counted.map((one) => one.last_public)}::bigint[], ${counted.map((one) => one.last_case)}::bigint[],
        ${counted.map(({ previous }) => previous)}::bigint[]
      ) as given (id, version, last_public, last_case, previous)
    )
    update aggregate as a
    set version = given.version, last_public = given.last_public, last_case = given.last_case,
        previous = given.previous
    from given
    where given.id = a.id`.execute(trx);
  const versions = new Map(fresh.map(({ key, version }) => [key, version]));
  return events.map(({ key }) => {
    const [id, version] = [ids.get(key), versions.get(key)];
    if (id === undefined || version === undefined) return undefined;
    versions.delete(key);
    return { id, version };
  });
}
