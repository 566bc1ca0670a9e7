/** What everyone may read of a published entry of the catalog, as its tables stand (C1–C5, decision 0027). */
import { jsonHash } from '../hash.ts';
import { asPublicWords } from '@gongshu/shared/public-words';
import { publishedStates } from '@gongshu/shared/resource';
import { sql, type Transaction } from 'kysely';
import type { Described } from './described.ts';

type Row = {
  id: string;
  jurisdiction: string;
  provider_organisation: string;
  provider_name: string;
  title: string;
  abstract: string;
  update_frequency: string | null;
  classification: string | null;
  grade: string | null;
  level: string | null;
  registration_code: string | null;
  state: string;
  fields: { name: string; grade: string | null }[] | null;
};

/** An event holds some 1 MB at most; field names beyond this many characters together are left out. */
const fieldCharacters = 120_000;

const fieldsOf = (row: Row): { name: string; grade: string | null }[] => {
  let left = fieldCharacters;
  return (row.fields ?? []).flatMap(({ name, grade }) => {
    const told = asPublicWords(name, 1_000);
    if (told === null) return [];
    left -= told.length;
    return left < 0 ? [] : [{ name: told, grade }];
  });
};

const described = (row: Row): Described => {
  const told = {
    title: asPublicWords(row.title, 1_000) ?? row.id,
    abstract: asPublicWords(row.abstract, 20_000),
    providerName: asPublicWords(row.provider_name, 1_000) ?? row.provider_organisation,
    fields: fieldsOf(row),
    updateFrequency: row.update_frequency,
    classification: asPublicWords(row.classification, 1_000),
    grade: asPublicWords(row.grade, 1_000),
    ...{ level: row.level, registrationCode: row.registration_code, state: row.state },
  };
  return {
    ...{ subject: row.id, jurisdiction: row.jurisdiction, type: 'resource.described.v1' },
    data: { resource: row.id, provider: row.provider_organisation, contentHash: jsonHash(told), ...told },
  };
};

/** The published ones among these entries; of others nothing is told. */
export const describeResources = async (
  // biome-ignore lint/suspicious/noExplicitAny: bound to the catalog's schema
  trx: Transaction<any>,
  ids: readonly string[],
): Promise<Described[]> => {
  const { rows } = await sql<Row>`
    select id, jurisdiction, provider_organisation, provider_name, title, abstract, update_frequency, classification,
           grade, level, registration_code, state,
           (select json_agg(json_build_object('name', name, 'grade', grade) order by position)
            from resource_field
            where resource_id = resource.id) as fields
    from resource
    where id = any(${[...ids]}::text[])
      and state = any(${[...publishedStates]}::text[])`.execute(trx);
  return rows.map(described);
};

/** Published entries whose words no event has told yet, by number after `after`. */
export const untoldResources = async (
  // biome-ignore lint/suspicious/noExplicitAny: bound to the catalog's schema
  trx: Transaction<any>,
  after: string,
  limit: number,
): Promise<string[]> => {
  const { rows } = await sql<{ id: string }>`
    select id
    from resource
    where id > ${after}
      and state = any(${[...publishedStates]}::text[])
      and not exists (
        select
        from outbox
        where aggregateid = resource.id
          and type = 'resource.described.v1'
      )
    order by id
    limit ${limit}`.execute(trx);
  return rows.map(({ id }) => id);
};
