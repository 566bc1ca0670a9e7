import { canonicalJson } from '@gongshu/shared/canonical-json';
import { type EventType, eventTypes, type ServiceName } from '@gongshu/shared/events';
import type { Transaction } from 'kysely';
import { type AuditActor, appendAudit } from './audit.ts';
import { issueNotices } from './notices/issue.ts';
import { enqueue } from './outbox.ts';
import { enqueueAll } from './outbox-set.ts';
import { companionsOf } from './public/companions.ts';

/** One change of state, as it is told to the world (event) and to the auditors (audit entry). */
export interface Change {
  /** The same act always has the same key: the second record of it writes nothing. */
  key: string;
  type: EventType;
  /** Case or object number: the aggregate's id and Kafka's key. */
  subject: string;
  jurisdiction: string;
  /** When it happened, on the law's clock; never the machine's now. */
  at: Date;
  actor: AuditActor;
  /** The event's data: ids, codes, hashes, instants and counts; checked against the type's schema. */
  data: object;
  /** Further ids for the auditors alone. */
  audit?: object;
}

const visibleAscii = /^[\x21-\x7e]{1,200}$/;

/** Throws on what only a programmer can have got wrong; nothing has been written then. */
function mustBeSound(service: ServiceName, { type, subject, actor, at, key, data }: Change): object {
  const definition = eventTypes[type];
  if (!definition) throw new TypeError(`Unknown event type ${type}`);
  if (definition.service !== service)
    throw new TypeError(`${type} belongs to ${definition.service}, not to ${service}`);
  for (const [name, id] of Object.entries({ key, subject, 'actor.id': actor.id }))
    if (!visibleAscii.test(id))
      throw new TypeError(`${type}: ${name} is an id, not a name: ${JSON.stringify(id)}`);
  if (Number.isNaN(at.getTime())) throw new TypeError(`${type}: at is no instant`);
  const parsed = definition.schema.parse(data);
  if (canonicalJson(parsed) !== canonicalJson(data))
    throw new TypeError(`${type}: data has keys its schema does not know: ${Object.keys(data).join(', ')}`);
  return parsed;
}

/**
 * Records one change inside the caller's transaction, beside the row it changed: the event in the outbox,
 * the public words that go with it (decision 0027), the notices of it and the audit entry, all or none. Call it after the rows are written: the audit number is taken
 * last and keeps its lock until the commit. Works in the schema the transaction is bound to.
 *
 * Returns false, and writes nothing, where the key was recorded before. Throws TypeError or ZodError on
 * data that break the type's schema, and Error on a key that stands for another event.
 */
export async function record(trx: Transaction<any>, service: ServiceName, change: Change): Promise<boolean> {
  return (await recordAll(trx, service, [change])) === 1;
}

/**
 * Several changes of one transaction: subjects are locked in one order and all audit numbers taken at the
 * end, so that two such transactions do not wait for each other. Within a subject the given order stands.
 * Returns how many were new.
 */
export async function recordAll(
  trx: Transaction<any>,
  service: ServiceName,
  changes: readonly Change[],
): Promise<number> {
  const sound = [...changes, ...(await companionsOf(trx, service, changes))].map((change) => ({
    ...change,
    data: mustBeSound(service, change),
  }));
  const ordered = sound.toSorted((a, b) => (a.subject < b.subject ? -1 : a.subject > b.subject ? 1 : 0));
  const [only] = ordered;
  const enqueued =
    only && ordered.length === 1
      ? [await enqueue(trx, service, only)]
      : await enqueueAll(trx, service, ordered);
  const fresh = ordered.flatMap((change, at) => (enqueued[at] ? [{ ...change, ...enqueued[at] }] : []));
  await issueNotices(
    trx,
    service,
    fresh.map(({ id: eventId, ...change }) => ({ ...change, eventId })),
  );
  await appendAudit(
    trx,
    fresh.map(({ id: event, version, type, subject, jurisdiction, at, data, actor, audit }) => ({
      ...{ service, event, version, type, subject, jurisdiction, at, data, details: audit ?? {} },
      actor: { id: actor.id, role: actor.role, organisation: actor.organisation },
    })),
  );
  const asked = new Set(changes.map(({ key }) => key));
  return fresh.filter(({ key }) => asked.has(key)).length;
}
