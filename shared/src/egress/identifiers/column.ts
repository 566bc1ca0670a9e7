/**
 * What a column says of a sighting that fills its cell. A form with a check passes by chance one time in ten or so; a
 * form without one fits any counter of that length. So cells are judged by those beside them, always the same way. A
 * miss is worse than a false alarm: where chance would raise an alarm in few cells only, what is seen counts.
 */
import { areAll, byLuck, checks, isCounter, isStray, many, mostly, type Lots } from './column-chance.ts';
import type { Header } from './cues.ts';
import type { Rule, Sighting } from './sighting.ts';

export type RuleTally = Lots & { sure: number; firstYear: number; lastYear: number };
export type Tally = {
  /** Texts of the series; of a column all its cells that are not empty. */
  cells: number;
  /** Numbers and codes that no rule took. */
  numbers: number;
  /** By rule, and by kin where the rule has kins. */
  rules: Map<string, RuleTally>;
};

export const newTally = (): Tally => ({ cells: 0, numbers: 0, rules: new Map() });

const keyOf = ({ rule, kin }: Pick<Sighting, 'rule' | 'kin'>): string => (kin ? `${rule} ${kin}` : rule);

/** Adds a sighting that `rows` cells share. */
export const count = (tally: Tally, sighting: Sighting, rows: number): void => {
  const { standing, number, year, head = '' } = sighting;
  const key = keyOf(sighting);
  let of = tally.rules.get(key);
  if (!of) {
    of = {
      sure: 0,
      column: 0,
      miss: 0,
      values: 0,
      missed: 0,
      heads: new Map(),
      least: Infinity,
      greatest: -Infinity,
      firstYear: Infinity,
      lastYear: -Infinity,
    };
    tally.rules.set(key, of);
  }
  of[standing] += rows;
  if (standing === 'miss') {
    of.missed += 1;
    of.heads.set(head, (of.heads.get(head) ?? 0) + 1);
  }
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
const few = 10;

const shareOf = ({ column }: RuleTally, others: number): number => column / Math.max(1, column + others);

type Bears = (of: RuleTally, tally: Tally, header: Header) => boolean;
const bears: Readonly<Partial<Record<Rule, Bears>>> = {
  'residentId.gb11643': (of, { cells }, { says }) =>
    says.has('residentId') || !byLuck(of, cells, checks.residentId),
  'residentId.gb11643-15': (of, { numbers }, { says }) =>
    says.has('residentId') ||
    ((of.column + numbers < few || shareOf(of, numbers) >= 0.3) &&
      !(of.values >= many && of.lastYear - of.firstYear <= 2)),
  'uscc.gb32100': (of, { cells }, { says }) => says.has('uscc') || !byLuck(of, cells, checks.uscc),
  'bankCard.unionPay': (of, { cells }, { says }) =>
    says.has('bankCard') || !byLuck(of, cells, checks.bankCard),
  'bankCard.network': (of, { cells }, { says }) =>
    says.has('bankCard') || !byLuck(of, cells, checks.bankCard),
  'mobile.segment': (of, { numbers }, { says, numbered }) => {
    if (says.has('mobile')) return true;
    if (numbered && isCounter(of)) return false;
    if (areAll(of, numbers)) return true;
    return shareOf(of, numbers) >= 0.3 ? mostly(of, 0.7) : isStray(of);
  },
  'landline.area': (of, _tally, { says }) => says.has('landline') || mostly(of, 0.7),
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

/** Which sightings of standing `column` count in this series. */
export const judge = (
  tally: Tally,
  header: Header,
): ((sighting: Pick<Sighting, 'rule' | 'kin'>) => boolean) => {
  const borne = new Map<string, boolean>();
  return (sighting) => {
    const key = keyOf(sighting);
    const known = borne.get(key);
    if (known !== undefined) return known;
    const { rule } = sighting;
    const of = tally.rules.get(key);
    const isName = rule === 'name.column' || rule === 'name.weak';
    const counts =
      of !== undefined &&
      (isName ? bearsNames(rule, tally, header) : (bears[rule]?.(of, tally, header) ?? true));
    borne.set(key, counts);
    return counts;
  };
};
