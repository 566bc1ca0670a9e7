import { type Kysely, sql } from 'kysely';

/** A mandate as the agreement's effects and the registry's events would have written it, in both schemas. */
export type Planted = {
  operator?: string;
  mode?: 'whole' | 'byField' | 'byScenario';
  fields?: string[];
  scenarios?: string[];
  from?: string;
  until?: string;
  state?: 'inForce' | 'suspended' | 'ended';
  /** The agreement's number; the city's first when left out. */
  agreement?: string;
};

const areaCodes: Record<string, string> = {
  national: '000000',
  zhongwei: '640500',
  shuozhou: '140600',
  wuhai: '150300',
};

/** The number of the n-th operating agreement of a test city. */
export const agreementNo = (jurisdiction: string, n = 1): string =>
  `${areaCodes[jurisdiction] ?? '999999'}-YY-2024-${String(n).padStart(6, '0')}`;

const normKinds = ['catalogTechnicalStandard', 'standardAgreement', 'applicationCheckNorm'] as const;

/** Norms of an operator that stand approved in the catalog, where a test is not about how they came to be. */
export const normsStand = async (
  db: Kysely<any>,
  jurisdiction: string,
  operator = 'operator',
  kinds: readonly string[] = normKinds,
): Promise<void> => {
  for (const kind of kinds)
    await sql`
      insert into catalog.norm (id, jurisdiction, kind, organisation, version, state)
      values (${`GF-${jurisdiction}-${operator}-${kind}`}, ${jurisdiction}, ${kind}, ${operator}, 1, 'approved')
      on conflict do nothing`.execute(db);
};

/**
 * A city that operates: a mandate, the whole one of `operator` when nothing else is said, and its operator's norms,
 * where a test is not about how they came to be. `db` may be bound to any schema. Answers the agreement's number.
 */
export const inOperation = async (
  db: Kysely<any>,
  jurisdiction: string,
  {
    operator = 'operator',
    mode = 'whole',
    fields = [],
    scenarios = [],
    from = '2024-01-01',
    until = '2034-12-31',
    state = 'inForce',
    agreement = agreementNo(jurisdiction),
  }: Planted = {},
): Promise<string> => {
  // The agreement's own procedure is not this test's matter.
  await sql`alter table registry.mandate drop constraint if exists mandate_agreement_no_fkey`.execute(db);
  for (const schema of ['catalog', 'registry'])
    await sql`
      insert into ${sql.table(`${schema}.mandate`)}
        (agreement_no, jurisdiction, operator, mode, fields, scenarios, from_on, until_on, state)
      values (${agreement}, ${jurisdiction}, ${operator}, ${mode}, ${fields}::text[], ${scenarios}::text[],
        ${from}, ${until}, ${state})
      on conflict (agreement_no) do update set state = excluded.state`.execute(db);
  await normsStand(db, jurisdiction, operator);
  return agreement;
};
