/**
 * The list as it moves (E3, E4; 国家 十六、十九, 朔州 九, 乌海 八（八）、八（九）): registered, published, taken off; the version
 * before gives way to a released one; who holds a recalled version counts as told by the notice of it.
 */
import { withdrawAllOf, publish } from '@gongshu/infra/publications/publish';
import { tellProcedure } from '@gongshu/infra/procedures/tell';
import type { ProductTables } from '@gongshu/infra/products/tables';
import { holdUnderOrders } from '@gongshu/infra/supply-orders/hold';
import { disclosure } from '@gongshu/infra/supply-orders/keep';
import { businessDateOf } from '@gongshu/shared/business-date';
import { listKindOf } from '@gongshu/shared/product/codes';
import type { EgressRules } from '@gongshu/shared/product/rules';
import type { EgressFacts, EgressState } from '@gongshu/shared/product/types';
import { sql, type Transaction } from 'kysely';
import type { EffectOf, Effects } from '../procedure/effects.ts';

type Trx = Transaction<ProductTables>;
type Effect = (trx: Trx, of: EffectOf) => Promise<void>;
const kind = 'productListed';

const factsOf = ({ start }: EffectOf) => start.facts as EgressFacts;

const register: Effect = async (trx, of) => {
  await trx
    .updateTable('product')
    .set({ registration_code: String(of.entry.data['registrationCode']) })
    .where('product_no', '=', factsOf(of).product)
    .execute();
};

/** What the public reads of a version: what it is, of whom, under which code; nothing of how it was made. */
const contentOf = async (trx: Trx, of: EffectOf) => {
  const { product, version, owner, operator, class: form, purpose } = factsOf(of);
  const { contents, artefact, registrationCode } = of.state as EgressState;
  const { contents: said } = await trx
    .selectFrom('product_content')
    .select('contents')
    .where('case_no', '=', of.start.caseNo)
    .where('content_hash', '=', contents)
    .executeTakeFirstOrThrow();
  const { rows: names } = await sql<{ id: string; name: string }>`
    select id, name
    from party
    where jurisdiction = ${of.start.jurisdiction}
      and id in (${owner}, ${operator})`.execute(trx);
  const body = (id: string) => ({ id, name: names.find((one) => one.id === id)?.name ?? null });
  return {
    ...{ product, version, registrationCode, name: said.name, description: said.description },
    ...{ class: form, purpose, listKind: listKindOf(purpose), artefact },
    ...{ owner: body(owner), operator: body(operator) },
  };
};

const putOnList: Effect = async (trx, of) => {
  const { start, entry, actor } = of;
  const content = await contentOf(trx, of);
  await publish(trx, {
    ...{ jurisdiction: start.jurisdiction, kind, subject: start.caseNo, content, actor },
    title: {
      zh: `产品清单：${content.name}（第 ${content.version} 版）`,
      en: `Product list: ${content.product}, version ${content.version}`,
    },
    from: businessDateOf(entry.at),
    rests: (start.rules as EgressRules).rests.list,
    at: new Date(entry.at),
  });
};

/** Restored where it stood; what was agreed to anew while suspended comes onto the list by its own entry. */
const putBack: Effect = async (trx, of) => {
  const { listed_at } = await trx
    .selectFrom('product_version')
    .select('listed_at')
    .where('case_no', '=', of.start.caseNo)
    .executeTakeFirstOrThrow();
  if (listed_at !== null) await putOnList(trx, of);
};

/** An order may stand over it already (decision 0031): it is off the list again with its case's next act. */
const heldFromListing: Effect = async (trx, of) => {
  const { product } = factsOf(of);
  // Its operator now, who may have taken it over since the case began.
  const { operator } = await trx
    .selectFrom('product')
    .select('operator')
    .where('product_no', '=', product)
    .executeTakeFirstOrThrow();
  await holdUnderOrders(
    trx,
    { jurisdiction: of.start.jurisdiction, kind: 'product', caseNo: of.start.caseNo },
    { product, operator },
    { actor: disclosure, at: new Date(of.entry.at) },
  );
};

const takeOff =
  (code: string): Effect =>
  (trx, { start: { caseNo: subject }, entry, actor }) =>
    withdrawAllOf(trx, {
      subject,
      kind,
      reason: { code },
      rests: entry.rests,
      actor,
      at: new Date(entry.at),
    });

/** Versions before the released one leave the list, each by its own case. */
const supersede: Effect = async (trx, of) => {
  const { product, version } = factsOf(of);
  const before = await trx
    .selectFrom('product_version')
    .select('case_no')
    .where('product_no', '=', product)
    .where('version', '<', version)
    .where('state', 'in', ['listed', 'released', 'suspended'])
    .orderBy('version')
    .execute();
  const act = { kind: 'retireProduct', ground: 'superseded' };
  for (const { case_no: caseNo } of before)
    await tellProcedure(
      trx,
      { jurisdiction: of.start.jurisdiction, caseNo, act },
      of.actor,
      new Date(of.entry.at),
    );
};

/** The row of the version is held by then: a delivery was either before it, or is refused. */
const countAsTold: Effect = async (trx, { start, entry }) => {
  await sql`
    update product_delivery
    set told_at = ${new Date(entry.at)}, told_by = 'notice'
    from party
    where product_delivery.case_no = ${start.caseNo}
      and product_delivery.told_at is null
      and party.jurisdiction = product_delivery.jurisdiction
      and party.id = product_delivery.holder`.execute(trx);
};

const does: Readonly<Record<string, readonly Effect[]>> = {
  registered: [register],
  listed: [putOnList, heldFromListing],
  released: [supersede],
  suspended: [takeOff('suspended')],
  restored: [putBack],
  recalled: [takeOff('recalled'), countAsTold],
  retired: [takeOff('retired')],
  reopened: [takeOff('reopened')],
};

export const standingEffects: Effects = async (trx, of) => {
  for (const effect of does[of.entry.kind] ?? []) await effect(trx as unknown as Trx, of);
};
