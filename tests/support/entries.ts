/** Entries of the catalog in a test that runs its procedures: compiled over REST, taken to the state it asks for. */
import { sql } from 'kysely';
import { draft } from '../services/resources-support.ts';
import type { startCatalogRuns } from './catalog-runs.ts';
import { peopleOf } from './test-bodies.ts';

export type CatalogRuns = Awaited<ReturnType<typeof startCatalogRuns>>;

/** An entry of `dept-transport`, compiled; published at once where asked, whatever the city's flow. */
export const entry = async (
  { call, db }: CatalogRuns,
  city: string,
  key: string,
  state: 'compiled' | 'public' = 'public',
): Promise<string> => {
  const answer = await call(peopleOf(city).department, 'POST', '/v1/resources', draft(key));
  if (answer.statusCode !== 201) throw new Error(answer.body);
  const { id } = answer.json<{ id: string }>();
  if (state === 'public') await sql`update resource set state = 'public' where id = ${id}`.execute(db);
  return id;
};
