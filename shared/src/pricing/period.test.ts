import { weightsBy } from './period.ts';

it('a product that the key does not name has no weight, whatever it is called', () => {
  const products = ['a', 'constructor', 'toString'].map((id) => ({
    ...{ id, unit: 'call', ceilingFen: null, expectedQty: 0 },
  }));
  const question = { allocationKey: { weights: { a: 1 } }, products } as never;
  const weights = weightsBy(question, { direct: new Map(), usage: [], lines: [] });
  const [a, ...others] = weights.map(({ weight }) => weight);
  expect(others).toEqual([others[0], others[0]]);
  expect(others[0]).not.toEqual(a);
});
