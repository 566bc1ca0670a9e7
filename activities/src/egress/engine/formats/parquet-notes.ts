import type { DuckDBConnection } from '@duckdb/node-api';
import { mustTellNobody, neverNames, type Reading } from '../beside-cells.ts';
import { Refused } from '../refused.ts';

/** What writers keep for themselves: the columns' names and types, where a word is no person's name. */
const ownKeys =
  /^(?:pandas|ARROW:schema|geo|org\.apache\.spark\..+|parquet\.avro\.schema|avro\.schema|polars.*)$/;
const arrow = 'ARROW:schema';
const mostBytes = 4_000_000;
const noNames: Reading = { kinds: neverNames };

/** The texts of a note; Arrow's schema is bytes in Base64 and may hold the file's notes once more. */
const textsOf = (name: string, value: Buffer): string[] => {
  const text = value.toString('utf8');
  const inner = name === arrow ? Buffer.from(text, 'base64').toString('utf8') : text;
  const parts = inner.split(/[\p{Cc}\uFFFD]+/u).filter((part) => part.length >= 4);
  return name === arrow ? parts : [text, ...parts];
};

/**
 * Holds what a Parquet file says of itself (notes by key, who made it) to what its cells are held to.
 * @throws Refused malformed where a note identifies somebody; cellTooLong.
 */
export const mustNoteNobody = async (connection: DuckDBConnection, source: string): Promise<void> => {
  const reader = await connection.runAndReadAll(
    `select key, value from parquet_kv_metadata(${source})
     union all select null, encode(created_by) from parquet_file_metadata(${source}) where created_by is not null`,
  );
  for (const { key, value } of reader.getRowObjectsJS() as Record<'key' | 'value', Uint8Array | null>[]) {
    if ((value?.length ?? 0) > mostBytes)
      throw new Refused('cellTooLong', `a note of the file of more than ${mostBytes} bytes`);
    const name = key ? Buffer.from(key).toString('utf8') : '';
    const own = !key || ownKeys.test(name);
    mustTellNobody(name, 'the key of a note of the file');
    for (const text of textsOf(name, Buffer.from(value ?? [])))
      mustTellNobody(text, 'a note of the file', {}, own ? noNames : { header: name });
  }
};
