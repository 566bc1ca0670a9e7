import { fork } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';
import type { ScanAsk } from '@gongshu/activities/egress/engine/scan-ask';
import { scanFolder } from '@gongshu/activities/egress/engine/scan-messages';
import { type ScanProcessOptions, scanInProcess } from '@gongshu/activities/egress/engine/scan-process';
import { canonicalJson } from '@gongshu/shared/canonical-json';
import { ScanReport } from '@gongshu/shared/egress/report';

const folder = mkdtempSync(join(os.tmpdir(), 'gongshu-scan-test-'));
let temporary: jest.SpyInstance;
beforeAll(() => {
  temporary = jest.spyOn(os, 'tmpdir').mockReturnValue(folder);
});
afterAll(() => {
  temporary.mockRestore();
  rmSync(folder, { recursive: true, force: true });
});

const written = (name: string, content: string): string => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};
const clean = written('clean.csv', 'code,amount\nA1,5\nA2,6\n');
const long = written('long.csv', `code,amount,note\n${'A1,5,第一批\n'.repeat(400_000)}`);

const scanner = join(import.meta.dirname, '../../activities/src/egress/engine/scanner.ts');

const ask = (file: string, more: Partial<ScanAsk> = {}): ScanAsk => ({
  file,
  name: 'product.csv',
  qi: null,
  sensitive: [],
  sources: [],
  earlier: [],
  thresholds: {
    k: 5,
    l: 2,
    t: 0.5,
    search: { columns: 2, sets: 50 },
    aggregate: { minimumCell: 5, dominance: { n: 2, share: 0.85 }, pRatio: 0.1, zeros: 'finding' },
    raw: { fields: 3, shareOfProduct: 0 },
  },
  pack: { jurisdiction: 'zhongwei', version: 'sha256:test' },
  ...more,
});

describe('a scan that does not come to its end is refused, never clean (E1)', () => {
  const left = () => readdirSync(folder).filter((name) => !name.endsWith('.csv'));
  // swept, whatever became of the process
  afterEach(() => {
    if (left().length > 0) throw new Error(`left behind: ${left().join()}`);
  });

  it('a file judged to its end is clean', async () => {
    expect(await scanInProcess(ask(clean))).toMatchObject({ verdict: 'clean', reason: null, rows: 2 });
  });

  const halfWay = (kill: (pid: number) => void): ScanProcessOptions => {
    let pid = 0;
    return {
      started: (child) => (pid = child.pid ?? 0),
      progress: () => kill(pid),
    };
  };
  it.each([
    ['SIGKILL', 'stopped'],
    ['SIGABRT', 'outOfMemory'], // as V8 and allocators end
    ['SIGSEGV', 'malformed'],
  ] as const)('killed half-way by %s: %s', async (signal, reason) => {
    let killed = 0;
    const report = await scanInProcess(
      ask(long),
      halfWay((pid) => {
        killed += 1;
        process.kill(pid, signal);
      }),
    );
    expect(killed).toBeGreaterThan(0);
    expect(report).toMatchObject({ verdict: 'refused', reason, findings: [] });
    expect(ScanReport.safeParse(report).success).toBe(true);
  });

  it('told to stop', async () => {
    const stop = new AbortController();
    const report = await scanInProcess(ask(long), { signal: stop.signal, progress: () => stop.abort() });
    expect(report).toMatchObject({ verdict: 'refused', reason: 'stopped' });
  });

  it.each([
    [{ millis: 50 }, 'timedOut'],
    [{ memoryBytes: 20_000_000 }, 'outOfMemory'],
  ])('beyond %j: %s', async (bounds, reason) => {
    expect(await scanInProcess(ask(long), { bounds })).toMatchObject({ verdict: 'refused', reason });
  });

  it('beyond the room on disk', async () => {
    expect(await scanInProcess(ask(long), { limits: { diskBytes: 1_000 } })).toMatchObject({
      verdict: 'refused',
      reason: 'tooLarge',
    });
  });

  it('whose asker dies: the process ends and sweeps its folder itself', async () => {
    const own = mkdtempSync(join(folder, scanFolder));
    const child = fork(scanner, [], {
      execArgv: [],
      env: { PATH: process.env['PATH'], TMPDIR: own },
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    await new Promise((told) => {
      child.once('message', told);
      child.send({ ask: ask(long), limits: {} });
    });
    expect(readdirSync(own)).not.toEqual([]);
    const ended = new Promise((done) => child.once('exit', done));
    child.disconnect();
    await ended;
    expect(left()).toEqual([]);
  });

  it('after all of these the next file is judged', async () => {
    expect(await scanInProcess(ask(clean))).toMatchObject({ verdict: 'clean' });
  });

  it('a file that is not there is an error of the caller', async () => {
    await expect(scanInProcess(ask(join(folder, 'none.csv')))).rejects.toThrow('ENOENT');
  });
});

describe('a report', () => {
  const personal = written('personal.csv', '姓名,证件\n张三,11010519491231002X\n李四,A2\n');

  it('is the same for the same file, and holds neither value nor path', async () => {
    const [one, two] = [await scanInProcess(ask(personal)), await scanInProcess(ask(personal))].map(
      canonicalJson,
    );
    expect(one).toBe(two);
    expect(one).not.toMatch(/张三|11010519491231002X|gongshu-scan/);
    expect(JSON.parse(one ?? '')).toMatchObject({
      file: 'product.csv',
      verdict: 'findings',
      findings: expect.arrayContaining([
        { row: 1, column: '证件', sheet: null, path: null, type: 'residentId', detector: expect.any(String) },
      ]),
    });
  });

  it('without a header says nothing: its first row would be shown', async () => {
    const file = written('bare.csv', '张三,11010519491231002X\n李四,A2\n');
    const report = await scanInProcess(ask(file));
    expect(report).toMatchObject({ verdict: 'refused', reason: 'malformed' });
    expect(JSON.stringify(report)).not.toContain('11010519491231002X');
  });

  it('of a header alone says that there is nothing to judge', async () => {
    expect(await scanInProcess(ask(written('header.csv', 'a,b\n')))).toMatchObject({ reason: 'empty' });
  });

  it('a plain source is compared by its hashes and leaves nothing', async () => {
    const rows = Array.from(
      { length: 200 },
      (_, at) => `P${at * 7919},${at * 31},${(at * 104_729) % 9973}`,
    ).join('\n');
    const source = written('source.csv', `no,amount,code\n${rows}\n`);
    const sources = [{ id: 'source', file: source, form: 'plain' as const, lawfullyPublic: false }];
    const before = readdirSync(folder);
    expect(await scanInProcess(ask(source, { sources }))).toMatchObject({
      verdict: 'findings',
      raw: [{ source: 'source', rows: 200, shareOfProduct: 1 }],
    });
    expect(await scanInProcess(ask(clean, { sources }))).toMatchObject({ verdict: 'clean', raw: [] });
    expect(readdirSync(folder)).toEqual(before);
    expect(readFileSync(source, 'utf8')).toContain(rows);
  });
});
