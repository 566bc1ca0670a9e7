/** Who decides the review of a complaint (S4): it reads what both sides brought, from when a review is asked for. */
import type { ProcedureRow } from '@gongshu/infra/procedures/acting';
import type { ComplaintRules } from '@gongshu/shared/complaint/rules';
import type { ComplaintFacts, ComplaintState } from '@gongshu/shared/complaint/types';
import type { Actor, Role } from '@gongshu/shared/may';
import type { ProcedureStart } from '@gongshu/shared/procedure/machine';
import { roleOf } from '@gongshu/shared/procedure/ruled';

/** The actor's body, where it is the one the pack names and a review was asked for; no body otherwise. */
export const reviewerOf = (
  { start, state }: Pick<ProcedureRow, 'start' | 'state'>,
  actor: Actor,
): string[] => {
  const { stage, reviewed } = state as Partial<ComplaintState>;
  if (actor.organisation === null || (stage !== 'underReview' && !reviewed)) return [];
  const { rules } = start as ProcedureStart<ComplaintRules, ComplaintFacts>;
  return actor.roles.includes(roleOf(rules.reviewedBy.value) as Role) ? [actor.organisation] : [];
};
