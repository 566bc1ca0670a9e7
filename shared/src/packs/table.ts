import { articleNumber, articlesNamed } from './article.ts';
import type { OwnPack } from './assemble.ts';
import { type Fault, type TopicFile, citesOf } from './parse.ts';
import { type CitedRule, type Instruments, type Rule, isCited, isSilent } from './schema.ts';
import { type Key, rowsOf } from './topic.ts';
import { keysOf } from './topics.ts';

/** The table of requirements as data: per row a cell for each jurisdiction; `-` where that text is silent. */
export type RequirementRow = { id: string; requirement: string; cells: Record<string, string> };
export type RequirementsTable = readonly RequirementRow[];

/** Whether the text speaks. */
export const isFilled = (cell: string | undefined): cell is string => cell !== undefined && cell !== '-';

type CellOf = (row: string) => string | undefined;

/** Rows on which the key must be cited wherever the text speaks. */
const carried = ({ row }: Key): readonly string[] => (typeof row === 'string' ? [row] : (row ?? []));

/**
 * Rests on law newer than the texts alone: that law may speak where they are silent, and fills no cell of theirs. What
 * a cell names is still to be cited, so newer law stands beside a text that speaks, never in its place.
 */
const isNewerLaw = ({ cite, also = [] }: CitedRule, instruments: Instruments): boolean =>
  [cite, ...also].every(({ instrument = '' }) => instruments[instrument]?.newer !== undefined);

const ruleFault = (
  name: string,
  key: Key,
  rule: Rule,
  cellOf: CellOf,
  jurisdiction: string,
  instruments: Instruments,
): string | undefined => {
  if (isCited(rule))
    return rule.row === undefined || isFilled(cellOf(rule.row)) || isNewerLaw(rule, instruments)
      ? undefined
      : `rules.${name} cites a text for ${rule.row}, where that of ${jurisdiction} is silent`;
  const bound = carried(key).filter((row) => isFilled(cellOf(row)));
  if (bound.length > 0) {
    const cells = bound.map((row) => `${row} of ${jurisdiction} is filled (${cellOf(row)})`);
    return `rules.${name} is ${isSilent(rule) ? 'silent' : 'inherited'}, and ${cells.join(', ')}`;
  }
  const silentWithin = isSilent(rule) && rule.searched === undefined && isFilled(cellOf(key.within ?? ''));
  return silentWithin
    ? `rules.${name} is silent within ${key.within} and does not say where it searched`
    : undefined;
};

/** Cites from the jurisdiction's own instrument of an article that the cell doesn't name. */
const articleFaults = (file: TopicFile, cellOf: CellOf): Fault[] =>
  citesOf(file).flatMap(({ key, row = '', article, instrument, line }) => {
    const cell = cellOf(row);
    const number = articleNumber(article);
    if (!isFilled(cell) || instrument !== file.instrument || number === undefined) return [];
    if (articlesNamed(cell).includes(number)) return [];
    return [
      { file: file.file, line, reason: `rules.${key} cites ${article} for ${row}, whose cell says ${cell}` },
    ];
  });

const filesOn = (pack: OwnPack, row: string): TopicFile[] =>
  pack.files.filter(({ topic }) => Object.values(keysOf(topic)).some((key) => rowsOf(key).includes(row)));

/** Articles that a cell names and no rule of its row cites. */
const uncited = (pack: OwnPack, row: string, cell: string): Fault[] => {
  const files = filesOn(pack, row);
  const cited = new Set(
    files.flatMap((file) =>
      citesOf(file).flatMap((cite) => (cite.row === row ? [articleNumber(cite.article)] : [])),
    ),
  );
  return files.slice(0, 1).flatMap((file) =>
    articlesNamed(cell)
      .filter((number) => !cited.has(number))
      .map((number) => ({
        file: file.file,
        line: file.lineAt(['rules']),
        reason: `no rule of ${row} cites ${number}, which its cell names: ${cell}`,
      })),
  );
};

/**
 * Compares a jurisdiction's own files with its cells. A filled cell is cited, never silent or inherited, and by every
 * article it names; an aspect of it on which the text is silent says where it searched; an empty cell is not cited,
 * save by law newer than the texts; an article cited from the jurisdiction's instrument stands in the cell.
 */
export const tableFaults = (pack: OwnPack, table: RequirementsTable, instruments: Instruments): Fault[] => {
  const cellOf: CellOf = (row) => table.find(({ id }) => id === row)?.cells[pack.jurisdiction];
  const perFile = pack.files.flatMap((file) => {
    const keys = keysOf(file.topic);
    const rules = Object.entries(file.rules).flatMap(([name, rule]) => {
      const key = keys[name];
      const reason = key && ruleFault(name, key, rule, cellOf, pack.jurisdiction, instruments);
      return reason ? [{ file: file.file, line: file.lineAt(['rules', name]), reason }] : [];
    });
    return [...rules, ...articleFaults(file, cellOf)];
  });
  const perRow = table.flatMap(({ id }) => {
    const cell = cellOf(id);
    return isFilled(cell) ? uncited(pack, id, cell) : [];
  });
  return [...perFile, ...perRow];
};

/** Filled cells, such as `A5 zhongwei`, on which the pack has no topic at all. */
export const cellsWithoutTopic = (pack: OwnPack, table: RequirementsTable): string[] =>
  table.flatMap(({ id, cells }) =>
    isFilled(cells[pack.jurisdiction]) && filesOn(pack, id).length === 0
      ? [`${id} ${pack.jurisdiction}`]
      : [],
  );
