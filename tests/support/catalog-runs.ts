/**
 * The catalog as its procedures run: the service's routes, a real PostgreSQL, the real activities and workflows on a
 * time-skipping server; bodies as the registry's events leave them. One for a test file.
 */
import { buildCatalog } from '@gongshu/service-catalog';
import { hand } from '@gongshu/service-catalog/applications/hand';
import type { ProcedureTables } from '@gongshu/infra/procedures/tables';
import type { Kysely } from 'kysely';
import { noCases } from './catalog.ts';
import { casePlay } from './case-play.ts';
import { type RunsGiven, startServiceRuns } from './service-runs.ts';
import { testBodies } from './test-bodies.ts';

export { peopleOf as catalogPeople } from './test-bodies.ts';

export const startCatalogRuns = async (cities: readonly string[] = ['zhongwei'], given: RunsGiven = {}) => {
  const runs = await startServiceRuns(
    {
      service: 'catalog',
      hand,
      build: (deps) => buildCatalog({ ...noCases, registration: { send: async () => {} }, ...deps }),
    },
    given,
  );
  const db = runs.db as unknown as Kysely<ProcedureTables>;
  for (const jurisdiction of cities)
    await db
      .insertInto('body')
      .values(testBodies.map((one) => ({ jurisdiction, ...one })))
      .execute();
  return { ...runs, db, ...casePlay(runs) };
};
