import type { Ask } from './asking.ts';
import type { Single } from './quasi-search.ts';
import type { SensitiveValues } from './sensitive-values.ts';
import { type LoadedSheet, quoted } from './table.ts';

/** Bytes of the longest value a dictionary takes, and of all dictionaries together, with what each value costs besides. */
const valueBytes = 256;
const dictionaryBytes = 64_000_000;
const besides = 32;

/**
 * Copies the columns as small whole numbers, one for each value, so that a group by costs a few milliseconds a million
 * rows. Columns of very many or very long values are copied as 128-bit digests, which need no dictionary in memory.
 */
export const codedColumns = async (
  ask: Ask,
  sheet: LoadedSheet,
  singles: readonly Single[],
  sensitive: readonly SensitiveValues[],
) => {
  const table = `${sheet.table}_codes`;
  const types: string[] = [];
  const columns: string[] = [];
  let room = dictionaryBytes;
  const drop = async () => {
    await ask(`drop table if exists ${table}`);
    for (const type of types) await ask(`drop type if exists ${type}`);
  };
  for (const { column, values, longest } of singles) {
    const cell = quoted(column);
    const bytes = values * (longest + besides);
    if (longest <= valueBytes && bytes <= room) {
      room -= bytes;
      const type = quoted(`${sheet.table}_${column}_values`);
      types.push(type);
      await ask(
        `create type ${type} as enum (select distinct ${cell} from ${sheet.table} where ${cell} is not null)`,
      );
      columns.push(`enum_code(cast(p.${cell} as ${type})) as ${cell}`);
    } else columns.push(`md5_number(p.${cell}) as ${cell}`);
  }
  const places = sensitive.map((values, at) => ({ values, as: `v${at}` }));
  await ask(`create or replace temp table ${table} as
    select ${['p.r', ...columns, ...places.map(({ values, as }) => `${as}.i as ${quoted(values.column)}`)].join(', ')}
    from (select *${sensitive.map(({ value }, at) => `, ${value} as read${at}`).join('')} from ${sheet.table}) p
    ${places.map(({ values, as }, at) => `join ${values.table} ${as} on p.read${at} is not distinct from ${as}.v`).join(' ')}`);
  return { people: { table, placed: true }, drop };
};
