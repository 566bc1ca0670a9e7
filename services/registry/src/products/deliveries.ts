/** Who holds a released version: handed over by the operator, told when it is recalled (E4; 国家 十九, 朔州 九). */
import { randomUUID } from 'node:crypto';
import { linkDocument, mustBeStored } from '@gongshu/infra/documents/cite';
import { mustStayListed } from '@gongshu/infra/products/listed';
import type { ProductTables } from '@gongshu/infra/products/tables';
import { record } from '@gongshu/infra/record';
import { toInstantText } from '@gongshu/shared/business-date';
import { clauseIn, type ResolvedPack } from '@gongshu/shared/packs/pack';
import { restsOn } from '@gongshu/shared/packs/resting-on';
import { problem } from '@gongshu/shared/problems';
import { isUscc } from '@gongshu/shared/uscc';
import { type Kysely, type Selectable, sql, type Transaction } from 'kysely';
import type { Acting } from '@gongshu/infra/http/acting';
import type { ProductRow } from './find.ts';

type Trx = Transaction<ProductTables>;
export type DeliveryRow = Selectable<ProductTables['product_delivery']> & { version: number };

export type Delivery = {
  version?: number | undefined;
  holder: string;
  holderName: string;
  contact: string;
  document?: string | undefined;
};

/** A registered body by its id or credit code, else a credit code that is right. Throws `holderUnknown` (422). */
const holderOf = async (trx: Trx, jurisdiction: string, given: string): Promise<string> => {
  const { rows } = await sql<{ id: string }>`
    select id
    from party
    where jurisdiction = ${jurisdiction}
      and (id = ${given} or uscc = ${given})
    order by id = ${given} desc
    limit 1`.execute(trx);
  const [party] = rows;
  if (party) return party.id;
  if (isUscc(given)) return given;
  const message = { zh: '不是在册单位，也不是正确的信用代码', en: 'Neither registered nor a right code' };
  throw problem('holderUnknown', { errors: [{ pointer: '/body/holder', code: 'holderUnknown', message }] });
};

/**
 * Hands a released version over. Its row is held: a recall at the same moment comes after it, with this holder told, or
 * came before, and the delivery is refused. Throws `notOnList`, `notReleased` (409), `holderUnknown`, `documentUnknown` (422).
 */
export const deliverProduct = (
  db: Kysely<ProductTables>,
  pack: ResolvedPack,
  { product_no: product, jurisdiction }: ProductRow,
  { version, holder: given, holderName, contact, document }: Delivery,
  { actor, at }: Acting,
): Promise<DeliveryRow> =>
  db.transaction().execute(async (trx) => {
    const listed = await mustStayListed(trx, { jurisdiction, product, version }, pack);
    if (listed.state !== 'released')
      throw problem('notReleased', clauseIn(pack, 'productEgress', 'outsideList'));
    const holder = await holderOf(trx, jurisdiction, given);
    const { case_no: caseNo } = listed;
    if (document !== undefined) {
      await mustBeStored(trx, {
        ...{ hash: document, pointer: '/body/document', organisation: actor.organisation, jurisdiction },
      });
      await linkDocument(trx, {
        ...{ hash: document, jurisdiction, caseNo, role: 'delivery', by: actor.organisation, at },
      });
    }
    const row = await trx
      .insertInto('product_delivery')
      .values({
        ...{ id: `JF-${randomUUID()}`, case_no: caseNo, jurisdiction, holder, holder_name: holderName },
        ...{ contact, document: document ?? null, delivered_by: actor.id, delivered_at: at },
        ...{ told_at: null, told_by: null },
      })
      .returningAll()
      .executeTakeFirstOrThrow();
    await record(trx, 'registry', {
      ...{
        key: `${row.id}/delivered`,
        type: 'product.delivered.v1',
        subject: row.id,
        jurisdiction,
        at,
        actor,
      },
      data: {
        ...{ product, caseNo, delivery: row.id, at: toInstantText(at.getTime()) },
        ...restsOn(pack, 'productEgress', 'outsideList'),
      },
    });
    return { ...row, version: listed.version };
  });

/**
 * The operator told a holder of a recall that no notice reaches, by the document that shows it. Throws `notFound`,
 * `nothingToTell`, `holderTold` (409), `documentUnknown` (422).
 */
export const tellHolder = (
  db: Kysely<ProductTables>,
  pack: ResolvedPack,
  { product_no: product, jurisdiction }: ProductRow,
  { delivery, document }: { delivery: string; document: string },
  { actor, at }: Acting,
): Promise<DeliveryRow> =>
  db.transaction().execute(async (trx) => {
    const found = await trx
      .selectFrom('product_delivery')
      .innerJoin('product_version', 'product_version.case_no', 'product_delivery.case_no')
      .selectAll('product_delivery')
      .select(['product_version.version', 'product_version.state'])
      .where('product_delivery.id', '=', delivery)
      .where('product_version.product_no', '=', product)
      .forUpdate('product_delivery')
      .executeTakeFirst();
    if (!found) throw problem('notFound');
    const { state, ...row } = found;
    if (state !== 'recalled') throw problem('nothingToTell');
    if (row.told_at !== null) throw problem('holderTold');
    await mustBeStored(trx, {
      ...{ hash: document, pointer: '/body/document', organisation: actor.organisation, jurisdiction },
    });
    await linkDocument(trx, {
      ...{
        hash: document,
        jurisdiction,
        caseNo: row.case_no,
        role: 'holderTold',
        by: actor.organisation,
        at,
      },
    });
    await trx
      .updateTable('product_delivery')
      .set({ told_at: at, told_by: 'operator' })
      .where('id', '=', delivery)
      .execute();
    await record(trx, 'registry', {
      ...{
        key: `${delivery}/told`,
        type: 'product.holderTold.v1',
        subject: delivery,
        jurisdiction,
        at,
        actor,
      },
      data: {
        ...{ product, caseNo: row.case_no, delivery, document, at: toInstantText(at.getTime()) },
        ...restsOn(pack, 'productEgress', 'requirements'),
      },
    });
    return { ...row, told_at: at, told_by: 'operator' as const };
  });

/** Deliveries of a product, oldest id first; `untold`: those of recalled versions that nobody has told yet. */
export const listDeliveries = (
  db: Kysely<ProductTables>,
  product: string,
  { untold, after, limit }: { untold: boolean; after: string | undefined; limit: number },
): Promise<DeliveryRow[]> => {
  let query = db
    .selectFrom('product_delivery')
    .innerJoin('product_version', 'product_version.case_no', 'product_delivery.case_no')
    .selectAll('product_delivery')
    .select('product_version.version')
    .where('product_version.product_no', '=', product);
  if (untold) query = query.where('product_version.state', '=', 'recalled').where('told_at', 'is', null);
  if (after !== undefined) query = query.where('product_delivery.id', '>', after);
  return query.orderBy('product_delivery.id').limit(limit).execute();
};
