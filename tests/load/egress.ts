/**
 * A scan with all detectors, and the same predicates as bare SQL of DuckDB on the same file: a pattern for each kind of
 * identifier on each column, and the groups of the sets the scan reported. What SQL leaves out: checksums, disguises,
 * JSON, names, the search for sets, the refusal of what is not whole.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openWorkspace } from '@gongshu/activities/egress/engine/database';
import { scanFile } from '@gongshu/activities/egress/engine/scan';
import type { ScanAsk } from '@gongshu/activities/egress/engine/scan-ask';
import { defaultLimits, literal, quoted } from '@gongshu/activities/egress/engine/table';
import { loadPacks } from '@gongshu/infra/packs';
import type { ScanReport } from '@gongshu/shared/egress/report';
import { columnNames, writeTable } from './egress-table.ts';
import { compare, type Figure } from './figures.ts';

/** At most so many times as long as bare SQL. */
export const egressBar = 3;

const patterns = [
  '[1-9][0-9]{16}[0-9Xx]',
  '[0-9A-HJ-NPQRTUWXY]{2}[0-9]{6}[0-9A-HJ-NPQRTUWXY]{10}',
  '1[3-9][0-9]{9}',
  '0[0-9]{2,3}-?[0-9]{7,8}',
  '[3-6][0-9]{15,18}',
  '[EGDSPH][A-Z]?[0-9]{7,8}',
  '[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-Z][A-Z0-9]{5,6}',
  '[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+',
  '(路|街|巷|村|小区).*[0-9]+(号|室|栋)',
  '[0-9]{1,3}\\.[0-9]{4,}',
  '^[王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗][一-龥]{1,2}$',
];

export const askOf = (file: string): ScanAsk => {
  const pack = loadPacks().resolve('national');
  return {
    file,
    name: 'table.csv',
    qi: ['age', 'sex', 'district'],
    sensitive: ['grade'],
    sources: [],
    earlier: [],
    thresholds: pack.rule('productEgress', 'thresholds').value,
    pack: { jurisdiction: 'national', version: pack.version },
  };
};

const bareScan = async (file: string, sets: readonly (readonly string[])[]): Promise<void> => {
  const { connection, close } = await openWorkspace(defaultLimits);
  try {
    await connection.run(
      `create table t as select * from read_csv(${literal(file)}, header = true, all_varchar = true)`,
    );
    for (const name of columnNames) {
      const counts = patterns.map(
        (pattern) => `count(*) filter (regexp_matches(${quoted(name)}, ${literal(pattern)}))`,
      );
      await connection.run(`select ${counts.join(', ')} from t`);
    }
    for (const set of sets) {
      const by = set.map(quoted).join(', ');
      await connection.run(
        `select min(n), count(*) filter (n = 1) from (select count(*) as n, count(distinct grade) as l from t group by ${by})`,
      );
    }
  } finally {
    close();
  }
};

/** Rows a second. */
export const egressFigure = async (rows: number): Promise<Figure> => {
  const folder = mkdtempSync(join(tmpdir(), 'gongshu-bench-egress-'));
  const file = join(folder, 'table.csv');
  try {
    await writeTable(file, rows);
    let sets: string[][] = [];
    const ours = async () => {
      const report: ScanReport = await scanFile(askOf(file));
      if (report.verdict !== 'findings') throw new Error(`the scan says ${report.verdict}`);
      sets = report.groups.map(({ qi }) => qi);
      return rows;
    };
    const bare = async () => {
      await bareScan(file, sets);
      return rows;
    };
    return await compare('egress scan', 'rows/s', { ours, bare, rounds: 3 });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};
