import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

export type Answer = { qi: string[]; sensitive: string[]; k: number; l: number; t: number };
export type Table = { name: string; columns: string[]; rows: (string | null)[][] };
export type Answers = {
  oracle: string;
  /** What the sets of `smallest` go beyond. */
  limits: { k: number; l: number; t: number };
  adult: { name: string; answers: Answer[] };
  /** `smallest`: all smallest sets of at most three quasi-identifiers beyond the limits; null where not sought. */
  tables: { name: string; answers: Answer[]; smallest: string[][] | null }[];
};

const beside = (name: string) => readFileSync(join(import.meta.dirname, name));

/** What `pycanon` says, made by anonymity_oracle.py. */
export const readAnswers = (): Answers => JSON.parse(beside('anonymity-answers.json').toString()) as Answers;
export const readTables = (): Table[] =>
  JSON.parse(gunzipSync(beside('anonymity-tables.json.gz')).toString()) as Table[];

/** The first line is the header. */
export const readAdult = (): Table => {
  const [header = '', ...lines] = beside('../adult.csv').toString().trimEnd().split(/\r?\n/);
  return { name: 'adult', columns: header.split(';'), rows: lines.map((line) => line.split(';')) };
};
