/** More than 200 columns in which nobody can be found: what the engine says of them is a false alarm. */
import { codes, orders } from './codes.ts';
import { amounts, dates, measures } from './numbers.ts';
import { type Column, seeded } from './random.ts';
import { words } from './words.ts';

export const rowsOfAColumn = 500;
export const negativeColumns: readonly Column[] = [
  ...amounts,
  ...dates,
  ...measures,
  ...orders,
  ...codes,
  ...words,
];

/** The cells of a column, the same each time. */
export const cellsOf = ({ header, make }: Column): string[] => {
  const rnd = seeded(header);
  return Array.from({ length: rowsOfAColumn }, (_, at) => make(rnd, at));
};
