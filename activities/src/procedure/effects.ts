/** What an entry of a procedure changes beside its case: rows of its own, and events that follow from it. */
import type { ProcedureTables } from '@gongshu/infra/procedures/tables';
import type { Signing } from '@gongshu/infra/products/signing';
import type { Change } from '@gongshu/infra/record';
import type { ProcedureKind } from '@gongshu/shared/procedure/kinds';
import type { Entry, Periods, ProcedureStart } from '@gongshu/shared/procedure/machine';
import type { Transaction } from 'kysely';
import { evaluationEffects } from '../evaluation/effects.ts';
import { evaluationsOfAgreement } from '../evaluation/of-agreement.ts';
import { operatingAgreementEffects } from '../operating-agreement/effects.ts';
import { productEgressEffects } from '../product/effects.ts';
import { planEffects } from '../plan/effects.ts';
import { ceilingPriceEffects } from '../pricing/ceiling-price-effects.ts';
import { permittedRevenueEffects } from '../pricing/permitted-revenue-effects.ts';
import { settlementEffects } from '../pricing/settlement-effects.ts';
import { selectionEffects } from '../selection/effects.ts';
import { complaintEffects } from '../disclosure/complaint-effects.ts';
import { incidentEffects } from '../disclosure/incident-effects.ts';
import { sanctionEffects } from '../disclosure/sanction-effects.ts';
import { yearlyDisclosureEffects } from '../disclosure/yearly-disclosure-effects.ts';
import { bulletinEffects } from '../disclosure/bulletin-effects.ts';
import { auditEffects } from '../disclosure/audit-effects.ts';
import { qualityFeedbackEffects } from '../catalog/quality-feedback-effects.ts';
import { demandResponseEffects } from '../catalog/demand-response-effects.ts';

/** Who did what the entry tells, for the audit entry of what follows from it. */
export type EffectOf = {
  start: ProcedureStart;
  /** The state after all entries of the record. */
  state: object;
  entry: Entry;
  position: number;
  /** The periods that run after the entries, under the newest calendar. */
  readings: Periods;
  actor: Change['actor'];
  /** Signs check records; left out where no product is judged. */
  signing?: Signing | undefined;
};

/** Written in the transaction of the entry, once: an entry that stands is never applied again. */
export type Effects = (trx: Transaction<ProcedureTables>, of: EffectOf) => Promise<void>;

export const effects: Readonly<Record<ProcedureKind, Effects>> = {
  plan: planEffects,
  selection: selectionEffects,
  operatingAgreement: async (trx, of) => {
    await operatingAgreementEffects(trx, of);
    await evaluationsOfAgreement(trx, of);
  },
  evaluation: evaluationEffects,
  productEgress: productEgressEffects,
  permittedRevenue: permittedRevenueEffects,
  ceilingPrice: ceilingPriceEffects,
  settlement: settlementEffects,
  complaint: complaintEffects,
  incident: incidentEffects,
  sanction: sanctionEffects,
  yearlyDisclosure: yearlyDisclosureEffects,
  bulletin: bulletinEffects,
  audit: auditEffects,
  qualityFeedback: qualityFeedbackEffects,
  demandResponse: demandResponseEffects,
};
