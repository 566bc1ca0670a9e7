/** `gongshu egress scan FILE --json` as a person starts it, its memory watched. */
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ScanReport } from '@gongshu/shared/egress/report';

const program = join(import.meta.dirname, '..', '..', '..', 'infra', 'cli', 'bin', 'gongshu.mjs');

/** The process and all it started, by their parents. */
const familyOf = (root: number): number[] => {
  const parents = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      const stat = quietly(() => readFileSync(`/proc/${name}/stat`, 'utf8'));
      const parent = stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[1];
      return parent === undefined ? [] : [[Number(name), Number(parent)] as const];
    });
  const family = [root];
  for (const member of family)
    family.push(...parents.filter(([, parent]) => parent === member).map(([id]) => id));
  return family;
};
/** A process may end between being seen and being read. */
const quietly = <T>(read: () => T): T | undefined => {
  try {
    return read();
  } catch {
    return undefined;
  }
};
/** Bytes of memory that a process ever held at once. */
const peakOf = (id: number): number => {
  const status = quietly(() => readFileSync(`/proc/${id}/status`, 'utf8')) ?? '';
  return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1] ?? 0) * 1024;
};

/** Runs it to its end: exit code, report, the most memory of any one of its processes, files left in its temporary folder. */
export const runScan = async (
  path: string,
): Promise<{ code: number | null; report: ScanReport; peak: number; left: string[] }> => {
  const scratch = mkdtempSync(join(tmpdir(), 'egress-scan-'));
  const child = spawn(process.execPath, [program, 'egress', 'scan', path, '--json'], {
    env: { ...process.env, TMPDIR: scratch },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  let printed = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    printed += text;
  });
  let peak = 0;
  const watch = setInterval(() => {
    if (child.pid !== undefined) peak = Math.max(peak, ...familyOf(child.pid).map(peakOf));
  }, 50);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  clearInterval(watch);
  const left = readdirSync(scratch);
  rmSync(scratch, { recursive: true });
  return { code, report: JSON.parse(printed) as ScanReport, peak, left };
};
