import type { ColumnsFound, ScanReport } from '../egress/report.ts';
import type { EgressThresholds } from '../egress/thresholds.ts';
import { itemsOf, verdictOf } from './evidence-report.ts';

const thresholds: EgressThresholds = {
  k: 5,
  l: 2,
  t: 0.5,
  search: { columns: 3, sets: 2000 },
  aggregate: { minimumCell: 5, dominance: { n: 2, share: 0.85 }, pRatio: 0.1, zeros: 'finding' },
  raw: { fields: 3, shareOfProduct: 0.1 },
};
const scanOf = (
  file: string,
  columns: ColumnsFound | null,
  change: Partial<ScanReport> = {},
): ScanReport => ({
  ...{
    file,
    sha256: '',
    bytes: 1,
    format: 'csv',
    encoding: 'utf-8',
    rows: 1,
    verdict: 'clean',
    reason: null,
  },
  ...{ findings: [], counts: [], groups: [], aggregates: [], raw: [], differences: [] },
  ...{ engine: '1', pack: { jurisdiction: 'zhongwei', version: '1' } },
  ...(columns && { columns }),
  ...change,
});
const missing = (...names: string[]): ColumnsFound => ({
  undeclared: [],
  missing: names.map((column) => ({ pointer: `/fields/${column}/name`, column })),
});
const judged = (scans: ScanReport[]) => ({
  verdict: verdictOf({ scans, declaration: [] }),
  items: itemsOf({ scans, declaration: [] }, { thresholds, declared: true }).map(({ kind, place }) => [
    kind,
    place,
  ]),
});

describe('fields that were declared and the files of a product (E1)', () => {
  it('a field that one file has and another has not is there', () =>
    expect(judged([scanOf('a', missing('x')), scanOf('b', missing('y'))])).toEqual({
      verdict: 'clean',
      items: [],
    }));

  it('a field that no file has is one finding of the product', () =>
    expect(judged([scanOf('a', missing('x', 'z')), scanOf('b', missing('y', 'z'))])).toEqual({
      verdict: 'findings',
      items: [['declaration', { code: 'missingColumn', pointer: '/fields/z/name', column: 'z' }]],
    }));

  it('where a file could not be read nobody knows what is missing: refused', () =>
    expect(
      judged([scanOf('a', missing('x')), scanOf('b', null, { verdict: 'refused', reason: 'truncated' })]),
    ).toEqual({ verdict: 'refused', items: [] }));

  it('each undeclared column is a finding, by file, sheet and place', () => {
    const columns = { undeclared: [{ sheet: 's', number: 2, column: null }], missing: [] };
    expect(judged([scanOf('a', columns, { verdict: 'findings' })])).toEqual({
      verdict: 'findings',
      items: [['declaration', { code: 'undeclaredColumn', file: 'a', sheet: 's', number: 2, column: null }]],
    });
  });
});

it('groups that were searched ask for an answer where quasi-identifiers were declared, and not else', () => {
  const group = { qi: ['a'], sensitive: null, searched: true, sheet: null, k: 1, l: null, t: null };
  const scans = [scanOf('a', null, { groups: [{ ...group, singledOut: 1, singledOutRows: [1] }] })];
  const items = (declared: boolean) => itemsOf({ scans, declaration: [] }, { thresholds, declared });
  expect(items(true)).toMatchObject([{ kind: 'group', place: { qi: ['a'], k: 1 } }]);
  expect(items(false)).toEqual([]);
});
