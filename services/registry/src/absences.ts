/** Who is away and who stands in (A5). Nobody stands in for himself, for another body, or for one who stands in. */
import { record } from '@gongshu/infra/record';
import { addDays, businessDateOf } from '@gongshu/shared/business-date';
import { type ProblemCode, problem } from '@gongshu/shared/problems';
import type { Kysely, Transaction } from 'kysely';
import type { Absence } from './person.ts';
import { findParty } from './queries/party.ts';
import { type AbsenceRow, absencesOver, findPerson, lockAbsences, type PersonRow } from './queries/person.ts';
import type { RegistryTables } from './tables.ts';

type By = { id: string; role: string; organisation: string | null };

const refusal = (code: ProblemCode, place: 'substitute' | 'until' | 'from', zh: string, en: string) =>
  problem(code, { errors: [{ pointer: `/body/${place}`, code, message: { zh, en } }] });

const mustStandIn = async (
  trx: Transaction<RegistryTables>,
  person: PersonRow,
  id: string,
): Promise<void> => {
  const { jurisdiction } = person;
  const refuse = (code: ProblemCode, zh: string, en: string) => refusal(code, 'substitute', zh, en);
  if (id === person.id) throw refuse('substituteIsSame', '不能由本人代办', 'Nobody stands in for himself');
  const substitute = await findPerson(trx, jurisdiction, id);
  if (!substitute) throw refuse('substituteUnknown', '代办人未登记', 'Not registered');
  if (substitute.organisation === person.organisation) return;
  const [own, other] = [
    await findParty(trx, jurisdiction, person.organisation),
    await findParty(trx, jurisdiction, substitute.organisation),
  ];
  if (other?.kind === 'merchant' && own?.kind !== 'merchant')
    throw refuse('substituteIsApplicant', '数商人员不得代办', 'A merchant’s person');
  throw refuse('substituteOutside', '不是本单位人员', 'Another body’s person');
};

const mustNotChain = async (
  trx: Transaction<RegistryTables>,
  { jurisdiction, id: person }: PersonRow,
  { from, until, substitute }: Absence,
): Promise<void> => {
  const standing = await absencesOver(trx, { jurisdiction, from, until, people: [person, substitute] });
  if (standing.some((one) => one.person === person)) throw problem('absenceOverlaps');
  if (standing.some((one) => one.person === substitute))
    throw refusal('substituteAbsent', 'substitute', '代办人此期间不在岗', 'Away in that time');
  if (standing.some((one) => one.substitute === person)) throw problem('standsIn');
};

/**
 * Records an absence (days of Asia/Shanghai, both included) under an id that is the request's own: a second run finds
 * it. Throws `absenceOrder`, `absencePast`, `substituteIsSame`, `substituteUnknown`, `substituteIsApplicant`,
 * `substituteOutside` (422), `absenceOverlaps`, `substituteAbsent`, `standsIn` (409).
 */
export const recordAbsence = async (
  db: Kysely<RegistryTables>,
  person: PersonRow,
  absence: Absence,
  { id, by, at }: { id: string; by: By; at: Date },
): Promise<AbsenceRow> => {
  const { from, until } = absence;
  if (until < from || until > addDays(from, 366))
    throw refusal(
      'absenceOrder',
      'until',
      '应不早于开始，且不超过一年',
      'Not before its start, within a year',
    );
  if (until < businessDateOf(at.getTime()))
    throw refusal('absencePast', 'until', '已过', 'It lies in the past');
  return db.transaction().execute(async (trx) => {
    await lockAbsences(trx, person.jurisdiction);
    const before = await trx.selectFrom('absence').selectAll().where('id', '=', id).executeTakeFirst();
    if (before) return before;
    await mustStandIn(trx, person, absence.substitute);
    await mustNotChain(trx, person, absence);
    const row: AbsenceRow = {
      id,
      jurisdiction: person.jurisdiction,
      organisation: person.organisation,
      person: person.id,
      substitute: absence.substitute,
      from_on: from,
      until_on: until,
      reason_code: absence.reasonCode,
      recorded_by: by.id,
      recorded_at: at,
      cancelled_by: null,
      cancelled_at: null,
    };
    await trx.insertInto('absence').values(row).execute();
    await record(trx, 'registry', {
      key: `absence.recorded:${id}`,
      type: 'person.absenceRecorded.v1',
      subject: `${person.jurisdiction}:${person.id}`,
      jurisdiction: person.jurisdiction,
      at,
      actor: by,
      data: {
        absence: id,
        person: person.id,
        substitute: absence.substitute,
        organisation: person.organisation,
        from,
        until,
      },
    });
    return row;
  });
};

/** Cancels an absence, once: from now on its tasks are the person's own again. Throws `notFound`, `absenceCancelled`. */
export const cancelAbsence = async (
  db: Kysely<RegistryTables>,
  person: PersonRow,
  id: string,
  { by, at }: { by: By; at: Date },
): Promise<AbsenceRow> =>
  db.transaction().execute(async (trx) => {
    const row = await trx
      .selectFrom('absence')
      .selectAll()
      .where('id', '=', id)
      .where('jurisdiction', '=', person.jurisdiction)
      .where('person', '=', person.id)
      .forUpdate()
      .executeTakeFirst();
    if (!row) throw problem('notFound');
    if (row.cancelled_at) throw problem('absenceCancelled');
    await trx
      .updateTable('absence')
      .set({ cancelled_at: at, cancelled_by: by.id })
      .where('id', '=', id)
      .execute();
    await record(trx, 'registry', {
      key: `absence.cancelled:${id}`,
      type: 'person.absenceCancelled.v1',
      subject: `${person.jurisdiction}:${person.id}`,
      jurisdiction: person.jurisdiction,
      at,
      actor: by,
      data: { absence: id, person: person.id, substitute: row.substitute, organisation: row.organisation },
    });
    return { ...row, cancelled_at: at, cancelled_by: by.id };
  });
