import { isUscc, usccCheckDigit } from './uscc.ts';

describe('GB 32100-2015: unified social credit code', () => {
  it("accepts the standard's own example and refuses it with any character altered", () => {
    const sample = '91350100M000100Y43';
    expect(isUscc(sample)).toBe(true);
    for (let at = 0; at < 18; at++) {
      const other = sample[at] === '7' ? '8' : '7';
      expect(isUscc(sample.slice(0, at) + other + sample.slice(at + 1))).toBe(false);
    }
  });

  it.each([
    '',
    '91350100M000100Y4',
    '91350100m000100y43',
    '91350100I000100Y43',
    '91350100M000100Y433',
    '９1350100M000100Y43',
  ])('refuses %j', (text) => expect(isUscc(text)).toBe(false));

  it('gives the check digit of the first seventeen', () =>
    expect(usccCheckDigit('91350100M000100Y4')).toBe('3'));
});
