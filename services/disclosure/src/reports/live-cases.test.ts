// S1–S3: a figure opens to all of its cases, page by page, in whatever order they were counted.
import type { FigureCases } from '@gongshu/infra/disclosures/tables';
import { liveCases } from './live-cases.ts';

const counted = [
  { figure: 'refused', body: 'dept-water', cases: ['C-9', 'C-1'] },
  { figure: 'refused', body: 'dept', cases: ['C-5'] },
  { figure: 'granted', body: 'dept', cases: ['C-7'] },
  { figure: 'refused', body: 'dept-health', cases: ['C-3', 'C-2', 'C-4'] },
] as FigureCases[];

const walk = (body?: string): string[] => {
  const seen: string[] = [];
  let after: string[] | undefined;
  for (let pages = 0; pages < 20; pages += 1) {
    const [one] = liveCases(counted, { figure: 'refused', body, after, limit: 1 });
    if (!one) return seen;
    seen.push(`${one.body} ${one.about}`);
    after = [one.body, one.about];
  }
  throw new Error('no end');
};

it('page by page nothing is missed and nothing comes twice', () => {
  expect(walk()).toEqual([
    ...['dept C-5', 'dept-health C-2', 'dept-health C-3', 'dept-health C-4'],
    ...['dept-water C-1', 'dept-water C-9'],
  ]);
});

it('of one body alone where one is asked for', () => {
  expect(walk('dept-water')).toEqual(['dept-water C-1', 'dept-water C-9']);
  expect(walk('dept-none')).toEqual([]);
});
