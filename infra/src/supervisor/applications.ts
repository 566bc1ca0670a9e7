import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Children } from '../backends/children.ts';
import { PartUnavailable } from '../backends/part.ts';
import { projectFolder } from '../backends/places.ts';
import { mustBeFree, waitUntil } from '../backends/ports.ts';
import { urlAs } from '../database.ts';
import { type DatabaseRole, setServicePasswords } from '../migrate.ts';
import { deskSecretFile } from '../issuer-state.ts';
import type { Backends } from './backends.ts';
import { type ProcessName, portOf, portVariable, processes, type Urls } from './processes.ts';
import { say } from './progress.ts';
import type { Secrets } from './secrets.ts';

/** Every address of the installation, before anything has started. */
export const urlsOf = ({ postgres, temporal, kafka }: Backends): Urls => ({
  ...(Object.fromEntries(processes.map(({ name }) => [name, `http://127.0.0.1:${portOf(name)}`])) as Record<
    (typeof processes)[number]['name'],
    string
  >),
  database: postgres.address,
  temporal: temporal.address,
  temporalUi: temporal.page ?? '',
  kafka: kafka.address,
});

/** @throws PartUnavailable naming every program file that is missing and every port that is taken. */
export const applicationsMustBePossible = async (): Promise<void> => {
  const missing = processes.filter(({ file }) => !existsSync(join(projectFolder, file)));
  if (missing.length > 0)
    throw new PartUnavailable(
      `The checkout is not whole: ${missing.map(({ file }) => file).join(', ')} ${missing.length > 1 ? 'are' : 'is'} missing; restore with: git checkout -- .`,
    );
  for (const { name, title } of processes) await mustBeFree(portOf(name), title, portVariable(name));
};

/** Whom each process is in the database; the issuer has no business there. The worker writes the catalog's cases, and with addresses of their own the registry's and pricing's. */
const roles: Record<ProcessName, DatabaseRole | undefined> = {
  issuer: undefined,
  catalog: 'gongshu_catalog',
  registry: 'gongshu_registry',
  pricing: 'gongshu_pricing',
  disclosure: 'gongshu_disclosure',
  worker: 'gongshu_catalog',
  relay: 'gongshu_relay',
};

/** The database as the process's own role; the owner's address stays with the starter. */
const databaseOf = (name: ProcessName, owner: string, passwords: Secrets['servicePasswords']): string => {
  const role = roles[name];
  return role ? urlAs(owner, role, passwords[role]) : '';
};

/** What every process finds in its environment; see infra/src/config.ts. */
const environment = (urls: Urls, folder: string): NodeJS.ProcessEnv => ({
  ...process.env,
  GONGSHU_MODE: process.env['GONGSHU_MODE'] || 'development',
  GONGSHU_TEMPORAL_ADDRESS: urls.temporal,
  GONGSHU_TEMPORAL_NAMESPACE: process.env['GONGSHU_TEMPORAL_NAMESPACE'] || 'default',
  GONGSHU_KAFKA_BROKERS: urls.kafka,
  GONGSHU_ISSUER_URL: process.env['GONGSHU_ISSUER_URL'] || urls.issuer,
  GONGSHU_DATA_DIR: folder,
  GONGSHU_DESK_CLIENT_SECRET_FILE: process.env['GONGSHU_DESK_CLIENT_SECRET_FILE'] || deskSecretFile(folder),
  ...Object.fromEntries(processes.map(({ name }) => [`GONGSHU_${name.toUpperCase()}_URL`, urls[name]])),
});

const healthy = async (address: string): Promise<boolean> => {
  try {
    return (await fetch(address, { signal: AbortSignal.timeout(2000) })).ok;
  } catch {
    return false;
  }
};

/**
 * Lets the database roles in with their passwords, starts every process of the table as its own role, and waits until
 * each answers healthy. @throws PartUnavailable when one does not.
 */
export const startApplications = async (
  children: Children,
  urls: Urls,
  folder: string,
  { servicePasswords }: Secrets,
): Promise<void> => {
  await setServicePasswords(urls.database, servicePasswords);
  const env = environment(urls, folder);
  say('starting services, worker and relay 启动服务、工作进程与中继');
  const started = [];
  for (const row of processes) {
    const child = await children.start({
      name: row.name,
      command: process.execPath,
      args: ['--disable-warning=TimeoutNegativeWarning', join(projectFolder, row.file)],
      env: {
        ...env,
        GONGSHU_DATABASE_URL: databaseOf(row.name, urls.database, servicePasswords),
        ...(row.name === 'worker' && {
          GONGSHU_REGISTRY_DATABASE_URL: databaseOf('registry', urls.database, servicePasswords),
          GONGSHU_PRICING_DATABASE_URL: databaseOf('pricing', urls.database, servicePasswords),
          GONGSHU_DISCLOSURE_DATABASE_URL: databaseOf('disclosure', urls.database, servicePasswords),
        }),
        GONGSHU_PORT: String(portOf(row.name)),
      },
      cwd: projectFolder,
      logFile: join(folder, `${row.name}.log`),
    });
    started.push({ row, child });
  }
  const waits = started.map(async ({ row, child }) => {
    const ready = () => healthy(urls[row.name] + row.health);
    await waitUntil(row.title, ready, { withinMs: 60_000, gaveUp: child.ended, everyMs: 100 });
    child.keepUp(say);
  });
  const failed = (await Promise.allSettled(waits)).filter((one) => one.status === 'rejected');
  if (failed.length > 0)
    throw new PartUnavailable(failed.map((one) => (one.reason as Error).message).join('\n'));
  say(`${processes.length} processes healthy 各进程就绪`);
};
