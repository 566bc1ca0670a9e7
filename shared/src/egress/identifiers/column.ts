/**
 * What a column says of a sighting that fills its cell. A form with a check passes by chance one time in ten or so; a
 * form without one fits any counter of that length. So cells are judged by those beside them, always the same way.
 */
import type { Header } from './cues.ts';
import type { Rule, Sighting } from './sighting.ts';

export type RuleTally = {
  sure: number;
  column: number;
  miss: number;
  /** Values told, each once where the caller tells each once. */
  values: number;
  least: number;
  greatest: number;
  firstYear: number;
  lastYear: number;
};
export type Tally = {
  /** Texts of the series; of a column all its cells that are not empty. */
  cells: number;
  /** Numbers and codes that no rule took. */
  numbers: number;
  rules: Map<Rule, RuleTally>;
};

export const newTally = (): Tally => ({ cells: 0, numbers: 0, rules: new Map() });

/** Adds a sighting that `rows` cells share. */
export const count = (tally: Tally, { rule, standing, number, year }: Sighting, rows: number): void => {
  let of = tally.rules.get(rule);
  if (!of) {
    of = {
      sure: 0,
      column: 0,
      miss: 0,
      values: 0,
      least: Infinity,
      greatest: -Infinity,
      firstYear: Infinity,
      lastYear: -Infinity,
    };
    tally.rules.set(rule, of);
  }
  of[standing] += rows;
  if (standing !== 'column') return;
  of.values += 1;
  if (number !== undefined) {
    of.least = Math.min(of.least, number);
    of.greatest = Math.max(of.greatest, number);
  }
  if (year !== undefined) {
    of.firstYear = Math.min(of.firstYear, year);
    of.lastYear = Math.max(of.lastYear, year);
  }
};

/** Enough cells to speak of shares. */
const many = 20;
const few = 10;

/** Numbers that lie closer than one in five: a counter. */
const isCounter = ({ values, least, greatest }: RuleTally): boolean =>
  values >= many && greatest >= least && greatest - least + 1 < values * 5;

/** Checksums come true no oftener than among numbers drawn blindly (1 in 10, 11, 31). */
const byChance = ({ column, miss }: RuleTally, share = 0.25): boolean =>
  column + miss >= many && column < (column + miss) * share;

const shareOf = ({ column }: RuleTally, others: number): number => column / Math.max(1, column + others);

const bears: Readonly<Partial<Record<Rule, (of: RuleTally, tally: Tally, header: Header) => boolean>>> = {
  'residentId.gb11643': (of, _tally, { says }) => says.has('residentId') || !byChance(of),
  'residentId.gb11643-15': (of, { numbers }, { says }) =>
    says.has('residentId') ||
    ((of.column + numbers < few || shareOf(of, numbers) >= 0.3) &&
      !(of.values >= many && of.lastYear - of.firstYear <= 2)),
  'uscc.gb32100': (of, _tally, { says }) => says.has('uscc') || !byChance(of),
  'bankCard.unionPay': (of, _tally, { says }) =>
    says.has('bankCard') || of.column + of.miss < 4 || of.column >= (of.column + of.miss) * 0.3,
  'bankCard.network': (of, _tally, { says }) =>
    says.has('bankCard') || of.column + of.miss < 4 || shareOf(of, of.miss) >= 0.3,
  'mobile.segment': (of, { numbers }, { says }) =>
    says.has('mobile') ||
    ((of.column + numbers < few || shareOf(of, numbers) >= 0.3) && !byChance(of, 0.7) && !isCounter(of)),
  'landline.area': (of, _tally, { says }) => says.has('landline') || !byChance(of, 0.7),
  'landline.digits': (of, { numbers }, { says }) =>
    says.has('landline') || (shareOf(of, numbers) >= 0.5 && !isCounter(of)),
  'landline.local': (of, { cells }) => of.column >= cells * 0.3,
  'passport.form': (of, _tally, { says, thing }) =>
    says.has('passport') || (!thing && shareOf(of, of.miss) >= 0.6 && !isCounter(of)),
};

/** Shares of cells made like names from which a column is one of names, by what its header says. */
const nameShares = {
  yes: { names: 0.15, weak: 0.3 },
  perhaps: { names: 0.4, weak: 0.6 },
  no: { names: 0.6, weak: 0.75 },
} as const;

const bearsNames = (rule: Rule, tally: Tally, { person }: Header): boolean => {
  const made = tally.rules.get('name.column');
  const share = (made?.column ?? 0) / Math.max(1, tally.cells);
  const least = nameShares[person];
  if (person === 'no' && (made?.values ?? 0) < 3) return false;
  return share >= (rule === 'name.weak' ? least.weak : least.names);
};

/** Which rules' sightings of standing `column` count in this series. */
export const judge = (tally: Tally, header: Header): ReadonlySet<Rule> => {
  const borne = new Set<Rule>();
  for (const [rule, of] of tally.rules) {
    const isName = rule === 'name.column' || rule === 'name.weak';
    if (isName ? bearsNames(rule, tally, header) : (bears[rule]?.(of, tally, header) ?? true))
      borne.add(rule);
  }
  return borne;
};
