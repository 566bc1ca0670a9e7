/**
 * Small numbers left out of a table (M4): a count between nought and the threshold is not shown, and enough beside it is
 * left out that it cannot be reckoned back from the rows and totals that stand. Nought is shown: it is about nobody.
 */

/** What was decided in a group, and how much of it was refused. */
export type Counted = { group: string; decided: number; refused: number };
/** `null`: left out. */
export type Shown = { group: string; decided: number | null; refused: number | null };
export type ShownTable = { rows: Shown[]; total: Shown };

const small = (count: number, smallest: number): boolean => count > 0 && count < smallest;

/** Least and most that a hidden count can be, by everything that is shown. */
export type Range = { least: number; most: number };

/** What a reader can reckon of each row's counts from a table as it is shown. */
export const rangesOf = ({
  rows,
  total,
}: ShownTable): Record<string, { decided: Range; refused: Range; granted: Range }> => {
  const exact = (value: number): Range => ({ least: value, most: value });
  const unknown: Range = { least: 0, most: Number.POSITIVE_INFINITY };
  const left = (whole: number | null, shown: readonly (number | null)[]): number =>
    whole === null
      ? Number.POSITIVE_INFINITY
      : whole - shown.reduce<number>((all, one) => all + (one ?? 0), 0);
  const hidden = rows.filter(({ decided }) => decided === null);
  const decidedLeft = left(
    total.decided,
    rows.map(({ decided }) => decided),
  );
  const decidedOf = ({ decided }: Shown): Range =>
    decided === null
      ? // Whoever is hidden has one at least.
        {
          least: hidden.length === 1 && Number.isFinite(decidedLeft) ? decidedLeft : 1,
          most: decidedLeft - (hidden.length - 1),
        }
      : exact(decided);
  const open = rows.filter(({ refused }) => refused === null);
  const refusedLeft = left(
    total.refused,
    rows.map(({ refused }) => refused),
  );
  const ranges = new Map<string, { decided: Range; refused: Range; granted: Range }>();
  for (const row of rows) {
    const decided = decidedOf(row);
    if (row.refused !== null) {
      const granted = row.decided === null ? unknown : exact(row.decided - row.refused);
      ranges.set(row.group, { decided, refused: exact(row.refused), granted });
      continue;
    }
    const others = open.filter((one) => one !== row).reduce((all, one) => all + decidedOf(one).most, 0);
    const refused = {
      least: Number.isFinite(refusedLeft) ? Math.max(0, refusedLeft - others) : 0,
      most: Math.min(decided.most, refusedLeft),
    };
    const granted = { least: Math.max(0, decided.least - refused.most), most: decided.most - refused.least };
    ranges.set(row.group, { decided, refused, granted });
  }
  return Object.fromEntries(ranges);
};

/** Whether a reader could reckon a small count of the table as it is shown. */
export const leaks = (table: readonly Counted[], shown: ShownTable, smallest: number): boolean => {
  const ranges = rangesOf(shown);
  return table.some(({ group, decided, refused }) => {
    const of = ranges[group];
    const pinned = (count: number, range: Range | undefined): boolean =>
      range !== undefined && small(count, smallest) && range.least === range.most;
    return (
      pinned(decided, of?.decided) || pinned(refused, of?.refused) || pinned(decided - refused, of?.granted)
    );
  });
};

const sumOf = (table: readonly Counted[]): Counted => ({
  group: 'all',
  decided: table.reduce((all, { decided }) => all + decided, 0),
  refused: table.reduce((all, { refused }) => all + refused, 0),
});

type Hidden = { decided: Set<string>; refused: Set<string> };

const shownAs = (table: readonly Counted[], hidden: Hidden, total: Shown): ShownTable => ({
  total,
  rows: table.map(({ group, decided, refused }) => ({
    group,
    decided: hidden.decided.has(group) ? null : decided,
    refused: hidden.refused.has(group) || hidden.decided.has(group) ? null : refused,
  })),
});

/** The total as far as it may stand: with it left out, every table of the same total leaves it out. */
export const totalOf = (table: readonly Counted[], smallest: number): Shown => {
  const { group, decided, refused } = sumOf(table);
  return {
    group,
    decided: small(decided, smallest) ? null : decided,
    refused:
      small(decided, smallest) || small(refused, smallest) || small(decided - refused, smallest)
        ? null
        : refused,
  };
};

/**
 * A table with its small numbers left out; `undefined` where nothing but leaving out the total would hide them. Rows are
 * left out whole counts at a time, the smallest first, until nothing small can be reckoned.
 */
export const suppress = (
  table: readonly Counted[],
  smallest: number,
  total: Shown,
): ShownTable | undefined => {
  const hidden: Hidden = { decided: new Set(), refused: new Set() };
  for (const { group, decided, refused } of table) {
    if (small(decided, smallest)) hidden.decided.add(group);
    if (small(refused, smallest) || small(decided - refused, smallest)) hidden.refused.add(group);
  }
  const bySize = table
    .filter(({ decided }) => decided > 0)
    .toSorted((a, b) => a.decided - b.decided || (a.group < b.group ? -1 : 1));
  for (let tries = 0; tries <= 2 * table.length; tries += 1) {
    const shown = shownAs(table, hidden, total);
    if (!leaks(table, shown, smallest)) return shown;
    const next =
      bySize.find(({ group }) => !hidden.refused.has(group) && !hidden.decided.has(group)) ??
      bySize.find(({ group }) => !hidden.decided.has(group));
    if (!next) return undefined;
    // Refusals first: a count of decisions says less of anybody.
    if (hidden.refused.has(next.group)) hidden.decided.add(next.group);
    else {
      hidden.refused.add(next.group);
      if (hidden.decided.size === 1) hidden.decided.add(next.group);
    }
  }
  return undefined;
};

/** Several tables of the same total, such as by size and by relation: left out of one, the total is left out of all. */
export const suppressAll = (tables: readonly (readonly Counted[])[], smallest: number): ShownTable[] => {
  const [first = []] = tables;
  const total = totalOf(first, smallest);
  const whole = tables.map((table) => suppress(table, smallest, total));
  if (whole.every((one) => one !== undefined)) return whole;
  const none: Shown = { group: 'all', decided: null, refused: null };
  return tables.map(
    (table) =>
      suppress(table, smallest, none) ?? {
        total: none,
        rows: table.map(({ group }) => ({ group, decided: null, refused: null })),
      },
  );
};
