import { type Change, recordAll } from '@gongshu/infra/record';
import { type ProblemPlace, problem } from '@gongshu/shared/problems';
import type { Kysely, Transaction } from 'kysely';
import type { Person, PersonChange } from './person.ts';
import type { PersonRow } from './queries/person.ts';
import type { RegistryTables } from './tables.ts';

type By = { id: string; role: string; organisation: string | null };
const content = ['organisation', 'office', 'name', 'mail', 'phone'] as const;

const rowOf = ({ office, mail, phone, ...person }: Person, jurisdiction: string, at: Date): PersonRow => ({
  ...person,
  jurisdiction,
  office: office ?? null,
  mail: mail ?? null,
  phone: phone ?? null,
  recorded_at: at,
  version: 1,
});

const place = (at: number, key: string, code: string, zh: string, en: string): ProblemPlace => ({
  pointer: `/body/people/${at}${key}`,
  code,
  message: { zh, en },
});

/** Throws `organisationUnknown` (422) by place for bodies not registered, or gone into another. */
export const mustBeStanding = async (
  trx: Kysely<RegistryTables>,
  jurisdiction: string,
  named: readonly { organisation: string; pointer: string }[],
): Promise<void> => {
  const rows = await trx
    .selectFrom('party')
    .select('id')
    .where('jurisdiction', '=', jurisdiction)
    .where('successor', 'is', null)
    .where(
      'id',
      'in',
      named.map(({ organisation }) => organisation),
    )
    .execute();
  const standing = new Set(rows.map(({ id }) => id));
  const missing = named.filter(({ organisation }) => !standing.has(organisation));
  if (missing.length > 0)
    throw problem('organisationUnknown', {
      errors: missing.map(({ pointer }) => ({
        pointer,
        code: 'organisationUnknown',
        message: { zh: '单位未登记或已撤并', en: 'Not registered, or gone into another body' },
      })),
    });
};

const mustHaveOffices = async (
  trx: Transaction<RegistryTables>,
  rows: readonly PersonRow[],
): Promise<void> => {
  const asked = rows.flatMap(({ office }) => office ?? []);
  if (asked.length === 0) return;
  const offices = await trx
    .selectFrom('office')
    .select(['id', 'organisation'])
    .where('jurisdiction', '=', rows[0]?.jurisdiction ?? '')
    .where('id', 'in', asked)
    .execute();
  const of = new Map(offices.map(({ id, organisation }) => [id, organisation]));
  const wrong = rows.flatMap(({ office, organisation }, at) =>
    office !== null && of.get(office) !== organisation
      ? [place(at, '/office', 'officeUnknown', '处室未登记或属其他单位', 'Unknown, or another body’s')]
      : [],
  );
  if (wrong.length > 0) throw problem('officeUnknown', { errors: wrong });
};

/**
 * Registers people of the city by account, all or none; the same list twice changes nothing. Throws
 * `organisationUnknown`, `officeUnknown` (422) and `personDiffers` (409), each by place.
 */
export const registerPeople = async (
  db: Kysely<RegistryTables>,
  { people, jurisdiction, by, at }: { people: readonly Person[]; jurisdiction: string; by: By; at: Date },
): Promise<{ registered: number; unchanged: number }> =>
  db.transaction().execute(async (trx) => {
    const rows = people.map((person) => rowOf(person, jurisdiction, at));
    await mustBeStanding(
      trx,
      jurisdiction,
      rows.map(({ organisation }, index) => ({
        organisation,
        pointer: `/body/people/${index}/organisation`,
      })),
    );
    await mustHaveOffices(trx, rows);
    const inserted = await trx
      .insertInto('person')
      .values(rows.map(({ version: _version, ...row }) => row))
      .onConflict((conflict) => conflict.columns(['jurisdiction', 'id']).doNothing())
      .returning('id')
      .execute();
    const fresh = new Set(inserted.map(({ id }) => id));
    const stood = await trx
      .selectFrom('person')
      .selectAll()
      .where('jurisdiction', '=', jurisdiction)
      .where(
        'id',
        'in',
        rows.map(({ id }) => id),
      )
      .execute();
    const known = new Map(stood.map((row) => [row.id, row]));
    const differing = rows.flatMap((row, index) => {
      const before = known.get(row.id);
      return !before || content.every((key) => before[key] === row[key])
        ? []
        : [place(index, '', 'personDiffers', '已登记，内容不同', 'registered with other content')];
    });
    if (differing.length > 0) throw problem('personDiffers', { errors: differing });
    const changes = rows
      .filter(({ id }) => fresh.has(id))
      .map(
        ({ id, organisation, office }): Change => ({
          key: `person.registered:${jurisdiction}:${id}`,
          type: 'person.registered.v1',
          subject: `${jurisdiction}:${id}`,
          jurisdiction,
          at,
          actor: by,
          data: { person: id, organisation, office },
        }),
      );
    await recordAll(trx, 'registry', changes);
    return { registered: changes.length, unchanged: rows.length - changes.length };
  });

/**
 * Changes what a person's entry says, from one version to the next; `undefined` where it has moved on meanwhile.
 * Throws `officeUnknown` (422).
 */
export const changePerson = async (
  db: Kysely<RegistryTables>,
  before: PersonRow,
  change: PersonChange,
  { by, at }: { by: By; at: Date },
): Promise<PersonRow | undefined> =>
  db.transaction().execute(async (trx) => {
    const set = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
    if (change.office) {
      const office = await trx
        .selectFrom('office')
        .select('id')
        .where('jurisdiction', '=', before.jurisdiction)
        .where('id', '=', change.office)
        .where('organisation', '=', before.organisation)
        .executeTakeFirst();
      if (!office) throw problem('officeUnknown');
    }
    const row = await trx
      .updateTable('person')
      .set((eb) => ({ ...set, version: eb('version', '+', 1) }))
      .where('jurisdiction', '=', before.jurisdiction)
      .where('id', '=', before.id)
      .where('version', '=', before.version)
      .returningAll()
      .executeTakeFirst();
    if (!row) return undefined;
    await recordAll(trx, 'registry', [
      {
        key: `person.changed:${row.jurisdiction}:${row.id}:${row.version}`,
        type: 'person.changed.v1',
        subject: `${row.jurisdiction}:${row.id}`,
        jurisdiction: row.jurisdiction,
        at,
        actor: by,
        data: { person: row.id, organisation: row.organisation, changedFields: Object.keys(set).sort() },
      },
    ]);
    return row;
  });
