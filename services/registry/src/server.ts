import { join } from 'node:path';
import { createBus } from '@gongshu/infra/bus';
import { newestCalendar } from '@gongshu/infra/calendars';
import { lookAgain } from '@gongshu/infra/cases/due';
import type { ApplicationTables } from '@gongshu/infra/cases/tables';
import { readConfig } from '@gongshu/infra/config';
import { createDocumentStore } from '@gongshu/infra/documents/store';
import { startHeartbeat } from '@gongshu/infra/health-record';
import { serviceProcess, start } from '@gongshu/infra/http/process';
import { deliver, startDeliverer } from '@gongshu/infra/intake/deliver';
import { startNotifier } from '@gongshu/infra/notices/deliver';
import { createMailer } from '@gongshu/infra/notices/mail';
import { loadPacks } from '@gongshu/infra/packs';
import { temporalClient } from '@gongshu/infra/temporal-client';
import type { Kysely } from 'kysely';
import { buildRegistry } from './app.ts';
import { createCalendarSubscriber } from './calendar-subscriber.ts';
import { hand } from './onboardings/hand.ts';

await start(async () => {
  const { deps, run } = serviceProcess('registry');
  const { dataFolder, documentMaxBytes } = readConfig(['dataFolder', 'documentMaxBytes']);
  const { kafkaBrokers, temporalAddress, temporalNamespace } = readConfig([
    'kafkaBrokers',
    'temporalAddress',
    'temporalNamespace',
  ]);
  const { smtpUrl, smtpFrom, mode } = readConfig(['smtpUrl', 'smtpFrom', 'mode']);
  const documents = createDocumentStore(join(dataFolder, 'documents'), { maxBytes: documentMaxBytes });
  const { logger } = deps;
  const db = deps.db as Kysely<ApplicationTables>;
  const packs = loadPacks(undefined, { mode });
  const { client, close } = temporalClient(temporalAddress, temporalNamespace);
  const delivery = { db, client, hand };
  const heartbeat = await startHeartbeat(db, 'registry');
  const stopDeliverer = startDeliverer(delivery, {
    onError: (err) => logger.warn({ err }, 'the intake could not be delivered'),
  });
  const bus = createBus({
    brokers: kafkaBrokers,
    clientId: 'gongshu-registry',
    log: (level, message) => logger[level]({ from: 'kafka', said: message }, 'broker client'),
  });
  const calendars = createCalendarSubscriber(db, bus, {
    jurisdictions: packs.jurisdictions,
    report: (finding) => logger.warn(finding, 'the stream of events was not whole'),
  });
  const app = await buildRegistry({
    ...deps,
    documents,
    packs,
    deliver: (receipt) => deliver(delivery, receipt),
    lookAgain: (caseNo) => lookAgain(db, client, caseNo),
    calendarVersion: async (jurisdiction) => (await newestCalendar(db, jurisdiction)).version,
  });
  const stopNotifier = startNotifier({
    ...deps,
    mailer: smtpUrl === undefined ? undefined : createMailer({ url: smtpUrl, from: smtpFrom }),
    production: mode === 'production',
  });
  await run(
    app,
    () => stopNotifier(),
    () => calendars.stop(),
    () => bus.close(),
    () => stopDeliverer(),
    () => heartbeat.stop(),
    () => close(),
  );
});
