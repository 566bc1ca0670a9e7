/** One line of the table of notices: what is told to whom, and under which article. */
import type { Step } from '../application/types.ts';

/** Bodies of a procedure, and of what surrounds it. */
export type ProcedureHearer =
  | 'authority'
  | 'government'
  | 'waitedFor'
  | 'bodies'
  | `bodies.${string}`
  | 'invitees'
  | 'bidders'
  | 'panel'
  | 'objector'
  | 'asked'
  | 'operatorMerchants'
  | 'questionMembers'
  | 'productOwner'
  | 'productOperator'
  | 'productSources'
  | 'productHolders';

/**
 * Whom a line names. `body`: whose turn it is; `reviewers`: bodies with a review turn in the case; `checkTold` and
 * `reviewTold`: whom the pack names for a result, frozen with the case; `receiptOwner`: whose act the receipt is of;
 * `data.x`: the organisation, or list of them, that the event names as x; `grantMerchants`: of the grants it lists.
 * Of a procedure: `authority` leads it, `waitedFor` are those it waits for (in the period the event names), `bodies` take
 * part in it (`bodies.x`: as x); `invitees`, `bidders`, `panel`, `objector` of a selection; `asked` by questionnaire;
 * `operatorMerchants`: enrolled with the operator the event names; `questionMembers`: of an experts’ question. Of a product:
 * `productOwner`, `productOperator`; `productSources`: whose data it was built from; `productHolders`: who got a version
 * of this case.
 */
export type Hearer =
  | 'applicant'
  | 'operator'
  | 'bureau'
  | 'body'
  | 'reviewers'
  | 'checkTold'
  | 'reviewTold'
  | 'receiptOwner'
  | 'grantMerchants'
  | ProcedureHearer
  | `data.${string}`;

/** Where a line's article stands: in the frozen rules of a step (`turn`: the event's own), or in the event. */
export type ArticleSource = Step | 'turn' | 'silence' | 'event';

export type NoticeLine = {
  readonly kind: string;
  readonly to: readonly Hearer[];
  readonly article: ArticleSource;
  /** The step whose clock this notice opens (开始计时告知). */
  readonly opens?: Step;
  /** Only where the event's data say so. */
  readonly where?: Readonly<Record<string, string | boolean | null>>;
};

/** A line of the table. */
export const line = (
  kind: string,
  to: readonly Hearer[],
  article: ArticleSource,
  more: Pick<NoticeLine, 'opens' | 'where'> = {},
): NoticeLine => ({ kind, to, article, ...more });
