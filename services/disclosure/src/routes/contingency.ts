/** Contingency plans and yearly drills over REST (应急预案、应急演练, X2; 中卫 28, 29, 朔州 十（六）、十一（三）5, 乌海 十). */
import { Reasons } from '@gongshu/infra/cases/case-routes';
import { reasonsMissing } from '@gongshu/infra/cases/reasons';
import { DocumentHash, linkDocument, mustBeStored } from '@gongshu/infra/documents/cite';
import { actingOn, ownObject } from '@gongshu/infra/http/acting';
import { jsonOrCsv, sendPage } from '@gongshu/infra/http/csv';
import { IdempotencyKey } from '@gongshu/infra/http/idempotency';
import { decodeCursor, PageQuery, page, pageOf } from '@gongshu/infra/http/page';
import { problems } from '@gongshu/infra/http/problems';
import { drillMonths } from '@gongshu/infra/incidents/drills';
import type { IncidentTables } from '@gongshu/infra/incidents/tables';
import { record } from '@gongshu/infra/record';
import { businessDateOf } from '@gongshu/shared/business-date';
import { drillPeriodFrom } from '@gongshu/shared/incident/drills';
import { clauseIn } from '@gongshu/shared/packs/pack';
import { packWith } from '@gongshu/shared/packs/pack-with';
import { restsOn } from '@gongshu/shared/packs/resting-on';
import { OrganisationId } from '@gongshu/shared/organisation-id';
import { PlanClass } from '@gongshu/shared/packs/topics/incident';
import { problem } from '@gongshu/shared/problems';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { Kysely } from 'kysely';
import { z } from 'zod';
import { decidePlan, submitPlan } from '../contingency/plans.ts';
import { drillCsv, drillView, DrillView, planCsv, planView, PlanView } from '../contingency/views.ts';
import type { DisclosureDeps } from '../deps.ts';

const PlanNo = z.string().regex(/^[0-9A-Z]{1,20}-YA-\d{4}-\d{6,9}$/);
const DrillNo = z.string().regex(/^[0-9A-Z]{1,20}-YL-\d{8}-[\x21-\x7e]{1,120}$/);
const answers = problems(400, 401, 403, 404, 409, 422, 503);

export const contingencyRoutes =
  (deps: DisclosureDeps): FastifyPluginAsyncZod =>
  async (app) => {
    const db = deps.db as unknown as Kysely<IncidentTables>;
    const packOf = (jurisdiction: string) => packWith(deps.packs, jurisdiction, 'incident');

    app.get(
      '/v1/contingency-plans',
      {
        config: { act: 'readContingencyPlans', lists: true },
        schema: {
          summary: 'Contingency plans by class, every version, newest number first (X2)',
          querystring: PageQuery.extend({ class: PlanClass.optional() }),
          response: { 200: jsonOrCsv(pageOf(PlanView), 'A page of plans'), ...problems(400, 401, 403, 406) },
        },
      },
      async (request, reply) => {
        const { limit, cursor, class: planClass } = request.query;
        const [before] = decodeCursor(z.tuple([PlanNo]), cursor) ?? [];
        let query = db
          .selectFrom('contingency_plan')
          .selectAll()
          .where('jurisdiction', '=', request.actor.jurisdiction);
        if (planClass !== undefined) query = query.where('class', '=', planClass);
        if (before !== undefined) query = query.where('plan', '<', before);
        const rows = await query
          .orderBy('plan', 'desc')
          .limit(limit + 1)
          .execute();
        const { items, next } = page(request, reply, rows, limit, (row) => [row.plan]);
        return sendPage(request, reply, planCsv, { items: items.map(planView), next });
      },
    );
    app.post(
      '/v1/contingency-plans',
      {
        config: { act: 'submitContingencyPlan' },
        schema: {
          summary: '报送应急预案 · Hands in a plan for a class of incidents, by whom the pack names (X2)',
          headers: IdempotencyKey,
          body: z.strictObject({
            class: PlanClass,
            scenario: z
              .string()
              .regex(/^[a-z][A-Za-z0-9]{0,60}$/)
              .optional()
              .describe('所针对的场景类别 · The class of scenarios it is for, of a plan for scenarios alone'),
            jointWith: z
              .array(OrganisationId)
              .max(20)
              .optional()
              .describe(
                '联合编制单位 · Who drew it up together with the body that files it, where the rules ask for that',
              ),
            document: DocumentHash,
          }),
          response: { 201: PlanView, ...answers },
        },
      },
      async (request, reply) => {
        const acting = await actingOn(request, 'submitContingencyPlan', ownObject(request));
        const row = await submitPlan(db, packOf(request.actor.jurisdiction), request.body, acting);
        return reply.code(201).send(planView(row));
      },
    );
    app.post(
      '/v1/contingency-plans/:planNo/decision',
      {
        config: { act: 'decideContingencyPlan' },
        schema: {
          summary: '审核应急预案 · Approves a plan, in force from now, or returns it with reasons (X2)',
          params: z.object({ planNo: PlanNo }),
          headers: IdempotencyKey,
          body: z.strictObject({ outcome: z.enum(['approve', 'return']), reasons: Reasons }),
          response: { 200: PlanView, ...answers },
        },
      },
      async (request) => {
        const { planNo: plan } = request.params;
        const found = await db
          .selectFrom('contingency_plan')
          .select('jurisdiction')
          .where('plan', '=', plan)
          .executeTakeFirst();
        if (!found) throw problem('notFound');
        const acting = await actingOn(request, 'decideContingencyPlan', { jurisdiction: found.jurisdiction });
        const { outcome, reasons } = request.body;
        const pack = packOf(found.jurisdiction);
        if (outcome === 'return' && reasons.length === 0)
          throw reasonsMissing(clauseIn(pack, 'incident', 'planApprovedBy'));
        const approve = outcome === 'approve';
        return planView(await decidePlan(db, pack, { plan, approve, reasons }, acting));
      },
    );

    app.get(
      '/v1/drills',
      {
        config: { act: 'readContingencyPlans', lists: true },
        schema: {
          summary: 'Drills that bodies owe, by period, and what was recorded of them (X2)',
          querystring: PageQuery,
          response: {
            200: jsonOrCsv(pageOf(DrillView), 'A page of drills'),
            ...problems(400, 401, 403, 406),
          },
        },
      },
      async (request, reply) => {
        const { limit, cursor } = request.query;
        const [before] = decodeCursor(z.tuple([DrillNo]), cursor) ?? [];
        let query = db
          .selectFrom('drill')
          .selectAll()
          .where('jurisdiction', '=', request.actor.jurisdiction)
          // Its body went into one that owes the period itself: nobody owes it.
          .where((eb) =>
            eb.or([
              eb('recorded_at', 'is not', null),
              eb(
                'drill',
                'not in',
                eb
                  .selectFrom('drill_due')
                  .select('drill_due.drill')
                  .where('look', '=', 'due')
                  .where('state', '=', 'cancelled'),
              ),
            ]),
          );
        if (before !== undefined) query = query.where('drill', '<', before);
        const rows = await query
          .orderBy('drill', 'desc')
          .limit(limit + 1)
          .execute();
        const { items, next } = page(request, reply, rows, limit, (row) => [row.drill]);
        return sendPage(request, reply, drillCsv, { items: items.map(drillView), next });
      },
    );
    app.post(
      '/v1/drills/:drillNo/record',
      {
        config: { act: 'recordDrill' },
        schema: {
          summary: '登记应急演练 · The drill was held on a day of its period, or late; with findings (X2)',
          params: z.object({ drillNo: DrillNo }),
          headers: IdempotencyKey,
          body: z.strictObject({ heldOn: z.iso.date(), document: DocumentHash, findings: Reasons }),
          response: { 200: DrillView, ...answers },
        },
      },
      async (request) => {
        const { drillNo: drill } = request.params;
        const { heldOn, document, findings } = request.body;
        const found = await db.selectFrom('drill').selectAll().where('drill', '=', drill).executeTakeFirst();
        if (!found) throw problem('notFound');
        const { jurisdiction, body, due_on } = found;
        const { actor, at } = await actingOn(request, 'recordDrill', { jurisdiction, owner: body });
        const pack = packOf(jurisdiction);
        const months = drillMonths(pack, 'operator') ?? drillMonths(pack, 'bureau') ?? 12;
        const [from, until] = [drillPeriodFrom(due_on, months), businessDateOf(at.getTime())];
        if (heldOn < from || heldOn > until) throw problem('dateOutside', { params: { from, until } });
        const row = await db.transaction().execute(async (trx) => {
          await mustBeStored(trx, {
            ...{ hash: document, jurisdiction, organisation: actor.organisation, pointer: '/body/document' },
          });
          const set = await trx
            .updateTable('drill')
            .set({
              ...{ held_on: heldOn, document, recorded_at: at, recorded_by: actor.id },
              findings: JSON.stringify(findings) as never,
            })
            .where('drill', '=', drill)
            .where('recorded_at', 'is', null)
            .returningAll()
            .executeTakeFirst();
          if (!set) throw problem('drillRecordedBefore');
          await linkDocument(trx, {
            ...{ hash: document, jurisdiction, caseNo: drill, role: 'drill', by: actor.organisation, at },
          });
          await record(trx, 'disclosure', {
            ...{
              key: `${drill}/recorded`,
              type: 'drill.recorded.v1',
              subject: drill,
              jurisdiction,
              at,
              actor,
            },
            data: {
              ...{ drill, body, dueOn: due_on, heldOn, document, late: heldOn > due_on },
              findings: [...new Set(findings.map(({ code }) => code))],
              ...restsOn(pack, 'incident', 'drill'),
            },
          });
          return set;
        });
        return drillView(row);
      },
    );
  };
