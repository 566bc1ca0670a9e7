import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** A started keeper. `stop` closes its input, upon which it stops every part and ends. */
export type Keeper = { address: string; stop: () => Promise<void> };

/** Starts the keeper of the tests' parts (it starts no part yet). It ends with this process, even by kill -9. */
export const startKeeper = async (): Promise<Keeper> => {
  const keeper = spawn(
    process.execPath,
    ['--disable-warning=TimeoutNegativeWarning', join(import.meta.dirname, 'keeper.ts')],
    {
      stdio: ['pipe', 'pipe', 'inherit'],
      detached: true, // Ctrl-C reaches the run, and the run's end reaches the keeper
    },
  );
  const exited = new Promise<void>((done) => keeper.once('exit', () => done()));
  const address = await new Promise<string>((ready, failed) => {
    createInterface({ input: keeper.stdout }).once('line', ready);
    keeper.once('error', failed);
    keeper.once('exit', () => failed(new Error('the keeper of the test parts ended before it was ready')));
  });
  return {
    address,
    stop: async () => {
      keeper.stdin.end();
      await exited;
    },
  };
};
