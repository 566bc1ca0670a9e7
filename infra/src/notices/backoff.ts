/** Tries of a delivery before it counts as failed; some two and a half hours of real time. */
export const maxAttempts = 12;

const first = 5_000;
const longest = 3_600_000;

/**
 * Real milliseconds to wait after so many tries: 5 s, doubling to an hour, a fifth more or less by chance so that
 * targets that came back are not met by all at once.
 */
export const waitAfter = (attempts: number, random: () => number = Math.random): number => {
  const plain = Math.min(first * 2 ** Math.max(attempts - 1, 0), longest);
  return Math.round(plain * (0.8 + 0.4 * random()));
};
