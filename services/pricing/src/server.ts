import { join } from 'node:path';
import { createCalendarSubscriber } from '@gongshu/infra/cases/calendar-subscriber';
import { startCases } from '@gongshu/infra/cases/process';
import { readConfig } from '@gongshu/infra/config';
import { createDocumentStore } from '@gongshu/infra/documents/store';
import { serviceProcess, start } from '@gongshu/infra/http/process';
import { installedPacks } from '@gongshu/infra/packs';
import { createBodiesSubscriber } from '@gongshu/infra/procedures/bodies-subscriber';
import { tellWhatStands } from '@gongshu/infra/public/standing';
import { revenueDues } from '@gongshu/infra/revenues/due';
import { startSchedules } from '@gongshu/infra/schedules';
import { buildPricing } from './app.ts';
import { hand } from './hand.ts';
import { createMandatesSubscriber } from './mandates/mandates-subscriber.ts';
import { createMeteredUseSubscriber } from './usage/metered-subscriber.ts';
import { createProductsSubscriber } from './products/products-subscriber.ts';

await start(async () => {
  const { deps, run } = serviceProcess('pricing');
  const config = readConfig([
    ...(['dataFolder', 'documentMaxBytes', 'mode', 'packsFolder'] as const),
    ...(['kafkaBrokers', 'temporalAddress', 'temporalNamespace'] as const),
  ]);
  const packs = installedPacks({ mode: config.mode, folder: config.packsFolder });
  const documents = createDocumentStore(join(config.dataFolder, 'documents'), {
    maxBytes: config.documentMaxBytes,
  });
  const cases = await startCases('pricing', hand, deps, config);
  await tellWhatStands(deps.db, 'pricing', await deps.lawNow());
  const { db, bus, report } = cases;
  const subscribers = [
    createBodiesSubscriber('pricing', db as never, bus, { report }),
    createProductsSubscriber(db as never, bus, { report }),
    createMandatesSubscriber(db as never, bus, { report }),
    createMeteredUseSubscriber(db as never, bus, { packs, report, lawNow: deps.lawNow }),
    createCalendarSubscriber('pricing', db, bus, { jurisdictions: packs.jurisdictions, report }),
  ];
  const stopSchedules = startSchedules({ ...deps, client: cases.client }, revenueDues);
  await run(
    await buildPricing({ ...deps, ...cases.deps, packs, documents }),
    stopSchedules,
    ...subscribers.map((one) => () => one.stop()),
    () => cases.stop(),
  );
});
