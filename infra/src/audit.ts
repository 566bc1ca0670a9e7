import { createHash } from 'node:crypto';
import { toInstantText } from '@gongshu/shared/business-date';
import { canonicalJson } from '@gongshu/shared/canonical-json';
import { type Kysely, sql, type Transaction } from 'kysely';

/** Who acted: ids and a role, never a name. */
export interface AuditActor {
  id: string;
  role: string;
  organisation: string | null;
}

/** What one audit entry holds besides its number, the hash before it and the real time. */
export interface AuditFact {
  service: string;
  event: string;
  type: string;
  subject: string;
  version: number;
  jurisdiction: string;
  at: Date;
  actor: AuditActor;
  data: object;
  details: object;
}

/** Leaf hash of RFC 6962: SHA-256 over a zero byte and the entry's canonical text. */
export const leafHash = (entry: string): Buffer =>
  createHash('sha256').update(Buffer.of(0)).update(entry, 'utf8').digest();

/**
 * Writes the next audit entries of the schema, in the order given: gapless numbers, canonical JSON, each entry naming the
 * leaf hash of the one before. Takes the schema's one head row, held until the caller commits: call it last.
 */
export async function appendAudit(trx: Transaction<any>, facts: readonly AuditFact[]): Promise<void> {
  if (facts.length === 0) return;
  const head = await sql<{ number: number; leaf_hash: Buffer; now: Date }>`
    select number, leaf_hash, clock_timestamp() as now
    from audit_head
    for update`.execute(trx);
  const { number: last, leaf_hash, now } = head.rows[0]!;
  let previous = leaf_hash;
  const entries = facts.map(({ at, ...fact }, place) => {
    const number = last + place + 1;
    const entry = canonicalJson({
      ...fact,
      number,
      previous: previous.toString('hex'),
      at: toInstantText(at.getTime()),
      recordedAt: toInstantText(now.getTime()),
    });
    previous = leafHash(entry);
    return { ...{ number, entry, at }, ...{ fact, leaf: previous } };
  });
  const column = (of: (one: (typeof entries)[number]) => string) => entries.map(of);
  await sql`
    with written as (
      insert into audit_entry (number, event_id, subject, type, actor_id, occurred_at, entry, leaf_hash)
      select *
      from unnest(
        ${column(({ number }) => String(number))}::bigint[], ${column(({ fact }) => fact.event)}::uuid[],
        ${column(({ fact }) => fact.subject)}::text[], ${column(({ fact }) => fact.type)}::text[],
        ${column(({ fact }) => fact.actor.id)}::text[], ${column(({ at }) => at.toISOString())}::timestamptz[],
        ${column(({ entry }) => entry)}::text[], ${entries.map(({ leaf }) => leaf)}::bytea[])
    )
    update audit_head
    set number = ${last + entries.length}, leaf_hash = ${previous}`.execute(trx);
}

/** The outcome of a look through a schema's audit entries; `broken` is the first number that does not hold. */
export interface AuditVerdict {
  entries: number;
  broken: { number: number; reason: 'missing' | 'altered' | 'notChained' | 'notCanonical' } | null;
}

type EntryRow = { number: number; entry: string; leaf_hash: Buffer };
type Broken = NonNullable<AuditVerdict['broken']>;

function faultOf(row: EntryRow, expected: number, previous: string): Broken['reason'] | undefined {
  if (row.number !== expected) return 'missing';
  if (!leafHash(row.entry).equals(row.leaf_hash)) return 'altered';
  const parsed = JSON.parse(row.entry) as { number: number; previous: string };
  if (canonicalJson(parsed) !== row.entry) return 'notCanonical';
  if (parsed.previous !== previous || parsed.number !== expected) return 'notChained';
  return undefined;
}

/** Reads every audit entry of the schema `db` is bound to, in order and in pages, and checks the whole chain. */
export async function verifyAudit(db: Kysely<any>, pageSize = 1_000): Promise<AuditVerdict> {
  const head = await sql<{ number: number }>`
    select number
    from audit_head`.execute(db);
  const last = head.rows[0]?.number ?? 0;
  let entries = 0;
  let previous = '';
  while (entries < last) {
    const page = await sql<EntryRow>`
      select number, entry, leaf_hash
      from audit_entry
      where number > ${entries}
        and number <= ${last}
      order by number
      limit ${pageSize}`.execute(db);
    if (page.rows.length === 0) return { entries, broken: { number: entries + 1, reason: 'missing' } };
    for (const row of page.rows) {
      const reason = faultOf(row, entries + 1, previous);
      if (reason) return { entries, broken: { number: entries + 1, reason } };
      entries += 1;
      previous = row.leaf_hash.toString('hex');
    }
  }
  return { entries, broken: null };
}
