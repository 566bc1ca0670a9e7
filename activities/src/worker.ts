/** The process that runs workflows and their activities. */
import { createServer } from 'node:http';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ApplicationTables } from '@gongshu/infra/cases/tables';
import { readConfig } from '@gongshu/infra/config';
import { connect } from '@gongshu/infra/database';
import { keepFile } from '@gongshu/infra/documents/keep-file';
import { createDocumentStore } from '@gongshu/infra/documents/store';
import { signingOf } from '@gongshu/infra/products/signing';
import { installedFingerprintKey } from '@gongshu/infra/fingerprints/key';
import { start } from '@gongshu/infra/http/process';
import { createLogger } from '@gongshu/infra/logger';
import { taskQueue } from '@gongshu/infra/temporal-client';
import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { databaseDeps } from './deps.ts';
import { scanInProcess } from './egress/engine/scan-process.ts';
import { createActivities } from './index.ts';
import { toldOf } from './worker-log.ts';

await start(async () => {
  const config = readConfig([
    'databaseUrl',
    'registryDatabaseUrl',
    'pricingDatabaseUrl',
    'disclosureDatabaseUrl',
    'temporalAddress',
    'temporalNamespace',
    'port',
    'dataFolder',
    'mode',
    'documentMaxBytes',
    'egressScansAtOnce',
  ]);
  const { databaseUrl, registryDatabaseUrl, pricingDatabaseUrl, disclosureDatabaseUrl } = config;
  const { temporalAddress, temporalNamespace, port } = config;
  const log = createLogger('worker');
  const { mode, dataFolder } = config;
  // Before anything is connected to: without its keys it does not begin.
  const signing = signingOf({ production: mode === 'production', dataFolder });
  const key = installedFingerprintKey({ production: mode === 'production', dataFolder });
  const documents = createDocumentStore(join(config.dataFolder, 'documents'), {
    maxBytes: config.documentMaxBytes,
  });
  Runtime.install({
    logger: new DefaultLogger('WARN', ({ level, message, meta }) =>
      log.warn({ from: 'temporal', severity: level, ...toldOf(meta) }, message),
    ),
    telemetryOptions: { logging: { forward: {}, filter: 'WARN' } },
  });
  // Four roles, each its own schema: a lifecycle writes as the service whose cases it has.
  const db = {
    catalog: connect<ApplicationTables>(databaseUrl, { schema: 'catalog', max: 20 }),
    registry: connect<ApplicationTables>(registryDatabaseUrl, { schema: 'registry', max: 10 }),
    pricing: connect<ApplicationTables>(pricingDatabaseUrl, { schema: 'pricing', max: 10 }),
    disclosure: connect<ApplicationTables>(disclosureDatabaseUrl, { schema: 'disclosure', max: 10 }),
  };
  const connection = await NativeConnection.connect({ address: temporalAddress });
  const worker = await Worker.create({
    connection,
    namespace: temporalNamespace,
    taskQueue,
    workflowsPath: fileURLToPath(import.meta.resolve('@gongshu/workflows')),
    activities: createActivities({
      ...databaseDeps(db),
      signing,
      evidence: {
        pathOf: (hash, bytes) => documents.pathOf(hash, bytes),
        keep: (file) => keepFile(documents, file),
        key,
        atOnce: config.egressScansAtOnce,
        scan: (ask, options) => scanInProcess(ask, options),
      },
    }),
    // Scans wait for their turn in an activity: however many do, the other lifecycles go on.
    maxConcurrentActivityTaskExecutions: 1_000,
    shutdownGraceTime: '5 seconds',
  });
  const health = createServer((_request, response) => {
    const ready = worker.getState() === 'RUNNING';
    response.writeHead(ready ? 200 : 503, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ status: ready ? 'ready' : worker.getState() }));
  }).listen(port, '127.0.0.1');
  log.info({ port, taskQueue }, 'working');
  await worker.run(); // ends in order on SIGTERM and SIGINT
  health.close();
  await connection.close();
  await db.catalog.destroy();
  await db.registry.destroy();
  await db.pricing.destroy();
  await db.disclosure.destroy();
});
