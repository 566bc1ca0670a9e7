/** A small seeded generator, the same on every machine: no cell of a column ever changes by itself. */
export type Rnd = {
  /** From 0 to 1. */
  unit(): number;
  /** Both ends included. */
  int(low: number, high: number): number;
  pick<T>(of: readonly T[]): T;
  letter(of: string): string;
};

/** mulberry32, seeded by the column's name (FNV-1a). */
export const seeded = (name: string): Rnd => {
  let state = 0x811c9dc5;
  for (const char of name) state = Math.imul(state ^ (char.codePointAt(0) ?? 0), 0x01000193);
  const unit = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
  const int = (low: number, high: number): number => low + Math.floor(unit() * (high - low + 1));
  return {
    unit,
    int,
    pick: (of) => of[int(0, of.length - 1)] as never,
    letter: (of) => of.charAt(int(0, of.length - 1)),
  };
};

/** `n` random digits. */
export const digits = (rnd: Rnd, n: number): string =>
  Array.from({ length: n }, () => rnd.int(0, 9)).join('');

export const chars = (rnd: Rnd, n: number, of: string): string =>
  Array.from({ length: n }, () => rnd.letter(of)).join('');

export const pad = (value: number, n: number): string => String(value).padStart(n, '0');

/** A day between 2015 and 2025. */
export const day = (rnd: Rnd): Date => new Date(Date.UTC(2015, 0, 1) + rnd.int(0, 4000) * 86_400_000);
export const ymd = (date: Date): string => date.toISOString().slice(0, 10).replaceAll('-', '');
export const clock = (rnd: Rnd): string =>
  [rnd.int(0, 23), rnd.int(0, 59), rnd.int(0, 59)].map((part) => pad(part, 2)).join('');
/** A generator of one column's cells: `at` counts rows from 0. */
export type Make = (rnd: Rnd, at: number) => string;
export type Column = { header: string; make: Make };
