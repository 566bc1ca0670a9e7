/** Reading an upload: one file and a title, streamed to the store and looked at before anything is kept. */
import multipart, { type MultipartFile } from '@fastify/multipart';
import { line } from '@gongshu/shared/line';
import { Problem, problem } from '@gongshu/shared/problems';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { mustBeStorable } from '../http/body.ts';
import { invalidRequest } from '../http/validation.ts';
import { type DocumentKind, declaredKind, holdsData, mustBeOfKind } from './kinds.ts';
import type { DocumentStore, Received } from './store.ts';

const Title = line(200);

export type Upload = Received & { kind: DocumentKind; fileName: string; title: string };

/** Lets the routes of this scope read multipart bodies, with file names in UTF-8. */
export const readMultipart = async (app: FastifyInstance): Promise<void> => {
  await app.register(multipart as never, { defParamCharset: 'utf8' } as never);
};

const place = (pointer: string, code: string, zh: string, en: string) =>
  problem('invalidRequest', { errors: [{ pointer, code, message: { zh, en } }] });

const lineAt = (value: unknown, pointer: string): string => {
  mustBeStorable(value, pointer);
  const parsed = Title.safeParse(value);
  if (!parsed.success) throw invalidRequest(parsed.error, pointer, value);
  return parsed.data;
};

/** A failure of the client's stream or form as our refusal; one of the disk stays a fault. */
const asRefusal = (error: unknown): unknown => {
  if (error instanceof Problem) return error;
  const { code = '', syscall } = error as NodeJS.ErrnoException;
  if (syscall !== undefined && code !== 'ECONNRESET') return error;
  if (/^FST_(FILES|FIELDS|PARTS)_LIMIT$/.test(code))
    return place('/body', 'tooManyParts', '只接受一个文件和一个 title', 'One file and one title are taken');
  return problem('documentIncomplete', { cause: error });
};

const nameOf = (file: MultipartFile): string => lineAt(file.filename, 'body/file/fileName');

type Parts = { received?: Received; said?: { kind: DocumentKind; fileName: string }; title?: string };

/**
 * Reads a form to its end, so that the client hears the answer; the first refusal is thrown then. What was received is
 * in `into` either way.
 */
const readParts = async (request: FastifyRequest, store: DocumentStore, into: Parts): Promise<void> => {
  const limits = {
    files: 1,
    fields: 1,
    parts: 2,
    fieldSize: 4_096,
    fileSize: Math.max(store.maxBytes, store.maxDataBytes) + 1,
  };
  let refusal: unknown;
  try {
    for await (const part of request.parts({ limits })) {
      try {
        if (part.type === 'field' && part.fieldname === 'title')
          into.title = lineAt(part.value, 'body/title');
        else if (part.type === 'field')
          throw place('/body', 'unrecognized_keys', '不认识的表单项', 'A part that is not known');
        else {
          const fileName = nameOf(part);
          const kind = declaredKind(fileName, part.mimetype);
          into.said = { kind, fileName };
          into.received = await store.receive(
            part.file,
            holdsData(kind) ? store.maxDataBytes : store.maxBytes,
          );
        }
      } catch (error) {
        refusal ??= error;
        if (part.type === 'file') part.file.resume();
      }
    }
  } catch (error) {
    refusal ??= error;
    // A form without its boundary was never read: what is left of it would hold up the connection's next request.
    request.raw.resume();
  }
  if (refusal) throw asRefusal(refusal);
};

/**
 * Takes the upload of a request to the disk, checked; the caller keeps or discards it. Throws `documentFileMissing`,
 * `documentTypeNotAllowed`, `documentTypeDiffers`, `documentTooLarge`, `documentEmpty`, `documentIncomplete` (the
 * client went away), `invalidRequest`; then nothing is left on the disk.
 */
export const takeUpload = async (request: FastifyRequest, store: DocumentStore): Promise<Upload> => {
  if (!request.isMultipart())
    throw problem('unsupportedMediaType', { params: { types: 'multipart/form-data' } });
  const parts: Parts = {};
  try {
    await readParts(request, store, parts);
    const { received, said, title } = parts;
    if (!received || !said) throw problem('documentFileMissing');
    await mustBeOfKind(received.path, said.kind);
    return { ...received, ...said, title: title ?? said.fileName };
  } catch (error) {
    await parts.received?.discard();
    throw error;
  }
};
