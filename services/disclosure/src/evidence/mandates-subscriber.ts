/**
 * Which mandates run: from the first day of one, risk assessments, audits (X5) and drills (X2) fall due, and the operator's
 * evidence is looked at; that of an operator whose last one has ended suspends nothing more, and what it had suspended is restored
 * (X4). What an operator that went into another had is that one’s, and is looked at as its own.
 */
import type { Bus } from '@gongshu/infra/bus';
import { standingBody } from '@gongshu/infra/cases/bodies';
import { type CloudEvent, typeName } from '@gongshu/infra/cloud-event';
import { lawNow } from '@gongshu/infra/law-clock';
import { lookAtEvidence, restoreEnded, restoreGone } from '@gongshu/infra/platform-evidence/look';
import { drillMonths, foreseeDrill } from '@gongshu/infra/incidents/drills';
import { foreseeAudits, foreseeNoAudits } from '@gongshu/infra/audits/due';
import type { AuditTables } from '@gongshu/infra/audits/tables';
import { createSubscriber, type Subscriber, type SubscriberOptions } from '@gongshu/infra/subscriber';
import { type BusinessDate, businessDateOf } from '@gongshu/shared/business-date';
import { topicOf } from '@gongshu/shared/events';
import type { ResolvedPack } from '@gongshu/shared/packs/pack';
import type { PackSet } from '@gongshu/shared/packs/resolve';
import { type EvidenceLaw, evidenceLaw } from '@gongshu/shared/platform-evidence/law';
import type { Kysely, Transaction } from 'kysely';
import { succeedOperator } from './succession.ts';

type Mandate = { caseNo: string; operator: string; from: string };
type Told = Pick<CloudEvent, 'type' | 'jurisdiction' | 'lawtime' | 'data'>;

/** Told twice, it changes nothing; what has ended stays ended. */
export const keepMandate = async (
  trx: Transaction<AuditTables>,
  packs: PackSet,
  { type, jurisdiction, lawtime, data }: Told,
): Promise<void> => {
  const law = packs.jurisdictions.includes(jurisdiction)
    ? evidenceLaw(packs.resolve(jurisdiction))
    : undefined;
  if (typeName(type) === 'party.succeeded.v1')
    return follow(trx, law, { jurisdiction, ...(data as Succession) }, new Date(lawtime));
  const name = /^operatingAgreement\.(inForce|ended)\.v1$/.exec(typeName(type) ?? '')?.[1];
  if (name === undefined) return;
  const { caseNo: agreement, operator: named, from: from_on } = data as Mandate;
  const at = new Date(lawtime);
  const ended_at = name === 'ended' ? at : null;
  // The event names the operator of its first day: who holds the mandate now, its row says (G1).
  const { operator, ...mandate } = await trx
    .insertInto('operator_mandate')
    .values({ agreement, jurisdiction, operator: named, from_on, ended_at })
    .onConflict((conflict) =>
      conflict.column('agreement').doUpdateSet((eb) => ({
        ended_at: ended_at ?? eb.ref('operator_mandate.ended_at'),
      })),
    )
    .returning(['operator', 'from_on', 'ended_at'])
    .executeTakeFirstOrThrow();
  if (!packs.jurisdictions.includes(jurisdiction)) return;
  const pack = packs.resolve(jurisdiction);
  if (ended_at === null) {
    if (mandate.ended_at === null) await begun(trx, pack, { operator, from_on: mandate.from_on }, at);
    return;
  }
  await foreseeNoAudits(trx, { jurisdiction, operator });
  if (!law) return;
  for (const kind of await concerning(trx, law, jurisdiction, operator))
    await restoreEnded(trx, { jurisdiction, operator, kind }, law, { at, actor: clock });
};

/**
 * What falls due while a mandate runs, as told at an instant (now, when left out); again, it changes nothing, but what the
 * pack asks for newly is asked for.
 */
const begun = async (
  trx: Transaction<AuditTables>,
  pack: ResolvedPack,
  { operator, from_on }: { operator: string; from_on: BusinessDate },
  toldAt?: Date,
): Promise<void> => {
  const { jurisdiction } = pack;
  const now = await lawNow(trx);
  await foreseeAudits(trx, pack, { jurisdiction, operator }, toldAt ?? now);
  const today = businessDateOf(now.getTime());
  await foreseeDrills(trx, pack, operator, from_on > today ? from_on : today);
  await lookAtAll(trx, evidenceLaw(pack), { jurisdiction, operator }, now);
};

/** The drill that `day` asks of each body that the pack names: the operator, and the bureau for the mandates of its city. */
const foreseeDrills = async (
  trx: Transaction<AuditTables>,
  pack: ResolvedPack,
  operator: string,
  day: BusinessDate,
): Promise<void> => {
  if (!pack.rules['incident']) return;
  const bureau = await standingBody(trx, 'body', pack.jurisdiction, 'bureau');
  for (const [kind, body] of [
    ['operator', operator],
    ['bureau', bureau],
  ] as const) {
    const months = drillMonths(pack, kind);
    if (months !== undefined && body !== undefined)
      await foreseeDrill(trx as never, { pack, body, months }, day);
  }
};

/** A mandate that could not be looked at: its number, and what was thrown. */
export type NotLookedAt = { jurisdiction: string; agreement: string; err: unknown };

/**
 * At the start of the service: mandates that began before this was looked at, or before a pack asked for it. Each in its
 * own transaction: one that fails is reported, is looked at anew with the next start, and holds up no other.
 */
export const lookAtRunning = async (
  db: Kysely<AuditTables>,
  packs: PackSet,
  report: (failed: NotLookedAt) => void,
): Promise<void> => {
  const running = await db
    .selectFrom('operator_mandate')
    .select(['agreement', 'jurisdiction', 'operator', 'from_on'])
    .where('ended_at', 'is', null)
    .orderBy('agreement')
    .execute();
  for (const { agreement, jurisdiction, ...mandate } of running) {
    if (!packs.jurisdictions.includes(jurisdiction)) continue;
    try {
      await db.transaction().execute((trx) => begun(trx, packs.resolve(jurisdiction), mandate));
    } catch (err) {
      report({ jurisdiction, agreement, err });
    }
  }
};

type Operator = { jurisdiction: string; operator: string };
type Succession = { party: string; successor: string };
const clock = { id: 'clock', role: 'system', organisation: null };

/**
 * Looked at today, however late the event came: what ran out before a mandate began orders from its beginning. Each kind
 * stays locked: in the order of `concerning`, whatever that of the pack, two that look at an operator never wait for each other.
 */
const lookAtAll = async (
  trx: Transaction<AuditTables>,
  law: EvidenceLaw | undefined,
  of: Operator,
  at: Date,
): Promise<void> => {
  const looking = { at, actor: clock };
  for (const kind of (law?.kinds ?? []).toSorted())
    await lookAtEvidence(trx, { ...of, kind }, law as EvidenceLaw, looking);
};

/** An order names its operator: what stood over the one that went is lifted, and what its successor's evidence asks ordered. */
const follow = async (
  trx: Transaction<AuditTables>,
  law: EvidenceLaw | undefined,
  { jurisdiction, party, successor }: Succession & { jurisdiction: string },
  at: Date,
): Promise<void> => {
  for (const kind of law ? await concerning(trx, law, jurisdiction, party) : [])
    await restoreGone(trx, { jurisdiction, operator: party, kind }, law as EvidenceLaw, { at, actor: clock });
  await succeedOperator(trx, jurisdiction, { party, successor });
  await lookAtAll(trx, law, { jurisdiction, operator: successor }, await lawNow(trx));
};

/** Kinds that the pack asks for, and those whose orders stand though it asks for them no more. */
const concerning = async (
  trx: Transaction<AuditTables>,
  law: EvidenceLaw,
  jurisdiction: string,
  operator: string,
): Promise<string[]> => {
  const held = await heldBy(trx, jurisdiction, operator);
  return [...new Set([...law.kinds, ...held.map(({ kind }) => kind)])].toSorted();
};

const heldBy = (trx: Transaction<AuditTables>, jurisdiction: string, operator: string) =>
  trx
    .selectFrom('evidence_order')
    .select('kind')
    .distinct()
    .where('jurisdiction', '=', jurisdiction)
    .where('operator', '=', operator)
    .where('restored_at', 'is', null)
    .orderBy('kind')
    .execute();

export const createMandatesSubscriber = (
  db: Kysely<AuditTables>,
  bus: Pick<Bus, 'subscribe'>,
  { packs, ...options }: Pick<SubscriberOptions, 'report' | 'timing'> & { packs: PackSet },
): Subscriber =>
  createSubscriber({
    ...{ bus, db, consumer: 'gongshu-disclosure-mandates' },
    topics: [topicOf('registry', 'public'), topicOf('registry', 'case')],
    handle: (event, trx) => keepMandate(trx, packs, event),
    ...options,
  });
