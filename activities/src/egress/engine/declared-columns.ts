import { detect } from '@gongshu/shared/egress/identifiers/detect';
import { columnsKept, type ColumnsFound } from '@gongshu/shared/egress/report';
import type { LoadedSheet } from './table.ts';

/** Longer ones are no column's name but a sentence: their place tells enough. */
const nameLength = 200;

/** A name as it may be shown: null where it is overlong or holds what identifies somebody; its place is named then. */
const shown = (name: string): string | null =>
  name.length > nameLength || detect(name).length > 0 ? null : name;

const undeclaredIn = ({ sheet, columns }: LoadedSheet, fields: ReadonlySet<string>) => {
  const met = new Set<string>();
  return columns.flatMap(({ name }, index) => {
    const declared = fields.has(name) && !met.has(name);
    met.add(name);
    return declared ? [] : [{ sheet, number: index + 1, column: shown(name) }];
  });
};

/**
 * How a file's columns stand to the fields its submitter declared (E1): columns of each sheet that nobody declared, by
 * sheet and place, and declared fields that stand in no sheet. What is not declared was judged by nobody: not whether it
 * was granted, nor how it was treated (D1). Names go by their letters; the second column of one name is declared by nobody.
 * At most `columnsKept` of the former. Never a value.
 */
export const declaredColumns = (sheets: readonly LoadedSheet[], fields: readonly string[]): ColumnsFound => {
  const declared = new Set(fields);
  const undeclared: ColumnsFound['undeclared'] = [];
  for (const sheet of sheets) {
    if (undeclared.length >= columnsKept) break;
    undeclared.push(...undeclaredIn(sheet, declared).slice(0, columnsKept - undeclared.length));
  }
  const there = new Set(sheets.flatMap(({ columns }) => columns.map(({ name }) => name)));
  const missing = fields.flatMap((name, at) =>
    there.has(name) ? [] : [{ pointer: `/fields/${at}/name`, column: shown(name) }],
  );
  return { undeclared, missing };
};
