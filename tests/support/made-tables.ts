/** Made tables for the evidence engine: the same on every run, written as CSV and opened as a scan opens a file. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openFile } from '../../activities/src/egress/engine/open.ts';
import type { Loaded } from '../../activities/src/egress/engine/table.ts';

export type Cell = string | number | boolean | null;
export type MadeTable = { columns: string[]; rows: Cell[][] };

/** A stream of numbers in [0, 1) from a seed (mulberry32). */
export const seeded = (seed: number): (() => number) => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
};

export const below = (random: () => number, bound: number): number => Math.floor(random() * bound);

export const shuffled = <T>(items: T[], random: () => number): T[] =>
  items
    .map((item) => ({ item, place: random() }))
    .toSorted((a, b) => a.place - b.place)
    .map(({ item }) => item);

const cellText = (cell: Cell): string => {
  const text = cell === null ? '' : String(cell);
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

export const csvOf = ({ columns, rows }: MadeTable): string =>
  [columns, ...rows].map((row) => `${row.map(cellText).join(',')}\n`).join('');

/** A folder that goes with `remove`, and the tables opened in it, which are closed with it. */
export const madeTables = () => {
  const folder = mkdtempSync(join(tmpdir(), 'gongshu-made-'));
  const opened: Loaded[] = [];
  return {
    folder,
    path: (name: string) => join(folder, name),
    async open(table: MadeTable): Promise<Loaded> {
      const file = join(folder, `table-${opened.length}.csv`);
      writeFileSync(file, csvOf(table));
      const loaded = await openFile(file);
      opened.push(loaded);
      return loaded;
    },
    remove() {
      for (const loaded of opened.splice(0)) loaded.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};
