import { audit } from './topics/audit.ts';
import { bulletin } from './topics/bulletin.ts';
import { catalog } from './topics/catalog.ts';
import { clock } from './topics/clock.ts';
import { complaint } from './topics/complaint.ts';
import { conduct } from './topics/conduct.ts';
import { dataUse } from './topics/data-use.ts';
import { dataUseApplication } from './topics/data-use-application.ts';
import { demandResponse } from './topics/demand-response.ts';
import { disclosure } from './topics/disclosure.ts';
import { evaluation } from './topics/evaluation.ts';
import { expertCommittee } from './topics/expert-committee.ts';
import { implementationPlan } from './topics/implementation-plan.ts';
import { incident } from './topics/incident.ts';
import { mandate } from './topics/mandate.ts';
import { merchantOnboarding } from './topics/merchant-onboarding.ts';
import { norms } from './topics/norms.ts';
import { operatingAgreement } from './topics/operating-agreement.ts';
import { operatorSelection } from './topics/operator-selection.ts';
import { platformEvidence } from './topics/platform-evidence.ts';
import { pricing } from './topics/pricing.ts';
import { productEgress } from './topics/product-egress.ts';
import { qualityFeedback } from './topics/quality-feedback.ts';
import { roles } from './topics/roles.ts';
import { sanction } from './topics/sanction.ts';
import { scenario } from './topics/scenario.ts';
import { supply } from './topics/supply.ts';
import { workReport } from './topics/work-report.ts';
import type { Topic, ValuesOf } from './topic.ts';

/** Every topic that a pack may hold, one file each, named in kebab-case. */
export const topics = {
  audit,
  bulletin,
  catalog,
  clock,
  complaint,
  conduct,
  dataUse,
  dataUseApplication,
  demandResponse,
  disclosure,
  evaluation,
  expertCommittee,
  implementationPlan,
  incident,
  mandate,
  merchantOnboarding,
  norms,
  operatingAgreement,
  operatorSelection,
  platformEvidence,
  pricing,
  productEgress,
  qualityFeedback,
  roles,
  sanction,
  scenario,
  supply,
  workReport,
};
export type Topics = typeof topics;
export type TopicName = keyof Topics;
/** The values of one topic by key. */
export type TopicValues<T extends TopicName> = ValuesOf<Topics[T]>;

/** The topic's keys, without their types. */
export const keysOf = (name: TopicName): Topic => topics[name];

/** `data-use-application.yaml` → `dataUseApplication`; `undefined` when no topic has that name. */
export const topicOfFile = (fileName: string): TopicName | undefined => {
  const name = fileName
    .replace(/\.yaml$/, '')
    .replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
  return Object.hasOwn(topics, name) ? (name as TopicName) : undefined;
};
