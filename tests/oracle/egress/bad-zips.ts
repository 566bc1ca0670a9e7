/** Zips and workbooks that grow, hide or lack what they name. */
import type { RefusalReason } from '@gongshu/shared/egress/report';
import { type BadFile, magic, plain } from './bad-file.ts';
import { rowBomb, sheetStart, smallSheet, smallStrings, stringBomb, workbook, writeZip } from './bad-zip.ts';

const zip = (
  name: string,
  what: string,
  members: Parameters<typeof writeZip>[1],
  ...reasons: RefusalReason[]
): BadFile => ({
  what,
  name,
  reasons,
  write: (path) => writeZip(path, members),
});
const entities = `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "${'a'.repeat(1000)}">${Array.from({ length: 9 }, (_, at) => `<!ENTITY ${'bcdefghij'[at]} "${`&${'abcdefghi'[at]};`.repeat(10)}">`).join('')}]>`;
const bombed = workbook(
  Buffer.from(
    sheetStart.replace(/^<\?xml[^>]*>/, entities) +
      '<row><c t="inlineStr"><is><t>&j;</t></is></c></row></sheetData></worksheet>',
  ),
  smallStrings,
);
const locked = workbook(smallSheet, smallStrings).map((member) => ({ ...member, flags: 0x801 }));

const lying = workbook(rowBomb, smallStrings).map((member) =>
  member.data === rowBomb ? { ...member, claims: 1000 } : member,
);

export const zips: BadFile[] = [
  zip('table.zip', 'a zip', [{ name: 'a.csv', data: Buffer.from(plain) }], 'archive'),
  zip('bomb.zip', 'a zip bomb', [{ name: 'a.csv', data: rowBomb }], 'archive', 'tooLarge'),
  zip(
    'nested.xlsx',
    'a zip within a zip, named a workbook',
    [{ name: 'inner.zip', data: magic('504b0304') }],
    'archive',
    'unknownFormat',
    'malformed',
  ),
  zip(
    'locked.zip',
    'an encrypted zip',
    [{ name: 'a.csv', data: Buffer.from(plain), flags: 0x801 }],
    'archive',
    'encrypted',
  ),
  zip('locked-parts.xlsx', 'a workbook of encrypted parts', locked, 'encrypted', 'malformed', 'archive'),
  zip(
    'bomb.xlsx',
    'a workbook with a sheet of 4 GB',
    workbook(rowBomb, smallStrings),
    'tooLarge',
    'malformed',
    'outOfMemory',
  ),
  zip(
    'bomb-lying.xlsx',
    'a sheet of 4 GB said to be of 1,000 bytes',
    lying,
    'tooLarge',
    'malformed',
    'outOfMemory',
  ),
  zip(
    'bomb-strings.xlsx',
    'a workbook with 4 GB of texts',
    workbook(smallSheet, stringBomb),
    'tooLarge',
    'malformed',
    'outOfMemory',
  ),
  zip(
    'entities.xlsx',
    'a sheet whose entities grow',
    bombed,
    'malformed',
    'tooLarge',
    'cellTooLong',
    'outOfMemory',
  ),
  zip(
    'no-sheet.xlsx',
    'a workbook without the sheet it names',
    workbook(smallSheet, smallStrings).filter(({ name }) => !name.includes('sheet1')),
    'malformed',
    'truncated',
  ),
  zip(
    'cut-sheet.xlsx',
    'a sheet that ends in a row',
    workbook(smallSheet.subarray(0, -60), smallStrings),
    'malformed',
    'truncated',
  ),
];
