import { join } from 'node:path';
import { ensureShippedCalendar } from '@gongshu/infra/calendars';
import { tellCalendarChanged, tellProceduresCalendarChanged } from '@gongshu/infra/cases/calendar-changed';
import { nextDue, settled, wakeWorkflows } from '@gongshu/infra/cases/due';
import { startCases } from '@gongshu/infra/cases/process';
import { readConfig } from '@gongshu/infra/config';
import { createDocumentStore } from '@gongshu/infra/documents/store';
import { serviceProcess, start } from '@gongshu/infra/http/process';
import { startLawClock } from '@gongshu/infra/law-clock';
import { installedPacks } from '@gongshu/infra/packs';
import { tellWhatStands } from '@gongshu/infra/public/standing';
import { buildCatalog } from './app.ts';
import { hand } from './applications/hand.ts';
import { createBodiesSubscriber } from './bodies-subscriber.ts';
import { createMandatesSubscriber } from './mandates-subscriber.ts';
import { createMerchantsSubscriber } from './merchants-subscriber.ts';
import { createOrdersSubscriber } from './orders-subscriber.ts';
import { createPeopleSubscriber } from './people-subscriber.ts';
import { registrationFolder } from './resources/registration-port.ts';

await start(async () => {
  const { deps, run } = serviceProcess('catalog');
  const config = readConfig([
    'dataFolder',
    'documentMaxBytes',
    'mode',
    'packsFolder',
    'sandboxStart',
    'sandboxSpeed',
    'kafkaBrokers',
    'temporalAddress',
    'temporalNamespace',
  ]);
  const { dataFolder, documentMaxBytes, mode, packsFolder, sandboxStart, sandboxSpeed } = config;
  const clock = await startLawClock(deps.db, { mode, start: sandboxStart, speed: sandboxSpeed });
  await ensureShippedCalendar(deps.db);
  const packs = installedPacks({ mode, folder: packsFolder });
  const documents = createDocumentStore(join(dataFolder, 'documents'), { maxBytes: documentMaxBytes });
  await documents.sweep();
  const cases = await startCases('catalog', hand, deps, config);
  await tellWhatStands(deps.db, 'catalog', await deps.lawNow());
  const { db, client, bus, report } = cases;
  const subscribers = [
    createBodiesSubscriber(db, bus, { report }),
    createPeopleSubscriber(db, bus, { report }),
    createMerchantsSubscriber(db, bus, { packs, report }),
    createMandatesSubscriber(db, bus, { packs, report }),
    createOrdersSubscriber(db, bus, { report }),
  ];
  const app = await buildCatalog({
    ...deps,
    ...cases.deps,
    packs,
    documents,
    registration: registrationFolder(join(dataFolder, 'registration')),
    calendarChanged: async (jurisdictions, version) => {
      await tellCalendarChanged(db, jurisdictions, version);
      await tellProceduresCalendarChanged(db as never, jurisdictions, version);
    },
    due: {
      nextDue,
      wake: (at) => wakeWorkflows(db, client, at),
      settled: (at) => settled(db, at),
    },
  });
  await run(
    app,
    ...subscribers.map((one) => () => one.stop()),
    () => cases.stop(),
    () => clock.stop(),
  );
});
