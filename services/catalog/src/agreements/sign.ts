/** Signing the standard agreement over its hash, each party once, each use its own (Zhongwei art. 19). */
import { type Change, recordAll } from '@gongshu/infra/record';
import { restsOn } from '@gongshu/shared/packs/resting-on';
import { problem } from '@gongshu/shared/problems';
import type { ActingPerson, GrantDeps, UseTrx } from '../grants/deps.ts';
import { makeGrant } from '../grants/make.ts';
import { merchantMustStand } from '../grants/merchant-stands.ts';
import { mustRunUnder } from '../mandates/must-run.ts';
import { type AgreementRow, isWhole } from './offer.ts';

export type Signature = { grantNo: string | null; receipts: string[] };

/** The agreement with its case held first, as rendering holds it: the two come one after the other. */
const heldAgreement = async (trx: UseTrx, agreementNo: string): Promise<AgreementRow> => {
  const byNumber = () => trx.selectFrom('agreement').where('agreement_no', '=', agreementNo);
  await trx
    .selectFrom('application')
    .select('case_no')
    .where('case_no', '=', byNumber().select('case_no'))
    .forUpdate()
    .executeTakeFirstOrThrow();
  return byNumber().selectAll().forUpdate().executeTakeFirstOrThrow();
};

/**
 * Signs as the merchant or the operator; with the second signature the grant is made in the same transaction. Throws
 * `agreementReplaced`, `agreementSignedAlready`, `agreementHashDiffers`, `agreementAltered`.
 */
export const signAgreement = async (
  deps: GrantDeps,
  trx: UseTrx,
  agreementNo: string,
  { hash, party }: { hash: string; party: 'merchant' | 'operator' },
  { at, actor }: { at: Date; actor: ActingPerson },
): Promise<Signature> => {
  const agreement = await heldAgreement(trx, agreementNo);
  if (agreement.state === 'replaced') throw problem('agreementReplaced');
  if (agreement.hash !== hash) throw problem('agreementHashDiffers');
  if (!isWhole(agreement)) throw problem('agreementAltered');
  await merchantMustStand(deps, trx, agreement);
  const application = await trx
    .selectFrom('application')
    .select(['mandate', 'operator_organisation'])
    .where('case_no', '=', agreement.case_no)
    .executeTakeFirstOrThrow();
  await mustRunUnder(trx, deps.packs.resolve(agreement.jurisdiction), application, at);
  // It was rendered for the operator of a mandate that has passed to another since: to be rendered anew.
  if (agreement.operator !== application.operator_organisation) throw problem('agreementReplaced');
  const fresh = await trx
    .insertInto('agreement_signature')
    .values({
      agreement_no: agreementNo,
      organisation: agreement[party],
      party,
      hash,
      signed_by: actor.id,
      signed_at: at,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('party')
    .executeTakeFirst();
  if (!fresh) throw problem('agreementSignedAlready');
  const { signatures } = await trx
    .selectFrom('agreement_signature')
    .select((eb) => eb.fn.countAll<number>().as('signatures'))
    .where('agreement_no', '=', agreementNo)
    .executeTakeFirstOrThrow();
  const complete = signatures === 2;
  const signed: Change = {
    key: `${agreementNo}/signed/${party}`,
    type: 'agreement.signed.v1',
    subject: agreement.case_no,
    jurisdiction: agreement.jurisdiction,
    at,
    actor,
    data: {
      agreementNo,
      caseNo: agreement.case_no,
      packVersion: await packVersionOf(trx, agreement),
      merchant: agreement.merchant,
      operator: agreement.operator,
      agreementHash: hash,
      party,
      complete,
      ...restsOn(deps.packs.resolve(agreement.jurisdiction), 'dataUse', 'agreementContents'),
    },
  };
  if (!complete) {
    await recordAll(trx, 'catalog', [signed]);
    return { grantNo: null, receipts: [] };
  }
  await trx
    .updateTable('agreement')
    .set({ state: 'signed' })
    .where('agreement_no', '=', agreementNo)
    .execute();
  const { grantNo, changes, receipts } = await makeGrant(deps, trx, agreement, { at, actor });
  await recordAll(trx, 'catalog', [signed, ...changes]);
  return { grantNo, receipts };
};

const packVersionOf = async (trx: UseTrx, { case_no }: AgreementRow): Promise<string> => {
  const row = await trx
    .selectFrom('application')
    .select('pack_version')
    .where('case_no', '=', case_no)
    .executeTakeFirstOrThrow();
  return row.pack_version;
};
