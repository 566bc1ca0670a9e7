import type { DebarmentPort } from '@gongshu/infra/debarment/folder';
import type { ObjectOf } from '@gongshu/infra/documents/readable';
import { businessDateOf } from '@gongshu/shared/business-date';
import { documentRoutes } from '@gongshu/infra/documents/routes';
import type { DocumentStore } from '@gongshu/infra/documents/store';
import { procedureObject } from '@gongshu/infra/procedures/document-object';
import { successorOf } from '@gongshu/infra/cases/succession';
import { buildService } from '@gongshu/infra/http/service';
import type { ServiceDeps } from '@gongshu/infra/http/types';
import type { Delivery } from '@gongshu/infra/intake/deliver';
import type { Sealing } from '@gongshu/infra/selections/sealing';
import type { PackSet } from '@gongshu/shared/packs/resolve';
import type { FastifyInstance } from 'fastify';
import { channelRoutes } from './routes/channels.ts';
import { evaluationRoutes } from './routes/evaluations.ts';
import { egressCaseRoutes } from './routes/egress-cases.ts';
import { egressCheckRoutes } from './routes/egress-check.ts';
import { egressFilingRoutes } from './routes/egress-filing.ts';
import { egressStandingRoutes } from './routes/egress-standing.ts';
import { productDeliveryRoutes } from './routes/product-deliveries.ts';
import { productListRoutes } from './routes/product-list.ts';
import { debarmentRoutes } from './routes/debarment.ts';
import { expertQuestionRoutes } from './routes/expert-questions.ts';
import { expertRoutes } from './routes/experts.ts';
import { filingRoutes } from './routes/filings.ts';
import { merchantRoutes } from './routes/merchants.ts';
import { mandateRoutes } from './routes/mandates.ts';
import { supplyChannelRoutes } from './routes/supply-channels.ts';
import { egressDocumentObject } from './products/object.ts';
import { channelObject } from './supply-channels/documents.ts';
import { normObject } from './norms/documents.ts';
import { normRoutes } from './routes/norms.ts';
import { noticeRoutes } from './routes/notices.ts';
import { absenceRoutes } from './routes/absences.ts';
import { onboardingRoutes } from './routes/onboarding.ts';
import { officeRoutes } from './routes/offices.ts';
import { ownershipRoutes } from './routes/ownership.ts';
import { partnerRoutes } from './routes/partners.ts';
import { bringInRoutes } from './routes/bring-in.ts';
import { operatingAgreementRoutes } from './routes/operating-agreements.ts';
import { partyChangeRoutes } from './routes/party-changes.ts';
import { partyRoutes } from './routes/parties.ts';
import { peopleRoutes } from './routes/people.ts';
import { planRoutes } from './routes/plans.ts';
import { previewRoutes } from './routes/previews.ts';
import { selectionRoutes } from './routes/selections.ts';
import { productFeedbackRoutes } from './routes/product-feedback.ts';
import { sourceFingerprintRoutes } from './routes/source-fingerprints.ts';
import { selfCheckRoutes } from './routes/self-checks.ts';
import { spotCheckRoutes } from './routes/spot-checks.ts';
import { provenanceRoutes } from './routes/provenance.ts';
import { ledgerReportRoutes } from './routes/ledger-reports.ts';
import { linkageRoutes } from './routes/linkage.ts';
import { traceRoutes } from './routes/traces.ts';
import { socialDataRoutes } from './routes/social-data.ts';
import { staffAssignmentRoutes } from './routes/staff-assignments.ts';
import { staffRecordRoutes } from './routes/staff-records.ts';
import { staffRoutes } from './routes/staff.ts';
import { publicationRoutes } from './routes/publications.ts';

/** What the registry service is built from. */
export type RegistryDeps = ServiceDeps & {
  /** The files of documents. */
  documents: DocumentStore;
  packs: PackSet;
  /** Seals bids until the opening. */
  sealing: Sealing;
  /** Names the key of the installation's fingerprints; fingerprints of another are refused. */
  fingerprintKeyId?: string;
  /** Hands a taken act to its workflow; `taken` when Temporal is away. */
  deliver: (receipt: string) => Promise<Delivery>;
  /** Tells the open turns of a case that what they waited for is gone. */
  lookAgain: (caseNo: string) => Promise<void>;
  /** Where debarment lists come from; left out where they are imported by hand alone. */
  debarment?: DebarmentPort;
  /** The calendar version in force. */
  calendarVersion: (jurisdiction: string) => Promise<string>;
};

/** What else than a case has documents: a norm, a channel, a procedure. */
const documentObject = ({ db, lawNow }: RegistryDeps): ObjectOf => {
  const norm = normObject(db);
  const channel = channelObject(db, async () => businessDateOf((await lawNow()).getTime()));
  const product = egressDocumentObject(db as never);
  const procedure = procedureObject(db as never);
  return async (number, actor, filedBy) =>
    (await norm(number, actor)) ??
    (await channel(number)) ??
    (await product(number, actor, filedBy)) ??
    procedure(number, actor, filedBy);
};

/** Bodies that take part, merchants and their onboarding, norms; plans, agreements and products come to stand here too. Never listens. */
export const buildRegistry = (deps: RegistryDeps): Promise<FastifyInstance> =>
  buildService({
    name: 'registry',
    title: '公数 · 登记 (registry)',
    routes: [
      partyRoutes(deps.db),
      partyChangeRoutes(deps.db),
      officeRoutes(deps.db),
      peopleRoutes(deps.db),
      absenceRoutes(deps.db),
      documentRoutes({ ...deps, service: 'registry', objectOf: documentObject(deps) }),
      normRoutes(deps),
      mandateRoutes(deps),
      supplyChannelRoutes(deps),
      merchantRoutes(deps),
      partnerRoutes(deps),
      socialDataRoutes(deps),
      traceRoutes(deps),
      ledgerReportRoutes(deps.db),
      linkageRoutes(deps),
      provenanceRoutes(deps.db),
      productFeedbackRoutes(deps),
      spotCheckRoutes(deps),
      selfCheckRoutes(deps),
      sourceFingerprintRoutes(deps),
      staffRoutes(deps),
      staffRecordRoutes(deps),
      staffAssignmentRoutes(deps),
      previewRoutes(deps),
      ...onboardingRoutes(deps),
      ...planRoutes(deps as never),
      ...evaluationRoutes(deps as never),
      ...egressCaseRoutes(deps as never),
      egressCheckRoutes(deps as never),
      egressFilingRoutes(deps as never),
      egressStandingRoutes(deps as never),
      productListRoutes(deps as never),
      productDeliveryRoutes(deps as never),
      ...operatingAgreementRoutes(deps as never),
      bringInRoutes(deps as never),
      ...selectionRoutes(deps as never),
      filingRoutes({ db: deps.db as never }),
      publicationRoutes({ db: deps.db as never }),
      expertRoutes(deps.db),
      expertQuestionRoutes(deps),
      ownershipRoutes(deps),
      debarmentRoutes(deps),
      noticeRoutes(deps.db),
      channelRoutes({ db: deps.db, production: !deps.sandbox }),
    ],
    deps: { ...deps, successorOf: (city, body) => successorOf(deps.db, 'party', city, body) },
  });
