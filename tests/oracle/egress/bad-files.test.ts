import os from 'node:os';
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { badFiles, oddFiles } from './bad-files.ts';
import { runScan } from './gongshu-scan.ts';
import { folder, say, scan } from './scanning.ts';

const gigabyte = 1024 ** 3;

describe('a file that cannot be read whole is refused with the reason, never called clean (E1)', () => {
  const made = folder();
  const scratch = made.path('tmp');
  let temporary: jest.SpyInstance;
  const peakBefore = process.resourceUsage().maxRSS;
  beforeAll(() => {
    mkdirSync(scratch);
    temporary = jest.spyOn(os, 'tmpdir').mockReturnValue(scratch);
  });
  afterAll(() => {
    temporary.mockRestore();
    made.remove();
  });

  it.each(badFiles)('$what ($name)', async ({ name, reasons, write }) => {
    const path = made.path(name);
    write(path);
    const report = await scan(path);
    rmSync(path);
    expect(report).toMatchObject({ verdict: 'refused', findings: [], groups: [] });
    expect(reasons).toContain(report.reason);
    expect(readdirSync(scratch)).toEqual([]);
  });

  it('the temporary folder watched is the one the engine asks for', () => {
    expect(temporary).toHaveBeenCalled();
  });

  it('in less than a gigabyte more memory than before, all of them in one process', () => {
    expect((process.resourceUsage().maxRSS - peakBefore) * 1024).toBeLessThan(gigabyte);
  });

  it.each(oddFiles)('is judged all the same: $what', async ({ name, text }) => {
    const path = made.path(name);
    writeFileSync(path, text);
    const report = await scan(path);
    expect(report).toMatchObject({ verdict: 'clean', reason: null, findings: [] });
  });
});

describe('gongshu egress scan on such a file', () => {
  const made = folder();
  afterAll(made.remove);
  const named = (name: string) => {
    const file = badFiles.find((one) => one.name === name);
    if (!file) throw new Error(`no file ${name}`);
    return file;
  };

  it.each(['big.csv', 'bomb.xlsx', 'lie-9.parquet', 'deep.jsonl'])(
    '%s: ends with 2, names the reason, stays under 1 GB, leaves nothing behind',
    async (name) => {
      const { write, reasons } = named(name);
      write(made.path(name));
      const { code, report, peak, left } = await runScan(made.path(name));
      rmSync(made.path(name));
      say(`${name}: ${String(report.reason)}, at most ${Math.round(peak / 1024 ** 2)} MB`);
      expect({ code, verdict: report.verdict, left }).toEqual({ code: 2, verdict: 'refused', left: [] });
      expect(reasons).toContain(report.reason);
      expect(peak).toBeLessThan(gigabyte);
    },
  );

  it('a harmless file ends with 0, one with a number in it with 1', async () => {
    writeFileSync(made.path('clean.csv'), 'a,b\n1,2\n');
    writeFileSync(made.path('found.csv'), 'a,b\n1,11010519491231002X\n'); // the example of GB 11643 itself
    expect(await runScan(made.path('clean.csv'))).toMatchObject({ code: 0, report: { verdict: 'clean' } });
    expect(await runScan(made.path('found.csv'))).toMatchObject({
      code: 1,
      report: { verdict: 'findings', findings: [{ row: 1, column: 'b', type: 'residentId' }] },
    });
  });
});
