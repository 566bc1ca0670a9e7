/** Files for uploads: small ones of every kind that is taken, and the form they are sent in. */
import { crc32 } from 'node:zlib';

export type SampleFile = { name: string; type: string; bytes: Buffer };

const le = (...values: [bytes: 2 | 4, value: number][]): Buffer =>
  Buffer.concat(
    values.map(([bytes, value]) => {
      const buffer = Buffer.alloc(bytes);
      buffer.writeUIntLE(value, 0, bytes);
      return buffer;
    }),
  );

/** A zip of stored entries, byte for byte (APPNOTE 4.3). */
export const zipOf = (entries: Record<string, string>): Buffer => {
  const files: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const [path, text] of Object.entries(entries)) {
    const name = Buffer.from(path);
    const data = Buffer.from(text);
    const common = le(
      [2, 20],
      [2, 0],
      [2, 0],
      [4, 0x21],
      [4, crc32(data)],
      [4, data.length],
      [4, data.length],
    );
    const local = Buffer.concat([le([4, 0x04034b50]), common, le([2, name.length], [2, 0]), name, data]);
    directory.push(
      Buffer.concat([
        ...[le([4, 0x02014b50], [2, 20]), common],
        le([2, name.length], [2, 0], [2, 0], [2, 0], [2, 0], [4, 0], [4, at]),
        name,
      ]),
    );
    files.push(local);
    at += local.length;
  }
  const listed = Buffer.concat(directory);
  const count = directory.length;
  const end = le(
    [4, 0x06054b50],
    [2, 0],
    [2, 0],
    [2, count],
    [2, count],
    [4, listed.length],
    [4, at],
    [2, 0],
  );
  return Buffer.concat([...files, listed, end]);
};

const office = 'application/vnd.openxmlformats-officedocument';
const officeFile = (part: string, type: string): Buffer =>
  zipOf({
    '[Content_Types].xml': `<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/${part}" ContentType="${type}.main+xml"/></Types>`,
    '_rels/.rels': '<Relationships/>',
    [part]: '<document/>',
  });

const types = {
  pdf: 'application/pdf',
  ofd: 'application/ofd',
  docx: `${office}.wordprocessingml.document`,
  xlsx: `${office}.spreadsheetml.sheet`,
  png: 'image/png',
  jpg: 'image/jpeg',
  csv: 'text/csv',
  txt: 'text/plain',
} as const;
export type SampleKind = keyof typeof types;
export const sampleKinds = Object.keys(types) as SampleKind[];

const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const contents: Record<SampleKind, Buffer> = {
  pdf: Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n'),
  ofd: zipOf({ 'OFD.xml': '<ofd:OFD/>', 'Doc_0/Document.xml': '<ofd:Document/>' }),
  docx: officeFile('word/document.xml', types.docx),
  xlsx: officeFile('xl/workbook.xml', types.xlsx),
  png,
  jpg: Buffer.from('ffd8ffe000104a46494600010100000100010000ffd9', 'hex'),
  csv: Buffer.from('\ufeff目录,数量\r\n停车场,12\r\n'),
  txt: Buffer.from('同意使用。\n', 'utf8'),
};

/** A file of a kind; another `mark`, another file. */
export const sampleFile = (kind: SampleKind, mark = ''): SampleFile => ({
  name: `材料${mark}.${kind}`,
  type: types[kind],
  bytes:
    mark === ''
      ? contents[kind]
      : kind === 'txt' || kind === 'csv' || kind === 'pdf'
        ? Buffer.concat([contents[kind], Buffer.from(`%${mark}\n`)])
        : contents[kind],
});

/** The form of an upload, as a request is made of it. */
export const formOf = async (file: SampleFile | undefined, title?: string) => {
  const form = new FormData();
  if (title !== undefined) form.append('title', title);
  if (file) form.append('file', new File([new Uint8Array(file.bytes)], file.name, { type: file.type }));
  const request = new Response(form);
  const type = request.headers.get('content-type') ?? '';
  return { body: Buffer.from(await request.arrayBuffer()), headers: { 'content-type': type } };
};
