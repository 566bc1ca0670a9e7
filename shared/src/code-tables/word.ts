import { codeTables } from '../code-tables.ts';
import type { Texts } from '../problems/row.ts';

/** The words of a code in the first of these tables that has it; `undefined` where none has. */
export const wordIn = (
  tables: readonly string[],
  code: string,
  language: keyof Texts,
): string | undefined => {
  for (const table of tables) {
    const codes = codeTables[table]?.codes ?? {};
    if (Object.hasOwn(codes, code)) return codes[code]?.[language];
  }
  return undefined;
};
