/**
 * Whether rows that agree with a source's could agree by chance (E1). Pure; counts of rows and of pairs of rows go in.
 *
 * Strangers agree too: a sex, an age and a district of a product are some row of any register. So a combination of fields
 * tells of copying only where far more rows agree than strangers would. How many strangers would is the greater of
 *   - what the columns would give if they had nothing to do with one another (a full grid of codes is no evidence), and
 *   - what the data themselves show: how often the source's own rows coincide on the combination (a stranger is one more
 *     such row: the mass of combinations seen r times is r + 1 times those seen r + 1 times, by Good and Turing, which
 *     counts correlated columns for what they are); or, where one field is rare in the source (a number of a person who
 *     has several rows), how often rows with another number agree on the rest. The lesser of these two, as one suffices.
 * A source of fewer than a thousand rows is too small to show its coincidences: there the pairs of rows that agree within
 * the source or within the product are counted as they are.
 */

/** Of a combination of columns in a table: how many combinations stand in it exactly 1, 2, … times; pairs of equal rows. */
export type Repeats = { rows: number; times: Map<number, number>; pairs: number };

export type Chance = {
  productRows: number;
  source: Repeats;
  /** The product's, equal rows taken once; asked for small sources only. */
  product?: Repeats;
  /** Of each column of the combination: pairs of a product's row and a source's row that agree on it. */
  columnPairs: number[];
  /** A rare field: pairs of rows across the tables that agree on it; pairs within the source that agree on the rest, all pairs. */
  rare?: { across: number; restPairs: number; allPairs: number };
  /** Combinations that this many source rows or more share single nobody out and do not count. */
  below: number;
};

const smallSource = 1_000;

/** Rows of the product that strangers would make agree with a source's row, on the combination. */
export const byChance = (chance: Chance): number => {
  const { productRows, source, columnPairs } = chance;
  if (productRows * source.rows === 0) return 0;
  const independent = ofUnconnected({ productRows, source, columnPairs });
  const seen = source.rows < smallSource ? ofSmall(chance) : ofRepeats(chance);
  const rare = chance.rare
    ? (chance.rare.across * (chance.rare.restPairs + 1)) / Math.max(1, chance.rare.allPairs)
    : Infinity;
  return Math.max(independent, Math.min(seen, rare));
};

/** What the columns would give if they had nothing to do with one another. */
const ofUnconnected = ({
  productRows,
  source,
  columnPairs,
}: Pick<Chance, 'productRows' | 'source' | 'columnPairs'>): number => {
  const all = productRows * source.rows;
  return Math.min(
    productRows,
    columnPairs.reduce((product, pairs) => (product * pairs) / all, all),
  );
};

const ofRepeats = ({ productRows, source, below }: Chance): number => {
  let mass = 1; // one more than was seen: what has not been seen yet is not impossible
  for (let r = 1; r < below; r += 1) mass += (r + 1) * (source.times.get(r + 1) ?? 0);
  return (productRows * mass) / source.rows;
};

const ofSmall = ({ productRows, source, product }: Chance): number => {
  const share = ({ rows, pairs }: Repeats) => (rows < 2 ? 0 : pairs / ((rows * (rows - 1)) / 2));
  return productRows * source.rows * Math.max(share(source), product ? share(product) : 0);
};

/** The chance of `found` or more where `expected` are expected (Poisson). */
export const tail = (found: number, expected: number): number => {
  if (found <= 0) return 1;
  if (expected <= 0) return 0;
  if (found <= expected) return 1;
  // Stirling; the terms from `found` on fall at least as fast as expected/(found + 1)
  const logFactorial = found * Math.log(found) - found + Math.log(2 * Math.PI * found) / 2 + 1 / (12 * found);
  const logTerm = found * Math.log(expected) - expected - logFactorial;
  return Math.min(1, Math.exp(logTerm) / (1 - expected / (found + 1)));
};

/** Found where strangers can be ruled out: a tenth of the rows at most may be theirs, and by chance once in 10,000 scans. */
export const tellsOfCopying = (found: number, expected: number): boolean =>
  found > 0 && expected <= found / 10 && tail(found, expected) <= 1e-4;

/** A narrower combination adds rows to those of a wider one only where it adds next to no strangers. */
export const exactEnough = (found: number, expected: number): boolean =>
  tellsOfCopying(found, expected) && expected <= Math.max(0.5, found / 1_000);

/**
 * A combination of all columns, over both tables: rows of the product whose combination stands in the source at all; and
 * of the combinations that stand twice in the two together, how many stand once in each, twice in the source, twice in the
 * product.
 */
export type Pooled = { agreeing: number; oneEach: number; bothSource: number; bothProduct: number };

/**
 * Whether nearly all rows of a product are the source's, though the fields are so coarse that strangers often agree. A
 * stranger hits some combination of the source as often as the source's rows are not alone with theirs; at least nine
 * tenths of what strangers would leave must agree too. And rows of strangers pair up within a table as often as across:
 * copies pair across. That does not depend on the product being drawn from the same people, who would pair across less.
 * Rows that were made distinct do not pair up within a table; of those the columns' own chance must leave most unlike.
 */
export const nearlyAllCopied = (
  { productRows, source, columnPairs }: Pick<Chance, 'productRows' | 'source' | 'columnPairs'>,
  pooled: Pooled,
  told: boolean,
): boolean => {
  const unconnected = ofUnconnected({ productRows, source, columnPairs }) / productRows;
  const strangers = Math.max(unconnected, 1 - (source.times.get(1) ?? 0) / source.rows);
  const agreeing = pooled.agreeing / productRows;
  if (agreeing < strangers + 0.9 * (1 - strangers)) return false;
  if (told) return true;
  const twice = pooled.oneEach + pooled.bothSource + pooled.bothProduct;
  const share = productRows / (productRows + source.rows);
  const twins = source.times.get(2) ?? 0;
  if (twins < 0.2 * twice * (1 - share) ** 2)
    return twins === 0 && strangers < 0.5 && source.rows >= smallSource;
  const across = 2 * share * (1 - share);
  return pooled.oneEach - twice * across > 6 * Math.sqrt(twice * across * (1 - across));
};
