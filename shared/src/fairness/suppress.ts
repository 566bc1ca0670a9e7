/**
 * Small numbers left out of tables (M4): a count between nought and the threshold is not shown, nor anything of a group of
 * so few merchants, however many their decisions; and enough beside it is left out that it cannot be reckoned back: from other rows, from totals (which public figures tell), or from the next
 * stage, which decides what this one let through. Nought is shown: it is about nobody.
 */
import { type Counted, reckoned, type Shown } from './reckon.ts';

export type { Counted, Shown } from './reckon.ts';
export type ShownTable = { rows: Shown[]; total: Shown };
type Table = readonly Counted[];
const small = (count: number, smallest: number): boolean => count > 0 && count < smallest;
const hasSmall = ({ decided, refused, few }: Omit<Counted, 'group'>, smallest: number): boolean =>
  few === true || [decided, refused, decided - refused].some((count) => small(count, smallest));

const sumOf = (table: Table): Counted => ({
  group: 'all',
  decided: table.reduce((all, { decided }) => all + decided, 0),
  refused: table.reduce((all, { refused }) => all + refused, 0),
});

/** Whether a reader could reckon a small count of any stage from all that is shown of them. */
const leaks = (stages: readonly Table[], shown: readonly (readonly Shown[])[], smallest: number): boolean => {
  const ranges = reckoned(
    stages.map((table, at) => ({
      ...{ rows: shown[at] ?? [], total: sumOf(table), least: at === 0 ? 1 : 0 },
      goesOn: table.map(({ decided, refused }, n) => stages[at + 1]?.[n]?.decided === decided - refused),
    })),
  );
  return stages.some((table, at) =>
    table.some(({ decided, refused, few }, n) => {
      const of = ranges[at]?.[n];
      const counts = [
        [decided, of?.decided],
        [refused, of?.refused],
        [decided - refused, of?.granted],
      ] as const;
      return counts.some(
        ([count, range]) =>
          range && (small(count, smallest) || (few && count > 0)) && range.least === range.most,
      );
    }),
  );
};

/**
 * The rows of a stage with these groups left out: of the first stage how many were decided may stand, unless it is small,
 * of few merchants, or a group is left out whole; later it gives away how many were refused before.
 */
const rowsOf = (
  table: Table,
  { first, hidden, whole }: { first: boolean; hidden: ReadonlySet<string>; whole: ReadonlySet<string> },
  smallest: number,
): Shown[] =>
  table.map((row) => {
    const { group, decided, refused, few } = row;
    if (!hidden.has(group)) return { group, decided, refused };
    const stands = first && !few && !whole.has(group) && !small(decided, smallest);
    return { group, decided: stands ? decided : null, refused: null };
  });

const nothing = (table: Table): ShownTable => ({
  rows: table.map(({ group }) => ({ group, decided: null, refused: null })),
  total: { group: 'all', decided: null, refused: null },
});

/** The total as the table shows it; what is small of it is left out, and all of it where all its merchants are few. */
const totalOf = (table: Table, smallest: number, few: boolean): Shown => {
  const { group, decided, refused } = sumOf(table);
  if (few) return { group, decided: null, refused: null };
  return {
    group,
    decided: small(decided, smallest) ? null : decided,
    refused: hasSmall({ decided, refused }, smallest) ? null : refused,
  };
};

/**
 * The stages of one course of cases, of the same groups in the same order, each deciding what the one before let
 * through; one stage alone is a course too. A group that has a small number anywhere is left out of all of them; then the
 * smallest others, until nothing small can be reckoned. Where that is never so, nothing is shown.
 */
export const suppressStages = (
  stages: readonly Table[],
  smallest: number,
  /** Stages whose merchants are few, all groups taken together. */
  fewInAll: readonly boolean[] = [],
): ShownTable[] => {
  const [first = []] = stages;
  const hidden = new Set(
    stages.flatMap((table) => table.filter((row) => hasSmall(row, smallest)).map(({ group }) => group)),
  );
  const whole = new Set<string>();
  const bySize = first
    .filter(({ group, decided }) => decided > 0 || hidden.has(group))
    .toSorted((a, b) => a.decided - b.decided || (a.group < b.group ? -1 : 1))
    .map(({ group }) => group);
  // Refusals of each first, then whole groups: a count of decisions says less of anybody.
  for (;;) {
    const shown = stages.map((table, at) => rowsOf(table, { first: at === 0, hidden, whole }, smallest));
    if (!leaks(stages, shown, smallest))
      return stages.map((table, at) => ({
        rows: shown[at] ?? [],
        total: totalOf(table, smallest, fewInAll[at] === true),
      }));
    const further = hidden.size < bySize.length ? hidden : whole;
    const next = bySize.find((one) => !further.has(one));
    if (next === undefined) return stages.map(nothing);
    further.add(next);
  }
};
