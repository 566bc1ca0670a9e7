/** Files that nobody may call clean (E1), with the reasons a reader of the requirements would take. */
import { closeSync, ftruncateSync, openSync, writeSync } from 'node:fs';
import { disguised, parquet } from './bad-disguised.ts';
import type { BadFile } from './bad-file.ts';
import { texts } from './bad-texts.ts';
import { zips } from './bad-zips.ts';

/** Grown to a size without a byte written: the file system keeps no block for it. */
const sparse = (name: string, head: string, gigabytes: number): BadFile => ({
  what: `${gigabytes} GB, ${name}`,
  name,
  reasons: ['tooLarge', 'malformed', 'unknownFormat', 'cellTooLong', 'truncated'],
  write: (path) => {
    const file = openSync(path, 'w');
    writeSync(file, head);
    ftruncateSync(file, gigabytes * 1024 ** 3);
    closeSync(file);
  },
});
const big: BadFile[] = [
  sparse('big.csv', 'a,b\n1,2\n', 3),
  sparse('big.jsonl', '{"a":1}\n', 3),
  sparse('big.parquet', 'PAR1', 3),
  sparse('big.xlsx', 'PK\x03\x04', 3),
];

export const badFiles: readonly BadFile[] = [...texts, ...disguised, ...zips, ...parquet, ...big];

/** Odd, but whole: judged like any other, and clean. */
export const oddFiles: readonly { what: string; name: string; text: string }[] = [
  {
    what: 'cells that a spreadsheet would run',
    name: 'formula.csv',
    text: 'a,b\n=cmd|\' /C calc\'!A0,+1+1\n@SUM(1),-2\n"=HYPERLINK(""x"")",3\n',
  },
  { what: 'line ends of two kinds', name: 'ends.csv', text: 'a,b\r\n1,2\n3,4\r\n' },
  { what: 'a byte order mark', name: 'mark.csv', text: '\uFEFFa,b\n1,2\n' },
  { what: 'line ends within quotes', name: 'lines.csv', text: 'a,b\n"1\n2","3\r\n4"\n5,6\n' },
  { what: 'commands of the database', name: 'sql.csv', text: "a,b\n'; DROP TABLE t; --,1\n{{7*7}},2\n" },
];
