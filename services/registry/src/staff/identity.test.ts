import { isCardNumber, isSame, markOf } from './identity.ts';

// The example of GB 11643-1999.
const number = '11010519491231002X';

it.each([
  [number, true],
  ['110105194912310021', false],
  ['11010519491231002x', false],
  ['1101051949123100', false],
])('%s is the number of a card: %s', (text, is) => {
  expect(isCardNumber(text)).toBe(is);
});

it('the mark tells the number again and does not hold it; two marks of one number differ', async () => {
  const [mark, other] = [await markOf(number), await markOf(number)];
  expect(await isSame(number, mark)).toBe(true);
  expect(await isSame('110105194912310021', mark)).toBe(false);
  expect(JSON.stringify(mark)).not.toContain(number);
  expect(mark.hash).not.toBe(other.hash);
});
