// `npm test`: every group on the real backends, each timed; ends with one line `N passed, N failed`.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { run } from '../backends/command.ts';
import { reason } from '../backends/part.ts';
import { projectFolder } from '../backends/places.ts';
import { say, table } from './progress.ts';
import { type CheckGroup, type Group, groups, type JestGroup } from './test-groups.ts';

type Count = { passed: number; failed: number; why?: string };
type JestReport = {
  numPassedTests: number;
  numFailedTests: number;
  numRuntimeErrorTestSuites: number;
  numTotalTestSuites: number;
  numPendingTests: number;
  numTodoTests: number;
};
type Keeper = { address: string; stop: () => Promise<void> };

const runCheck = async ({ check }: CheckGroup): Promise<Count> => {
  const faults = typeof check === 'function' ? await check() : await commandFaults(check.command, check.args);
  for (const fault of faults) process.stdout.write(`${fault}\n`);
  return faults.length === 0
    ? { passed: 1, failed: 0 }
    : { passed: 0, failed: 1, why: faults.at(-1)?.split('\n').at(-1) ?? '' };
};

const commandFaults = async (command: string, args: string[]): Promise<string[]> => {
  const { out, err, failed } = await run(command, args, { cwd: projectFolder, withinMs: 300_000 });
  return failed ? [`${out}${err}`.trim(), `${basename(command)} found faults, see above`] : [];
};

/** The figures in jest's report; a file that could not be loaded counts as one failed test, a skipped test too. */
const counted = (report: JestReport): Count => {
  const skipped = report.numPendingTests + report.numTodoTests;
  const failed = report.numFailedTests + report.numRuntimeErrorTestSuites + skipped;
  return {
    passed: report.numPassedTests,
    failed,
    ...(skipped > 0 ? { why: `${skipped} skipped, and a skipped test proves nothing` } : {}),
  };
};

/** The text as a pattern that matches itself alone. */
const literal = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** For jest, its workers and the threads that workflows run in; a worker process of ours is in no light group. */
const nodeOptions = ({ sandbox }: JestGroup): string =>
  [
    '--disable-warning=TimeoutNegativeWarning',
    ...(sandbox
      ? [`--require=${JSON.stringify(join(projectFolder, 'tests/support/light-sandbox.cjs'))}`]
      : []),
  ].join(' ');

const runJest = async (group: JestGroup, keeper: Keeper): Promise<Count> => {
  const folder = mkdtempSync(join(tmpdir(), 'gongshu-jest-'));
  const file = join(folder, 'report.json');
  const pattern = group.folders.map((path) => `${path}/`).join('|');
  const jest = spawn(
    join(projectFolder, 'node_modules/.bin/jest'),
    [
      '--json',
      `--outputFile=${file}`,
      `--maxWorkers=${group.workers}`,
      '--testPathPatterns',
      `^${literal(projectFolder)}/(${pattern})`,
    ],
    {
      cwd: projectFolder,
      stdio: ['ignore', 'ignore', 'inherit'], // the report goes to the file; failures are printed on stderr
      env: {
        ...process.env,
        GONGSHU_TEST_KEEPER: keeper.address,
        GONGSHU_TEST_PARTS: group.parts.join(','),
        NODE_OPTIONS: nodeOptions(group),
      },
    },
  );
  running.add(jest);
  const code = await new Promise<number | null>((done) => jest.once('close', done));
  running.delete(jest);
  try {
    const report = JSON.parse(readFileSync(file, 'utf8')) as JestReport;
    const count = counted(report);
    if (report.numTotalTestSuites === 0)
      return { passed: 0, failed: 1, why: `no tests in ${group.folders.join(', ')}` };
    if (code !== 0 && count.failed === 0)
      return { ...count, failed: 1, why: `jest ended with code ${code} after its tests` };
    return count;
  } catch {
    return { passed: 0, failed: 1, why: `jest ended with code ${code} before it could report` };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

const running = new Set<ReturnType<typeof spawn>>();

/** The groups named on the command line, in their own order; all of them when none is named. */
const chosen = (names: string[]): Group[] => {
  const unknown = names.filter((name) => !groups.some((group) => group.name === name));
  if (unknown.length > 0) {
    process.stderr.write(
      `There is no test group ${unknown.join(', ')}; there are: ${groups.map(({ name }) => name).join(', ')}\n`,
    );
    process.exit(1);
  }
  return groups.filter(({ name }) => names.length === 0 || names.includes(name));
};

const startKeeper = async (): Promise<Keeper> => {
  const { startKeeper: start } = (await import(join(projectFolder, 'tests/support/start-keeper.ts'))) as {
    startKeeper: () => Promise<Keeper>;
  };
  return await start();
};

const runGroup = async (group: Group, keeper: () => Promise<Keeper>): Promise<Count> => {
  try {
    return 'check' in group ? await runCheck(group) : await runJest(group, await keeper());
  } catch (error) {
    return { passed: 0, failed: 1, why: reason(error) };
  }
};

const main = async (): Promise<void> => {
  const wanted = chosen(process.argv.slice(2).filter((name) => !name.startsWith('-')));
  let keeper: Promise<Keeper> | undefined;
  const rows: string[][] = [];
  const total = { passed: 0, failed: 0 };
  const stop = (signal: NodeJS.Signals) => {
    for (const child of running) child.kill(signal);
    void (keeper ?? Promise.resolve(undefined)).then((kept) => kept?.stop()).finally(() => process.exit(130));
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stop(signal));
  for (const group of wanted) {
    say(`${group.name} …`);
    const begun = performance.now();
    const { passed, failed, why = '' } = await runGroup(group, () => (keeper ??= startKeeper()));
    total.passed += passed;
    total.failed += failed;
    const seconds = ((performance.now() - begun) / 1000).toFixed(1);
    rows.push([group.name, `${seconds} s`, `${passed} passed`, failed > 0 ? `${failed} failed` : '', why]);
    say(`${group.name}: ${passed} passed, ${failed} failed${why ? ` (${why})` : ''}`);
  }
  await (await keeper)?.stop();
  process.stdout.write(`\n${table(rows)}\n\n${total.passed} passed, ${total.failed} failed\n`);
  process.exitCode = total.failed > 0 ? 1 : 0;
};

await main();
