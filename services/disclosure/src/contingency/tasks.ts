import type { MoreTasks } from '@gongshu/infra/cases/tasks';
import { roleOfBody } from '@gongshu/shared/incident/rules';
import { ruleOf } from '@gongshu/shared/packs/pack';
import type { PackSet } from '@gongshu/shared/packs/resolve';
import { sql } from 'kysely';

/**
 * Classes of contingency plans for which a body that owes them has none in force and none handed in (X2), from the first
 * day of a mandate: the operator its own; the authority, where the pack names it, as long as any mandate runs. No text
 * sets a day for the first one.
 */
export const planTasks =
  (packs: PackSet): MoreTasks =>
  ({ jurisdiction, roles, organisation }, today, of) => {
    if (of !== undefined || organisation === null || !packs.jurisdictions.includes(jurisdiction)) return [];
    const pack = packs.resolve(jurisdiction);
    if (!pack.rules['incident']) return [];
    const { by } = ruleOf(pack, 'incident', 'contingencyPlans').value;
    const role = by.map(roleOfBody).find((one) => roles.some((held) => held === one));
    if (role === undefined) return [];
    const classes = ruleOf(pack, 'incident', 'planClasses').value;
    return [
      sql`
      select 'contingencyPlanFiling'::text as kind,
             'contingency-plan-' || ${jurisdiction}::text || '-' || ${organisation}::text || '-' || class as subject,
             class as case_no, null::text as turn_id, null::date as last_day, null::timestamptz as due_at,
             false as late, ${organisation}::text as organisation, null::jsonb as shown
      from unnest(${[...classes]}::text[]) as class
      where exists (
          select from operator_mandate
          where jurisdiction = ${jurisdiction} and ended_at is null and from_on <= ${today}::date
            and (${role}::text <> 'operator' or operator = ${organisation})
        )
        and not exists (
          select from contingency_plan
          where contingency_plan.jurisdiction = ${jurisdiction} and contingency_plan.body = ${organisation}
            and contingency_plan.class = class.class and contingency_plan.state in ('submitted', 'inForce')
        )`,
    ];
  };
