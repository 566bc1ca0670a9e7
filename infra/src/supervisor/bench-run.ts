// `npm run bench`: our figure and the raw part's side by side, on the parts of the tests.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { projectFolder } from '../backends/places.ts';

const file = 'tests/load/bench.ts';

const main = async (): Promise<void> => {
  if (!existsSync(join(projectFolder, file))) {
    process.stderr.write(`The checkout is not whole: ${file} is missing; restore with: git checkout -- .\n`);
    process.exitCode = 1;
    return;
  }
  const { startKeeper } = (await import(join(projectFolder, 'tests/support/start-keeper.ts'))) as {
    startKeeper: () => Promise<{ address: string; stop: () => Promise<void> }>;
  };
  const keeper = await startKeeper();
  const args = [
    '--disable-warning=TimeoutNegativeWarning',
    join(projectFolder, file),
    ...process.argv.slice(2),
  ];
  const bench = spawn(process.execPath, args, {
    cwd: projectFolder,
    stdio: 'inherit',
    env: { ...process.env, GONGSHU_TEST_KEEPER: keeper.address },
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => bench.kill(signal));
  process.exitCode = await new Promise<number>((done) => bench.once('close', (code) => done(code ?? 1)));
  await keeper.stop();
};

await main();
