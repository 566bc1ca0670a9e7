import type { GroupFinding, RawFinding } from '@gongshu/shared/egress/report';
import type { EgressThresholds } from '@gongshu/shared/egress/thresholds';
import { verdictOf } from './verdict.ts';

const thresholds: EgressThresholds = {
  k: 5,
  l: 2,
  t: 0.5,
  search: { columns: 3, sets: 2000 },
  aggregate: { minimumCell: 5, dominance: { n: 2, share: 0.85 }, pRatio: 0.1, zeros: 'finding' },
  raw: { fields: 3, shareOfProduct: 0.1 },
};
const nothing = { counts: [], groups: [], aggregates: [], raw: [], differences: [] };
const group = (k: number, searched: boolean): GroupFinding => ({
  ...{ qi: ['a'], sensitive: null, searched, sheet: null, k, l: null, t: null },
  ...{ singledOut: 0, singledOutRows: [] },
});
const raw = (shareOfProduct: number, lawfullyPublic: boolean): RawFinding => ({
  ...{ source: 's', sheet: null, fields: ['a'], shareOfProduct, rows: 10, lawfullyPublic },
});

describe('what makes a file other than clean (E1)', () => {
  it.each([
    { name: 'nothing found', found: {}, qi: null, verdict: 'clean' },
    {
      name: 'an identifier',
      found: { counts: [{ sheet: null, column: 'a', type: 'mobile' as const, rows: 1 }] },
      qi: null,
      verdict: 'findings',
    },
    {
      name: 'a searched group, nothing declared',
      found: { groups: [group(1, true)] },
      qi: null,
      verdict: 'clean',
    },
    {
      name: 'a searched group, some declared',
      found: { groups: [group(1, true)] },
      qi: ['b'],
      verdict: 'findings',
    },
    {
      name: 'a searched group, declared that there are none',
      found: { groups: [group(1, true)] },
      qi: [],
      verdict: 'findings',
    },
    {
      name: 'a searched group at k, declared that there are none',
      found: { groups: [group(5, true)] },
      qi: [],
      verdict: 'clean',
    },
    {
      name: 'a column nobody declared',
      found: { columns: { undeclared: [{ sheet: null, number: 1, column: 'zip' }], missing: [] } },
      qi: null,
      verdict: 'findings',
    },
    {
      name: 'all columns declared, a field in another file',
      found: { columns: { undeclared: [], missing: [{ pointer: '/fields/0/name', column: 'a' }] } },
      qi: null,
      verdict: 'clean',
    },
    {
      name: 'the declared group below k',
      found: { groups: [group(4, false)] },
      qi: ['a'],
      verdict: 'findings',
    },
    { name: 'the declared group at k', found: { groups: [group(5, false)] }, qi: ['a'], verdict: 'clean' },
    {
      name: 'a cell of aggregates',
      found: { aggregates: [{ sheet: null, row: 1, column: 'a', rule: 'minimumCell' as const }] },
      qi: null,
      verdict: 'findings',
    },
    {
      name: 'rows of a source above the share',
      found: { raw: [raw(0.2, false)] },
      qi: null,
      verdict: 'findings',
    },
    { name: 'rows of a source at the share', found: { raw: [raw(0.1, false)] }, qi: null, verdict: 'clean' },
    { name: 'rows lawfully public', found: { raw: [raw(1, true)] }, qi: null, verdict: 'clean' },
    {
      name: 'a small difference',
      found: { differences: [{ against: 'v1', sheet: null, fields: ['a'], appeared: 1, disappeared: 0 }] },
      qi: null,
      verdict: 'findings',
    },
  ])('$name: $verdict', ({ found, qi, verdict }) => {
    expect(verdictOf({ ...nothing, ...found }, qi, thresholds)).toBe(verdict);
  });
});
