/** Which combinations of matched columns are looked at for copied rows: pure, and in one order for the same columns. */

/** Columns whose values bring few rows together come first: they tell most. */
type Weighed = { pairs: number; product: number };

/** Combinations looked at: each costs a pass over both tables. */
const enough = (rows: number): number => (rows <= 400_000 ? 40 : 10);

/** Every choice of `size` out of the items, in order. */
const choices = <T>(items: T[], size: number): T[][] => {
  if (size === 0) return [[]];
  return items.flatMap((item, at) => choices(items.slice(at + 1), size - 1).map((rest) => [item, ...rest]));
};

const choose = (of: number, size: number): number =>
  Array.from({ length: size }, (_, at) => (of - at) / (at + 1)).reduce((product, step) => product * step, 1);

/** Dealt to and fro, so that each part gets its share of the telling columns. */
const deal = <T>(items: T[], parts: number): T[][] => {
  const dealt: T[][] = Array.from({ length: parts }, () => []);
  for (const [at, item] of items.entries()) {
    const turn = Math.floor(at / parts);
    const place = at % parts;
    dealt[turn % 2 === 0 ? place : parts - 1 - place]?.push(item);
  }
  return dealt;
};

/**
 * The whole first. Where the columns are few, every choice of `fields` of them and then of more, as many as the tables' size allows; else their
 * halves and quarters of at least `fields` columns each: with p parts, p - 1 altered cells of a row leave one whole.
 */
export const combinationsOf = <T extends Weighed>(
  matches: T[],
  fields: number,
  rows: number,
): { columns: T[]; whole: boolean }[] => {
  const columns = matches.toSorted((a, b) => a.pairs - b.pairs || a.product - b.product);
  const narrower: T[][] = [];
  if (choose(columns.length, fields) <= enough(rows)) {
    for (let size = fields; size < columns.length; size += 1)
      if (narrower.length + choose(columns.length, size) <= 2 * enough(rows))
        narrower.push(...choices(columns, size));
  } else {
    for (const parts of [4, 2]) if (columns.length >= parts * fields) narrower.push(...deal(columns, parts));
    if (columns.length < 2 * fields) narrower.push(...choices(columns, columns.length - 1));
  }
  return [...narrower.map((part) => ({ columns: part, whole: false })), { columns, whole: true }];
};
