/** What a reader can reckon of hidden counts: from rows and totals that are shown, and from one stage to the next (M4). */

/** What was decided in a group, and how much of it was refused; `few`: it concerns fewer merchants than the threshold. */
export type Counted = { group: string; decided: number; refused: number; few?: boolean };
/** `null`: left out. */
export type Shown = { group: string; decided: number | null; refused: number | null };
/** Least and most that a count can be. */
type Range = { least: number; most: number };
export type Ranges = { decided: Range; refused: Range; granted: Range };

/** A stage as a reader has it: its rows, and its totals, which public figures give away whatever the table shows. */
export type Known = {
  rows: readonly Shown[];
  total: { decided: number; refused: number };
  /** Least that a hidden count of decisions can be: one where only nought is shown of it, else nought. */
  least: number;
  /** Groups whose granted cases are the ones that the next stage decided. */
  goesOn: readonly boolean[];
};

const narrowed = (of: Range, by: Range): Range => ({
  least: Math.max(of.least, by.least),
  most: Math.min(of.most, by.most),
});

/** Each of a sum that is known is what the others leave. */
const bySum = (parts: readonly Range[], total: number): Range[] => {
  const least = parts.reduce((all, one) => all + one.least, 0);
  const most = parts.reduce((all, one) => all + one.most, 0);
  return parts.map((one) =>
    narrowed(one, { least: total - (most - one.most), most: total - (least - one.least) }),
  );
};

const within = ({ decided, refused, granted }: Ranges): Ranges => {
  const ofDecided = narrowed(decided, {
    least: refused.least + granted.least,
    most: refused.most + granted.most,
  });
  const ofRefused = narrowed(refused, {
    least: ofDecided.least - granted.most,
    most: ofDecided.most - granted.least,
  });
  return {
    ...{ decided: ofDecided, refused: ofRefused },
    granted: narrowed(granted, {
      least: ofDecided.least - ofRefused.most,
      most: ofDecided.most - ofRefused.least,
    }),
  };
};

const begun = ({ rows, total, least }: Known): Ranges[] =>
  rows.map(({ decided, refused }) => {
    const of = decided === null ? { least, most: total.decided } : { least: decided, most: decided };
    return {
      decided: of,
      refused: refused === null ? { least: 0, most: total.refused } : { least: refused, most: refused },
      granted: { least: 0, most: of.most },
    };
  });

/** One round: sums of each stage, then what each row says of itself, then from stage to stage. */
const round = (stages: readonly Known[], ranges: readonly (readonly Ranges[])[]): Ranges[][] => {
  const summed = ranges.map((rows, at) => {
    const total = stages[at]?.total ?? { decided: 0, refused: 0 };
    const column = (name: keyof Ranges, of: number) =>
      bySum(
        rows.map((row) => row[name]),
        of,
      );
    const decided = column('decided', total.decided);
    const refused = column('refused', total.refused);
    const granted = column('granted', total.decided - total.refused);
    return rows.map((row, n) =>
      within({
        decided: decided[n] ?? row.decided,
        refused: refused[n] ?? row.refused,
        granted: granted[n] ?? row.granted,
      }),
    );
  });
  return summed.map((rows, at) =>
    rows.map((row, n) => {
      const next = stages[at]?.goesOn[n] ? summed[at + 1]?.[n]?.decided : undefined;
      const before = stages[at - 1]?.goesOn[n] ? summed[at - 1]?.[n]?.granted : undefined;
      return {
        ...row,
        decided: before ? narrowed(row.decided, before) : row.decided,
        granted: next ? narrowed(row.granted, next) : row.granted,
      };
    }),
  );
};

/** What can be reckoned of every row of every stage, taken together. */
export const reckoned = (stages: readonly Known[]): Ranges[][] => {
  let ranges = stages.map(begun);
  for (let before = ''; before !== JSON.stringify(ranges); ) {
    before = JSON.stringify(ranges);
    ranges = round(stages, ranges);
  }
  return ranges;
};
