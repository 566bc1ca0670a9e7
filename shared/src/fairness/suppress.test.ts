// M4: nothing small can be reckoned back from what is shown, by anybody with paper and pencil.
import fc from 'fast-check';
import { type Counted, type Shown, type ShownTable, suppressAll } from './suppress.ts';

const smallest = 5;
const groups = ['a', 'b', 'c', 'd'];
const Table = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 14 }), fc.integer({ min: 0, max: 14 })), {
    minLength: 1,
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

/**
 * The reader: tries every table that agrees with what is shown (a hidden row has one decision at least), knowing
 * nothing of how rows were chosen. What is the same in all of them is known.
 */
const knownOf = ({ rows, total }: ShownTable, most: number): Set<string> => {
  const seen = new Map<string, Set<number>>();
  const ways = rows.map(({ decided, refused }) => {
    const found: { decided: number; refused: number }[] = [];
    for (let all = decided ?? 1; all <= (decided ?? most); all += 1)
      for (let no = refused ?? 0; no <= (refused ?? all); no += 1)
        if (no <= all) found.push({ decided: all, refused: no });
    return found;
  });
  // Whether the rows from one on can still add up to what is left: asked once a sum.
  const canEnd = new Map<string, boolean>();
  const ends = (at: number, all: number, no: number): boolean => {
    if (at === rows.length)
      return (
        (total.decided === null || all === total.decided) && (total.refused === null || no === total.refused)
      );
    const key = `${at} ${all} ${no}`;
    const before = canEnd.get(key);
    if (before !== undefined) return before;
    canEnd.set(key, false);
    let found = false;
    for (const way of ways[at] ?? []) {
      if (total.decided !== null && all + way.decided > total.decided) continue;
      if (!ends(at + 1, all + way.decided, no + way.refused)) continue;
      found = true;
      for (const cell of cells) {
        const name = `${rows[at]?.group} ${cell}`;
        seen.set(name, (seen.get(name) ?? new Set()).add(valueOf(way, cell)));
      }
    }
    canEnd.set(key, found);
    return found;
  };
  // Only what is reached from the beginning counts: the way there is walked from the first row.
  ends(0, 0, 0);
  return new Set([...seen].filter(([, values]) => values.size === 1).map(([name]) => name));
};

const given = (tables: Counted[][], shown: ShownTable[]): string[] =>
  tables.flatMap((table, at) => {
    const known = knownOf(shown[at]!, 60);
    return table.flatMap((row) =>
      cells
        .filter((cell) => small(valueOf(row, cell)) && known.has(`${row.group} ${cell}`))
        .map((cell) => `${row.group} ${cell}`),
    );
  });

it('no small count is known from any table and its totals', () => {
  fc.assert(
    fc.property(Table, (table) => {
      expect(given([table], suppressAll([table], smallest))).toEqual([]);
    }),
    { numRuns: 800 },
  );
});

it('what is shown is the truth, and a table without small numbers is shown whole', () => {
  fc.assert(
    fc.property(Table, (table) => {
      const [{ rows }] = suppressAll([table], smallest) as [ShownTable];
      expect(
        rows.map(({ decided, refused }, at) => [
          decided ?? table[at]?.decided,
          refused ?? table[at]?.refused,
        ]),
      ).toEqual(table.map(({ decided, refused }) => [decided, refused]));
      const noneSmall = table.every((row) => cells.every((cell) => !small(valueOf(row, cell))));
      const whole = rows.every(({ decided, refused }) => decided !== null && refused !== null);
      expect(whole || !noneSmall).toBe(true);
    }),
    { numRuns: 400 },
  );
});

it('a total that is left out of one table is left out of every table', () => {
  fc.assert(
    fc.property(Table, fc.integer({ min: 0, max: 3 }), (table, at) => {
      // The same decisions laid out another way: two rows become one.
      const merged: Counted[] = table.reduce<Counted[]>((all, row, index) => {
        const last = all.at(-1);
        if (index > 0 && index - 1 === at && last)
          return [
            ...all.slice(0, -1),
            { group: last.group, decided: last.decided + row.decided, refused: last.refused + row.refused },
          ];
        return [...all, row];
      }, []);
      const shown = suppressAll([table, merged], smallest);
      expect(new Set(shown.map(({ total }) => JSON.stringify(total))).size).toBe(1);
      expect(given([table, merged], shown)).toEqual([]);
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
    expect(given([table], [{ rows, total }])).toContain('a refused');
  });
  it('and nothing with both rows left out', () => {
    expect(given([table], suppressAll([table], smallest))).toEqual([]);
    expect(suppressAll([table], smallest)[0]?.rows.map(({ decided }) => decided)).toEqual([20, 30]);
  });
});
