/** Which files are taken, and whether one is what it says: declared type, file name and content must agree. */
import { open } from 'node:fs/promises';
import { createReadStream } from 'node:fs';
import { extname } from 'node:path';
import { problem } from '@gongshu/shared/problems';
import { fileTypeFromFile } from 'file-type';
import { zipNames } from './zip.ts';

type Kind = {
  /** The media type it is served as, and others that it is sent as. */
  mediaType: string;
  sentAs?: readonly string[];
  endings: readonly string[];
  /** What the library finds in it; `null` for plain text, in which it finds nothing. */
  found: string | null;
};

const officeOpen = 'application/vnd.openxmlformats-officedocument';

/** What bodies exchange: fixed pages, office files, pictures of sealed papers, lists. By the code that events carry. */
export const documentKinds = {
  pdf: { mediaType: 'application/pdf', endings: ['.pdf'], found: 'application/pdf' },
  // GB/T 33190; browsers do not know it and send it as a mere stream of bytes.
  ofd: {
    mediaType: 'application/ofd',
    sentAs: ['application/vnd.ofd', 'application/octet-stream'],
    endings: ['.ofd'],
    found: 'application/zip',
  },
  docx: {
    mediaType: `${officeOpen}.wordprocessingml.document`,
    endings: ['.docx'],
    found: `${officeOpen}.wordprocessingml.document`,
  },
  xlsx: {
    mediaType: `${officeOpen}.spreadsheetml.sheet`,
    endings: ['.xlsx'],
    found: `${officeOpen}.spreadsheetml.sheet`,
  },
  png: { mediaType: 'image/png', endings: ['.png'], found: 'image/png' },
  jpeg: { mediaType: 'image/jpeg', endings: ['.jpg', '.jpeg'], found: 'image/jpeg' },
  // A machine with a spreadsheet program sends CSV under that program's type.
  csv: {
    mediaType: 'text/csv',
    sentAs: ['application/csv', 'application/vnd.ms-excel'],
    endings: ['.csv'],
    found: null,
  },
  // Files of data: products are made of them, and larger than papers.
  parquet: {
    mediaType: 'application/vnd.apache.parquet',
    sentAs: ['application/parquet', 'application/x-parquet', 'application/octet-stream'],
    endings: ['.parquet'],
    found: 'application/vnd.apache.parquet',
  },
  jsonl: {
    mediaType: 'application/x-ndjson',
    sentAs: ['application/jsonl', 'application/x-jsonlines', 'application/json', 'application/octet-stream'],
    endings: ['.jsonl', '.ndjson'],
    found: null,
  },
  txt: { mediaType: 'text/plain', endings: ['.txt'], found: null },
} as const satisfies Record<string, Kind>;
export type DocumentKind = keyof typeof documentKinds;

/** Kinds that hold data, for which the larger limit stands. */
const dataKinds: readonly DocumentKind[] = ['csv', 'parquet', 'jsonl', 'xlsx'];
export const holdsData = (kind: DocumentKind): boolean => dataKinds.includes(kind);

const kinds = Object.entries(documentKinds) as readonly (readonly [DocumentKind, Kind])[];
const foundInOthers = new Set(kinds.flatMap(([, { found }]) => (found === null ? [] : [found])));

const differs = (where: 'fileName' | 'mediaType' | 'content', zh: string, en: string) =>
  problem('documentTypeDiffers', {
    errors: [{ pointer: `/body/file/${where}`, code: 'typeDiffers', message: { zh, en } }],
  });

const typeOf = (declared: string): string => declared.split(';')[0]?.trim().toLowerCase() ?? '';

/**
 * The kind that file name and declared media type agree on. Throws `documentTypeNotAllowed` (415) where either is none
 * of ours, `documentTypeDiffers` (422) where they are two.
 */
export const declaredKind = (fileName: string, declared: string): DocumentKind => {
  const ending = extname(fileName).toLowerCase();
  const type = typeOf(declared);
  const byName = kinds.find(([, { endings }]) => endings.includes(ending));
  const byType = kinds.filter(
    ([, { mediaType, sentAs = [] }]) => mediaType === type || sentAs.includes(type),
  );
  if (!byName || byType.length === 0)
    throw problem('documentTypeNotAllowed', {
      params: { types: kinds.map(([code]) => code.toUpperCase()).join(', ') },
    });
  if (!byType.some(([code]) => code === byName[0]))
    throw differs('mediaType', '所报类型与文件名后缀不符', 'The declared type is not that of the file name');
  return byName[0];
};

/** Controls but tab, line feed and carriage return. */
const controls = /[^\t\n\r\P{Cc}]/u;

const readsAs = async (path: string, encoding: 'utf-8' | 'gb18030'): Promise<boolean> => {
  const decoder = new TextDecoder(encoding, { fatal: true });
  try {
    for await (const chunk of createReadStream(path))
      if (controls.test(decoder.decode(chunk as Buffer, { stream: true }))) return false;
    return !controls.test(decoder.decode());
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_ENCODING_INVALID_ENCODED_DATA') return false;
    throw error;
  }
};

const isText = async (path: string): Promise<boolean> =>
  (await readsAs(path, 'utf-8')) || (await readsAs(path, 'gb18030'));

const found = async (path: string): Promise<string | undefined> => {
  try {
    return (await fileTypeFromFile(path))?.mime;
  } catch {
    return undefined; // cut off or crafted: nothing that it could be taken for
  }
};

const isOfd = async (path: string): Promise<boolean> => {
  const file = await open(path, 'r');
  try {
    return (await zipNames(file)).has('OFD.xml');
  } finally {
    await file.close();
  }
};

/** Looks at a file on the disk, of whatever size, piece by piece. Throws `documentTypeDiffers` (422). */
export const mustBeOfKind = async (path: string, code: DocumentKind): Promise<void> => {
  const kind: Kind = documentKinds[code];
  const what = await found(path);
  const agrees =
    kind.found === null
      ? !foundInOthers.has(what ?? '') && (await isText(path))
      : what === kind.found && (code !== 'ofd' || (await isOfd(path)));
  if (!agrees) throw differs('content', '文件内容不是此类型', 'The content is not of this type');
};
