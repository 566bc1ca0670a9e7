import { applicationProblems } from './problems/application.ts';
import { assetProblems } from './problems/asset.ts';
import { costProblems } from './problems/cost.ts';
import { deskProblems } from './problems/desk.ts';
import { serviceFeeProblems } from './problems/service-fee.ts';
import { clockProblems } from './problems/clock.ts';
import { documentProblems } from './problems/document.ts';
import { generalProblems } from './problems/general.ts';
import { grantProblems } from './problems/grant.ts';
import { merchantProblems } from './problems/merchant.ts';
import { noticeProblems } from './problems/notice.ts';
import { personProblems } from './problems/person.ts';
import { selectionProblems } from './problems/selection.ts';
import { operatingAgreementProblems } from './problems/operating-agreement.ts';
import { mandateProblems } from './problems/mandate.ts';
import { evaluationProblems } from './problems/evaluation.ts';
import { expertProblems } from './problems/expert.ts';
import { ownershipProblems } from './problems/ownership.ts';
import { scenarioProblems } from './problems/scenario.ts';
import { paperProblems } from './problems/paper.ts';
import { partnerProblems } from './problems/partner.ts';
import { socialDataProblems } from './problems/social-data.ts';
import { staffProblems } from './problems/staff.ts';
import { supplyChannelProblems } from './problems/supply-channel.ts';
import { fingerprintProblems } from './problems/fingerprint.ts';
import { filingProblems } from './problems/filing.ts';
import { publicationProblems } from './problems/publication.ts';
import { traceProblems } from './problems/trace.ts';
import { productUseProblems } from './problems/product-use.ts';
import { productProblems } from './problems/product.ts';
import { planProblems } from './problems/plan.ts';
import { businessReportProblems } from './problems/business-report.ts';
import { permittedRevenueProblems } from './problems/permitted-revenue.ts';
import { pricingProblems } from './problems/pricing.ts';
import { procedureProblems } from './problems/procedure.ts';
import { policyProblems } from './problems/policy.ts';
import { resourceProblems } from './problems/resource.ts';
import { settlementProblems } from './problems/settlement.ts';
import { supplyProblems } from './problems/supply.ts';
import { tariffProblems } from './problems/tariff.ts';
import { complaintProblems } from './problems/complaint.ts';
import { incidentProblems } from './problems/incident.ts';
import { sanctionProblems } from './problems/sanction.ts';
import { workReportProblems } from './problems/work-report.ts';
import { yearlyDisclosureProblems } from './problems/yearly-disclosure.ts';
import { bulletinProblems } from './problems/bulletin.ts';
import { auditProblems } from './problems/audit.ts';
import { qualityFeedbackProblems } from './problems/quality-feedback.ts';
import { demandResponseProblems } from './problems/demand-response.ts';
import { evidenceProblems } from './problems/evidence.ts';
import type { Texts } from './problems/row.ts';

/** Every code the platform answers, fails or logs with: one table, a file a domain. */
export const problemTable = {
  ...generalProblems,
  ...applicationProblems,
  ...clockProblems,
  ...policyProblems,
  ...resourceProblems,
  ...assetProblems,
  ...documentProblems,
  ...grantProblems,
  ...supplyProblems,
  ...merchantProblems,
  ...personProblems,
  ...noticeProblems,
  ...procedureProblems,
  ...planProblems,
  ...productProblems,
  ...productUseProblems,
  ...traceProblems,
  ...selectionProblems,
  ...operatingAgreementProblems,
  ...mandateProblems,
  ...evaluationProblems,
  ...expertProblems,
  ...ownershipProblems,
  ...scenarioProblems,
  ...paperProblems,
  ...partnerProblems,
  ...socialDataProblems,
  ...staffProblems,
  ...supplyChannelProblems,
  ...filingProblems,
  ...fingerprintProblems,
  ...publicationProblems,
  ...pricingProblems,
  ...tariffProblems,
  ...settlementProblems,
  ...costProblems,
  ...deskProblems,
  ...serviceFeeProblems,
  ...permittedRevenueProblems,
  ...businessReportProblems,
  ...complaintProblems,
  ...incidentProblems,
  ...sanctionProblems,
  ...yearlyDisclosureProblems,
  ...workReportProblems,
  ...bulletinProblems,
  ...auditProblems,
  ...qualityFeedbackProblems,
  ...demandResponseProblems,
  ...evidenceProblems,
} as const;

export type ProblemCode = keyof typeof problemTable;
export type Language = keyof Texts;

/** The clause a refusal rests on. */
export type ArticleRef = { readonly instrument: string; readonly article: string };

/** One wrong place of a request: RFC 6901 pointer (`/body/uscc`, `/query/limit`), code, text in one or both languages. */
export type ProblemPlace = {
  readonly pointer: string;
  readonly code: string;
  readonly message: string | Texts;
};

export type ProblemOptions = {
  /** Values for the `{name}` places of the detail; ids, codes and numbers only, for they may be logged. */
  readonly params?: Readonly<Record<string, string | number>>;
  readonly article?: ArticleRef;
  readonly errors?: readonly ProblemPlace[];
  /** Answer headers, such as `retry-after` or `allow`. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly cause?: unknown;
};

/** A refusal or fault with a code; the same code stands in the Temporal failure, the HTTP answer and the log. */
export class Problem extends Error {
  readonly code: ProblemCode;
  readonly status: number;
  readonly params: Readonly<Record<string, string | number>>;
  readonly article: ArticleRef | undefined;
  readonly errors: readonly ProblemPlace[];
  readonly headers: Readonly<Record<string, string>>;

  constructor(code: ProblemCode, options: ProblemOptions = {}) {
    super(code, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'Problem';
    this.code = code;
    this.status = problemTable[code].status;
    this.params = options.params ?? {};
    this.article = options.article;
    this.errors = options.errors ?? [];
    this.headers = options.headers ?? {};
  }
}

/** A `Problem` to throw: `throw problem('deadlinePassed', { article })`. */
export const problem = (code: ProblemCode, options: ProblemOptions = {}): Problem =>
  new Problem(code, options);

export const isProblemCode = (code: unknown): code is ProblemCode =>
  typeof code === 'string' && Object.hasOwn(problemTable, code);
