/** Fingerprints of granted resources on record (E1): a newer one of a resource stands beside the older. */
import { randomUUID } from 'node:crypto';
import { mustBeStored } from '@gongshu/infra/documents/cite';
import type { FingerprintTables, SourceFingerprintTable } from '@gongshu/infra/fingerprints/tables';
import { type Change, record } from '@gongshu/infra/record';
import type { ResolvedPack } from '@gongshu/shared/packs/pack';
import { restsOn } from '@gongshu/shared/packs/resting-on';
import { problem } from '@gongshu/shared/problems';
import type { Kysely } from 'kysely';
import type { Acting } from '@gongshu/infra/http/acting';
import type { FingerprintGiven } from './schema.ts';

export type FingerprintRow = SourceFingerprintTable;
type Db = Kysely<FingerprintTables>;

/** The body that has the resource, as the grants that name it say; `null` where none does. */
export const ownerOf = async (db: Db, jurisdiction: string, resource: string): Promise<string | null> => {
  const rows = await db
    .selectFrom('product_grant')
    .select('resources')
    .where('jurisdiction', '=', jurisdiction)
    .where('resources', '@>', JSON.stringify([{ resource }]) as never)
    .orderBy('grant_no', 'desc')
    .limit(1)
    .execute();
  return rows[0]?.resources.find((one) => one.resource === resource)?.reviewer ?? null;
};

/**
 * The same file for the same resource again changes nothing and answers with the row that stands. Throws
 * `documentUnknown` for a file that the body has not uploaded, `fingerprintKeyOther` for one of another key than `keyId`.
 */
export const recordFingerprint = (
  db: Db,
  pack: ResolvedPack,
  given: FingerprintGiven & { owner: string | null; installed: string | undefined },
  { actor, at }: Acting,
): Promise<FingerprintRow> =>
  db.transaction().execute(async (trx) => {
    const { jurisdiction } = pack;
    const { resource, document, form, keyId, data, rows, columns, owner, installed } = given;
    if (installed !== undefined && keyId !== installed)
      throw problem('fingerprintKeyOther', {
        errors: [
          {
            pointer: '/body/keyId',
            code: 'fingerprintKeyOther',
            message: { zh: '不是本平台的密钥', en: 'Not the key of this installation' },
          },
        ],
      });
    await mustBeStored(trx, {
      ...{ hash: document, organisation: actor.organisation, jurisdiction, pointer: '/body/document' },
    });
    const { bytes } = await trx
      .selectFrom('document')
      .select('bytes')
      .where('jurisdiction', '=', jurisdiction)
      .where('organisation', '=', actor.organisation)
      .where('hash', '=', document)
      .executeTakeFirstOrThrow();
    const id = `ZW-${randomUUID()}`;
    const inserted = await trx
      .insertInto('source_fingerprint')
      .values({
        ...{ id, jurisdiction, resource, owner, document, bytes, form, key_id: keyId, data, rows, columns },
        ...{ recorded_by: actor.id, recorded_body: actor.organisation, recorded_at: at },
      })
      .onConflict((conflict) => conflict.columns(['jurisdiction', 'resource', 'document']).doNothing())
      .returningAll()
      .executeTakeFirst();
    if (!inserted)
      return trx
        .selectFrom('source_fingerprint')
        .selectAll()
        .where('jurisdiction', '=', jurisdiction)
        .where('resource', '=', resource)
        .where('document', '=', document)
        .executeTakeFirstOrThrow();
    await record(trx, 'registry', {
      ...{
        key: `${id}/recorded`,
        type: 'sourceFingerprint.recorded.v1',
        subject: id,
        jurisdiction,
        at,
        actor,
      },
      data: {
        ...{
          fingerprint: id,
          resource,
          recordedBy: actor.organisation,
          document,
          data,
          keyId,
          rows,
          columns,
        },
        ...restsOn(pack, 'productEgress', 'requirements'),
      },
    } as Change);
    return inserted;
  });

/** Newest first; of one resource, and where `only` is given of that body's resources or records alone. */
export const listFingerprints = (
  db: Db,
  filter: {
    jurisdiction: string;
    resource: string | undefined;
    only: string | undefined;
    after: readonly [string, string] | undefined;
    limit: number;
  },
): Promise<FingerprintRow[]> => {
  let query = db.selectFrom('source_fingerprint').selectAll().where('jurisdiction', '=', filter.jurisdiction);
  const { resource, only, after } = filter;
  if (resource !== undefined) query = query.where('resource', '=', resource);
  if (only !== undefined)
    query = query.where((eb) => eb.or([eb('owner', '=', only), eb('recorded_body', '=', only)]));
  if (after) {
    const at = new Date(after[0]);
    query = query.where((eb) =>
      eb.or([eb('recorded_at', '<', at), eb.and([eb('recorded_at', '=', at), eb('id', '<', after[1])])]),
    );
  }
  return query.orderBy('recorded_at', 'desc').orderBy('id', 'desc').limit(filter.limit).execute();
};
