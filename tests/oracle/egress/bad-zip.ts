/** Archives as they come by malice or mistake: written byte by byte, since no library makes them. */
import { closeSync, openSync, writeSync } from 'node:fs';
import { constants, crc32, deflateRawSync } from 'node:zlib';

type Member = { name: string; data: Buffer | Bomb; flags?: number; claims?: number };
/** Data that unpacks to `times` copies of `chunk` after `head`. */
export type Bomb = { head: string; chunk: string; times: number };

const isBomb = (data: Buffer | Bomb): data is Bomb => !Buffer.isBuffer(data);

/** Deflated once and written again and again: a full flush makes each copy stand alone. */
const packed = (data: Buffer | Bomb): { parts: Buffer[]; size: number; plain: number; sum: number } => {
  if (!isBomb(data)) {
    const body = deflateRawSync(data);
    return { parts: [body], size: body.length, plain: data.length, sum: crc32(data) };
  }
  const flush = { finishFlush: constants.Z_FULL_FLUSH };
  const head = deflateRawSync(data.head, flush);
  const copy = deflateRawSync(data.chunk, flush);
  const end = deflateRawSync('');
  return {
    parts: [head, ...Array.from({ length: data.times }, () => copy), end],
    size: head.length + copy.length * data.times + end.length,
    plain: Math.min(data.head.length + data.chunk.length * data.times, 0xffffffff),
    sum: 0, // no reader should come so far
  };
};

const header = (member: Member, pack: { size: number; plain: number; sum: number }): Buffer => {
  const fields = Buffer.alloc(26);
  fields.writeUInt16LE(20, 0);
  fields.writeUInt16LE(member.flags ?? 0x800, 2);
  fields.writeUInt16LE(8, 4);
  fields.writeUInt32LE(0x58210000, 6); // a fixed day
  fields.writeUInt32LE(pack.sum, 10);
  fields.writeUInt32LE(pack.size, 14);
  fields.writeUInt32LE(member.claims ?? pack.plain, 18);
  fields.writeUInt16LE(Buffer.byteLength(member.name), 22);
  return fields;
};

/** Writes a zip of these members. */
export const writeZip = (path: string, members: Member[]): void => {
  const file = openSync(path, 'w');
  let at = 0;
  const put = (data: Buffer): void => {
    writeSync(file, data);
    at += data.length;
  };
  const directory: Buffer[] = [];
  for (const member of members) {
    const pack = packed(member.data);
    const fields = header(member, pack);
    const name = Buffer.from(member.name);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(at, 10);
    directory.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x00', 'latin1'), fields, tail, name]));
    put(Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), fields, name]));
    for (const part of pack.parts) put(part);
  }
  const start = at;
  for (const entry of directory) put(entry);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(members.length, 8);
  end.writeUInt16LE(members.length, 10);
  end.writeUInt32LE(at - start, 12);
  end.writeUInt32LE(start, 16);
  put(end);
  closeSync(file);
};

const xml = (text: string): Buffer =>
  Buffer.from(`<?xml version="1.0" encoding="UTF-8" standalone="yes"?>${text}`);
const office = 'http://schemas.openxmlformats.org';
const types = `${office}/package/2006/content-types`;
const links = `${office}/package/2006/relationships`;
const meaning = `${office}/officeDocument/2006/relationships`;
const part = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
export const sheetStart = `<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="${office}/spreadsheetml/2006/main"><sheetData>`;

/** A workbook of one sheet whose parts may be replaced. */
export const workbook = (sheet: Buffer | Bomb, strings: Buffer | Bomb): Member[] => [
  {
    name: '[Content_Types].xml',
    data: xml(
      `<Types xmlns="${types}"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${part}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${part}.worksheet+xml"/><Override PartName="/xl/sharedStrings.xml" ContentType="${part}.sharedStrings+xml"/></Types>`,
    ),
  },
  {
    name: '_rels/.rels',
    data: xml(
      `<Relationships xmlns="${links}"><Relationship Id="rId1" Type="${meaning}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    ),
  },
  {
    name: 'xl/workbook.xml',
    data: xml(
      `<workbook xmlns="${office}/spreadsheetml/2006/main" xmlns:r="${meaning}"><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    ),
  },
  {
    name: 'xl/_rels/workbook.xml.rels',
    data: xml(
      `<Relationships xmlns="${links}"><Relationship Id="rId1" Type="${meaning}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${meaning}/sharedStrings" Target="sharedStrings.xml"/></Relationships>`,
    ),
  },
  { name: 'xl/worksheets/sheet1.xml', data: sheet },
  { name: 'xl/sharedStrings.xml', data: strings },
];

const rows = '<row><c t="inlineStr"><is><t>a</t></is></c><c><v>1</v></c></row>';
/** A sheet as it should be. */
export const smallSheet = Buffer.from(`${sheetStart}${rows.repeat(3)}</sheetData></worksheet>`);
export const smallStrings = xml(`<sst xmlns="${office}/spreadsheetml/2006/main"><si><t>a</t></si></sst>`);
/** About 4 GB of rows, in a file of a few megabytes. */
export const rowBomb: Bomb = { head: sheetStart, chunk: rows.repeat(131_072), times: 500 };
export const stringBomb: Bomb = {
  head: `<?xml version="1.0"?><sst xmlns="${office}/spreadsheetml/2006/main">`,
  chunk: '<si><t>aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa</t></si>'.repeat(131_072),
  times: 500,
};
