import fc from 'fast-check';
import { groundText, momentText, percentText, yuanCapitals, yuanText } from './words.ts';

const digits = '零壹贰叁肆伍陆柒捌玖';
/** What capitals mean, read by another way than they are written: sections of 亿 and 万, then places. */
const meant = (text: string): bigint => {
  const whole = (said: string): bigint => {
    for (const [name, unit] of [['亿', 100_000_000n] as const, ['万', 10_000n] as const]) {
      const at = said.lastIndexOf(name);
      if (at >= 0) return whole(said.slice(0, at)) * unit + whole(said.slice(at + 1));
    }
    const places: Record<string, bigint> = { 仟: 1_000n, 佰: 100n, 拾: 10n };
    return [...said.matchAll(/([壹贰叁肆伍陆柒捌玖])([仟佰拾]?)/g)].reduce(
      (sum, [, digit = '', place = '']) => sum + BigInt(digits.indexOf(digit)) * (places[place] ?? 1n),
      0n,
    );
  };
  const parts = /^(?:(.*)元)?(?:零|整|([壹贰叁肆伍陆柒捌玖])角)?整?(?:([壹贰叁肆伍陆柒捌玖])分)?$/.exec(text);
  if (!parts) throw new Error(text);
  const [, yuan = '', tenths = '零', hundredths = '零'] = parts;
  return whole(yuan) * 100n + BigInt(digits.indexOf(tenths) * 10 + digits.indexOf(hundredths));
};

describe('amounts', () => {
  it.each([
    [0, '0.00'],
    [5, '0.05'],
    [123_456, '1,234.56'],
    [-123_456_789, '-1,234,567.89'],
    [Number.MAX_SAFE_INTEGER, '90,071,992,547,409.91'],
    [10n ** 20n, '1,000,000,000,000,000,000.00'],
  ])('%s fen are %s yuan', (fen, text) => expect(yuanText(fen)).toBe(text));

  it('keep every digit', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 24n), max: 10n ** 24n }), (fen) => {
        expect(BigInt(yuanText(fen).replaceAll(/[,.]/g, ''))).toBe(fen);
        expect(yuanText(fen)).toMatch(/^-?(0|[1-9]\d{0,2}(,\d{3})*)\.\d{2}$/);
      }),
    );
  });
  it('that are no whole fen are none', () => expect(() => yuanText(0.5)).toThrow(RangeError));

  it.each([
    [0, '零元整'],
    [10_550, '壹佰零伍元伍角整'],
    [9_000_003, '玖万元零叁分'],
    [1, '壹分'],
    [30, '叁角整'],
    [100_100, '壹仟零壹元整'],
    [10_000_000_100, '壹亿零壹元整'],
    [1_000_010_000_000, '壹佰亿零壹拾万元整'],
    [-50, '负伍角整'],
  ])('%s fen in capitals are %s', (fen, text) => expect(yuanCapitals(fen)).toBe(text));

  it('in capitals mean what they say, and say nought once', () => {
    fc.assert(
      fc.property(fc.oneof(fc.maxSafeInteger(), fc.nat(1_000_000)), (given) => {
        const fen = Math.abs(given) || 1;
        const said = yuanCapitals(fen);
        expect(said).not.toMatch(/零零|零元.|零亿|零万/);
        expect(meant(said)).toBe(BigInt(fen));
      }),
      { numRuns: 2_000 },
    );
  });
});

it.each([
  ['0.0785', '7.85%'],
  ['0.2', '20%'],
  ['0', '0%'],
  ['1.5', '150%'],
  ['0.000001', '0.0001%'],
  ['1.85%', '1.85%'],
  ['1.850%', '1.85%'],
  ['1e-7', '0.00001%'],
  ['1.5e-7', '0.000015%'],
  ['0.01850000000001', '1.850000000001%'],
  ['12', '1200%'],
])('the rate %s is %s', (rate, text) => expect(percentText(rate)).toBe(text));
it('what is no plain decimal is no rate', () => expect(() => percentText('-0.1')).toThrow(RangeError));

it('moments are those of Asia/Shanghai', () => {
  expect(momentText('2026-12-31T16:30:00Z')).toBe('2027年1月1日 00:30');
});

it.each([
  [{ instrument: '办法', article: '二十一' }, '《办法》第二十一条'],
  [{ instrument: '办法', article: '第二十一条', quote: '视为同意' }, '《办法》第二十一条：“视为同意”'],
  [{ instrument: '方案', article: '十（二）' }, '《方案》十（二）'],
  [{ instrument: '办法', article: '文本未规定，按解释' }, '《办法》（文本未规定，按解释）'],
  [{ reading: 'five working days' }, '文本未规定，按解释：five working days'],
])('%j is cited as %s', (ground, text) => expect(groundText(ground)).toBe(text));
