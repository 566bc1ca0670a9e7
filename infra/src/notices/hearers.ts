/** Organisations behind the words of the table, read inside the transaction of the change that is told. */
import type { Hearer } from '@gongshu/shared/notices/table';
import type { ApplicationRules, Tells } from '@gongshu/shared/application/types';
import type { EventType, ServiceName } from '@gongshu/shared/events';
import { lifecycles } from '@gongshu/shared/lifecycle';
import type { Party } from '@gongshu/shared/packs/values';
import { sql, type Transaction } from 'kysely';
import { hearOfProcedure, isOfProcedure } from './procedure-hearers.ts';

type Trx = Transaction<any>;
type Data = Readonly<Record<string, unknown>>;

/** An id the event names; empty, which no row has, where it names none. */
export const idIn = (data: Data, field: string): string => {
  const value = data[field];
  return typeof value === 'string' ? value : '';
};

/** What an event says, as far as its notices rest on it. */
export type Told = { key: string; type: EventType; jurisdiction: string; data: Data };

/** The case an event is about, as its row stands in this transaction. */
export type CaseOfEvent = {
  applicant: string;
  operator: string;
  rules: Partial<ApplicationRules>;
  turn: { id: string; step: string; organisation: string; bodyKind: string } | undefined;
};

/** Whether events of this type are about a case in the service's own tables. */
const isOfCase = (type: EventType): boolean => Object.hasOwn(lifecycles, type.split('.')[0] ?? '');

/**
 * The turn an event is of: the one its key begins with (a turn keeps its id when its work goes to a successor), or the
 * one its correction belongs to.
 */
const turnOf = async (trx: Trx, caseNo: string, { key, data }: Told): Promise<CaseOfEvent['turn']> => {
  const { rows } = await sql<NonNullable<CaseOfEvent['turn']>>`
    select turn_id as id, step, organisation, body_kind as "bodyKind"
    from turn
    where case_no = ${caseNo}
      and (starts_with(${key}::text, turn_id || '/')
        or turn_id = (select turn_id from correction where id = ${idIn(data, 'notice')}))
    order by length(turn_id) desc
    limit 1`.execute(trx);
  return rows[0];
};

/** The case of an event of a lifecycle; `undefined` for every other event, and for a case without a row. */
export const caseOf = async (trx: Trx, told: Told): Promise<CaseOfEvent | undefined> => {
  const caseNo = told.data['caseNo'];
  if (!isOfCase(told.type) || typeof caseNo !== 'string') return undefined;
  const { rows } = await sql<Omit<CaseOfEvent, 'turn'>>`
    select applicant_organisation as applicant, operator_organisation as operator, rules
    from application
    where case_no = ${caseNo}`.execute(trx);
  return rows[0] && { ...rows[0], turn: await turnOf(trx, caseNo, told) };
};

const ids = async (query: ReturnType<typeof sql<{ id: string }>>, trx: Trx): Promise<string[]> =>
  (await query.execute(trx)).rows.map(({ id }) => id);

/** Where a service that has cases knows the bodies of its cities from. */
const bodiesIn: Readonly<Partial<Record<ServiceName, 'body' | 'party'>>> = {
  catalog: 'body',
  registry: 'party',
  pricing: 'body',
  disclosure: 'body',
};

/** The city's one body of a kind, where the service knows its bodies. */
const bodyOfCity = (trx: Trx, service: ServiceName, jurisdiction: string, kind: string): Promise<string[]> =>
  bodiesIn[service]
    ? ids(
        sql<{ id: string }>`
          select id
          from ${sql.table(bodiesIn[service])}
          where jurisdiction = ${jurisdiction}
            and kind = ${kind}
          order by id
          limit 1`,
        trx,
      )
    : Promise.resolve([]);

/**
 * Bodies as they stand, by the body that was named: what is told to one that has gone into another is its successor's to
 * read (G1). A body that stands itself may be missing.
 */
export const asTheyStand = async (
  trx: Trx,
  service: ServiceName,
  jurisdiction: string,
  bodies: readonly string[],
): Promise<Map<string, string>> => {
  const table = bodiesIn[service];
  if (bodies.length === 0 || table === undefined) return new Map();
  const { rows } = await sql<{ body: string; id: string }>`
    with recursive way (body, id, step) as (
      select body, body collate "C", 0 -- ids are compared by bytes in one service and by the default in the other
      from unnest(${[...new Set(bodies)]}::text[]) as body
      union
      select way.body, next.successor collate "C", step + 1
      from way
      join ${sql.table(table)} as next
        on next.jurisdiction = ${jurisdiction} and next.id = way.id collate "C"
      where next.successor is not null and step < 50
    )
    select distinct on (body) body, id
    from way
    order by body, step desc`.execute(trx);
  return new Map(rows.map(({ body, id }) => [body, id]));
};

/** Departments whose entries the case asks for; of one reviewer's entries alone where one is named. */
const departments = (trx: Trx, caseNo: string, reviewer: string | null): Promise<string[]> =>
  ids(
    sql<{ id: string }>`
      select distinct coalesce(
        resource.provider_organisation,
        case when asked.reviewer_kind = 'sourceDepartment' then asked.reviewer_organisation end
      ) as id
      from application_resource as asked
      left join resource on resource.id = asked.resource_id
      where asked.case_no = ${caseNo}
        and (${reviewer}::text is null or asked.reviewer_organisation = ${reviewer})
        and (resource.id is not null or asked.reviewer_kind = 'sourceDepartment')`,
    trx,
  );

/** County bodies that review in the case. */
const counties = (trx: Trx, caseNo: string): Promise<string[]> =>
  ids(
    sql<{ id: string }>`
      select distinct reviewer_organisation as id
      from application_resource
      where case_no = ${caseNo}
        and reviewer_kind = 'countyAuthority'`,
    trx,
  );

/** The organisations an event's field names: one, or a list, plain or with what they are. */
const named = (data: Data, field: string): string[] => {
  const value = data[field];
  return (Array.isArray(value) ? value : [value])
    .map((one: unknown) => (one as { organisation?: unknown } | null)?.organisation ?? one)
    .filter((id) => typeof id === 'string');
};

/**
 * Who a line's words stand for, as organisation ids; empty where nobody does (no bureau registered, no grant over a
 * supply). Reads only rows the caller's transaction may see.
 */
export const hear = async (
  trx: Trx,
  service: ServiceName,
  told: Told,
  subject: CaseOfEvent | undefined,
  hearer: Hearer,
): Promise<string[]> => {
  const { data, jurisdiction } = told;
  const caseNo = idIn(data, 'caseNo');
  const bureau = () => bodyOfCity(trx, service, jurisdiction, 'bureau');
  const parties = async (party: Party, reviewer: string | null): Promise<string[]> => {
    switch (party) {
      case 'authority':
      case 'ownLevelAuthority':
        return bureau();
      case 'countyAuthority':
        return counties(trx, caseNo);
      case 'operator':
        return subject ? [subject.operator] : [];
      case 'sourceDepartment':
      case 'provider':
        return service === 'catalog' ? departments(trx, caseNo, reviewer) : [];
      case 'merchant':
        return subject ? [subject.applicant] : [];
    }
  };
  const perPack = async (named: Tells['check'] | undefined, reviewer: string | null) =>
    (await Promise.all((named ?? ['authority']).map((party) => parties(party, reviewer)))).flat();
  const tells = subject?.rules.tells;

  if (hearer.startsWith('data.')) return named(data, hearer.slice('data.'.length));
  if (isOfProcedure(hearer))
    return hearOfProcedure(trx, bodiesIn[service] ?? 'party', { jurisdiction, data }, hearer);
  switch (hearer) {
    case 'applicant':
      return subject ? [subject.applicant] : [];
    case 'operator':
      return subject ? [subject.operator] : bodyOfCity(trx, service, jurisdiction, 'operator');
    case 'bureau':
      return bureau();
    case 'body':
      return subject?.turn ? [subject.turn.organisation] : named(data, 'reviewer');
    case 'reviewers':
      return ids(
        sql<{ id: string }>`
          select distinct organisation as id
          from turn
          where case_no = ${caseNo}
            and step = 'review'`,
        trx,
      );
    case 'checkTold':
      return perPack(tells?.check, null);
    case 'reviewTold':
      return perPack(
        tells?.review[(subject?.turn?.bodyKind ?? 'operator') as keyof Tells['review']],
        subject?.turn?.organisation ?? null,
      );
    case 'receiptOwner':
      return ids(
        sql<{ id: string }>`
          select actor_organisation as id
          from intake
          where receipt = ${idIn(data, 'receipt')}
            and actor_organisation is not null`,
        trx,
      );
    case 'grantMerchants':
      return ids(
        sql<{ id: string }>`
          select distinct merchant as id
          from use_grant
          where grant_no = any(${named(data, 'grants')}::text[])`,
        trx,
      );
    default:
      throw new RangeError(`nobody knows who ${hearer} is`);
  }
};
