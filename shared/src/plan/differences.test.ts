// P2: the versions of a plan are kept with their differences.
import { differencesOf } from './differences.ts';

const item = (text: string) => ({ text, documents: [] });
const first = {
  title: '实施方案',
  items: { security: item('专网'), products: item('三项') },
  termMonths: 36,
  feasibility: { riskControl: '可控' },
};

it('names each place that was added, removed, changed or kept', () => {
  const second = {
    title: '实施方案',
    items: { security: item('专网与加密'), accounting: item('单独核算') },
    mode: { mode: 'whole' },
    termMonths: 36,
    feasibility: { riskControl: '可控' },
  };
  expect(differencesOf(first, second).map(({ place, change }) => `${place} ${change}`)).toEqual([
    'title same',
    'items/security changed',
    'items/accounting added',
    'mode added',
    'termMonths same',
    'feasibility/riskControl same',
    'items/products removed',
  ]);
  expect(differencesOf(first, second)[1]).toMatchObject({ before: item('专网'), after: item('专网与加密') });
});

it('of a first version everything is added', () => {
  expect(new Set(differencesOf(null, first).map(({ change }) => change))).toEqual(new Set(['added']));
});

it('the order of keys is no difference', () => {
  const turned = { ...first, items: { products: { documents: [], text: '三项' }, security: item('专网') } };
  expect(differencesOf(first, turned).every(({ change }) => change === 'same')).toBe(true);
});
