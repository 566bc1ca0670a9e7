/** The register of evidence with expiry (X4, 中卫 二十九): submitted, accepted or returned with grounds; each version kept. */
import { randomUUID } from 'node:crypto';
import { newestCalendar } from '@gongshu/infra/calendars';
import type { Reason } from '@gongshu/infra/cases/tables';
import { linkDocument, mustBeStored } from '@gongshu/infra/documents/cite';
import type { Acting } from '@gongshu/infra/http/acting';
import { foreseeLooks } from '@gongshu/infra/platform-evidence/due';
import { type EvidenceRow, lockEvidence, lookAtEvidence } from '@gongshu/infra/platform-evidence/look';
import type { EvidenceTables } from '@gongshu/infra/platform-evidence/tables';
import { record } from '@gongshu/infra/record';
import { addDays, type BusinessDate, businessDateOf, toInstantText } from '@gongshu/shared/business-date';
import type { ActObject } from '@gongshu/shared/may';
import { type EvidenceLaw, heldUntil } from '@gongshu/shared/platform-evidence/law';
import { lookDays } from '@gongshu/shared/platform-evidence/standing';
import { problem } from '@gongshu/shared/problems';
import type { Kysely, Transaction } from 'kysely';

export type EvidenceDb = Kysely<EvidenceTables>;
type Trx = Transaction<EvidenceTables>;

export const findEvidence = (db: EvidenceDb, id: string): Promise<EvidenceRow | undefined> =>
  db.selectFrom('evidence').selectAll().where('id', '=', id).executeTakeFirst();

/** What `may()` asks about evidence: the operator's whose platform it is of. */
export const evidenceObject = ({
  jurisdiction,
  operator,
}: Pick<EvidenceRow, 'jurisdiction' | 'operator'>): ActObject => ({
  ...{ jurisdiction, owner: operator, handlers: [operator] },
});

const tell = (
  trx: Trx,
  row: EvidenceRow,
  name: 'submitted' | 'accepted' | 'returned',
  { law, acting: { actor, at } }: { law: EvidenceLaw; acting: Acting },
  more: object,
) =>
  record(trx, 'disclosure', {
    ...{ key: `${row.id}/${name}`, type: `evidence.${name}.v1`, subject: row.id, actor, at },
    jurisdiction: row.jurisdiction,
    data: {
      ...{ evidence: row.id, operator: row.operator, kind: row.kind, version: row.version },
      ...{ document: row.document, issuedOn: row.issued_on, validFrom: row.valid_from },
      ...{ validUntil: row.valid_until, at: toInstantText(at.getTime()), ...law.restsOf(row.kind), ...more },
    },
  });

export type EvidenceGiven = {
  kind: string;
  document: string;
  issuedOn: BusinessDate;
  validFrom?: BusinessDate | undefined;
  validUntil?: BusinessDate | null | undefined;
};

const at = (pointer: string, code: string, zh: string, en: string) => [
  { pointer: `/body/${pointer}`, code, message: { zh, en } },
];

/** Throws `evidenceKindUnknown`, `evidenceDatesUnsound`, `evidenceExpiredAlready` (422), each at its place. */
const mustBeSound = (law: EvidenceLaw, given: EvidenceGiven, today: BusinessDate) => {
  const { kind, issuedOn, validFrom = issuedOn, validUntil: statedUntil = null } = given;
  if (!law.kinds.some((one) => one === kind))
    throw problem('evidenceKindUnknown', {
      params: { kinds: law.kinds.join(', ') || '—' },
      errors: at('kind', 'unknown', '政策包未列此类证明', 'The pack does not list this kind'),
    });
  const wrong = issuedOn > today ? 'issuedOn' : validFrom < issuedOn ? 'validFrom' : undefined;
  const pointer = wrong ?? (statedUntil !== null && statedUntil < validFrom ? 'validUntil' : undefined);
  if (pointer !== undefined)
    throw problem('evidenceDatesUnsound', {
      params: { today },
      errors: at(pointer, 'dateUnsound', '与其他日期不符', 'Does not agree with the other dates'),
    });
  const until = heldUntil({ issuedOn, statedUntil }, law.longestMonths(kind));
  if (until !== null && (until < today || until < validFrom))
    throw problem('evidenceExpiredAlready', {
      params: { until },
      errors: at('validUntil', 'expired', '已过有效期', 'Expired already'),
    });
  return { validFrom, statedUntil, until };
};

/**
 * Takes evidence in for the bureau to answer. Throws what makes it unsound, `documentUnknown` (422), `evidenceWaiting`
 * (409) while one of the kind waits.
 */
export const submitEvidence = (
  db: EvidenceDb,
  law: EvidenceLaw,
  { operator, ...given }: EvidenceGiven & { operator: string },
  acting: Acting,
): Promise<EvidenceRow> => {
  const { jurisdiction } = law;
  const { kind, document, issuedOn } = given;
  const of = { jurisdiction, operator, kind };
  const today = businessDateOf(acting.at.getTime());
  const { validFrom, statedUntil, until } = mustBeSound(law, given, today);
  return db.transaction().execute(async (trx) => {
    await lockEvidence(trx, of);
    const { organisation } = acting.actor;
    await mustBeStored(trx, { hash: document, organisation, jurisdiction, pointer: '/body/document' });
    const newest = await trx
      .selectFrom('evidence')
      .select(['id', 'version', 'state'])
      .where('jurisdiction', '=', jurisdiction)
      .where('operator', '=', operator)
      .where('kind', '=', kind)
      .orderBy('version', 'desc')
      .executeTakeFirst();
    if (newest?.state === 'submitted') throw problem('evidenceWaiting', { params: { evidence: newest.id } });
    const { calendar } = await newestCalendar(trx as never, jurisdiction);
    const dueOn = calendar.workingDayAfter(today, law.acceptanceLimit.workingDays) ?? null;
    const row = await trx
      .insertInto('evidence')
      .values({
        ...{ id: `ZM-${randomUUID()}`, ...of, version: (newest?.version ?? 0) + 1, document },
        ...{ issued_on: issuedOn, valid_from: validFrom, stated_until: statedUntil, valid_until: until },
        ...{ due_on: dueOn, overdue_at: null, state: 'submitted' as const, submitted_by: acting.actor.id },
        ...{ submitted_at: acting.at, decided_by: null, decided_at: null },
        reasons: JSON.stringify([]) as never,
      })
      .returningAll()
      .executeTakeFirstOrThrow();
    await linkDocument(trx, {
      ...{ hash: document, jurisdiction, caseNo: row.id, role: 'evidence', by: organisation, at: acting.at },
    });
    if (dueOn !== null) await foreseeLooks(trx, of, [addDays(dueOn, 1)], acting.at);
    await tell(trx, row, 'submitted', { law, acting }, { dueOn });
    return row;
  });
};

/**
 * Accepts it, or returns it with grounds; late is told as late. What it changes follows at once: accepted after the one
 * before had expired, it restores supply. Throws `evidenceDecided` (409), `evidenceExpiredAlready` (422).
 */
export const decideEvidence = (
  db: EvidenceDb,
  law: EvidenceLaw,
  { row: found, outcome, reasons }: { row: EvidenceRow; outcome: 'accept' | 'return'; reasons: Reason[] },
  acting: Acting,
): Promise<EvidenceRow> =>
  db.transaction().execute(async (trx) => {
    const { jurisdiction, operator, kind } = found;
    const of = { jurisdiction, operator, kind };
    const looking = { at: acting.at, actor: acting.actor };
    // What fell due before and was not told yet is told first: a gap is a gap, however soon it closes.
    await lookAtEvidence(trx, of, law, looking);
    const accepted = outcome === 'accept';
    const today = businessDateOf(acting.at.getTime());
    if (accepted && found.valid_until !== null && found.valid_until < today)
      throw problem('evidenceExpiredAlready', { params: { until: found.valid_until } });
    const row = await trx
      .updateTable('evidence')
      .set({
        state: accepted ? 'accepted' : 'returned',
        ...{ decided_by: acting.actor.id, decided_at: acting.at },
        reasons: JSON.stringify(reasons) as never,
      })
      .where('id', '=', found.id)
      .where('state', '=', 'submitted')
      .returningAll()
      .executeTakeFirst();
    if (!row) throw problem('evidenceDecided');
    const late = row.due_on !== null && row.due_on < today;
    const more = accepted ? { late } : { late, reasonCodes: reasons.map(({ code }) => code) };
    await tell(trx, row, accepted ? 'accepted' : 'returned', { law, acting }, more);
    const { id, valid_from: validFrom, valid_until: validUntil } = row;
    if (accepted) {
      const days = lookDays({ evidence: id, validFrom, validUntil }, law.warnDays);
      await foreseeLooks(trx, of, days, acting.at);
    }
    await lookAtEvidence(trx, of, law, looking);
    return row;
  });
