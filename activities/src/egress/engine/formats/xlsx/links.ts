import { posix } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { mustTellNobody, tells } from '../../beside-cells.ts';
import { Refused } from '../../refused.ts';
import type { LoadedSheet } from '../../table.ts';
import type { Members } from './members.ts';
import { readXml } from './xml.ts';

/** One link of a sheet: the cells it lies on, and its texts (where it leads, what is shown beside it). */
export type Link = { ref: string; texts: string[] };

const decoded = (target: string): string => {
  try {
    return decodeURIComponent(target);
  } catch {
    return target;
  }
};

/**
 * Where a sheet's links lead, by their id.
 * @throws Refused malformed where a part that is no link is named by somebody's number.
 */
export const linkTargets = async (members: Members, sheet: string): Promise<Map<string, string>> => {
  const targets = new Map<string, string>();
  const part = posix.join(posix.dirname(sheet), '_rels', `${posix.basename(sheet)}.rels`);
  if (!members.has(part)) return targets;
  await readXml(members, part, {
    open(name, { Id = '', Target = '', Type = '' }) {
      if (name !== 'Relationship') return;
      if (Type.endsWith('/hyperlink')) targets.set(Id, decoded(Target));
      else mustTellNobody(decoded(Target), 'the relations of a sheet');
    },
  });
  return targets;
};

const corner = /^([A-Z]{1,3})(\d{1,7})$/;
const columnOf = (letters: string): number =>
  Array.from(letters).reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0);

/**
 * Reads what a link tells as text of the cells it lies on; links that tell of nobody change nothing. `header` is the
 * row of the sheet its header stands in.
 * @throws Refused malformed where the link lies on no cell of a row.
 */
export const readLinks = async (
  connection: DuckDBConnection,
  { sheet, table, columns, rows }: LoadedSheet,
  header: number,
  links: readonly Link[],
): Promise<void> => {
  for (const { ref, texts } of links) {
    const told = texts.filter((text) => tells(text));
    if (told.length === 0) continue;
    const [from, to = from] = ref.split(':').map((one) => corner.exec(one));
    const [first, last] = [Number(from?.[2] ?? 0) - header, Number(to?.[2] ?? 0) - header];
    const [left, right] = [columnOf(from?.[1] ?? ''), columnOf(to?.[1] ?? '')];
    if (first < 1 || last < first || last > rows || left < 1 || right < left || right > columns.length)
      throw new Refused('malformed', 'an identifier in a link that lies on no row', { sheet });
    for (const { column } of columns.slice(left - 1, right)) {
      const statement = await connection.prepare(
        `update ${table} set ${column} = concat_ws(' ', ${column}, $1) where r between $2 and $3`,
      );
      statement.bindVarchar(1, told.join(' '));
      statement.bindInteger(2, first);
      statement.bindInteger(3, last);
      await statement.run();
      statement.destroySync();
    }
  }
};
