import { join } from 'node:path';
import { createCalendarSubscriber } from '@gongshu/infra/cases/calendar-subscriber';
import { startCases } from '@gongshu/infra/cases/process';
import { readConfig } from '@gongshu/infra/config';
import { createDocumentStore } from '@gongshu/infra/documents/store';
import { serviceProcess, start } from '@gongshu/infra/http/process';
import { startSchedules } from '@gongshu/infra/schedules';
import { auditDues } from '@gongshu/infra/audits/due';
import { drillDues } from '@gongshu/infra/incidents/drills';
import { evidenceDues } from '@gongshu/infra/platform-evidence/due';
import { reportDues } from '@gongshu/infra/disclosures/due';
import { installedPacks } from '@gongshu/infra/packs';
import { createBodiesSubscriber } from '@gongshu/infra/procedures/bodies-subscriber';
import { buildDisclosure } from './app.ts';
import { createCasesSubscriber } from './complaints/cases-subscriber.ts';
import { deskSettingNames, deskSettings } from './desk/settings.ts';
import { createFiguresSubscriber } from './figures-subscriber.ts';
import { createScenariosSubscriber } from './contingency/scenarios-subscriber.ts';
import { createOrderAnswersSubscriber } from './incidents/order-answers.ts';
import { createMandatesSubscriber, lookAtRunning } from './evidence/mandates-subscriber.ts';
import { createReportFactsSubscriber } from './facts-subscriber.ts';
import { hand } from './hand.ts';
import { removeLeftovers } from './html/upload-folder.ts';
import { createPublicSubscriber } from './public/subscriber.ts';

await start(async () => {
  const { deps, run } = serviceProcess('disclosure');
  const config = readConfig([
    ...(['dataFolder', 'documentMaxBytes', 'mode', 'packsFolder'] as const),
    ...(['kafkaBrokers', 'temporalAddress', 'temporalNamespace'] as const),
    'publicUrl',
    ...deskSettingNames,
  ]);
  await removeLeftovers();
  const packs = installedPacks({ mode: config.mode, folder: config.packsFolder });
  const documents = createDocumentStore(join(config.dataFolder, 'documents'), {
    maxBytes: config.documentMaxBytes,
  });
  const cases = await startCases('disclosure', hand, deps, config);
  const { db, bus, report } = cases;
  const subscribers = [
    createFiguresSubscriber(deps.db, bus, { report }),
    createPublicSubscriber(deps.db, bus, { report }),
    createBodiesSubscriber('disclosure', db as never, bus, { report }),
    createCasesSubscriber(db as never, bus, { report }),
    createOrderAnswersSubscriber(db as never, bus, { report }),
    createScenariosSubscriber(db as never, bus, { report }),
    createMandatesSubscriber(db as never, bus, { packs, report }),
    createReportFactsSubscriber(db as never, bus, { packs, report }),
    createCalendarSubscriber('disclosure', db, bus, { jurisdictions: packs.jurisdictions, report }),
  ];
  await lookAtRunning(db as never, packs, (failed) =>
    deps.logger.error(failed, 'a running mandate could not be looked at'),
  );
  const stopSchedules = [drillDues, evidenceDues, auditDues, reportDues].map((dues) =>
    startSchedules({ ...deps, client: cases.client }, dues as never),
  );
  await run(
    await buildDisclosure({
      ...deps,
      ...cases.deps,
      packs,
      documents,
      desk: deskSettings(config),
      registryUrl: config.registryUrl,
      publicUrl: config.publicUrl ?? config.disclosureUrl,
    }),
    ...stopSchedules,
    ...subscribers.map((one) => () => one.stop()),
    () => cases.stop(),
  );
});
