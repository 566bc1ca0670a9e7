/**
 * Every event type of the platform. An event says what happened in the past tense, one type per intent;
 * its data carries ids, codes, hashes, instants and counts, never names, contacts or free text; on the public topics
 * also the words of what is public itself (decision 0027).
 * Changes are additive; anything else is a new type with the next number.
 */
import type { z } from 'zod';
import { applicationEvents } from './events/application.ts';
import { calendarEvents } from './events/calendar.ts';
import type { EventDefinition } from './events/define.ts';
import { documentEvents } from './events/document.ts';
import { grantEvents } from './events/grant.ts';
import { merchantEvents } from './events/merchant.ts';
import { normEvents } from './events/norm.ts';
import { noticeEvents } from './events/notice.ts';
import { onboardingEvents } from './events/onboarding.ts';
import { partyEvents } from './events/party.ts';
import { selectionEvents } from './events/selection.ts';
import { traceEvents } from './events/trace.ts';
import { productUseEvents } from './events/product-use.ts';
import { productEgressEvents } from './events/product-egress.ts';
import { productListEvents } from './events/product-list.ts';
import { operatingAgreementEvents } from './events/operating-agreement.ts';
import { mandateEvents } from './events/mandate.ts';
import { evaluationEvents } from './events/evaluation.ts';
import { expertEvents } from './events/expert.ts';
import { ownershipEvents } from './events/ownership.ts';
import { scenarioEvents } from './events/scenario.ts';
import { partnerEvents } from './events/partner.ts';
import { socialDataEvents } from './events/social-data.ts';
import { staffEvents } from './events/staff.ts';
import { supplyChannelEvents } from './events/supply-channel.ts';
import { fingerprintEvents } from './events/fingerprint.ts';
import { filingEvents } from './events/filing.ts';
import { publicationEvents } from './events/publication.ts';
import { procedureEvents } from './events/procedure.ts';
import { planEvents } from './events/plan.ts';
import { personEvents } from './events/person.ts';
import { resourceEvents } from './events/resource.ts';
import { supplyEvents } from './events/supply.ts';
import { businessReportEvents } from './events/business-report.ts';
import { permittedRevenueEvents } from './events/permitted-revenue.ts';
import { ceilingPriceEvents } from './events/ceiling-price.ts';
import { settlementEvents } from './events/settlement.ts';
import { costEvents } from './events/cost.ts';
import { tariffEvents } from './events/tariff.ts';
import { serviceFeeEvents } from './events/service-fee.ts';
import { usageEvents } from './events/usage.ts';
import { complaintEvents } from './events/complaint.ts';
import { incidentEvents } from './events/incident.ts';
import { sanctionEvents } from './events/sanction.ts';
import { supplyOrderEvents } from './events/supply-order.ts';
import { yearlyDisclosureEvents } from './events/yearly-disclosure.ts';
import { bulletinEvents } from './events/bulletin.ts';
import { auditEvents } from './events/audit.ts';
import { workReportEvents } from './events/work-report.ts';
import { disclosedEvents } from './events/disclosed.ts';
import { qualityFeedbackEvents } from './events/quality-feedback.ts';
import { demandResponseEvents } from './events/demand-response.ts';
import { evidenceEvents } from './events/evidence.ts';
import { receiptEvents } from './events/receipt.ts';

export { type ServiceName, serviceNames, topicOf, type Visibility, visibilities } from './events/define.ts';

const definitions = {
  ...applicationEvents,
  ...documentEvents,
  ...grantEvents,
  ...supplyEvents,
  ...resourceEvents,
  ...partyEvents,
  ...personEvents,
  ...onboardingEvents,
  ...merchantEvents,
  ...normEvents,
  ...noticeEvents,
  ...calendarEvents,
  ...procedureEvents,
  ...planEvents,
  ...selectionEvents,
  ...operatingAgreementEvents,
  ...productEgressEvents,
  ...productListEvents,
  ...productUseEvents,
  ...traceEvents,
  ...mandateEvents,
  ...evaluationEvents,
  ...expertEvents,
  ...ownershipEvents,
  ...scenarioEvents,
  ...partnerEvents,
  ...socialDataEvents,
  ...staffEvents,
  ...supplyChannelEvents,
  ...filingEvents,
  ...fingerprintEvents,
  ...publicationEvents,
  ...permittedRevenueEvents,
  ...businessReportEvents,
  ...ceilingPriceEvents,
  ...settlementEvents,
  ...costEvents,
  ...tariffEvents,
  ...serviceFeeEvents,
  ...usageEvents,
  ...complaintEvents,
  ...incidentEvents,
  ...sanctionEvents,
  ...supplyOrderEvents,
  ...yearlyDisclosureEvents,
  ...bulletinEvents,
  ...auditEvents,
  ...qualityFeedbackEvents,
  ...demandResponseEvents,
  ...evidenceEvents,
  ...disclosedEvents,
  ...workReportEvents,
  ...receiptEvents,
};

export type EventType = keyof typeof definitions;
export type EventData<T extends EventType> = z.input<(typeof definitions)[T]['schema']>;

/** By type name, such as `application.deemedApproved.v1`. */
export const eventTypes: Readonly<Record<EventType, EventDefinition>> = definitions;
export const eventTypeNames = Object.keys(definitions) as EventType[];

/** Whether a name is one of ours. */
export const isEventType = (name: string): name is EventType => Object.hasOwn(definitions, name);
