/**
 * One look at the evidence of a kind (X4): its end is warned of, told, supply suspended where the pack says so, and
 * restored when there is evidence in force again. Each once, however often it is looked at and however late.
 */
import { randomUUID } from 'node:crypto';
import { type BusinessDate, businessDateOf, daysBetween, toInstantText } from '@gongshu/shared/business-date';
import { noScope } from '@gongshu/shared/holds';
import type { EvidenceLaw } from '@gongshu/shared/platform-evidence/law';
import {
  type Accepted,
  standingOn,
  type Standing,
  warningOn,
} from '@gongshu/shared/platform-evidence/standing';
import { type Selectable, sql, type Transaction } from 'kysely';
import type { AuditActor } from '../audit.ts';
import { runningMandates } from '../mandates/running.ts';
import { type Change, recordAll } from '../record.ts';
import { looked } from './due.ts';
import { askFor, askOverdue, closeAsk } from './missing.ts';
import type { EvidenceOf, EvidenceTable, EvidenceTables } from './tables.ts';

type Trx = Transaction<EvidenceTables>;
export type Looking = { at: Date; actor: AuditActor };
export type EvidenceRow = Selectable<EvidenceTable>;

/** The warning that stands for the end itself. */
const expired = -1;

/** The evidence of a kind changes, and is looked at, one after the other; the lock goes with the transaction. */
export const lockEvidence = (trx: Trx, { jurisdiction, operator, kind }: EvidenceOf) =>
  sql`select pg_advisory_xact_lock(hashtextextended(${`evidence ${jurisdiction} ${operator} ${kind}`}, 0))`.execute(
    trx,
  );

export const acceptedOf = (rows: readonly EvidenceRow[]): Accepted[] =>
  rows
    .filter(({ state }) => state === 'accepted')
    .map(({ id, valid_from, valid_until }) => ({
      ...{ evidence: id, validFrom: valid_from, validUntil: valid_until },
    }));

/** All versions of a kind, the first first. */
export const versionsOf = (trx: Trx, { jurisdiction, operator, kind }: EvidenceOf): Promise<EvidenceRow[]> =>
  trx
    .selectFrom('evidence')
    .selectAll()
    .where('jurisdiction', '=', jurisdiction)
    .where('operator', '=', operator)
    .where('kind', '=', kind)
    .orderBy('version')
    .execute();

/** The subject of what is told of a kind, rather than of one document. */
export const evidenceSubject = ({ jurisdiction, operator, kind }: EvidenceOf): string =>
  `evidence-${jurisdiction}-${operator}-${kind}`;

const once = async (trx: Trx, of: EvidenceOf, until: BusinessDate, warning: number, at: Date) =>
  (
    await trx
      .insertInto('evidence_told')
      .values({ ...of, until_on: until, warning, told_at: at })
      .onConflict((conflict) => conflict.doNothing())
      .returning('warning')
      .execute()
  ).length > 0;

/** Whether no mandate of the operator runs: nothing is supplied to it, so there is nothing to suspend. */
const isOut = async (trx: Trx, of: EvidenceOf): Promise<boolean> =>
  (await runningMandates(trx, of)).length === 0;

type Telling = { of: EvidenceOf; law: EvidenceLaw; looking: Looking };

const change = (
  { of, law, looking: { at, actor } }: Telling,
  type: Change['type'],
  key: string,
  data: object,
): Change => ({
  ...{ key: `${evidenceSubject(of)}/${key}`, type, subject: evidenceSubject(of), at, actor },
  jurisdiction: of.jurisdiction,
  data: {
    ...{ operator: of.operator, kind: of.kind, at: toInstantText(at.getTime()) },
    ...law.restsOf(of.kind),
    ...data,
  },
});

/** What the operator is supplied with: another of the city stands by its own evidence. */
const scopeOf = ({ operator }: EvidenceOf) => ({ ...noScope, operators: [operator] });
const ground = 'evidenceExpired';

/** One order of a kind stands at a time; lifted because no mandate ran, the same end orders anew with the next mandate. */
const suspend = async (
  trx: Trx,
  telling: Telling,
  until: BusinessDate,
  evidence: string,
): Promise<Change[]> => {
  const { of, law, looking } = telling;
  const orders = await trx
    .selectFrom('evidence_order')
    .select(['until_on', 'turn', 'restored_at'])
    .where('jurisdiction', '=', of.jurisdiction)
    .where('operator', '=', of.operator)
    .where('kind', '=', of.kind)
    .execute();
  if (orders.some(({ restored_at }) => restored_at === null)) return [];
  const turn = orders.filter(({ until_on }) => until_on === until).length + 1;
  const id = `ZD-${randomUUID()}`;
  await trx
    .insertInto('evidence_order')
    .values({
      ...{ ...of, id, until_on: until, turn, evidence, ordered_at: looking.at },
      ...{ restored_at: null, restored_by: null },
    })
    .execute();
  return [
    change(telling, 'evidence.suspensionOrdered.v1', `${id}/suspended`, {
      ...{ order: id, ground, scope: scopeOf(of), evidence, until },
      ...law.suspensionRests,
    }),
  ];
};

/** Lifts what its expiries had suspended. `by`: the evidence that is in force now; null where it is the operator's no more. */
const restore = async (trx: Trx, telling: Telling, by: string | null): Promise<Change[]> => {
  const { of, law, looking } = telling;
  const orders = await trx
    .updateTable('evidence_order')
    .set({ restored_at: looking.at, restored_by: by })
    .where('jurisdiction', '=', of.jurisdiction)
    .where('operator', '=', of.operator)
    .where('kind', '=', of.kind)
    .where('restored_at', 'is', null)
    .returning(['id', 'until_on', 'evidence'])
    .execute();
  return orders.map(({ id, until_on: until, evidence }) =>
    change(telling, 'evidence.restorationOrdered.v1', `${id}/restored`, {
      ...{ order: id, ground, scope: scopeOf(of), evidence, until, by },
      ...law.suspensionRests,
    }),
  );
};

const whatFollows = async (
  trx: Trx,
  telling: Telling,
  { state, until, evidence }: Standing,
): Promise<Change[]> => {
  const { of, law, looking } = telling;
  if (state === 'missing') return [];
  if (state !== 'expired') {
    const restored = await restore(trx, telling, evidence);
    const today = businessDateOf(looking.at.getTime());
    const warning = state === 'expiresSoon' && until ? warningOn(until, today, law.warnDays) : null;
    if (until === null || warning === null || !(await once(trx, of, until, warning, looking.at)))
      return restored;
    const daysLeft = daysBetween(today, until);
    const data = { evidence, until, daysLeft, suspends: law.suspends(of.kind) };
    return [...restored, change(telling, 'evidence.expiresSoon.v1', `${until}/warned/${warning}`, data)];
  }
  if (until === null || evidence === null) return [];
  const suspends = law.suspends(of.kind);
  const told = (await once(trx, of, until, expired, looking.at))
    ? [change(telling, 'evidence.expired.v1', `${until}/expired`, { evidence, until, suspends })]
    : [];
  return suspends && !(await isOut(trx, of))
    ? [...told, ...(await suspend(trx, telling, until, evidence))]
    : told;
};

/** What waits for the bureau longer than the pack gives it; it stays to be decided. */
const lateDecisions = async (trx: Trx, telling: Telling): Promise<Change[]> => {
  const { of, looking } = telling;
  const late = await trx
    .updateTable('evidence')
    .set({ overdue_at: looking.at })
    .where('jurisdiction', '=', of.jurisdiction)
    .where('operator', '=', of.operator)
    .where('kind', '=', of.kind)
    .where('state', '=', 'submitted')
    .where('overdue_at', 'is', null)
    .where('due_on', '<', businessDateOf(looking.at.getTime()))
    .returning(['id', 'due_on'])
    .execute();
  return late.map(({ id, due_on: lastDay }) =>
    change(telling, 'evidence.decisionOverdue.v1', `${id}/overdue`, { evidence: id, lastDay }),
  );
};

/** What was never filed is asked for while a mandate runs; what waits for the bureau's answer is filed until it is returned. */
const whatIsMissing = async (
  trx: Trx,
  telling: Telling,
  versions: readonly EvidenceRow[],
): Promise<Change[]> => {
  const { of, law, looking } = telling;
  const lacking = law.kinds.some((kind) => kind === of.kind) && !acceptedOf(versions).length;
  const newest = lacking ? (await runningMandates(trx, of)).at(-1) : undefined;
  if (!newest) {
    await closeAsk(trx, of, looking.at);
    return [];
  }
  if (versions.some(({ state }) => state === 'submitted')) return [];
  const asked = await askFor(trx, { of, law, at: looking.at }, newest);
  if (asked) return [change(telling, 'evidence.missing.v1', `missing/${asked.agreement}`, asked)];
  const late = await askOverdue(trx, of, looking.at);
  return late
    ? [change(telling, 'evidence.missingOverdue.v1', `missingOverdue/${late.agreement}`, late)]
    : [];
};

/** Looks, and records what follows; answers how much was told. Holds the lock of the kind. */
export const lookAtEvidence = async (
  trx: Trx,
  of: EvidenceOf,
  law: EvidenceLaw,
  looking: Looking,
): Promise<number> => {
  await lockEvidence(trx, of);
  const today = businessDateOf(looking.at.getTime());
  const versions = await versionsOf(trx, of);
  const standing = standingOn(acceptedOf(versions), today, law.warnDays);
  const telling = { of, law, looking };
  const changes = [
    ...(await whatFollows(trx, telling, standing)),
    ...(await whatIsMissing(trx, telling, versions)),
    ...(await lateDecisions(trx, telling)),
  ];
  await looked(trx, of, looking.at);
  return recordAll(trx, 'disclosure', changes);
};

/** Lifts what the evidence of an operator had suspended that is supplied with nothing any more; holds the lock of the kind. */
export const restoreGone = async (
  trx: Trx,
  of: EvidenceOf,
  law: EvidenceLaw,
  looking: Looking,
): Promise<void> => {
  await lockEvidence(trx, of);
  await closeAsk(trx, of, looking.at);
  await recordAll(trx, 'disclosure', await restore(trx, { of, law, looking }, null));
};

/** The same where its last mandate has ended; another that runs keeps the orders. */
export const restoreEnded = async (
  trx: Trx,
  of: EvidenceOf,
  law: EvidenceLaw,
  looking: Looking,
): Promise<void> => {
  if (await isOut(trx, of)) await restoreGone(trx, of, law, looking);
};
