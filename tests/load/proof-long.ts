// `npm run proof:long`: one million and ten million rows of twenty columns through the scan's own process; time, memory
// and what was planted are held to the bars. `-- 1000000` alone runs that one. Exit code 1 where a bar is missed.
import { mkdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { memoryOf } from '@gongshu/activities/egress/engine/process-watch';
import { scanInProcess } from '@gongshu/activities/egress/engine/scan-process';
import { askOf } from './egress.ts';
import { plantedEvery, writeTable } from './egress-table.ts';

const bars: Readonly<Record<number, { seconds: number; bytes: number }>> = {
  1_000_000: { seconds: 60, bytes: 1_000_000_000 },
  10_000_000: { seconds: 300, bytes: 1_500_000_000 },
};

/** Seconds of processor a process has had: on a busy machine the time it takes says little. */
const processorOf = (pid: number | undefined): number => {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return (Number(fields[11]) + Number(fields[12])) / 100;
  } catch {
    return 0; // it has ended
  }
};

const proof = async (rows: number, folder: string): Promise<boolean> => {
  const bar = bars[rows];
  if (!bar) throw new Error(`no bar for ${rows} rows; there are: ${Object.keys(bars).join(', ')}`);
  const file = join(folder, `${rows}.csv`);
  await writeTable(file, rows);
  let [peak, processor, phase, began] = [0, 0, '', performance.now()];
  let watch: NodeJS.Timeout | undefined;
  const begun = began;
  const report = await scanInProcess(askOf(file), {
    started: ({ pid }) => {
      watch = setInterval(() => {
        peak = Math.max(peak, memoryOf(pid));
        processor = Math.max(processor, processorOf(pid));
      }, 50);
    },
    progress: (progress) => {
      if (progress.phase === phase) return;
      const now = performance.now();
      if (phase) process.stdout.write(`  ${phase} ${((now - began) / 1000).toFixed(1)} s\n`);
      [phase, began] = [progress.phase, now];
    },
  });
  clearInterval(watch);
  const seconds = (performance.now() - begun) / 1000;
  const found = report.counts.find(({ column, type }) => column === 'note' && type === 'mobile')?.rows ?? 0;
  const whole = report.verdict === 'findings' && report.rows === rows && found === rows / plantedEvery;
  process.stdout.write(
    `${rows} rows, ${Math.round(statSync(file).size / 1e6)} MB: ${seconds.toFixed(1)} s of ${bar.seconds} (${processor.toFixed(1)} s of processor), ` +
      `at most ${Math.round(peak / 1e6)} MB of ${bar.bytes / 1e6}, ${found} of ${rows / plantedEvery} numbers found, ${report.verdict}\n`,
  );
  rmSync(file);
  return whole && seconds <= bar.seconds && peak <= bar.bytes;
};

const folder = join(import.meta.dirname, '../../.cache/proof-long');
mkdirSync(folder, { recursive: true });
const asked = process.argv.slice(2).map(Number);
try {
  for (const rows of asked.length > 0 ? asked : Object.keys(bars).map(Number))
    if (!(await proof(rows, folder))) process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
