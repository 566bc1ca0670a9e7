/** Forms with files, read part by part: words in memory, bounded; each file goes where the caller keeps it. */
import type { Readable } from 'node:stream';
import { mustBeStorable } from '@gongshu/infra/http/body';
import { Problem, problem } from '@gongshu/shared/problems';
import type { FastifyRequest } from 'fastify';
import type { UploadFolder } from './upload-folder.ts';

export const multipartType = 'multipart/form-data';

/** What one part is known by before its bytes are read. */
export type PartHead = { field: string; name: string; mediaType: string };
export type Limits = {
  /** Of the whole form, as it is announced; more is refused before it is read. */
  formBytes: number;
  /** Of all words together. */
  wordBytes: number;
  fields: number;
  files: number;
  /** What of one file is handed on; the rest of a longer one is read and thrown away. */
  fileBytes: number;
};
export type Fields = Record<string, string | string[]>;

/** Whether a request brings such a form. */
export const isMultipart = ({ headers }: Pick<FastifyRequest, 'headers'>): boolean =>
  headers['content-type']?.split(';')[0]?.trim().toLowerCase() === multipartType;

/** Throws `bodyTooLarge` (413), and `malformedBody` (400) for one that does not say how long it is. */
export const mustFit = ({ headers }: Pick<FastifyRequest, 'headers'>, formBytes: number): void => {
  const length = headers['content-length'];
  if (length === undefined) throw problem('malformedBody', { params: { type: multipartType } });
  if (!(Number(length) <= formBytes)) throw problem('bodyTooLarge');
};

const asRefusal = (error: unknown): unknown => {
  if (error instanceof Problem) return error;
  const { code = '', syscall } = error as NodeJS.ErrnoException;
  if (syscall !== undefined && code !== 'ECONNRESET') return error;
  if (/^FST_(?:FILES|FIELDS|PARTS)_LIMIT$/.test(code)) return problem('bodyTooLarge', { cause: error });
  return problem('malformedBody', { params: { type: multipartType }, cause: error });
};

/**
 * Reads the form to its end: its fields, and through `keep` its files; a field for which no file was chosen is left out.
 * Throws `bodyTooLarge`, `malformedBody`, and what `keep` throws; the form is read to its end then too, so that its sender
 * hears the answer. Needs `readMultipart` in its scope.
 */
export const readParts = async (
  request: FastifyRequest,
  { formBytes, wordBytes, fields, files, fileBytes }: Limits,
  keep: (head: PartHead, bytes: Readable) => Promise<void>,
): Promise<Fields> => {
  mustFit(request, formBytes);
  const limits = { fields, files, parts: fields + files, fieldSize: wordBytes + 1, fileSize: fileBytes + 1 };
  // What is too long is cut off, and told by whoever keeps it.
  const options = { limits, throwFileSizeLimit: false };
  const read = new Map<string, string | string[]>();
  let words = 0;
  let refusal: unknown;
  try {
    for await (const part of request.parts(options)) {
      try {
        if (part.type === 'field') {
          // A part that says it is JSON is read as such by the parser; no form sends one.
          if (typeof part.value !== 'string')
            throw problem('malformedBody', { params: { type: multipartType } });
          const { value } = part;
          words += Buffer.byteLength(value);
          if (part.valueTruncated || words > wordBytes) throw problem('bodyTooLarge');
          const before = read.get(part.fieldname);
          read.set(part.fieldname, before === undefined ? value : [before, value].flat());
        } else if (part.filename === '') part.file.resume();
        else {
          mustBeStorable([part.fieldname, part.filename], 'body');
          const head = { field: part.fieldname, name: part.filename, mediaType: part.mimetype };
          await keep(head, part.file);
        }
      } catch (error) {
        refusal ??= error;
        if (part.type === 'file') part.file.resume();
      }
    }
  } catch (error) {
    refusal ??= error;
    // What is left of a form that cannot be read would hold up the connection's next request.
    request.raw.resume();
  }
  if (refusal) throw asRefusal(refusal);
  const body = Object.fromEntries(read);
  mustBeStorable(body, 'body');
  return body;
};

/** A file of a form, on the disk until its folder is discarded. `content` is null for one longer than allowed. */
export type FormFile = PartHead & { content: Blob | null };

/**
 * The same with files below `folder`, which the caller takes away. A file that is longer than allowed is named and marked,
 * so that the form can say which; nothing of it is kept in memory.
 */
export const readPartsInto = async (
  request: FastifyRequest,
  limits: Limits,
  folder: UploadFolder,
): Promise<{ fields: Fields; files: FormFile[] }> => {
  const files: FormFile[] = [];
  const fields = await readParts(request, limits, async (head, bytes) => {
    const content = await folder.keep(bytes, head.name, head.mediaType);
    files.push({ ...head, content: content.size > limits.fileBytes ? null : content });
  });
  return { fields, files };
};
