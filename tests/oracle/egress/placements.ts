/** Where the names and addresses of the corpus stand: alone in columns, within sentences, within JSON values. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

type Shape = [value: unknown, pointer: string];
export type Entry = { value: string; kind: string };
/** One cell that holds an entry, at a row counted from 1. */
export type Placed = { row: number; column: string; kind: string; path: string | null };
export type Sheet = { headers: string[]; rows: string[][]; placed: Placed[] };

const here = import.meta.dirname;
const templates = JSON.parse(readFileSync(join(here, 'templates.json'), 'utf8')) as {
  nameText: string[];
  nameJson: Shape[];
  addressText: string[];
  addressJson: Shape[];
};

export const entries = (file: 'names' | 'addresses'): Entry[] =>
  readFileSync(join(here, `${file}.csv`), 'utf8')
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((line) => {
      const at = line.lastIndexOf(',');
      return { value: line.slice(0, at).replace(/^"(.*)"$/, '$1'), kind: line.slice(at + 1) };
    });

type Way = { header: string; cell: (value: string, at: number) => string; path?: (at: number) => string };
const filled = (template: unknown, value: string): string =>
  JSON.stringify(template).replace('{}', () => JSON.stringify(value).slice(1, -1));
const turn = <T>(list: T[], at: number): T => list[at % list.length] as T;
const alone = (header: string): Way => ({ header, cell: (value) => value });
const sentence = (header: string, list: string[]): Way => ({
  header,
  cell: (value, at) => turn(list, at).replace('{}', () => value),
});
const json = (header: string, list: Shape[]): Way => ({
  header,
  cell: (value, at) => filled(turn(list, at)[0], value),
  path: (at) => turn(list, at)[1],
});

const nameWays: Way[] = [
  alone('姓名'),
  alone('联系人'),
  alone('name'),
  alone('经办人'),
  alone('户主'),
  alone('备注'),
  sentence('情况说明', templates.nameText),
  sentence('内容', templates.nameText.toReversed()),
  json('附加信息', templates.nameJson),
];
const addressWays: Way[] = [
  alone('地址'),
  alone('住址'),
  alone('address'),
  alone('坐落'),
  alone('经营场所'),
  alone('备注'),
  sentence('情况说明', templates.addressText),
  json('附加信息', templates.addressJson),
];

/** A table with an entry in every cell; each column goes through the corpus from another place. */
const place = (list: Entry[], ways: Way[]): Sheet => {
  const placed: Placed[] = [];
  const rows = list.map((_, at) =>
    ways.map(({ header, cell, path }, column) => {
      const { value, kind } = turn(list, at + column * 131);
      placed.push({ row: at + 1, column: header, kind, path: path?.(at) ?? null });
      return cell(value, at);
    }),
  );
  return { headers: ways.map(({ header }) => header), rows, placed };
};

export const namesPlaced = (): Sheet => place(entries('names'), nameWays);
export const addressesPlaced = (): Sheet => place(entries('addresses'), addressWays);

const quoted = (cell: string): string => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
/** RFC 4180, with a header. */
export const csvOf = (headers: string[], rows: string[][]): string =>
  [headers, ...rows].map((row) => row.map(quoted).join(',')).join('\n') + '\n';
