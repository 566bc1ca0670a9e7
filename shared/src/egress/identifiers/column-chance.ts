/** What chance makes of a column of numbers: how many would pass a check, or have a form, where nobody is meant. */

/** Numbers of one form in a column: cells, and values, each once where the caller tells each once. */
export type Lots = {
  /** Cells that pass the check of the form. */
  column: number;
  /** Cells that have the form and fail. */
  miss: number;
  values: number;
  missed: number;
  /** Values that fail, by their first digits. */
  heads: Map<string, number>;
  least: number;
  greatest: number;
};

/** Enough values to speak of shares. */
export const many = 20;

/** A check: how many pass it blindly, from how many values on chance is spoken of, and how many alarms are borne. */
export type Check = { odds: number; least: number; rare: number };

/**
 * ISO 7064 and GB 32100 beside a place and, of people, a date: chance may raise an alarm in one cell of 500, a fifth of
 * the bar. Luhn's digit beside an issuer's range is far weaker: one of 2,000.
 */
export const checks = {
  residentId: { odds: 1 / 11, least: many, rare: 0.002 },
  uscc: { odds: 1 / 31, least: many, rare: 0.002 },
  bankCard: { odds: 1 / 10, least: 4, rare: 0.0005 },
} as const satisfies Record<string, Check>;

/**
 * Whether chance explains the numbers of a form that pass its check. Values are reckoned, not cells: one that repeats
 * itself was drawn once.
 *
 * Two things speak against chance. First, that the form itself is rare in the column, so that chance would raise hardly
 * an alarm: place, date of birth and check character stand together in one of 37,000 numbers of 18 digits, so one among
 * other numbers is always found, however many they are. Second, that more pass than chance would have: a quarter, or
 * beyond both twice the number expected and three standard deviations. Among fewer values of the form than `least`
 * nothing is put down to chance. What remains are columns that the form fills (case numbers of a division and a day): one
 * in eleven would be a false alarm, and a true one cannot be told from those.
 */
export const byLuck = (
  { column, miss, values, missed }: Lots,
  cells: number,
  { odds, least, rare }: Check,
): boolean => {
  const drawn = values + missed;
  if (drawn < least || (column + miss) * odds <= cells * rare || values >= drawn / 4) return false;
  const expected = drawn * odds;
  return values <= Math.max(2 * expected, expected + 3 * Math.sqrt(expected * (1 - odds)));
};

/** Whether the share of the form that passes is that of a column of them; 61 of 100 numbers 1… have a mobile segment. */
export const mostly = ({ column, miss }: Lots, share: number): boolean =>
  column + miss < many || column >= (column + miss) * share;

/** Numbers that lie closer than one in five: a counter. */
export const isCounter = ({ values, least, greatest }: Lots): boolean =>
  values >= many && greatest >= least && greatest - least + 1 < values * 5;

/** Nine in ten of a column's numbers. */
export const areAll = ({ column }: Lots, others: number): boolean => column >= (column + others) * 0.9;

/**
 * Whether a few mobile numbers among other numbers are more than chance makes. Numbers of other lengths, and of eleven
 * digits that do not begin with 1, make none. Numbers drawn blindly that begin with 1 have a segment in use 61 times in
 * 100, so for each that has none some 1.6 have one: up to that, and two standard deviations above, they are chance. A
 * series of numbers that all begin alike (10…) and outside the segments makes none either and is left out.
 */
export const isStray = ({ values, missed, heads }: Lots): boolean => {
  const series = Math.max(0, ...heads.values());
  const strays = series >= many && series >= missed * 0.9 ? missed - series : missed;
  return values > 1.6 * strays + 4 * Math.sqrt(strays);
};
