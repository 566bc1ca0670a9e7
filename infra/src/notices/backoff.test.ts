import { maxAttempts, waitAfter } from './backoff.ts';

describe('a delivery that fails is tried again later and later, in real time', () => {
  it.each([
    [1, 5_000],
    [2, 10_000],
    [5, 80_000],
    [11, 3_600_000],
    [40, 3_600_000],
  ])('after %i tries: %i ms in the middle, a fifth less or more', (attempts, middle) => {
    expect(waitAfter(attempts, () => 0.5)).toBe(middle);
    expect(waitAfter(attempts, () => 0)).toBe(middle * 0.8);
    expect(waitAfter(attempts, () => 1)).toBeCloseTo(middle * 1.2, 5);
  });

  it('gives up after hours, not minutes', () => {
    const waited = Array.from({ length: maxAttempts - 1 }, (_none, n) => waitAfter(n + 1, () => 0.5));
    expect(waited.reduce((sum, wait) => sum + wait, 0)).toBeGreaterThan(2 * 3_600_000);
  });
});
