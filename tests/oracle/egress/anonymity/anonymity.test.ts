import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { judgeGroups } from '@gongshu/activities/egress/engine/groups';
import type { Loaded, LoadedSheet } from '@gongshu/activities/egress/engine/table';
import type { EgressThresholds } from '@gongshu/shared/egress/thresholds';
import { openTables, tableOf } from '../../../support/egress-tables.ts';
import { type Answer, readAdult, readAnswers, readTables, type Table } from './read-answers.ts';

const answers = readAnswers();
const python = process.env['PYCANON_PYTHON'] ?? 'python3';
const hasPycanon = spawnSync(python, ['-c', 'import pycanon']).status === 0;
/** With the oracle at hand, or asked for, all tables; else the three odd ones and every third of the others. */
const whole = hasPycanon || process.env['EGRESS_ORACLE'] === 'whole';
const isAsked = (_table: Table, at: number): boolean => whole || at < 3 || at % 3 === 0;

const thresholds: EgressThresholds = {
  ...answers.limits,
  search: { columns: 0, sets: 0 },
  aggregate: { minimumCell: 5, dominance: { n: 2, share: 0.85 }, pRatio: 0.1, zeros: 'finding' },
  raw: { fields: 3, shareOfProduct: 0 },
};

let opened: Pick<Loaded, 'connection' | 'close'>;
let connection: Loaded['connection'];
beforeAll(async () => {
  opened = await openTables();
  ({ connection } = opened);
});
afterAll(() => opened.close());

/** Questions whose answer is another one; several sensitive fields together have the least l and the greatest t. */
const differing = async (sheet: LoadedSheet, asked: readonly Answer[]) => {
  const others: unknown[] = [];
  for (const answers of Map.groupBy(asked, ({ qi }) => qi.join()).values()) {
    const sensitive = [...new Set(answers.flatMap((answer) => answer.sensitive))];
    const groups = await judgeGroups(
      { connection, sheets: [sheet] },
      { qi: answers[0]?.qi ?? [], sensitive, thresholds },
    );
    expect(new Set(groups.map((group) => group.sensitive))).toEqual(new Set(sensitive));
    for (const answer of answers) {
      const of = groups.filter((group) => answer.sensitive.includes(group.sensitive ?? ''));
      const l = Math.min(...of.map((group) => group.l ?? Number.NaN));
      const t = Math.max(...of.map((group) => group.t ?? Number.NaN));
      const k = groups[0]?.k;
      if (k !== answer.k || l !== answer.l || !(Math.abs(t - answer.t) <= 1e-9))
        others.push({ answer, k, l, t });
    }
  }
  return others;
};

describe(`E1: k, l and t equal those of ${answers.oracle} within 1e-9`, () => {
  it('on the adult data, with fields of numbers and of texts', async () => {
    const { columns, rows } = readAdult();
    const sheet = await tableOf(connection, columns, rows);
    expect(sheet.rows).toBe(30_162);
    expect(await differing(sheet, answers.adult.answers)).toEqual([]);
  }, 240_000);

  it(`on ${whole ? 'all' : 'a third'} of 243 tables: empty cells, one row, all rows equal, heavy skew, numbers in several spellings`, async () => {
    const tables = readTables();
    expect(tables).toHaveLength(243);
    expect(tables.filter(isAsked).length).toBeGreaterThanOrEqual(80);
    const others: unknown[] = [];
    for (const [at, { name, columns, rows }] of tables.entries()) {
      if (!isAsked({ name, columns, rows }, at)) continue;
      const asked = answers.tables[at];
      const sheet = await tableOf(connection, columns, rows);
      for (const other of await differing(sheet, asked?.answers ?? [])) others.push({ name, other });
    }
    expect(others).toEqual([]);
  }, 240_000);

  it('and so do the smallest sets nobody declared', async () => {
    const others: unknown[] = [];
    const searched = readTables().filter((_, at) => answers.tables[at]?.smallest);
    expect(searched).toHaveLength(80);
    for (const [at, { name, columns, rows }] of searched.entries()) {
      if (!isAsked({ name, columns, rows }, at)) continue;
      const sheet = await tableOf(connection, columns, rows);
      const sensitive = columns.filter((column) => column.startsWith('s'));
      const groups = await judgeGroups(
        { connection, sheets: [sheet] },
        { qi: null, sensitive, thresholds: { ...thresholds, search: { columns: 3, sets: 1_000 } } },
      );
      const sets = [...new Set(groups.map(({ qi }) => qi.join()))].sort();
      const expected = (answers.tables[at]?.smallest ?? []).map((qi) => qi.join()).sort();
      if (sets.join(';') !== expected.join(';')) others.push({ name, sets, expected });
    }
    expect(others).toEqual([]);
  }, 240_000);
});

// The committed answers stand where Python has no pycanon; nothing is skipped silently, the test is not there.
if (hasPycanon)
  describe('the oracle itself', () => {
    it('says of the first tables what it said when its answers were committed', () => {
      const script = join(import.meta.dirname, 'anonymity_oracle.py');
      const { stdout, status } = spawnSync(python, [script, '--check', '6'], { encoding: 'utf8' });
      expect({ stdout: stdout.trim(), status }).toEqual({ stdout: 'the same answers', status: 0 });
    }, 120_000);
  });
