import type { GroupFinding } from '@gongshu/shared/egress/report';
import type { EgressThresholds } from '@gongshu/shared/egress/thresholds';
import type { AggregateTable } from '@gongshu/shared/egress/aggregate-table';
import { sheetsOf } from './aggregates.ts';
import { type Ask, whileAsking } from './asking.ts';
import { goesBeyond, judgeSet, type LocatedSet, locate, searchSets } from './quasi-search.ts';
import { Refused } from './refused.ts';
import { sensitiveValues, type SensitiveValues } from './sensitive-values.ts';
import type { Loaded, LoadedSheet } from './table.ts';

export type GroupsAsk = {
  /** Quasi-identifiers the submitter declared, by name; null where nothing was declared. */
  qi: readonly string[] | null;
  sensitive: readonly string[];
  /** Sheets declared to be tables of aggregates: their rows are cells and no persons, and aggregates.ts judges them. */
  aggregates?: readonly AggregateTable[];
  thresholds: EgressThresholds;
  signal?: AbortSignal | undefined;
};

const named = ({ columns }: LoadedSheet, names: readonly string[]) =>
  columns.filter(({ name }) => names.includes(name));

/** @throws Refused columnMissing with the first declared column that no sheet has. */
const mustHaveColumns = (sheets: readonly LoadedSheet[], names: readonly string[]): void => {
  for (const name of names)
    if (!sheets.some(({ columns }) => columns.some((column) => column.name === name)))
      throw new Refused('columnMissing', 'a declared column is not in the file', { column: name });
};

/** One finding for each sensitive field, or one for k alone where none was named. */
const findingsOf = (
  sheet: LoadedSheet,
  { qi, k, singledOut, singledOutRows, spreads }: LocatedSet,
  sensitive: readonly SensitiveValues[],
  searched: boolean,
): GroupFinding[] => {
  const names = sheet.columns.filter(({ column }) => qi.includes(column)).map(({ name }) => name);
  const group = { qi: names, searched, sheet: sheet.sheet, k, singledOut, singledOutRows };
  if (sensitive.length === 0) return [{ ...group, sensitive: null, l: null, t: null }];
  return sensitive.map(({ name }, at) => ({
    ...group,
    sensitive: name,
    ...(spreads[at] ?? { l: null, t: null }),
  }));
};

/** The declared set's findings and the searched ones' of one sheet; in a table of aggregates nothing is searched. */
const judgeSheet = async (
  ask: Ask,
  sheet: LoadedSheet,
  { qi, sensitive, thresholds }: GroupsAsk,
  ofAggregates: boolean,
) => {
  const fields: SensitiveValues[] = [];
  try {
    for (const column of named(sheet, sensitive))
      fields.push(await sensitiveValues(ask, sheet, column, `${sheet.table}_${column.column}_spread`));
    const columns = named(sheet, qi ?? []).map(({ column }) => column);
    const source = { table: sheet.table, placed: false };
    const judged = columns.length === 0 ? null : await judgeSet(ask, source, columns, fields);
    const declared = judged && { qi: columns, beyond: goesBeyond(judged, thresholds) };
    const searched = ofAggregates ? [] : await searchSets(ask, sheet, fields, declared, thresholds);
    return {
      declared: judged ? findingsOf(sheet, await locate(ask, source, judged), fields, false) : [],
      searched: searched.flatMap((one) => findingsOf(sheet, one, fields, true)),
    };
  } finally {
    for (const { table } of fields) await ask(`drop table if exists ${table}`);
  }
};

/**
 * How far combinations of columns single people out (E1, 中卫 二十三、二十八): k, l and t of the declared quasi-identifiers
 * and of sets nobody declared (quasi-search.ts), over all rows, the declared ones first; a finding for each sensitive
 * field. In a workbook each sheet is judged by those of the declared columns it has. Sheets without rows tell of nobody;
 * in those declared to be tables of aggregates nothing is searched, as their rows are no persons.
 * Whether a finding holds a product back is `violates` (shared/egress/groups) and the verdict's rule.
 * @throws Refused columnMissing for a declared column that no sheet has, of a table of aggregates too; stopped; outOfMemory.
 */
export const judgeGroups = async (
  { connection, sheets }: Pick<Loaded, 'connection' | 'sheets'>,
  asked: GroupsAsk,
): Promise<GroupFinding[]> => {
  mustHaveColumns(sheets, [...(asked.qi ?? []), ...asked.sensitive]);
  const ofAggregates = new Set((asked.aggregates ?? []).flatMap((declared) => sheetsOf(sheets, declared)));
  return whileAsking(connection, asked.signal, async (ask) => {
    const declared: GroupFinding[] = [];
    const searched: GroupFinding[] = [];
    for (const sheet of sheets.filter(({ rows }) => rows > 0)) {
      const judged = await judgeSheet(ask, sheet, asked, ofAggregates.has(sheet));
      declared.push(...judged.declared);
      searched.push(...judged.searched);
    }
    return [...declared, ...searched];
  });
};
