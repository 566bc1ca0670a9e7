// The process that scans one file (started by scan-process.ts): it takes one ask, sends its report, and ends.
import { existsSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename } from 'node:path';
import { scanFile } from './scan.ts';
import { type FromScanner, scanFolder, type ToScanner } from './scan-messages.ts';

const every = 100; // milliseconds between two words on progress

const send = (message: FromScanner): Promise<void> =>
  new Promise((resolve, reject) => {
    if (!process.send) return reject(new Error('started by hand'));
    process.send(message, (error: Error | null) => (error ? reject(error) : resolve()));
  });

/** Where in our code it went wrong; an error's own words may quote the file. */
const whereOf = (error: unknown): string =>
  error instanceof Error
    ? [error.name, ...(error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line))].join('\n')
    : 'not an Error';

const scan = async ({ ask, limits }: ToScanner): Promise<void> => {
  let told = 0;
  const report = await scanFile(ask, {
    limits,
    progress: (progress) => {
      const now = performance.now();
      if (now - told < every && progress.done < progress.of) return;
      told = now;
      void send({ progress }).catch(() => process.exit(1));
    },
    refused: ({ reason, message, at }) => void send({ refused: { reason, what: message, at } }),
  });
  await send({ report });
};

/** The database's threads still write while it is swept; without its folder they cannot begin another file. */
const sweep = (folder: string): void => {
  for (let tries = 0; tries < 100 && existsSync(folder); tries += 1)
    try {
      rmSync(folder, { recursive: true, force: true });
    } catch {
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20); // a file came in between
    }
};

process.once('message', (message) => {
  scan(message as ToScanner)
    .catch((error: unknown) => send({ failed: whereOf(error) }))
    .finally(() => process.disconnect());
});
// Nobody waits for the answer any more: whoever did may be dead, so the folder is swept here, whichever way it ends.
process.once('exit', () => {
  if (basename(tmpdir()).startsWith(scanFolder)) sweep(tmpdir());
});
process.once('disconnect', () => process.exit());
