/** Rendering the standard agreement of an approved application (Zhongwei art. 19). */
import type { AgreementTable } from '@gongshu/infra/cases/grant-tables';
import { jsonHash, sha256 } from '@gongshu/infra/hash';
import { record } from '@gongshu/infra/record';
import { type AgreementTerms, type AgreementWords, renderAgreement } from '@gongshu/shared/agreement/render';
import { businessDateOf, yearOf } from '@gongshu/shared/business-date';
import { restsOn } from '@gongshu/shared/packs/resting-on';
import { problem } from '@gongshu/shared/problems';
import type { Selectable } from 'kysely';
import { type ActingPerson, type GrantDeps, type UseTrx, useArticle } from '../grants/deps.ts';
import { merchantMustStand } from '../grants/merchant-stands.ts';
import { nextNo } from '../grants/number.ts';
import { stateAt } from '../grants/standing.ts';
import { mustRunUnder } from '../mandates/must-run.ts';
import { mustHaveNorm } from '../mandates/norms.ts';
import { type Rendering, termsOf } from './terms.ts';

export type AgreementRow = Selectable<AgreementTable>;

/** Outcomes of an application that an agreement may follow: consent, whoever's silence was part of it. */
const approved = new Set(['approved', 'approvedWithDeemedReviews', 'deemedApproved']);

/** `sha256:` over the exact bytes of the text. */
export const documentHash = (document: string): string => sha256(document);

/** The text and its hash; the hash of the terms and words stands in the text itself. */
const documentOf = (terms: AgreementTerms, words: AgreementWords) => {
  const document = renderAgreement(terms, words, jsonHash({ terms, words }));
  return { document, hash: documentHash(document) };
};

/** Whether text, terms and words are those that were rendered: one of them changed alone shows. */
export const isWhole = ({ document, hash, terms, items }: AgreementRow): boolean =>
  documentHash(document) === hash && document.includes(`：${jsonHash({ terms, words: items })}\n`);

/** An amendment changes a running grant; a renewal may be signed after the old one's end. */
const mustFollowRunning = async (
  trx: UseTrx,
  { kind, grant_no }: { kind: string; grant_no: string | null },
  at: Date,
): Promise<void> => {
  if (kind !== 'amendment' || grant_no === null) return;
  const old = await trx
    .selectFrom('use_grant')
    .selectAll()
    .where('grant_no', '=', grant_no)
    .executeTakeFirstOrThrow();
  if (stateAt(old, at) === 'ended')
    throw problem('grantEnded', { params: { endKind: old.end_kind ?? 'expired' } });
};

/**
 * Renders and offers an agreement; an offered one of the case is replaced, its signatures with it. Throws
 * `notApproved`, `agreementSigned`, and what `termsOf` refuses.
 */
export const offerAgreement = async (
  deps: GrantDeps,
  trx: UseTrx,
  caseNo: string,
  rendering: Rendering,
  { at, actor, key }: { at: Date; actor: ActingPerson; key: string },
): Promise<AgreementRow> => {
  // Held: two renderings of a case come one after the other.
  const application = await trx
    .selectFrom('application')
    .selectAll()
    .where('case_no', '=', caseNo)
    .forUpdate()
    .executeTakeFirstOrThrow();
  const { jurisdiction } = application;
  if (application.outcome === null || !approved.has(application.outcome))
    throw problem('notApproved', useArticle(deps.packs, jurisdiction, 'agreementContents'));
  const earlier = await trx
    .selectFrom('agreement')
    .select(['version', 'state'])
    .where('case_no', '=', caseNo)
    .orderBy('version', 'desc')
    .execute();
  if (earlier.some(({ state }) => state === 'signed')) throw problem('agreementSigned');
  await merchantMustStand(deps, trx, { jurisdiction, merchant: application.applicant_organisation });
  const pack = deps.packs.resolve(jurisdiction);
  await mustRunUnder(trx, pack, application, at);
  await mustHaveNorm(trx, pack, 'standardAgreement', application.operator_organisation);
  await mustFollowRunning(trx, application, at);
  const { terms: said, words } = await termsOf(deps, trx, application, rendering, at);
  const agreementNo = await nextNo(trx, 'agreement', {
    jurisdiction,
    areaCode: deps.packs.resolve(jurisdiction).areaCode,
    year: yearOf(businessDateOf(at.getTime())),
  });
  const version = (earlier[0]?.version ?? 0) + 1;
  const terms: AgreementTerms = { ...said, agreementNo, version };
  const { document, hash } = documentOf(terms, words);
  await trx
    .updateTable('agreement')
    .set({ state: 'replaced' })
    .where('case_no', '=', caseNo)
    .where('state', '=', 'offered')
    .execute();
  const row = await trx
    .insertInto('agreement')
    .values({
      agreement_no: agreementNo,
      case_no: caseNo,
      jurisdiction,
      merchant: terms.merchant,
      operator: terms.operator,
      version,
      items: JSON.stringify(words) as never,
      terms: JSON.stringify(terms) as never,
      document,
      hash,
      state: 'offered',
      rendered_by: actor.id,
      rendered_at: at,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  await record(trx, 'catalog', {
    key: `${agreementNo}/rendered/${key}`,
    type: 'agreement.rendered.v1',
    subject: caseNo,
    jurisdiction,
    at,
    actor,
    data: {
      agreementNo,
      caseNo,
      packVersion: application.pack_version,
      merchant: terms.merchant,
      operator: terms.operator,
      agreementHash: hash,
      version,
      ...restsOn(deps.packs.resolve(jurisdiction), 'dataUse', 'agreementContents'),
    },
  });
  return row;
};
