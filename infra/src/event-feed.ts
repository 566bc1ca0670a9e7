import { type ServiceName, topicOf } from '@gongshu/shared/events';
import { type ProcedureKind, procedures } from '@gongshu/shared/procedure/kinds';
import { type Kysely, sql } from 'kysely';
import { type CloudEvent, type OutboxRow, toCloudEvent } from './cloud-event.ts';

/** Events of these jurisdictions; `all` for whoever reads the public ones of every city. */
export type FeedScope = {
  /** Whose public events. */
  publicOf: readonly string[] | 'all';
  /** The city whose case events are read too; null for none. */
  casesOf: string | null;
  /** Of cases of these kinds only those that this body takes part in; of the others all. */
  partOnly?: { kinds: readonly ProcedureKind[]; body: string | null };
};

export interface FeedQuestion {
  service: ServiceName;
  /** Audit number after which to read; 0 for the beginning. */
  after: number;
  /** Events at most. */
  limit: number;
  scope: FeedScope;
  types: readonly string[] | undefined;
  subject: string | undefined;
  /** Audit numbers looked through at most, so that a filter that fits little answers soon; 5,000 when left out. */
  stretch?: number;
}

/** A stretch of the feed. `next`: all that may be read up to this number has been given. */
export interface FeedPage {
  events: CloudEvent[];
  next: number;
  /** The newest number there was when this was read; at `next` the reader has caught up. */
  head: number;
}

type FeedRow = OutboxRow & { number: number };

/** The newest audit number of the schema `db` is bound to; 0 before the first event. */
export async function feedHead(db: Kysely<any>): Promise<number> {
  const { rows } = await sql<{ number: number }>`select number from audit_head`.execute(db);
  return rows[0]?.number ?? 0;
}

/** Cases of the service that the reader may follow: of some kinds those alone that its body takes part in. */
const followed = (service: ServiceName, { kinds, body }: NonNullable<FeedScope['partOnly']>) => {
  const own = kinds.filter((kind) => procedures[kind].service === service);
  return own.length === 0
    ? sql`true`
    : sql`(split_part(o.type, '.', 1) <> all(${own}) or exists (
        select from procedure_body b where b.case_no = o.aggregateid and b.organisation = ${body}))`;
};

/** Public events of the scope's jurisdictions, and case events of its one city. */
const inScope = (
  service: ServiceName,
  { publicOf, casesOf, partOnly = { kinds: [], body: null } }: FeedScope,
) => sql`(
        (o.topic = ${topicOf(service, 'public')} and ${publicOf === 'all' ? sql`true` : sql`o.jurisdiction = any(${publicOf})`})
        or (o.topic = ${topicOf(service, 'case')} and o.jurisdiction = ${casesOf}
          and ${followed(service, partOnly)})
      )`;

/**
 * Events of the service's own outbox, in the order in which their transactions were committed, as they go on Kafka;
 * whether the broker has them yet does not matter. The order is the audit number: gapless, taken last in a
 * transaction and held until its commit, so that whoever sees a number sees all smaller ones (decision 0014).
 * Events of one subject come in the order of their versions. `after` past the head gives no events and `next` = `after`.
 */
export async function readFeed(db: Kysely<any>, question: FeedQuestion): Promise<FeedPage> {
  const { service, after, limit, scope, types, subject, stretch = 5_000 } = question;
  const head = await feedHead(db);
  // One subject has few events and an index of its own; without one the look is bounded.
  const upTo = subject === undefined ? Math.min(head, after + stretch) : head;
  const { rows } = await sql<FeedRow>`
    select a.number, o.id, o.aggregateid, o.aggregate_version, o.previous_version, o.type, o.topic,
           o.jurisdiction, o.payload, o.occurred_at, o.recorded_at
    from audit_entry a
    join outbox o on o.id = a.event_id
    where a.number > ${after}
      and a.number <= ${upTo}
      and ${inScope(service, scope)}
      ${types === undefined ? sql`` : sql`and o.type = any(${types})`}
      ${subject === undefined ? sql`` : sql`and o.aggregateid = ${subject}`}
    order by a.number
    limit ${limit}`.execute(db);
  const next = rows.length === limit ? rows.at(-1)!.number : Math.max(upTo, after);
  return { events: rows.map(toCloudEvent), next, head };
}
