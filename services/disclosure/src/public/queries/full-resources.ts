/** Entries of the catalog with all that is public of them, for files and feeds. */
import type { Kysely, Selectable } from 'kysely';
import type { DisclosureTables } from '../../tables.ts';
import { type Page, type Paged, paged } from './page.ts';
import type { ResourcePage } from './resources.ts';

type Db = Kysely<DisclosureTables>;
export type FullResource = Omit<ResourcePage, 'open'>;

const columns = [
  ...(['id', 'title', 'abstract', 'provider', 'provider_name', 'fields', 'update_frequency'] as const),
  ...(['classification', 'grade', 'level', 'registration_code', 'published_on', 'described_at'] as const),
] as const;

const viewOf = (row: Pick<Selectable<DisclosureTables['public_resource']>, (typeof columns)[number]>) =>
  ({
    ...{ id: row.id, title: row.title, abstract: row.abstract, provider: row.provider },
    ...{ providerName: row.provider_name, fields: row.fields ?? [], updateFrequency: row.update_frequency },
    ...{ classification: row.classification, grade: row.grade, level: row.level },
    ...{ registrationCode: row.registration_code, publishedOn: row.published_on },
    changedAt: row.described_at,
  }) as FullResource;

const shown = (db: Db, jurisdiction: string) =>
  db
    .selectFrom('public_resource')
    .select([...columns])
    .where('jurisdiction', '=', jurisdiction)
    .where('shown', '=', true);

/** Open entries of a city by number. */
export const fullResources = async (
  db: Db,
  jurisdiction: string,
  { after, limit }: Page<string>,
): Promise<Paged<FullResource, string>> => {
  const rows = await shown(db, jurisdiction)
    .$if(after !== undefined, (query) => query.where('id', '>', after ?? ''))
    .orderBy('id')
    .limit(limit + 1)
    .execute();
  return paged(rows, limit, ({ id }) => id, viewOf);
};

/** Open entries of a city, told last first. */
export const newestResources = async (
  db: Db,
  jurisdiction: string,
  limit: number,
): Promise<FullResource[]> => {
  const rows = await shown(db, jurisdiction)
    .orderBy('described_at', 'desc')
    .orderBy('id')
    .limit(limit)
    .execute();
  return rows.map(viewOf);
};
