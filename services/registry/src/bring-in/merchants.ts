/** Merchants enrolled, and products checked, on paper before (bring-in). */
import { randomUUID } from 'node:crypto';
import { DocumentHash, linkDocument, mustBeStored } from '@gongshu/infra/documents/cite';
import { holdEnrolled } from '@gongshu/infra/merchants/hold';
import { merchantSubject, type MerchantTables } from '@gongshu/infra/merchants/standing';
import type { AgreementTables } from '@gongshu/infra/operating-agreements/tables';
import { record } from '@gongshu/infra/record';
import { businessDateOf, startOfDay, toInstantText } from '@gongshu/shared/business-date';
import { line } from '@gongshu/shared/line';
import { OrganisationId } from '@gongshu/shared/organisation-id';
import type { ResolvedPack } from '@gongshu/shared/packs/pack';
import { restsOn } from '@gongshu/shared/packs/resting-on';
import { problem } from '@gongshu/shared/problems';
import type { Transaction } from 'kysely';
import { z } from 'zod';
import { mustBeParty, operatorKinds } from '../operating-agreements/origin.ts';
import { type By, PaperDay } from './agreements.ts';

type Trx = Transaction<AgreementTables & MerchantTables>;
type How = { pack: ResolvedPack; by: By; at: Date };

export const PaperMerchant = z.strictObject({
  merchant: OrganisationId,
  enrolledOn: PaperDay,
  document: DocumentHash.describe('What shows that it was enrolled'),
});
export const PaperProduct = z.strictObject({
  name: line(200),
  operator: OrganisationId,
  checkedOn: PaperDay.describe('When it was checked and let out'),
  document: DocumentHash,
});

const mustBePast = (on: string, at: Date): void => {
  if (on > businessDateOf(at.getTime())) throw problem('broughtInFuture', { params: { on } });
};

/**
 * Stands enrolled as of the paper's day, marked, and rests where an order stands over it; its number in the register.
 * Throws `broughtInAlready` for one that stands.
 */
export const bringInMerchant = async (
  trx: Trx,
  { merchant, enrolledOn, document }: z.output<typeof PaperMerchant>,
  { pack, by, at }: How,
): Promise<string> => {
  const { jurisdiction } = pack;
  await mustBeParty(trx as never, jurisdiction, merchant, ['merchant']);
  mustBePast(enrolledOn, at);
  await mustBeStored(trx, {
    hash: document,
    pointer: '/body/document',
    organisation: by.organisation,
    jurisdiction,
  });
  const since = new Date(startOfDay(enrolledOn));
  const subject = merchantSubject(jurisdiction, merchant);
  const fresh = await trx
    .insertInto('merchant')
    .values({ jurisdiction, organisation: merchant, standing: 'enrolled', since, case_no: null })
    .onConflict((conflict) => conflict.doNothing())
    .returning('organisation')
    .executeTakeFirst();
  if (!fresh) throw problem('broughtInAlready', { params: { subject: merchant } });
  await trx
    .insertInto('brought_in_merchant')
    .values({
      ...{ jurisdiction, organisation: merchant, enrolled_on: enrolledOn, document },
      ...{ recorded_by: by.id, recorded_at: at },
    })
    .execute();
  await linkDocument(trx, {
    ...{ hash: document, jurisdiction, caseNo: subject, role: 'broughtIn', by: by.organisation ?? by.id, at },
  });
  await record(trx, 'registry', {
    ...{ key: `${subject}/brought-in`, type: 'merchant.enrolled.v1', subject, jurisdiction, at, actor: by },
    data: {
      ...{ merchant, caseNo: null, at: toInstantText(since.getTime()), broughtIn: true },
      ...restsOn(pack, 'merchantOnboarding', 'outcomes'),
    },
    audit: { document },
  });
  await holdEnrolled(trx as never, { jurisdiction, organisation: merchant }, at);
  return merchant;
};

/** Kept as a line of the register, so that nothing of what runs is lost. Throws `broughtInAlready`. */
export const bringInProduct = async (
  trx: Trx,
  { name, operator, checkedOn, document }: z.output<typeof PaperProduct>,
  { pack, by, at }: How,
): Promise<string> => {
  const { jurisdiction } = pack;
  await mustBeParty(trx as never, jurisdiction, operator, operatorKinds);
  mustBePast(checkedOn, at);
  await mustBeStored(trx, {
    hash: document,
    pointer: '/body/document',
    organisation: by.organisation,
    jurisdiction,
  });
  const id = `CP-${randomUUID()}`;
  const fresh = await trx
    .insertInto('brought_in_product')
    .values({
      ...{ id, jurisdiction, name, operator, document, checked_on: checkedOn },
      ...{ recorded_by: by.id, recorded_at: at },
    })
    .onConflict((conflict) => conflict.columns(['jurisdiction', 'operator', 'name']).doNothing())
    .returning('id')
    .executeTakeFirst();
  if (!fresh) throw problem('broughtInAlready', { params: { subject: operator } });
  await linkDocument(trx, {
    ...{ hash: document, jurisdiction, caseNo: id, role: 'broughtIn', by: by.organisation ?? by.id, at },
  });
  await record(trx, 'registry', {
    ...{ key: `${id}/brought-in`, type: 'product.broughtIn.v1', subject: id, jurisdiction, at, actor: by },
    data: { product: id, operator, checkedOn, document, at: toInstantText(at.getTime()) },
  });
  return id;
};
