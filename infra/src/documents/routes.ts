import { toInstantText } from '@gongshu/shared/business-date';
import { actingRole } from '@gongshu/shared/may';
import { problem } from '@gongshu/shared/problems';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { ApplicationReader } from '../cases/visible.ts';
import { problems } from '../http/problems.ts';
import { DocumentHash } from './cite.ts';
import { type ObjectOf, readableDocument } from './readable.ts';
import { type DocumentRow, type DocumentService, recordUpload } from './register.ts';
import { sendDocument } from './send.ts';
import { documentStates, type DocumentStore } from './store.ts';
import { readMultipart, takeUpload } from './upload.ts';

const Uploaded = z
  .object({
    hash: z.string(),
    bytes: z.int(),
    mediaType: z.string(),
    title: z.string(),
    fileName: z.string(),
    uploadedBy: z.string(),
    uploadedAt: z.iso.datetime({ offset: true }),
  })
  .meta({ id: 'Document' });
const Known = Uploaded.extend({
  state: z.enum(documentStates).describe('Whether the file is there and still is what was uploaded'),
}).meta({ id: 'DocumentWithState' });
const Params = z.object({ hash: DocumentHash });

/** What the form holds; the parts are read as a stream, so that this describes and does not validate. */
const Form = z.any().meta({
  type: 'object',
  required: ['file'],
  properties: {
    file: {
      type: 'string',
      format: 'binary',
      description: 'PDF, OFD, DOCX, XLSX, PNG, JPEG, CSV, PARQUET, JSONL, TXT',
    },
    title: { type: 'string', maxLength: 200, description: 'The file’s name when left out' },
  },
});

const view = (row: DocumentRow): z.output<typeof Uploaded> => ({
  hash: row.hash,
  bytes: row.bytes,
  mediaType: row.media_type,
  title: row.title,
  fileName: row.file_name,
  uploadedBy: row.organisation,
  uploadedAt: toInstantText(row.uploaded_at.getTime()),
});

export type DocumentRouteDeps = {
  db: ApplicationReader;
  documents: DocumentStore;
  service: DocumentService;
  /** What `may()` asks about what has documents and is no case. */
  objectOf?: ObjectOf;
  /** How long an upload may take, where files of data are taken; as long as any request when left out. */
  uploadMillis?: number | undefined;
};

/** Documents are uploaded, described and read (design 5). */
export const documentRoutes =
  ({
    db,
    documents,
    service,
    uploadMillis,
    objectOf = async () => undefined,
  }: DocumentRouteDeps): FastifyPluginAsyncZod =>
  async (app) => {
    await readMultipart(app as never);

    app.post(
      '/v1/documents',
      {
        // The content is its own key: the same bytes by the same body again are the same upload.
        config: { act: 'uploadDocument', changes: false, consumes: ['multipart/form-data'] },
        ...(uploadMillis !== undefined && { handlerTimeout: uploadMillis }),
        schema: {
          summary: '上传材料 · Upload a document; the same bytes by the same body again answer the same',
          consumes: ['multipart/form-data'],
          body: Form,
          response: { 201: Uploaded, ...problems(400, 401, 403, 413, 415, 422, 503) },
        },
      },
      async (request, reply) => {
        const { id, organisation, jurisdiction } = request.actor;
        const object = { jurisdiction, owner: organisation };
        request.mustBeAllowed(object);
        if (organisation === null) throw problem('forbidden', { params: { act: 'uploadDocument' } });
        const upload = await takeUpload(request, documents);
        try {
          const role = actingRole(request.actor, 'uploadDocument', object);
          const at = await request.lawNow();
          const row = await recordUpload(db as never, service, upload, {
            ...{ id, role, organisation, jurisdiction, at },
          });
          return reply.code(201).header('location', `/v1/documents/${row.hash}`).send(view(row));
        } finally {
          await upload.discard();
        }
      },
    );

    app.get(
      '/v1/documents/:hash',
      {
        config: { act: 'readDocument' },
        schema: {
          summary: 'A document as it was uploaded, and whether its file is still that',
          params: Params,
          response: { 200: Known, ...problems(400, 401, 403, 404) },
        },
      },
      async (request) => {
        const row = await readableDocument(db, request, request.params.hash, objectOf);
        return { ...view(row), state: await documents.state(row.hash, row.bytes) };
      },
    );

    app.get(
      '/v1/documents/:hash/content',
      {
        config: { act: 'readDocument' },
        schema: {
          summary: 'The file itself, compared with its hash before the first byte is sent',
          params: Params,
          response: {
            200: {
              description: 'The file, under its media type',
              content: { 'application/octet-stream': { schema: z.any() } },
            },
            ...problems(400, 401, 403, 404, 409, 410),
          },
        },
      },
      async (request, reply) => {
        const row = await readableDocument(db, request, request.params.hash, objectOf);
        return sendDocument(reply, documents, row) as never;
      },
    );
  };
