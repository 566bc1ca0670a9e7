// M4: nothing small can be reckoned back from what is shown, by anybody with paper and pencil.
import fc from 'fast-check';
import { type Counted, type Shown, type ShownTable, suppressStages } from './suppress.ts';

const smallest = 5;
const groups = ['a', 'b', 'c', 'd'];
const Table = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 14 }), fc.integer({ min: 0, max: 14 })), {
    minLength: 2,
    maxLength: 4,
  })
  .map((cells): Counted[] =>
    cells.map(([granted, refused], at) => ({ group: groups[at]!, decided: granted + refused, refused })),
  );

type Cell = 'decided' | 'refused' | 'granted';
const cells = ['decided', 'refused', 'granted'] as const;
const small = (count: number): boolean => count > 0 && count < smallest;
const valueOf = ({ decided, refused }: { decided: number; refused: number }, cell: Cell): number =>
  cell === 'granted' ? decided - refused : cell === 'decided' ? decided : refused;

/** What a group's cases came to, stage by stage. */
type Way = { decided: number; refused: number }[];
const totalsOf = (stages: readonly (readonly Counted[])[]): number[] =>
  stages.flatMap((table) => [
    table.reduce((all, { decided }) => all + decided, 0),
    table.reduce((all, { refused }) => all + refused, 0),
  ]);
const plus = (a: readonly number[], b: readonly number[]): number[] => a.map((one, at) => one + (b[at] ?? 0));

/**
 * The reader: tries every course of cases that agrees with what is shown and with the totals, which public figures tell;
 * a row hidden at the first stage has one decision at least, for nought is shown (where anything is). What the one stage
 * lets through the next decides. What is the same in all of them is known.
 */
const knownOf = (shown: readonly ShownTable[], totals: readonly number[]): Set<string> => {
  const rows = shown[0]?.rows ?? [];
  const nothing = shown.every(({ total, rows: all }) => [total, ...all].every((one) => one.decided === null));
  const ways = rows.map((_row, n): Way[] => {
    const from = (stage: number, before: number | undefined): Way[] => {
      const cell = shown[stage]?.rows[n];
      if (!cell) return [[]];
      const found: Way[] = [];
      const least = before ?? cell.decided ?? (nothing ? 0 : 1);
      for (let all = least; all <= (before ?? cell.decided ?? totals[0]!); all += 1) {
        if (cell.decided !== null && all !== cell.decided) continue;
        for (let no = cell.refused ?? 0; no <= (cell.refused ?? all); no += 1)
          if (no <= all)
            found.push(...from(stage + 1, all - no).map((rest) => [{ decided: all, refused: no }, ...rest]));
      }
      return found;
    };
    return from(0, undefined);
  });
  const seen = new Map<string, Set<number>>();
  // Whether the rows from one on can still add up to what is left: asked once a sum.
  const canEnd = new Map<string, boolean>();
  const ends = (at: number, sums: readonly number[]): boolean => {
    if (at === rows.length) return sums.every((one, n) => one === totals[n]);
    const key = `${at} ${sums.join(' ')}`;
    const before = canEnd.get(key);
    if (before !== undefined) return before;
    canEnd.set(key, false);
    let found = false;
    for (const way of ways[at] ?? []) {
      const next = plus(
        sums,
        way.flatMap(({ decided, refused }) => [decided, refused]),
      );
      if (next.some((one, n) => one > (totals[n] ?? 0)) || !ends(at + 1, next)) continue;
      found = true;
      way.forEach((cell, stage) => {
        for (const name of cells) {
          const place = `${stage} ${rows[at]?.group} ${name}`;
          seen.set(place, (seen.get(place) ?? new Set()).add(valueOf(cell, name)));
        }
      });
    }
    canEnd.set(key, found);
    return found;
  };
  // Only what is reached from the beginning counts: the way there is walked from the first row.
  ends(
    0,
    totals.map(() => 0),
  );
  return new Set([...seen].filter(([, values]) => values.size === 1).map(([name]) => name));
};

const given = (
  stages: readonly (readonly Counted[])[],
  shown: readonly ShownTable[],
  least = small,
): string[] => {
  const known = knownOf(shown, totalsOf(stages));
  return stages.flatMap((table, stage) =>
    table.flatMap((row) =>
      cells
        .filter((cell) => least(valueOf(row, cell)) && known.has(`${stage} ${row.group} ${cell}`))
        .map((cell) => `${stage} ${row.group} ${cell}`),
    ),
  );
};

it('no small count is known from any table and its totals', () => {
  fc.assert(
    fc.property(Table, (table) => {
      expect(given([table], suppressStages([table], smallest))).toEqual([]);
    }),
    { numRuns: 800 },
  );
});

/** Cases that are refused at the first stage, refused at the second, and granted, of each group. */
const Course = fc
  .array(fc.tuple(...[0, 1, 2].map(() => fc.integer({ min: 0, max: 4 }))), { minLength: 2, maxLength: 3 })
  .map((all): Counted[][] => [
    all.map(([first = 0, second = 0, granted = 0], at) => ({
      ...{ group: groups[at]!, decided: first + second + granted, refused: first },
    })),
    all.map(([, second = 0, granted = 0], at) => ({
      ...{ group: groups[at]!, decided: second + granted, refused: second },
    })),
  ]);
const underThree = (count: number): boolean => count > 0 && count < 3;

it('nor from two stages of a course, the second of which decides what the first let through', () => {
  fc.assert(
    fc.property(Course, (stages) => {
      expect(given(stages, suppressStages(stages, 3), underThree)).toEqual([]);
    }),
    { numRuns: 400 },
  );
});

it('of a group of few merchants nothing is known, however many their decisions', () => {
  fc.assert(
    fc.property(Course, fc.nat(), (stages, pick) => {
      const group = stages[0]?.[pick % stages[0].length]?.group;
      const marked = stages.map((table) =>
        table.map((row) => (row.group === group ? { ...row, few: row.decided > 0 } : row)),
      );
      const shown = suppressStages(marked, 3);
      const whole = shown.flatMap(({ rows }, at) =>
        marked[at]?.some((row) => row.group === group && 'few' in row && row.few)
          ? rows.filter((one) => one.group === group && (one.decided ?? one.refused) !== null)
          : [],
      );
      expect(whole).toEqual([]);
      const known = given(stages, shown, (count) => count > 0).filter(
        (place) => place.split(' ')[1] === group,
      );
      expect(known).toEqual([]);
    }),
    { numRuns: 100 },
  );
});

it('what is shown is the truth, and tables without small numbers are shown whole', () => {
  fc.assert(
    fc.property(Course, (stages) => {
      const shown = suppressStages(stages, 3);
      const noneSmall = stages.flat().every((row) => cells.every((cell) => !underThree(valueOf(row, cell))));
      shown.forEach(({ rows }, at) => {
        const table = stages[at] ?? [];
        expect(
          rows.map(({ decided, refused }, n) => [decided ?? table[n]?.decided, refused ?? table[n]?.refused]),
        ).toEqual(table.map(({ decided, refused }) => [decided, refused]));
        const whole = rows.every(({ decided, refused }) => decided !== null && refused !== null);
        expect(whole || !noneSmall).toBe(true);
      });
    }),
    { numRuns: 400 },
  );
});

describe('sabotage: the reader finds what a careless table gives away', () => {
  const table: Counted[] = [
    { group: 'a', decided: 20, refused: 2 },
    { group: 'b', decided: 30, refused: 10 },
  ];
  const total: Shown = { group: 'all', decided: 50, refused: 12 };
  it.each<[string, Shown[]]>([
    [
      'the small number alone left out',
      [
        { group: 'a', decided: 20, refused: null },
        { group: 'b', decided: 30, refused: 10 },
      ],
    ],
    [
      'nothing left out',
      [
        { group: 'a', decided: 20, refused: 2 },
        { group: 'b', decided: 30, refused: 10 },
      ],
    ],
  ])('%s', (_name, rows) => {
    expect(given([table], [{ rows, total }])).toContain('0 a refused');
  });
  it('each stage by itself: the second tells how many the first refused', () => {
    const next: Counted[] = [
      { group: 'a', decided: 18, refused: 8 },
      { group: 'b', decided: 20, refused: 7 },
    ];
    const alone = [table, next].flatMap((one) => suppressStages([one], smallest));
    expect(given([table, next], alone)).toContain('0 a refused');
    expect(given([table, next], suppressStages([table, next], smallest))).toEqual([]);
  });
  it('decisions of few merchants, counted as decisions alone', () => {
    const known = suppressStages([table], 2);
    expect(known[0]?.rows[0]).toEqual({ group: 'a', decided: 20, refused: 2 });
    const marked = table.map((row) => (row.group === 'a' ? { ...row, few: true } : row));
    expect(suppressStages([marked], 2)[0]?.rows.map(({ decided }) => decided)).toEqual([null, null]);
  });
  it('and nothing with both rows left out', () => {
    expect(given([table], suppressStages([table], smallest))).toEqual([]);
    expect(suppressStages([table], smallest)[0]?.rows.map(({ decided }) => decided)).toEqual([20, 30]);
  });
});
