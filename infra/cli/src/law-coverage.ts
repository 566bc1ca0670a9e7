import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type RequirementsTable, isFilled } from '@gongshu/shared/packs/table';
import type { PackSet } from '@gongshu/shared/packs/resolve';

/** How often tests name a cell in their titles: `[A5 zhongwei]`, `[A5 zhongwei refuses]`, `[A6 zhongwei unused]`. */
export type Tags = ReadonlyMap<string, number>;

const tag = /\[([A-Z]\d{1,2}) ([a-z]+)( refuses| unused)?\]/g;
const switchedOff = /\b(?:xit|xtest|xdescribe)\b|\.(?:skip|todo)\b/;

/** Tags in the titles of one test file: in text in quotes, in tests that run. */
export const tagsIn = (source: string): string[] =>
  source.split('\n').flatMap((line) => {
    if (/^\s*(?:\/\/|\/?\*)/.test(line) || switchedOff.test(line)) return [];
    return [...line.matchAll(tag)]
      .filter(({ index }) => /['"`]/.test(line.slice(0, index)))
      .map(([whole]) => whole.slice(1, -1));
  });

const skipped = new Set(['node_modules', '.cache', '.data', '.git']);
const testFiles = (dir: string): string[] =>
  readdirSync(dir, { withFileTypes: true }).flatMap((entry) => {
    if (skipped.has(entry.name)) return [];
    const path = join(dir, entry.name);
    if (entry.isDirectory()) return testFiles(path);
    return entry.name.endsWith('.test.ts') ? [path] : [];
  });

/** Counts the tags of every `*.test.ts` below a folder. */
export const countTags = (root: string): Tags => {
  const counts = new Map<string, number>();
  for (const file of testFiles(root))
    for (const name of tagsIn(readFileSync(file, 'utf8'))) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
};

export type Cell = { tests: number; state: 'silent' | 'due' | 'covered' | 'missing'; lacks: string[] };
export type Coverage = { cells: Map<string, Cell>; faults: string[] };

/** What tests a force asks for, beside the plain one. */
const needs = { must: ['', ' refuses'], may: ['', ' unused'], says: [''] } as const;

/** Forces with which a jurisdiction's own pack cites each row. */
const forcesOf = (packs: PackSet, jurisdiction: string): Map<string, Set<keyof typeof needs>> => {
  const forces = new Map<string, Set<keyof typeof needs>>();
  if (!packs.jurisdictions.includes(jurisdiction)) return forces;
  for (const rules of Object.values(packs.resolve(jurisdiction).rules))
    for (const { row, force, from } of Object.values(rules))
      if (row && force && from === jurisdiction) forces.set(row, (forces.get(row) ?? new Set()).add(force));
  return forces;
};

/**
 * Measures tests against the table: each filled cell needs those its force asks for, or stands on the list of due
 * cells. A due cell that has tests must leave the list; so must one that is not filled.
 */
export const measure = (
  table: RequirementsTable,
  packs: PackSet,
  tags: Tags,
  due: readonly string[],
): Coverage => {
  const cells = new Map<string, Cell>();
  const faults: string[] = [];
  const cities = Object.keys(table[0]?.cells ?? {});
  for (const city of cities) {
    const forces = forcesOf(packs, city);
    for (const { id, cells: row } of table) {
      const name = `${id} ${city}`;
      const tests = ['', ' refuses', ' unused'].reduce((sum, kind) => sum + (tags.get(name + kind) ?? 0), 0);
      const isDue = due.includes(name);
      if (!isFilled(row[city])) {
        if (isDue) faults.push(`${name} is due, and its text is silent`);
        cells.set(name, { tests, state: 'silent', lacks: [] });
        continue;
      }
      if (isDue) {
        if (tests > 0) faults.push(`${name} has tests: take it off the list of due cells`);
        cells.set(name, { tests, state: 'due', lacks: [] });
        continue;
      }
      const asked = new Set([...(forces.get(id) ?? ['must' as const])].flatMap((force) => [...needs[force]]));
      const lacks = [...asked]
        .filter((kind) => !tags.has(name + kind))
        .map((kind) => kind.trim() || 'passes');
      for (const kind of lacks) faults.push(`${name} lacks a test: ${kind}`);
      cells.set(name, { tests, state: lacks.length === 0 ? 'covered' : 'missing', lacks });
    }
  }
  const known = new Set(cells.keys());
  for (const name of due) if (!known.has(name)) faults.push(`${name} is due, and stands in no table`);
  for (const name of tags.keys()) {
    const cell = name.replace(/ (?:refuses|unused)$/, '');
    if (!known.has(cell)) faults.push(`a test names ${name}, which stands in no table`);
  }
  return { cells, faults };
};

/** Rows × cities for a terminal: number of tests, what is missing, `due`, or `-` where the text is silent. */
export const printed = (table: RequirementsTable, { cells, faults }: Coverage): string => {
  const cities = Object.keys(table[0]?.cells ?? {});
  const show = (name: string): string => {
    const cell = cells.get(name);
    if (!cell || cell.state === 'silent') return '-';
    if (cell.state === 'due') return 'due';
    return cell.lacks.length === 0 ? String(cell.tests) : `${cell.tests} missing: ${cell.lacks.join(', ')}`;
  };
  const rows = [
    ['row', ...cities],
    ...table.map(({ id }) => [id, ...cities.map((city) => show(`${id} ${city}`))]),
  ];
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const lines = rows.map((row) =>
    row
      .map((text, column) => text.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  const count = (state: Cell['state']) => [...cells.values()].filter((cell) => cell.state === state).length;
  const summary = `${count('covered')} cells covered, ${count('missing')} missing, ${count('due')} due, ${count('silent')} silent`;
  return [...lines, summary, ...faults].join('\n');
};
