import { join } from 'node:path';
import type { ApplicationTables } from '@gongshu/infra/cases/tables';
import { createBus } from '@gongshu/infra/bus';
import { ensureShippedCalendar, newestCalendar } from '@gongshu/infra/calendars';
import { readConfig } from '@gongshu/infra/config';
import { createDocumentStore } from '@gongshu/infra/documents/store';
import { startHeartbeat } from '@gongshu/infra/health-record';
import { serviceProcess, start } from '@gongshu/infra/http/process';
import { deliver, startDeliverer } from '@gongshu/infra/intake/deliver';
import { startLawClock } from '@gongshu/infra/law-clock';
import { loadPacks } from '@gongshu/infra/packs';
import { temporalClient } from '@gongshu/infra/temporal-client';
import type { Kysely } from 'kysely';
import { buildCatalog } from './app.ts';
import { tellCalendarChanged } from '@gongshu/infra/cases/calendar-changed';
import { lookAgain, nextDue, settled, wakeWorkflows } from '@gongshu/infra/cases/due';
import { hand } from './applications/hand.ts';
import { createBodiesSubscriber } from './bodies-subscriber.ts';
import { createPeopleSubscriber } from './people-subscriber.ts';
import { createMerchantsSubscriber } from './merchants-subscriber.ts';
import { registrationFolder } from './resources/registration-port.ts';

await start(async () => {
  const { deps, run } = serviceProcess('catalog');
  const {
    dataFolder,
    documentMaxBytes,
    mode,
    sandboxStart,
    sandboxSpeed,
    kafkaBrokers,
    temporalAddress,
    temporalNamespace,
  } = readConfig([
    'dataFolder',
    'documentMaxBytes',
    'mode',
    'sandboxStart',
    'sandboxSpeed',
    'kafkaBrokers',
    'temporalAddress',
    'temporalNamespace',
  ]);
  const { logger } = deps;
  const db = deps.db as Kysely<ApplicationTables>;
  const { client, close } = temporalClient(temporalAddress, temporalNamespace);
  const delivery = { db, client, hand };
  const clock = await startLawClock(db, { mode, start: sandboxStart, speed: sandboxSpeed });
  await ensureShippedCalendar(db);
  const heartbeat = await startHeartbeat(db, 'catalog');
  const stopDeliverer = startDeliverer(delivery, {
    onError: (err) => logger.warn({ err }, 'the intake could not be delivered'),
  });
  const bus = createBus({
    brokers: kafkaBrokers,
    clientId: 'gongshu-catalog',
    log: (level, message) => logger[level]({ from: 'kafka', said: message }, 'broker client'),
  });
  const bodies = createBodiesSubscriber(db, bus, {
    report: (finding) => logger.warn(finding, 'the stream of events was not whole'),
  });
  const people = createPeopleSubscriber(db, bus, {
    report: (finding) => logger.warn(finding, 'the stream of events was not whole'),
  });
  const packs = loadPacks(undefined, { mode });
  const merchants = createMerchantsSubscriber(db, bus, {
    packs,
    report: (finding) => logger.warn(finding, 'the stream of events was not whole'),
  });
  const documents = createDocumentStore(join(dataFolder, 'documents'), { maxBytes: documentMaxBytes });
  await documents.sweep();
  const app = await buildCatalog({
    ...deps,
    packs,
    documents,
    registration: registrationFolder(join(dataFolder, 'registration')),
    deliver: (receipt) => deliver(delivery, receipt),
    lookAgain: (caseNo) => lookAgain(db, client, caseNo),
    calendarVersion: async (jurisdiction) => (await newestCalendar(db, jurisdiction)).version,
    calendarChanged: (jurisdictions, version) => tellCalendarChanged(db, jurisdictions, version),
    due: {
      nextDue,
      wake: (at) => wakeWorkflows(db, client, at),
      settled: (at) => settled(db, at),
    },
  });
  await run(
    app,
    () => bodies.stop(),
    () => people.stop(),
    () => merchants.stop(),
    () => bus.close(),
    () => stopDeliverer(),
    () => heartbeat.stop(),
    () => clock.stop(),
    () => close(),
  );
});
