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
import { type Kysely, type Selectable, sql, type Transaction } from 'kysely';

export type PlanRow = Selectable<IncidentTables['contingency_plan']>;
type Trx = Transaction<IncidentTables>;
type Draft = {
  class: PlanClass;
  scenario?: string | undefined;
  document: string;
  /** Bodies that drew it up together with the one that files it; that one may stand among them. */
  jointWith?: readonly string[] | undefined;
};
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

const otherBody = {
  required: { zh: '应联合制定：请写明另一编制单位', en: 'It is drawn up jointly: name the other body' },
  unknown: {
    zh: '所列单位不是本市登记的联合编制单位',
    en: 'Not a body of the city that draws it up jointly',
  },
};

/**
 * Who drew the plan up beside the body that files it: where the pack has it drawn up jointly (乌海 十: 应联合制定) each
 * other body of the pack is named, elsewhere none. Throws `contingencyPlanJointWith` (422).
 */
const jointWithOf = async (
  trx: Trx,
  pack: ResolvedPack,
  { role, organisation }: { role: string; organisation: string },
  named: readonly string[],
): Promise<string[]> => {
  const { by, jointly } = ruleOf(pack, 'incident', 'contingencyPlans').value;
  const needed = jointly ? by.map(roleOfBody).filter((one) => one !== role) : [];
  const together = [...new Set(named)].filter((one) => one !== organisation).toSorted();
  const rows = together.length
    ? await trx
        .selectFrom('body')
        .select('kind')
        .where('jurisdiction', '=', pack.jurisdiction)
        .where('id', 'in', together)
        .where('successor', 'is', null)
        .where('kind', 'in', ['', ...needed])
        .execute()
    : [];
  const code =
    rows.length < together.length
      ? 'unknown'
      : needed.some((one) => !rows.some(({ kind }) => kind === one))
        ? 'required'
        : undefined;
  if (code === undefined) return together;
  throw problem('contingencyPlanJointWith', {
    ...clauseIn(pack, 'incident', 'contingencyPlans'),
    errors: [{ pointer: '/body/jointWith', code, message: otherBody[code] }],
    params: { by: by.map(roleOfBody).join(', ') },
  });
};

/** Plans that this body filed, or another of those that drew this one up with it, all of them together. */
const ofTheSame = (body: string, together: readonly string[]) =>
  sql<boolean>`(body = ${body} or (select array_agg(one order by one collate "C") from unnest(joint_with || body) as one)
    = ${[body, ...together].toSorted()}::text[])`;
/** Plans that one of them drew up alone. */
const ofEither = (body: string, together: readonly string[]) =>
  sql<boolean>`(joint_with = '{}' and body = any (${[body, ...together]}::text[]))`;

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
      ...(row.joint_with.length > 0 && { jointWith: row.joint_with }),
      ...{ version: row.version, document: row.document, at: toInstantText(at.getTime()), ...more },
      ...restsOn(pack, 'incident', 'contingencyPlans'),
    },
  });

/**
 * A further version of the body's plan for a class, or of what several drew up together, whichever of them files it; one
 * waits at a time. Throws `contingencyPlanWaits` (409) while the version before waits, and what `mustBeForeseen`,
 * `jointWithOf` and `mustBeStored` throw.
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
    const joint_with = await jointWithOf(
      trx,
      pack,
      { role: actor.role, organisation: body },
      draft.jointWith ?? [],
    );
    await mustBeStored(trx, { hash: document, organisation: body, jurisdiction, pointer: '/body/document' });
    const of = { jurisdiction, body, class: draft.class, scenario: draft.scenario ?? '' };
    const year = yearOf(businessDateOf(at.getTime()));
    const number = await nextNumber(trx, 'procedure_number', { jurisdiction, year, series: 'YA' });
    const plan = `${pack.areaCode}-YA-${year}-${String(number).padStart(6, '0')}`;
    const before = await trx
      .selectFrom('contingency_plan')
      .select(['plan', 'version', 'state'])
      .where((eb) => eb.and({ jurisdiction, class: of.class, scenario: of.scenario }))
      .where(ofTheSame(body, joint_with))
      .orderBy(sql`state = 'submitted'`, 'desc')
      .orderBy('version', 'desc')
      .executeTakeFirst();
    if (before?.state === 'submitted')
      throw problem('contingencyPlanWaits', { params: { plan: before.plan } });
    const row = await trx
      .insertInto('contingency_plan')
      .values({
        ...{ plan, ...of, joint_with, version: (before?.version ?? 0) + 1, document },
        state: 'submitted' as const,
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

/**
 * In force from now on in the place of the version before, and of what those that drew it up had each by itself, which are
 * kept; or returned with reasons.
 */
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
    if (found.state !== 'submitted') throw problem('contingencyPlanNotSubmitted');
    const { jurisdiction, body, class: planClass, scenario, joint_with } = found;
    const replaced = approve
      ? await trx
          .updateTable('contingency_plan')
          .set({ state: 'replaced', replaced_at: at, replaced_by: plan })
          .where((eb) => eb.and({ jurisdiction, class: planClass, scenario, state: 'inForce' as const }))
          .where((eb) => eb.or([ofTheSame(body, joint_with), ofEither(body, joint_with)]))
          .returning(['plan', 'body'])
          .execute()
      : [];
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
    const kinds = await trx
      .selectFrom('body')
      .select(['id', 'kind'])
      .where('jurisdiction', '=', jurisdiction)
      .where('id', 'in', [body, ...joint_with])
      .orderBy('id')
      .execute();
    for (const { id, kind } of kinds) {
      const months = drillMonths(pack, kind);
      if (months !== undefined)
        await foreseeDrill(trx, { pack, body: id, months }, businessDateOf(at.getTime()));
    }
    await tell(trx, pack, row, 'contingencyPlan.inForce.v1', acting, {
      replaces: (replaced.find((one) => one.body === body) ?? replaced[0])?.plan ?? null,
    });
    return row;
  });
