import { join } from 'node:path';
import { createCalendarSubscriber } from '@gongshu/infra/cases/calendar-subscriber';
import { startCases } from '@gongshu/infra/cases/process';
import { readConfig } from '@gongshu/infra/config';
import { debarmentFolder } from '@gongshu/infra/debarment/folder';
import { createDocumentStore } from '@gongshu/infra/documents/store';
import { startFiler } from '@gongshu/infra/filings/filer';
import { filingFolder } from '@gongshu/infra/filings/port';
import { evaluationDues } from '@gongshu/infra/evaluations/schedules';
import { tellWhatStands } from '@gongshu/infra/public/standing';
import { ledgerDues } from '@gongshu/infra/traces/schedules';
import { startSchedules } from '@gongshu/infra/schedules';
import { serviceProcess, start } from '@gongshu/infra/http/process';
import { startNotifier } from '@gongshu/infra/notices/deliver';
import { createMailer } from '@gongshu/infra/notices/mail';
import { installedPacks } from '@gongshu/infra/packs';
import { installedFingerprintKey } from '@gongshu/infra/fingerprints/key';
import { sealingOf } from '@gongshu/infra/selections/sealing';
import { buildRegistry } from './app.ts';
import { createCreditRecordSubscriber } from './credit-records/subscriber.ts';
import { createFactsSubscriber } from './evaluations/facts-subscriber.ts';
import { hand } from './onboardings/hand.ts';
import { createOrdersSubscriber } from './supply-orders/subscriber.ts';
import { createGrantSubscriber } from './products/grant-subscriber.ts';

await start(async () => {
  const { deps, run } = serviceProcess('registry');
  const config = readConfig([
    'dataFolder',
    'documentMaxBytes',
    'dataFileMaxBytes',
    'uploadSeconds',
    'smtpUrl',
    'smtpFrom',
    'mode',
    'packsFolder',
    'kafkaBrokers',
    'temporalAddress',
    'temporalNamespace',
  ]);
  const { dataFolder, documentMaxBytes, smtpUrl, smtpFrom, mode, packsFolder } = config;
  const packs = installedPacks({ mode, folder: packsFolder });
  const documents = createDocumentStore(join(dataFolder, 'documents'), {
    maxBytes: documentMaxBytes,
    maxDataBytes: Math.max(documentMaxBytes, config.dataFileMaxBytes),
  });
  // Before anything is connected to: without its keys it does not begin.
  const sealing = sealingOf({ production: mode === 'production', dataFolder });
  const { id: fingerprintKeyId } = installedFingerprintKey({ production: mode === 'production', dataFolder });
  const cases = await startCases('registry', hand, deps, config);
  await tellWhatStands(deps.db, 'registry', await deps.lawNow());
  const { db, bus, report } = cases;
  const calendars = createCalendarSubscriber('registry', db, bus, {
    ...{ jurisdictions: packs.jurisdictions, report },
  });
  const debarment = debarmentFolder(join(dataFolder, 'debarment-lists'));
  const app = await buildRegistry({
    uploadMillis: config.uploadSeconds * 1_000,
    ...deps,
    ...cases.deps,
    documents,
    packs,
    sealing,
    fingerprintKeyId,
    debarment,
  });
  const facts = createFactsSubscriber(db, bus, { report });
  const grants = createGrantSubscriber(db, bus, { report });
  const orders = createOrdersSubscriber(db, bus, { report });
  const creditRecords = createCreditRecordSubscriber(db, bus, { report });
  const stopSchedules = [
    startSchedules({ ...deps, client: cases.client }, evaluationDues),
    startSchedules({ ...deps, client: cases.client }, ledgerDues),
  ];
  const stopNotifier = startNotifier({
    ...deps,
    mailer: smtpUrl === undefined ? undefined : createMailer({ url: smtpUrl, from: smtpFrom }),
    production: mode === 'production',
  });
  const stopFiler = startFiler({ ...deps, documents, port: filingFolder(join(dataFolder, 'filings')) });
  await run(
    app,
    () => stopNotifier(),
    ...stopSchedules,
    () => facts.stop(),
    () => grants.stop(),
    () => orders.stop(),
    () => creditRecords.stop(),
    () => stopFiler(),
    () => calendars.stop(),
    () => cases.stop(),
  );
});
