/** The pool of experts (O3): registered by list, changed, suspended, restored. Events carry ids, never names. */
import type { ExpertTables } from '@gongshu/infra/experts/tables';
import { type Change, record, recordAll } from '@gongshu/infra/record';
import { toInstantText } from '@gongshu/shared/business-date';
import type { EventType } from '@gongshu/shared/events';
import { type ProblemPlace, problem } from '@gongshu/shared/problems';
import type { Insertable, Kysely, Selectable, Transaction } from 'kysely';
import type { PartyKind } from '../party.ts';
import type { RegistryTables } from '../tables.ts';
import type { Expert, ExpertChange } from './schema.ts';

export type ExpertRow = Selectable<ExpertTables['expert']>;
export type PoolTables = ExpertTables & RegistryTables;
export type ExpertBy = { id: string; role: string; organisation: string | null; at: Date };

/** Bodies of government: they send representatives, and their people are no outside experts. */
const governmentKinds: readonly PartyKind[] = [
  'bureau',
  'countyBureau',
  'sourceDepartment',
  'government',
  'price',
  'finance',
  'supervision',
];
const content = [
  ...([
    'kind',
    'organisation',
    'organisation_uscc',
    'institution',
    'account',
    'name',
    'mail',
    'phone',
  ] as const),
];

const rowOf = (expert: Expert, jurisdiction: string, at: Date) => ({
  ...{ jurisdiction, id: expert.id, kind: expert.kind, organisation: expert.organisation },
  ...{ organisation_uscc: expert.organisationUscc ?? null, institution: expert.institution },
  ...{ account: expert.account, name: expert.name, mail: expert.mail ?? null, phone: expert.phone ?? null },
  ...{ specialities: expert.specialities, reason_code: null, reason: null, registered_at: at },
});
const place = (at: number, key: string, code: string, zh: string, en: string): ProblemPlace => ({
  pointer: `/body/experts/${at}${key}`,
  code,
  message: { zh, en },
});

const change = (
  row: Pick<ExpertRow, 'id' | 'organisation' | 'jurisdiction'>,
  { id, role, organisation, at }: ExpertBy,
  event: { type: EventType; key: string; data?: object },
): Change => ({
  key: event.key,
  type: event.type,
  subject: `${row.jurisdiction}:${row.id}`,
  jurisdiction: row.jurisdiction,
  at,
  actor: { id, role, organisation },
  data: { expert: row.id, organisation: row.organisation, at: toInstantText(at.getTime()), ...event.data },
});

/** Throws by place where a representative's body is none of the government's, or an outside expert's is one. */
const mustFitBodies = async (
  trx: Kysely<PoolTables>,
  jurisdiction: string,
  experts: readonly { kind: Expert['kind']; organisation: string; pointer: string }[],
): Promise<void> => {
  const rows = await trx
    .selectFrom('party')
    .select(['id', 'kind'])
    .where('jurisdiction', '=', jurisdiction)
    .where(
      'id',
      'in',
      experts.map(({ organisation }) => organisation),
    )
    .execute();
  const government = new Set(rows.filter(({ kind }) => governmentKinds.includes(kind)).map(({ id }) => id));
  const wrong = experts.filter(
    ({ kind, organisation }) => (kind === 'department') !== government.has(organisation),
  );
  const [first] = wrong;
  if (!first) return;
  const code = first.kind === 'department' ? 'expertNotOfDepartment' : 'expertNotOutside';
  throw problem(code, {
    errors: wrong.map(({ pointer, kind }) => ({
      pointer,
      code: kind === 'department' ? 'expertNotOfDepartment' : 'expertNotOutside',
      message:
        kind === 'department'
          ? { zh: '不是已登记的政府部门', en: 'Not a registered body of government' }
          : { zh: '政府部门', en: 'A body of government' },
    })),
  });
};

/**
 * Registers experts of the city, all or none; the same list twice changes nothing. Throws `expertNotOfDepartment`,
 * `expertNotOutside` (422), `expertDiffers` (409: the id or the account stands with other content), each by place.
 */
export const registerExperts = (
  db: Kysely<PoolTables>,
  { experts, jurisdiction, by }: { experts: readonly Expert[]; jurisdiction: string; by: ExpertBy },
): Promise<{ registered: number; unchanged: number }> =>
  db.transaction().execute(async (trx) => {
    const rows = experts.map((expert) => rowOf(expert, jurisdiction, by.at));
    await mustFitBodies(
      trx,
      jurisdiction,
      experts.map(({ kind, organisation }, at) => ({
        ...{ kind, organisation },
        pointer: `/body/experts/${at}/organisation`,
      })),
    );
    const inserted = await trx
      .insertInto('expert')
      .values(
        rows.map((row) => ({
          ...row,
          specialities: JSON.stringify(row.specialities),
        })) as unknown as Insertable<ExpertTables['expert']>[],
      )
      .onConflict((conflict) => conflict.doNothing())
      .returning('id')
      .execute();
    const fresh = new Set(inserted.map(({ id }) => id));
    const stood = await trx
      .selectFrom('expert')
      .selectAll()
      .where('jurisdiction', '=', jurisdiction)
      .where(
        'id',
        'in',
        rows.map(({ id }) => id),
      )
      .execute();
    const known = new Map(stood.map((row) => [row.id, row]));
    const differing = rows.flatMap((row, at) => {
      const before = known.get(row.id); // nothing under this id: the account is another expert's
      const same =
        before &&
        content.every((key) => before[key] === row[key]) &&
        JSON.stringify(before.specialities) === JSON.stringify(row.specialities);
      return same
        ? []
        : [
            place(
              at,
              before ? '' : '/account',
              'expertDiffers',
              '已入库，内容不同',
              'Registered with other content',
            ),
          ];
    });
    if (differing.length > 0) throw problem('expertDiffers', { errors: differing });
    const changes = rows
      .filter(({ id }) => fresh.has(id))
      .map((row) =>
        change(row, by, {
          type: 'expert.registered.v1',
          key: `expert.registered:${jurisdiction}:${row.id}`,
          data: { kind: row.kind, institution: row.institution },
        }),
      );
    await recordAll(trx, 'registry', changes);
    return { registered: changes.length, unchanged: rows.length - changes.length };
  });

const moved = (
  trx: Transaction<PoolTables>,
  before: ExpertRow,
  set: Partial<Record<keyof ExpertRow, unknown>>,
): Promise<ExpertRow | undefined> =>
  trx
    .updateTable('expert')
    .set((eb) => ({ ...(set as object), version: eb('version', '+', 1) }))
    .where('jurisdiction', '=', before.jurisdiction)
    .where('id', '=', before.id)
    .where('version', '=', before.version)
    .returningAll()
    .executeTakeFirst();

/** Changes an entry from one version to the next; `undefined` where it has moved on meanwhile. */
export const changeExpert = (
  db: Kysely<PoolTables>,
  before: ExpertRow,
  { organisationUscc, specialities, ...given }: ExpertChange,
  by: ExpertBy,
): Promise<ExpertRow | undefined> =>
  db.transaction().execute(async (trx) => {
    const set = Object.fromEntries(
      Object.entries({
        ...given,
        organisation_uscc: organisationUscc,
        specialities: specialities && JSON.stringify(specialities),
      }).filter(([, value]) => value !== undefined),
    );
    if (given.organisation !== undefined)
      await mustFitBodies(trx, before.jurisdiction, [
        { kind: before.kind, organisation: given.organisation, pointer: '/body/organisation' },
      ]);
    const row = await moved(trx, before, set);
    if (!row) return undefined;
    const camel = (name: string) => (name === 'organisation_uscc' ? 'organisationUscc' : name);
    await record(
      trx,
      'registry',
      change(row, by, {
        type: 'expert.changed.v1',
        key: `expert.changed:${row.jurisdiction}:${row.id}:${row.version}`,
        data: { changedFields: Object.keys(set).map(camel).toSorted() },
      }),
    );
    return row;
  });

/** Suspends an expert (drawn no more, asked no more) or restores one. Throws `expertSuspended`, `expertStands` (409). */
export const standExpert = (
  db: Kysely<PoolTables>,
  before: ExpertRow,
  to: { state: 'suspended'; reason: { code: string; text: string } } | { state: 'standing' },
  by: ExpertBy,
): Promise<ExpertRow> =>
  db.transaction().execute(async (trx) => {
    const reason = to.state === 'suspended' ? to.reason : undefined;
    const row =
      before.state === to.state
        ? undefined
        : await moved(trx, before, {
            ...{ state: to.state, reason_code: reason?.code ?? null, reason: reason?.text ?? null },
          });
    if (!row) throw problem(to.state === 'suspended' ? 'expertSuspended' : 'expertStands');
    const name = to.state === 'suspended' ? 'suspended' : 'restored';
    await record(
      trx,
      'registry',
      change(row, by, {
        type: `expert.${name}.v1`,
        key: `expert.${name}:${row.jurisdiction}:${row.id}:${row.version}`,
        ...(reason && { data: { reasonCode: reason.code } }),
      }),
    );
    return row;
  });
