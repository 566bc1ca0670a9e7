import { record } from '../record.ts';
import type { EventType } from '@gongshu/shared/events';
import type { Kysely, Selectable } from 'kysely';
import { documentKinds } from './kinds.ts';
import type { DocumentTable, DocumentTables } from './tables.ts';
import type { Upload } from './upload.ts';

export type DocumentRow = Selectable<DocumentTable>;
/** Services whose cases have documents, each with the event that tells of an upload. */
const uploadedEvents = {
  catalog: 'document.uploaded.v1',
  registry: 'registryDocument.uploaded.v1',
  pricing: 'pricingDocument.uploaded.v1',
  disclosure: 'disclosureDocument.uploaded.v1',
} as const satisfies Record<string, EventType>;
export type DocumentService = keyof typeof uploadedEvents;

/**
 * Puts an upload on record and its file in its place, in this order, so that a row never stands without its file. The
 * same bytes by the same body again are the same upload: the first row stands, title included, and its file is mended
 * where it was missing or altered.
 */
export const recordUpload = (
  db: Kysely<DocumentTables>,
  service: DocumentService,
  upload: Upload,
  by: { id: string; role: string; organisation: string; jurisdiction: string; at: Date },
): Promise<DocumentRow> =>
  db.transaction().execute(async (trx) => {
    const { jurisdiction, organisation, at, ...person } = by;
    const { hash, bytes, kind, fileName, title } = upload;
    const inserted = await trx
      .insertInto('document')
      .values({
        ...{ jurisdiction, organisation, hash, bytes, title },
        media_type: documentKinds[kind].mediaType,
        file_name: fileName,
        uploaded_by: person.id,
        uploaded_at: at,
      })
      .onConflict((conflict) => conflict.doNothing())
      .returningAll()
      .executeTakeFirst();
    if (inserted) {
      const subject = `${jurisdiction}:${organisation}:${hash}`;
      await record(trx, service, {
        key: `${uploadedEvents[service]}:${subject}`,
        type: uploadedEvents[service],
        ...{ subject, jurisdiction, at },
        actor: { ...person, organisation },
        data: { document: hash, bytes, mediaType: kind },
      });
    }
    await upload.keep();
    if (inserted) return inserted;
    return trx
      .selectFrom('document')
      .selectAll()
      .where('jurisdiction', '=', jurisdiction)
      .where('organisation', '=', organisation)
      .where('hash', '=', hash)
      .executeTakeFirstOrThrow();
  });
