import type { MoreTasks } from '@gongshu/infra/cases/tasks';
import { roleOfBody } from '@gongshu/shared/incident/rules';
import { ruleOf } from '@gongshu/shared/packs/pack';
import { restsOn } from '@gongshu/shared/packs/resting-on';
import type { PackSet } from '@gongshu/shared/packs/resolve';
import { sql } from 'kysely';

/**
 * Classes of contingency plans for which a body that owes them has none in force and none handed in (X2), from the first
 * day of a mandate: the operator its own; the authority, where the pack names it, as long as any mandate runs. Of
 * scenarios each class is asked for by itself (中卫 二十八): a plan settles the one it names. No text sets a day for the
 * first one.
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
    const known = ruleOf(pack, 'incident', 'scenarioClasses').value;
    const { article } = restsOn(pack, 'incident', 'contingencyPlans');
    return [
      sql`
      select * from (with running as (
        select from operator_mandate
        where jurisdiction = ${jurisdiction} and ended_at is null and from_on <= ${today}::date
          and (${role}::text <> 'operator' or operator = ${organisation})
      ),
      authorised as (
        select public_mandate.operator, unnest(scenarios) as scenario
        from public_mandate
        where jurisdiction = ${jurisdiction} and state <> 'ended' and from_on <= ${today}::date
      ),
      -- One that another operator alone is authorised for is that one's to plan for.
      known as (
        select scenario from authorised
        where ${known.includes('authorised')} and (${role}::text <> 'operator' or operator = ${organisation})
        union
        select code from known_scenario
        where ${known.includes('registered')} and jurisdiction = ${jurisdiction} and stands
          and (${role}::text <> 'operator'
            or code in (select scenario from authorised where operator = ${organisation})
            or code not in (select scenario from authorised))
      ),
      -- No scenario is known: one plan for any class of them is asked for.
      owed as (
        select class, '' as scenario from unnest(${[...classes]}::text[]) as class
        where class <> 'scenario' or not exists (select from known)
        union all
        select 'scenario', scenario from known where 'scenario' = any (${[...classes]}::text[])
      )
      select 'contingencyPlanFiling'::text as kind,
             concat_ws('-', 'contingency-plan', ${jurisdiction}::text, ${organisation}::text, class,
                       nullif(scenario, '')) as subject,
             concat_ws('/', class, nullif(scenario, '')) as case_no,
             null::text as turn_id, null::date as last_day, null::timestamptz as due_at,
             false as late, ${organisation}::text as organisation,
             jsonb_build_object('article', ${article ?? null}::text) as shown
      from owed
      where exists (select from running)
        and not exists (
          select from contingency_plan as plan
          where plan.jurisdiction = ${jurisdiction} and (plan.body = ${organisation} or ${organisation} = any (plan.joint_with))
            and plan.class = owed.class and (owed.scenario = '' or plan.scenario = owed.scenario)
            and plan.state in ('submitted', 'inForce')
        )) as lacking`,
    ];
  };
