/** Incidents over REST (安全事件, X2, D1): declared, measures, reports, suspension, rectification, restoration, review. */
import { bureauOf } from '@gongshu/infra/cases/bodies';
import { Reason } from '@gongshu/infra/cases/case-routes';
import { submissionAnswers } from '@gongshu/infra/cases/submission';
import { DocumentHash } from '@gongshu/infra/documents/cite';
import { IdempotencyKey } from '@gongshu/infra/http/idempotency';
import type { IncidentTables } from '@gongshu/infra/incidents/tables';
import { procedureActRoute } from '@gongshu/infra/procedures/act-route';
import { actOnProcedure } from '@gongshu/infra/procedures/acting';
import type { ProcedureDeps } from '@gongshu/infra/procedures/deps';
import { answerOpening } from '@gongshu/infra/procedures/open';
import { procedureReadRoutes } from '@gongshu/infra/procedures/read-routes';
import { handlersOf } from '@gongshu/infra/procedures/view';
import { incidentRules } from '@gongshu/shared/incident/rules';
import type { IncidentAct, IncidentFacts, IncidentState } from '@gongshu/shared/incident/types';
import { type Act, actingRole } from '@gongshu/shared/may';
import { clauseIn } from '@gongshu/shared/packs/pack';
import { packWith } from '@gongshu/shared/packs/pack-with';
import type { IncidentRules } from '@gongshu/shared/packs/topics/incident';
import { ToldOfIncident, Severity } from '@gongshu/shared/packs/topics/incident';
import { procedures } from '@gongshu/shared/procedure/kinds';
import { SupplyScope } from '@gongshu/shared/supply-order';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { Transaction } from 'kysely';
import { z } from 'zod';
import type { DisclosureDeps } from '../deps.ts';
import { beginIncident, IncidentOpening, knownAtOf } from '../incidents/open.ts';

const kind = 'incident';
const Findings = z.array(Reason).min(1).max(50);
const Order = z.string().regex(/^[\x21-\x7e]{1,160}$/);
const codes = (given: readonly { code: string }[]) => [...new Set(given.map(({ code }) => code))];

type Made = Pick<Parameters<typeof actOnProcedure>[3], 'documents' | 'text'> & { act: IncidentAct };
const filed = (hash: string | null, role: string): Pick<Made, 'documents'> =>
  hash === null ? {} : { documents: [{ hash, role, pointer: '/body/document' }] };

export const incidentRoutes = (deps: DisclosureDeps): FastifyPluginAsyncZod[] => {
  const procedureDeps = deps as unknown as ProcedureDeps;
  const packOf = (jurisdiction: string) => packWith(deps.packs, jurisdiction, 'incident');
  return [
    procedureReadRoutes(procedureDeps, {
      kind,
      summary: {
        list: 'Incidents of the city, newest first; a body reads those it takes part in (X2)',
        one: 'One incident: measures, reports with their times, orders, rectification, review (X2)',
      },
    }),
    async (app) => {
      app.post(
        procedures[kind].path,
        {
          config: { act: 'declareIncident' },
          schema: {
            summary:
              '申报安全事件 · Declares an incident; where the rules say must, supply is suspended with it (X2)',
            headers: IdempotencyKey,
            body: IncidentOpening,
            response: submissionAnswers,
          },
        },
        async (request, reply) => {
          const { jurisdiction, organisation } = request.actor;
          const object = { jurisdiction, owner: organisation };
          request.mustBeAllowed(object);
          const pack = packOf(jurisdiction);
          knownAtOf(request.body, await request.lawNow());
          const role = actingRole(request.actor, 'declareIncident', object);
          return answerOpening(procedureDeps, request, reply, {
            ...{ kind, pack, role, rules: incidentRules(pack), text: { reason: request.body.what } },
            authority: await bureauOf(deps.db, 'body', jurisdiction),
            facts: (trx, { caseNo, receivedAt: at }): Promise<IncidentFacts> =>
              beginIncident(trx as unknown as Transaction<IncidentTables>, request.body, {
                ...{ caseNo, jurisdiction, at },
                by: { organisation: organisation ?? '', role },
              }),
          });
        },
      );

      const actRoute = <B extends z.ZodType>(
        path: string,
        permission: Act,
        rule: keyof IncidentRules,
        summary: string,
        body: B,
        make: (given: z.output<B>, state: IncidentState) => Made,
      ): void =>
        procedureActRoute(
          ...([app, procedureDeps, kind, { path, permission, summary, body }] as const),
          async ({ row, given, request, reply }) => {
            const { jurisdiction } = row;
            const object = { jurisdiction, handlers: await handlersOf(procedureDeps.db, row.case_no) };
            request.mustBeAllowed(object);
            return actOnProcedure(procedureDeps, request, reply, {
              ...{ row, permission, object, ...clauseIn(packOf(jurisdiction), 'incident', rule) },
              ...make(given, row.state as IncidentState),
            });
          },
        );

      actRoute(
        ...(['measures', 'handleIncident', 'actAtOnce'] as const),
        '登记处置措施 · What was done at once; the first stands within the pack’s hours (X2)',
        z.strictObject({ measures: Findings, document: DocumentHash.nullable().default(null) }),
        ({ measures, document }) => ({
          act: { kind: 'recordMeasures', codes: codes(measures), document },
          ...filed(document, 'measures'),
          text: { reasons: measures },
        }),
      );
      actRoute(
        ...(['reports', 'handleIncident', 'reportTo'] as const),
        '登记报告 · A body was told, by this document, at this instant; late is late (X2)',
        z.strictObject({
          to: ToldOfIncident,
          at: z.iso.datetime({ offset: true }).describe('When it was told'),
          document: DocumentHash.describe('The report, uploaded before'),
        }),
        ({ to, at, document }) => ({
          act: { kind: 'reportIncident', to, document, on: Date.parse(at) },
          ...filed(document, 'incidentReport'),
        }),
      );
      actRoute(
        ...(['severity', 'decideIncident', 'suspension'] as const),
        '调整事件级别 · Grades the incident anew; its hours and what must be suspended follow (X2)',
        z.strictObject({
          ...{ severity: Severity, reasons: Findings },
          personsConcerned: z
            .boolean()
            .default(false)
            .describe('Found since: it touches or may touch personal information'),
        }),
        ({ severity, reasons, personsConcerned }) => ({
          act: {
            ...({ kind: 'gradeIncident', severity } as const),
            ...(personsConcerned && { personsConcerned: true as const }),
          },
          text: { reasons },
        }),
      );
      actRoute(
        ...(['suspension', 'decideIncident', 'suspendedBy'] as const),
        '责令暂停 · Orders supply, listed products or bodies to rest, by whom the pack says (D1)',
        z.strictObject({ scope: SupplyScope, document: DocumentHash.nullable().default(null) }),
        ({ scope, document }) => ({
          act: { kind: 'orderSuspension', scope, document },
          ...filed(document, 'suspension'),
        }),
      );
      actRoute(
        ...(['suspension/confirmation', 'decideIncident', 'graverGrade'] as const),
        '认定现有暂停令足够 · Graded higher: finds, on its grounds, that the orders that stand suffice (D1)',
        z.strictObject({ reasons: Findings, document: DocumentHash.nullable().default(null) }),
        ({ reasons, document }) => ({
          act: { kind: 'confirmSuspension', reasonCodes: codes(reasons), document },
          ...filed(document, 'suspension'),
          text: { reasons },
        }),
      );
      actRoute(
        ...(['rectification', 'decideIncident', 'rectificationLimit'] as const),
        '责令整改 · Orders what must be put right, within the pack’s limit (X2)',
        z.strictObject({ findings: Findings, document: DocumentHash }),
        ({ findings, document }) => ({
          act: { kind: 'orderRectification', findings: codes(findings), document },
          ...filed(document, 'rectificationOrder'),
          text: { reasons: findings },
        }),
      );
      actRoute(
        ...(['rectification/report', 'handleIncident', 'rectificationLimit'] as const),
        '报送整改结果 · What was put right, by document (X2)',
        z.strictObject({ document: DocumentHash }),
        ({ document }) => ({
          act: { kind: 'reportRectification', document },
          ...filed(document, 'rectification'),
        }),
      );
      actRoute(
        ...(['rectification/decision', 'decideIncident', 'rectificationLimit'] as const),
        '验收或退回整改 · Accepts the rectification, or returns it with reasons (X2)',
        z.discriminatedUnion('outcome', [
          z.strictObject({
            outcome: z.literal('accept'),
            document: DocumentHash.nullable().default(null),
          }),
          z.strictObject({
            outcome: z.literal('return'),
            reasons: Findings,
            document: DocumentHash.nullable().default(null),
          }),
        ]),
        (given) => ({
          act:
            given.outcome === 'accept'
              ? { kind: 'acceptRectification', document: given.document }
              : {
                  ...{ kind: 'returnRectification', document: given.document },
                  reasonCodes: codes(given.reasons),
                },
          ...filed(given.document, 'rectificationDecision'),
          ...(given.outcome === 'return' && { text: { reasons: given.reasons } }),
        }),
      );
      actRoute(
        ...(['restoration', 'decideIncident', 'restoredBy'] as const),
        '责令恢复 · Lifts what this incident suspended, once rectified; all of it when none is named (D1)',
        z.strictObject({ orders: z.array(Order).max(100).default([]), document: DocumentHash }),
        ({ orders, document }, { orders: standing }) => ({
          act: {
            ...{ kind: 'orderRestoration', document },
            orders: orders.length
              ? orders
              : standing.filter(({ liftedAt }) => liftedAt === null).map(({ order }) => order),
          },
          ...filed(document, 'restoration'),
        }),
      );
      actRoute(
        ...(['review', 'handleIncident', 'reviewLimit'] as const),
        '事后复盘 · Looks back on the causes; the incident closes once everybody was told (X2)',
        z.strictObject({ causes: Findings, document: DocumentHash }),
        ({ causes, document }) => ({
          act: { kind: 'reviewIncident', causes: codes(causes), document },
          ...filed(document, 'incidentReview'),
          text: { reasons: causes },
        }),
      );
      actRoute(
        ...(['dismissal', 'decideIncident', 'restoredBy'] as const),
        '误报结案 · A false alarm closes with its grounds and lifts what was ordered (X2)',
        z.strictObject({ reasons: Findings, document: DocumentHash }),
        ({ reasons, document }) => ({
          act: { kind: 'dismissIncident', reasonCodes: codes(reasons), document },
          ...filed(document, 'dismissal'),
          text: { reasons },
        }),
      );
    },
  ];
};
