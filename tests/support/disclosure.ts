/**
 * Disclosure as it runs: the service's routes, a real PostgreSQL, the real activities and workflows on a time-skipping
 * server; bodies as the registry's events leave them. One for a test file.
 */
import { buildDisclosure } from '@gongshu/service-disclosure';
import { hand } from '@gongshu/service-disclosure/hand';
import type { ProcedureTables } from '@gongshu/infra/procedures/tables';
import type { Kysely } from 'kysely';
import { casePlay } from './case-play.ts';
import { type RunsGiven, startServiceRuns } from './service-runs.ts';
import { testBodies } from './test-bodies.ts';

export { peopleOf as disclosurePeople } from './test-bodies.ts';
export type Disclosure = Awaited<ReturnType<typeof startDisclosure>>;

export const startDisclosure = async (cities: readonly string[] = ['zhongwei'], given: RunsGiven = {}) => {
  const runs = await startServiceRuns({ service: 'disclosure', hand, build: buildDisclosure }, given);
  const db = runs.db as unknown as Kysely<ProcedureTables>;
  for (const jurisdiction of cities)
    await db
      .insertInto('body')
      .values(testBodies.map((one) => ({ jurisdiction, ...one })))
      .execute();
  return { ...runs, db, ...casePlay(runs) };
};
