import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { type Child, type Children, createChildren } from '@gongshu/infra/backends/children';
import { startKafka } from '@gongshu/infra/backends/kafka';
import type { Part } from '@gongshu/infra/backends/part';
import { projectFolder } from '@gongshu/infra/backends/places';
import { waitUntil } from '@gongshu/infra/backends/ports';
import { startTemporal } from '@gongshu/infra/backends/temporal';
import { urlAs } from '@gongshu/infra/database';
import { type ProcessName, processes } from '@gongshu/infra/supervisor/processes';
import pg from 'pg';
import { ownFolderName, testFolder } from './test-folder.ts';

/** What a journey starts of the product, and may stop, kill and start again. */
export const processNames = [
  'issuer',
  'catalog',
  'registry',
  'pricing',
  'disclosure',
  'worker',
  'relay',
] as const;
export type RunName = (typeof processNames)[number] | 'temporal' | 'kafka';

/** One part of the stack; `kill` is SIGKILL. Starting what runs, or stopping what doesn't, does nothing. */
export type Run = { start: () => Promise<void>; stop: () => Promise<void>; kill: () => Promise<void> };

/** Several runs of one program on one port and one data folder. */
const runOf = (launch: () => Promise<Pick<Child, 'stop'> & { pid: (() => number) | undefined }>): Run => {
  let running: Awaited<ReturnType<typeof launch>> | undefined;
  const end = async (before: () => void) => {
    before();
    await running?.stop();
    running = undefined;
  };
  return {
    start: async () => {
      running ??= await launch();
    },
    stop: () => end(() => {}),
    kill: () =>
      end(() => {
        if (running?.pid) process.kill(-running.pid(), 'SIGKILL');
      }),
  };
};

const healthy = async (address: string): Promise<boolean> => {
  try {
    return (await fetch(address, { signal: AbortSignal.timeout(2_000) })).ok;
  } catch {
    return false;
  }
};

/** Whom a process works as, where that is not its own name; the issuer has no business in the database. */
const serviceOf = (name: ProcessName) => (name === 'worker' ? 'catalog' : name);

/**
 * The database for a process with the rights of its role, as `npm start` has it. It logs in as a member of the role:
 * roles belong to the server, which tests share, and a password of the role itself is set by one of them.
 */
const databaseAs = async (owner: string, service: string): Promise<string> => {
  const member = `gongshu_test_${service}`;
  const client = new pg.Client({ connectionString: owner });
  await client.connect();
  try {
    await client.query(`do $$ begin
      create role ${member} login password '${member}' in role gongshu_${service} role current_user;
    exception when duplicate_object or unique_violation then null;
    end $$`);
  } finally {
    await client.end();
  }
  return urlAs(owner, member, member);
};

const databasesOf = async (name: ProcessName, env: NodeJS.ProcessEnv): Promise<NodeJS.ProcessEnv> => {
  if (name === 'issuer') return {};
  const owner = env['GONGSHU_DATABASE_URL'] ?? '';
  return {
    GONGSHU_DATABASE_URL: await databaseAs(owner, serviceOf(name)),
    ...(name === 'worker' && { GONGSHU_REGISTRY_DATABASE_URL: await databaseAs(owner, 'registry') }),
    ...(name === 'worker' && { GONGSHU_PRICING_DATABASE_URL: await databaseAs(owner, 'pricing') }),
    ...(name === 'worker' && { GONGSHU_DISCLOSURE_DATABASE_URL: await databaseAs(owner, 'disclosure') }),
  };
};

/** A process of the product, from the table that `npm start` uses too, with no more rights than it has there. */
export const processRun = (
  children: Children,
  name: ProcessName,
  { folder, env, url }: { folder: string; env: NodeJS.ProcessEnv; url: string },
): Run => {
  const row = processes.find((one) => one.name === name);
  if (!row) throw new RangeError(`the product has no process ${name}`);
  return runOf(async () => {
    const child = await children.start({
      name,
      command: process.execPath,
      args: ['--disable-warning=TimeoutNegativeWarning', join(projectFolder, row.file)],
      env: { ...env, ...(await databasesOf(name, env)), GONGSHU_PORT: new URL(url).port },
      cwd: projectFolder,
      logFile: join(folder, `${name}.log`),
    });
    await waitUntil(row.title, () => healthy(url + row.health), {
      // Five of them start at once, beside another stack, on two cores.
      withinMs: 150_000,
      // The folder goes with the test: what it last said is told here.
      gaveUp: () =>
        child.ended() && `ended: ${readFileSync(join(folder, `${name}.log`), 'utf8').slice(-1_500)}`,
      everyMs: 50,
    });
    return child;
  });
};

const partRun = (start: () => Promise<Part>): Run =>
  runOf(async () => {
    const { stop } = await start();
    return { stop, pid: undefined };
  });

/**
 * A free port below those that the system hands to outgoing connections: nobody is given it while a part is stopped
 * and is to come back.
 */
export const steadyPort = (): Promise<number> =>
  new Promise((found) => {
    // Files that run side by side draw from ranges of their own; what is drawn is listened on only later.
    const from = 20_000 + (Number(process.env['JEST_WORKER_ID'] ?? 0) % 4) * 3_000;
    const port = randomInt(from, from + 3_000);
    if (given.has(port)) return found(steadyPort());
    given.add(port);
    const server = createServer().once('error', () => found(steadyPort()));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => server.close(() => found(port)));
  });
/** Drawn by this file before: nobody need listen on them yet. */
const given = new Set<number>();

/** A Temporal server and a Kafka broker of the stack's own, so that a test may take them away and bring them back. */
export const ownBackends = async (children: Children, folder: string) => {
  const ports = {
    temporal: await steadyPort(),
    ui: await steadyPort(),
    kafka: await steadyPort(),
    controller: await steadyPort(),
  };
  const common = { children, folder, say: () => {}, docker: 'never', keep: true } as const;
  return {
    addresses: { temporal: `127.0.0.1:${ports.temporal}`, kafka: `127.0.0.1:${ports.kafka}` },
    temporal: partRun(() => startTemporal({ ...common, port: ports.temporal, uiPort: ports.ui })),
    kafka: partRun(() => startKafka({ ...common, port: ports.kafka, controllerPort: ports.controller })),
  };
};

/** A data folder of the stack's own and the children in it; `remove` ends what still runs. */
export const ownFolder = (name: string) => {
  const folder = join(testFolder, ownFolderName(`stack-${name}`));
  mkdirSync(folder, { recursive: true });
  const children = createChildren();
  return {
    folder,
    children,
    remove: async () => {
      await children.stopAll([
        ['relay'],
        ['worker'],
        ['catalog', 'registry', 'disclosure', 'issuer'],
        ['Kafka'],
        ['Temporal'],
      ]);
      rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
    },
  };
};
