import { frequencyOf, freshUntil, resourceNo, type UpdateFrequency } from './resource.ts';

describe('the last day on which data are fresh, by their own frequency', () => {
  it.each<[string, UpdateFrequency, string | null]>([
    ['2024-01-31', 'monthly', '2024-02-29'],
    ['2023-01-31', 'monthly', '2023-02-28'],
    ['2024-11-30', 'quarterly', '2025-02-28'],
    ['2024-08-31', 'halfYearly', '2025-02-28'],
    ['2024-02-29', 'yearly', '2025-02-28'],
    ['2024-12-31', 'daily', '2025-01-01'],
    ['2024-12-28', 'weekly', '2025-01-04'],
    ['2024-12-31', 'realTime', '2025-01-01'],
    ['2024-12-31', 'irregular', null],
  ])('%s, %s: %s', (updatedOn, frequency, fresh) => {
    expect(freshUntil(updatedOn, frequency)).toBe(fresh);
  });
});

it.each([
  ['每季度', 'quarterly'],
  [' 实时 ', 'realTime'],
  ['yearly', 'yearly'],
  ['偶尔', undefined],
  ['constructor', undefined],
])('frequency %s is %s', (text, code) => {
  expect(frequencyOf(text)).toBe(code);
});

it('an entry’s number is readable where its key is plain, and plain in any case', () => {
  expect(resourceNo('640500', '17', 'ab')).toBe('640500-RES-17');
  expect(resourceNo('640500', '停车 1', 'ab12')).toBe('640500-RES-Xab12');
});
