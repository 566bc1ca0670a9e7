/** The code a product has on the national platform (E3; 国家 十六; 发改数据规〔2025〕26号): nullable, its own, recorded later. */
import { linkDocument, mustBeStored } from '@gongshu/infra/documents/cite';
import type { ProductTables } from '@gongshu/infra/products/tables';
import { record } from '@gongshu/infra/record';
import { toInstantText } from '@gongshu/shared/business-date';
import { clauseIn, type ResolvedPack } from '@gongshu/shared/packs/pack';
import { restsOn } from '@gongshu/shared/packs/resting-on';
import { problem } from '@gongshu/shared/problems';
import type { Kysely } from 'kysely';
import type { Acting } from '@gongshu/infra/http/acting';
import type { ProductRow } from './find.ts';

/**
 * Records it once. Throws `notRegistered`, `nationalCodeRecorded`, `nationalCodeTaken` (409), `documentUnknown` (422). Two
 * products that claim one code at once: the database lets one of them.
 */
export const recordNationalCode = (
  db: Kysely<ProductTables>,
  pack: ResolvedPack,
  { product_no: product, jurisdiction }: ProductRow,
  { nationalCode, document }: { nationalCode: string; document: string },
  { actor, at }: Acting,
) =>
  db.transaction().execute(async (trx) => {
    const row = await trx
      .selectFrom('product')
      .select(['registration_code', 'national_code'])
      .where('product_no', '=', product)
      .forUpdate()
      .executeTakeFirstOrThrow();
    const { registration_code: registrationCode, national_code: known } = row;
    if (registrationCode === null)
      throw problem('notRegistered', clauseIn(pack, 'productEgress', 'registration'));
    if (known !== null) throw problem('nationalCodeRecorded', { params: { nationalCode: known } });
    const taken = await trx
      .selectFrom('product')
      .select('product_no')
      .where('national_code', '=', nationalCode)
      .executeTakeFirst();
    if (taken) throw problem('nationalCodeTaken');
    await mustBeStored(trx, {
      ...{ hash: document, pointer: '/body/document', organisation: actor.organisation, jurisdiction },
    });
    await trx
      .updateTable('product')
      .set({
        ...{ national_code: nationalCode, national_code_document: document },
        ...{ national_code_at: at, national_code_by: actor.id },
      })
      .where('product_no', '=', product)
      .execute();
    const { case_no: caseNo } = await trx
      .selectFrom('product_version')
      .select('case_no')
      .where('product_no', '=', product)
      .orderBy('version', 'desc')
      .executeTakeFirstOrThrow();
    await linkDocument(trx, {
      ...{ hash: document, jurisdiction, caseNo, role: 'nationalCode', by: actor.organisation, at },
    });
    await record(trx, 'registry', {
      ...{ key: `${product}/national-code`, type: 'product.nationalCodeRecorded.v1', subject: product },
      ...{ jurisdiction, at, actor },
      data: {
        ...{ product, registrationCode, nationalCode, document, at: toInstantText(at.getTime()) },
        ...restsOn(pack, 'productEgress', 'registration'),
      },
    });
    return { product, registrationCode, nationalCode };
  });
