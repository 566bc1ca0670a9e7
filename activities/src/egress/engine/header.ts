import { detect } from '@gongshu/shared/egress/identifiers/detect';
import { neverNames } from './beside-cells.ts';
import { Refused } from './refused.ts';
import type { LoadedSheet } from './table.ts';

/**
 * The first row is the header, and its cells are shown in the report: one that holds somebody's number is a row of data.
 * @throws Refused malformed, without the name.
 */
export const mustBeHeaders = (sheets: readonly LoadedSheet[]): void => {
  for (const { sheet, columns } of sheets)
    for (const [index, { name }] of columns.entries())
      if (detect(name).some(({ type }) => neverNames.has(type)))
        throw new Refused('malformed', `the header's cell ${index + 1} holds an identifier: no header`, {
          row: 0,
          sheet,
        });
};
