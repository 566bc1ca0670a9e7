/** The sample city, loaded through the product's own acts: bodies over REST, entries through the import and the flow. */
import { createHash } from 'node:crypto';
import { connect } from '@gongshu/infra/database';
import { lawNow } from '@gongshu/infra/law-clock';
import { loadPacks } from '@gongshu/infra/packs';
import { readSampleCity } from '@gongshu/infra/sample-city';
import { countResources, type ResourceCounts } from '@gongshu/service-catalog/queries/resource-open';
import { registrationFolder } from '@gongshu/service-catalog/resources/registration-port';
import { seedResources } from '@gongshu/service-catalog/resources/resource-seed';
import type { ResourceTables } from '@gongshu/service-catalog/tables/resource';
import { type Desk, Refused } from './desk.ts';

const keyOf = (value: unknown): string =>
  createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 32);

/** Registers the bodies, imports the entries, takes those with an overlay to their goal. Again, it changes nothing. */
export const loadCity = async (
  registry: Desk,
  { database, registrationFolder: folder }: { database: string; registrationFolder: string },
): Promise<{ city: ReturnType<typeof readSampleCity>['city']; counts: ResourceCounts }> => {
  const { city, catalogue } = readSampleCity();
  await registry.post(
    '/v1/parties/imports',
    { parties: city.parties },
    `story-parties-${keyOf(city.parties)}`,
  );
  const db = connect<ResourceTables>(database, { schema: 'catalog', max: 4 });
  try {
    await seedResources(
      { db, packs: loadPacks(), registration: registrationFolder(folder) },
      { jurisdiction: city.jurisdiction, bytes: catalogue, import: city.import, entries: city.entries },
      { id: 'sample-city', bureau: 'city-bureau', at: await lawNow(db) },
    );
    return { city, counts: await countResources(db, city.jurisdiction) };
  } finally {
    await db.destroy();
  }
};

const unheard = new Set([
  ...['mandateMissing', 'normNotApproved', 'merchantNotEnrolled'],
  ...['operatorUnknown', 'bureauUnknown'],
]);

/**
 * Tries until the service has heard of mandates, norms, bodies and enrolled merchants from the registry's events. A
 * refusal is kept under its Idempotency-Key: each try puts `again` behind it, nothing at the first.
 */
export const onceHeard = async <T>(
  ask: (again: string) => Promise<T>,
  patienceMillis = 30_000,
): Promise<T> => {
  const until = Date.now() + patienceMillis;
  for (let tries = 0; ; tries += 1) {
    try {
      return await ask(tries === 0 ? '' : `-${tries}`);
    } catch (error) {
      if (!(error instanceof Refused) || !unheard.has(error.code) || Date.now() > until) throw error;
      await new Promise((go) => setTimeout(go, 250));
    }
  }
};
