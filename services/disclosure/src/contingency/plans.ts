/** Contingency plans by class (应急预案, X2; 中卫 28, 29, 朔州 十（六）, 乌海 十): handed in, approved or returned, in force. */
import { nextNumber } from '@gongshu/infra/cases/number';
import { linkDocument, mustBeStored } from '@gongshu/infra/documents/cite';
import type { Acting } from '@gongshu/infra/http/acting';
import { drillMonths, foreseeDrill } from '@gongshu/infra/incidents/drills';
import type { IncidentTables } from '@gongshu/infra/incidents/tables';
import { record } from '@gongshu/infra/record';
import { businessDateOf, toInstantText, yearOf } from '@gongshu/shared/business-date';
import { roleOfBody } from '@gongshu/shared/incident/rules';
import { clauseIn, type ResolvedPack, ruleOf } from '@gongshu/shared/packs/pack';
import { restsOn } from '@gongshu/shared/packs/resting-on';
import type { PlanClass } from '@gongshu/shared/packs/topics/incident';
import { problem } from '@gongshu/shared/problems';
import type { Kysely, Selectable, Transaction } from 'kysely';

export type PlanRow = Selectable<IncidentTables['contingency_plan']>;
type Trx = Transaction<IncidentTables>;
type Draft = { class: PlanClass; scenario?: string | undefined; document: string };
type Reason = { code: string; text: string };

/** Throws `contingencyPlanClass` (422) for a class the pack does not know, `contingencyPlanNotBy` (403) for another body. */
const mustBeForeseen = (pack: ResolvedPack, role: string, draft: Draft): void => {
  const classes = ruleOf(pack, 'incident', 'planClasses').value;
  const classed =
    classes.includes(draft.class) && (draft.class === 'scenario') === (draft.scenario !== undefined);
  if (!classed)
    throw problem('contingencyPlanClass', {
      ...clauseIn(pack, 'incident', 'planClasses'),
      params: { class: draft.class },
    });
  const { by } = ruleOf(pack, 'incident', 'contingencyPlans').value;
  if (by.some((body) => roleOfBody(body) === role)) return;
  throw problem('contingencyPlanNotBy', {
    ...clauseIn(pack, 'incident', 'contingencyPlans'),
    params: { by: by.map(roleOfBody).join(', ') },
  });
};

const tell = (
  trx: Trx,
  pack: ResolvedPack,
  row: PlanRow,
  type: `contingencyPlan.${'submitted' | 'inForce' | 'returned'}.v1`,
  { actor, at }: Acting,
  more: object = {},
) =>
  record(trx, 'disclosure', {
    ...{ key: `${row.plan}/${type}`, type, subject: row.plan, jurisdiction: row.jurisdiction, at, actor },
    data: {
      ...{ plan: row.plan, body: row.body, class: row.class, scenario: row.scenario || null },
      ...{ version: row.version, document: row.document, at: toInstantText(at.getTime()), ...more },
      ...restsOn(pack, 'incident', 'contingencyPlans'),
    },
  });

/**
 * A further version of the body's plan for a class; one waits at a time. Throws `contingencyPlanNotSubmitted` (409) while
 * the version before waits, and what `mustBeForeseen` and `mustBeStored` throw.
 */
export const submitPlan = (
  db: Kysely<IncidentTables>,
  pack: ResolvedPack,
  draft: Draft,
  acting: Acting,
): Promise<PlanRow> =>
  db.transaction().execute(async (trx) => {
    const { actor, at } = acting;
    const { jurisdiction } = pack;
    mustBeForeseen(pack, actor.role, draft);
    const { document } = draft;
    const body = actor.organisation;
    await mustBeStored(trx, { hash: document, organisation: body, jurisdiction, pointer: '/body/document' });
    const of = { jurisdiction, body, class: draft.class, scenario: draft.scenario ?? '' };
    const year = yearOf(businessDateOf(at.getTime()));
    const number = await nextNumber(trx, 'procedure_number', { jurisdiction, year, series: 'YA' });
    const plan = `${pack.areaCode}-YA-${year}-${String(number).padStart(6, '0')}`;
    const before = await trx
      .selectFrom('contingency_plan')
      .select(['plan', 'version', 'state'])
      .where((eb) => eb.and(of))
      .orderBy('version', 'desc')
      .executeTakeFirst();
    if (before?.state === 'submitted')
      throw problem('contingencyPlanNotSubmitted', { params: { state: before.state } });
    const row = await trx
      .insertInto('contingency_plan')
      .values({
        ...{ plan, ...of, version: (before?.version ?? 0) + 1, document, state: 'submitted' as const },
        ...{ submitted_at: at, submitted_by: actor.id, decided_at: null, decided_by: null },
        ...{ reasons: JSON.stringify([]) as never, replaced_at: null, replaced_by: null },
      })
      .returningAll()
      .executeTakeFirstOrThrow();
    await linkDocument(trx, {
      hash: document,
      jurisdiction,
      caseNo: plan,
      role: 'contingencyPlan',
      by: body,
      at,
    });
    await tell(trx, pack, row, 'contingencyPlan.submitted.v1', acting);
    return row;
  });

/** In force from now on in the place of the version before, which is kept; or returned with reasons. */
export const decidePlan = (
  db: Kysely<IncidentTables>,
  pack: ResolvedPack,
  { plan, approve, reasons }: { plan: string; approve: boolean; reasons: Reason[] },
  acting: Acting,
): Promise<PlanRow> =>
  db.transaction().execute(async (trx) => {
    const { actor, at } = acting;
    const found = await trx
      .selectFrom('contingency_plan')
      .selectAll()
      .where('plan', '=', plan)
      .forUpdate()
      .executeTakeFirstOrThrow();
    if (found.state !== 'submitted')
      throw problem('contingencyPlanNotSubmitted', { params: { state: found.state } });
    const { jurisdiction, body, class: planClass, scenario } = found;
    const replaced = approve
      ? await trx
          .updateTable('contingency_plan')
          .set({ state: 'replaced', replaced_at: at, replaced_by: plan })
          .where((eb) =>
            eb.and({ jurisdiction, body, class: planClass, scenario, state: 'inForce' as const }),
          )
          .returning('plan')
          .executeTakeFirst()
      : undefined;
    const row = await trx
      .updateTable('contingency_plan')
      .set({
        ...{ state: approve ? 'inForce' : 'returned', decided_at: at, decided_by: actor.id },
        reasons: JSON.stringify(reasons) as never,
      })
      .where('plan', '=', plan)
      .returningAll()
      .executeTakeFirstOrThrow();
    if (!approve) {
      await tell(trx, pack, row, 'contingencyPlan.returned.v1', acting, {
        reasonCodes: [...new Set(reasons.map(({ code }) => code))],
      });
      return row;
    }
    const kind = await trx
      .selectFrom('body')
      .select('kind')
      .where('jurisdiction', '=', jurisdiction)
      .where('id', '=', body)
      .executeTakeFirst();
    const months = drillMonths(pack, kind?.kind ?? '');
    if (months !== undefined) await foreseeDrill(trx, { pack, body, months }, businessDateOf(at.getTime()));
    await tell(trx, pack, row, 'contingencyPlan.inForce.v1', acting, { replaces: replaced?.plan ?? null });
    return row;
  });
