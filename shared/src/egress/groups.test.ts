import { violates } from './groups.ts';

const limits = { k: 5, l: 2, t: 0.5 };

const situations = [
  { name: 'each limit met exactly', group: { k: 5, l: 2, t: 0.5 }, expected: false },
  { name: 'one row too few', group: { k: 4, l: 2, t: 0.5 }, expected: true },
  { name: 'one sensitive value too few', group: { k: 5, l: 1, t: 0.5 }, expected: true },
  { name: 'too far from the whole table', group: { k: 5, l: 2, t: 0.500000001 }, expected: true },
  { name: 'no sensitive field, enough rows', group: { k: 5, l: null, t: null }, expected: false },
  { name: 'no sensitive field, too few rows', group: { k: 4, l: null, t: null }, expected: true },
];

describe('E1: a group goes beyond k, l or t', () => {
  it.each(situations)('$name', ({ group, expected }) => {
    expect(violates(group, limits)).toBe(expected);
  });

  it.each<[string, typeof violates]>([
    ['k at the limit refused', (group, { k }) => group.k <= k || violates(group, limits)],
    ['l at the limit refused', (group, { l }) => (group.l ?? 9) <= l || violates(group, limits)],
    ['t at the limit refused', (group, { t }) => (group.t ?? 0) >= t || violates(group, limits)],
    ['all three asked for at once', ({ k, l, t }) => k < 5 && (l ?? 0) < 2 && (t ?? 1) > 0.5],
    ['k left out', (group) => violates({ ...group, k: 5 }, limits)],
    ['l left out', (group) => violates({ ...group, l: null }, limits)],
    ['t left out', (group) => violates({ ...group, t: null }, limits)],
  ])('a rule with %s is told apart by these situations', (_, sabotaged) => {
    expect(situations.some(({ group, expected }) => sabotaged(group, limits) !== expected)).toBe(true);
  });
});
