import fc from 'fast-check';
import {
  checkCharacter,
  isRegistrationCode,
  RegistrationCode,
  registrationCode,
} from './registration-code.ts';

const codes = fc
  .record({
    area: fc.integer({ min: 0, max: 999_999 }),
    year: fc.integer({ min: 0, max: 9_999 }),
    number: fc.integer({ min: 1, max: 999_999 }),
  })
  .map(({ area, year, number }) =>
    registrationCode({ areaCode: String(area).padStart(6, '0'), year, number }),
  );
const typed = Array.from('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-');

/** Every code that differs in one character, or in which two neighbours changed places, in the code or across a hyphen. */
const slips = (code: string): string[] => {
  const signs = Array.from(code);
  const substituted = signs.flatMap((sign, at) =>
    typed.filter((one) => one !== sign).map((one) => signs.with(at, one).join('')),
  );
  const pairs = signs.flatMap((_sign, at) => [
    [at, at + 1],
    [at, signs[at + 1] === '-' ? at + 2 : at + 1],
  ]);
  const transposed = pairs.flatMap(([one = 0, other = 0]) => {
    const [a, b] = [signs[one], signs[other]];
    return a === undefined || b === undefined || a === b ? [] : [signs.with(one, b).with(other, a).join('')];
  });
  return [...substituted, ...transposed];
};

/** A hybrid system of the same standard, against which ours is weighed. */
const hybrid = (text: string): number => {
  const alphabet = typed.slice(0, 36).join('');
  const last = Array.from(text).reduce((before, sign) => {
    const sum = (before + alphabet.indexOf(sign)) % 36 || 36;
    return (sum * 2) % 37;
  }, 36);
  return (37 - last) % 36;
};

describe('GB/T 17710 MOD 11-2', () => {
  it.each([
    ['0794', '0'], // the standard’s own example
    ['079', 'X'],
    ['11010519491231002', 'X'], // as GB 11643 prints it
    ['44052418800101001', '4'],
    ['0', '1'],
    ['9', '5'],
  ])('of %s it is %s', (digits, check) => {
    expect(checkCharacter(digits)).toBe(check);
  });

  it.each(['', 'A', '12 3', '１２'])('nothing but digits has one: %j', (text) => {
    expect(() => checkCharacter(text)).toThrow(RangeError);
  });
});

describe('E3: a product’s registration code', () => {
  it.each([
    [{ areaCode: '640500', year: 2026, number: 1 }],
    [{ areaCode: '140600', year: 2026, number: 42 }],
    [{ areaCode: '150300', year: 2027, number: 999_999 }],
  ])('is made of its parts and found whole: %j', (of) => {
    const code = registrationCode(of);
    expect(code).toMatch(
      new RegExp(`^GS-${of.areaCode}-P-${of.year}-${String(of.number).padStart(6, '0')}-[\\dX]$`),
    );
    expect(isRegistrationCode(code)).toBe(true);
    expect(RegistrationCode.safeParse(code).success).toBe(true);
  });

  it.each([
    { areaCode: '6405', year: 2026, number: 1 },
    { areaCode: '64050A', year: 2026, number: 1 },
    { areaCode: '640500', year: 20260, number: 1 },
    { areaCode: '640500', year: 2026, number: 0 },
    { areaCode: '640500', year: 2026, number: 1_000_000 },
    { areaCode: '640500', year: 2026, number: 1.5 },
  ])('is not made of %j', (of) => {
    expect(() => registrationCode(of)).toThrow(RangeError);
  });

  it('no single wrong character and no two neighbours that changed places go unseen', () => {
    fc.assert(
      fc.property(codes, (code) => {
        expect(isRegistrationCode(code)).toBe(true);
        expect(slips(code).filter(isRegistrationCode)).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it('which the hybrid MOD 37,36 does not promise: 54 and 45 have one check there', () => {
    const pair = Array.from({ length: 100_000 }, (_, at) => String(at).padStart(5, '0')).find(
      (head) => hybrid(`${head}54`) === hybrid(`${head}45`),
    );
    expect(pair).toBeDefined();
  });

  it('a refusal is told without an exception', () => {
    const refused = RegistrationCode.safeParse('GS-640500-P-2026-000001-Y');
    expect(refused.error?.issues[0]?.message).toContain('登记编码有误');
  });
});
