/** The file of a document as an answer: compared with its hash before the first byte is sent, never shown as a page. */
import type { FastifyReply } from 'fastify';
import type { DocumentStore } from './store.ts';
import type { DocumentTable } from './tables.ts';

/** RFC 6266: a name in ASCII for old clients, the true one (RFC 5987) for the others. */
const attachment = (fileName: string): string => {
  const ascii = fileName.replace(/[^\w. -]/g, '_');
  const coded = encodeURIComponent(fileName).replace(
    /['()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${ascii}"; filename*=UTF-8''${coded}`;
};

/** Throws `documentMissing` (410) and `documentAltered` (409) as the store does. */
export const sendDocument = async (
  reply: FastifyReply,
  documents: DocumentStore,
  row: Pick<DocumentTable, 'hash' | 'bytes' | 'media_type' | 'file_name'>,
): Promise<FastifyReply> => {
  const file = await documents.read(row.hash, row.bytes);
  return reply
    .headers({
      'content-type': row.media_type,
      'content-length': row.bytes,
      'content-disposition': attachment(row.file_name),
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, no-store',
    })
    .send(file);
};
