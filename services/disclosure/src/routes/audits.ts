/** Risk assessments and audits over REST (X5): planned, carried out, found, answered, put right, accepted, closed. */
import { auditArticle, auditOpening } from '@gongshu/infra/audits/open';
import { Reason } from '@gongshu/infra/cases/case-routes';
import { standingBody } from '@gongshu/infra/cases/bodies';
import { reasonsMissing } from '@gongshu/infra/cases/reasons';
import { submissionAnswers } from '@gongshu/infra/cases/submission';
import { DocumentHash } from '@gongshu/infra/documents/cite';
import { jsonOrCsv, sendPage } from '@gongshu/infra/http/csv';
import { IdempotencyKey } from '@gongshu/infra/http/idempotency';
import { decodeCursor, page, PageQuery, pageOf } from '@gongshu/infra/http/page';
import { problems } from '@gongshu/infra/http/problems';
import { actOnProcedure, type ProcedureRow } from '@gongshu/infra/procedures/acting';
import { procedureActRoute } from '@gongshu/infra/procedures/act-route';
import type { ProcedureDeps } from '@gongshu/infra/procedures/deps';
import { answerOpening } from '@gongshu/infra/procedures/open';
import { procedureReadRoutes } from '@gongshu/infra/procedures/read-routes';
import { handlersOf } from '@gongshu/infra/procedures/view';
import type { AuditAct, AuditFacts } from '@gongshu/shared/audit/types';
import { isBusinessDate } from '@gongshu/shared/business-date';
import { type Act, type ActObject, actingRole } from '@gongshu/shared/may';
import { OrganisationId } from '@gongshu/shared/organisation-id';
import { runnerOf } from '@gongshu/shared/audit/rules';
import { auditKinds, findingGrades } from '@gongshu/shared/packs/topics/audit';
import { problem } from '@gongshu/shared/problems';
import { procedures } from '@gongshu/shared/procedure/kinds';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { type AuditDb, rolesOfBodies } from '../audits/bodies.ts';
import { FindingView, findingsCsv, findingStates, listFindings } from '../audits/findings.ts';
import type { DisclosureDeps } from '../deps.ts';

const kind = 'audit';
const Day = z
  .string()
  .refine((text) => isBusinessDate(text) && text >= '2000-01-01' && text <= '2199-12-31', {
    error: '须为真实日期 · a day that exists',
  });
const Opening = z.strictObject({
  audit: z.enum(auditKinds),
  operator: OrganisationId.optional().describe('Who is assessed; needed where a city has several'),
  from: Day.describe('First day of the period'),
  until: Day.describe('Last day of the period, inclusive; not ahead'),
});
const No = z.int().min(1).max(50);
const Words = z.string().trim().min(1).max(2_000);
const Given = z.strictObject({ grade: z.enum(findingGrades), responsible: OrganisationId, words: Words });
const Reasons = z.array(Reason).max(50);
const CaseNumber = z.string().regex(/^\d{6}-SN-\d{4}-\d{6}$/);

type Acting = Pick<Parameters<typeof actOnProcedure>[3], 'documents' | 'text'> & { act: AuditAct };

export const auditRoutes = (deps: DisclosureDeps): FastifyPluginAsyncZod[] => {
  const procedureDeps = deps as unknown as ProcedureDeps;
  const db = deps.db as unknown as AuditDb;
  return [
    procedureReadRoutes(procedureDeps, {
      kind,
      summary: {
        list: 'Risk assessments and audits of the city, newest first (X5)',
        one: 'One risk assessment or audit: plan, report, findings, how each was put right (X5)',
      },
    }),
    async (app) => {
      app.get(
        '/v1/audit-findings',
        {
          config: { act: 'readAudits', lists: true },
          schema: {
            summary: 'Findings within reach, by case: grade, who answers for each, how it stands (X5)',
            querystring: PageQuery.extend({ state: z.enum(findingStates).optional() }),
            response: {
              200: jsonOrCsv(pageOf(FindingView), 'A page of findings'),
              ...problems(400, 401, 403, 406),
            },
          },
        },
        async (request, reply) => {
          const { limit, cursor, state } = request.query;
          const after = decodeCursor(z.tuple([CaseNumber, No]), cursor);
          const rows = await listFindings(db, request.actor, { state, after, limit: limit + 1 });
          const { items, next } = page(request, reply, rows, limit, (row) => [row.caseNo, row.finding]);
          return sendPage(request, reply, findingsCsv, { items, next });
        },
      );

      app.post(
        procedures[kind].path,
        {
          config: { act: 'manageAudit' },
          schema: {
            summary:
              '启动风险评估或审计 · Opens a risk assessment or audit of a period, beside those that fall due (X5)',
            headers: IdempotencyKey,
            body: Opening,
            response: submissionAnswers,
          },
        },
        async (request, reply) => {
          const { jurisdiction } = request.actor;
          const asked = request.body.operator;
          const operator = asked ?? (await standingBody(db, 'body', jurisdiction, 'operator')) ?? '';
          const object = { jurisdiction, handlers: [operator] };
          request.mustBeAllowed(object);
          await rolesOfBodies(db, jurisdiction, [{ organisation: operator, pointer: '/body/operator' }]);
          const { audit, from, until } = request.body;
          const facts: AuditFacts = { audit, operator, from, until, scheduled: false };
          const role = actingRole(request.actor, 'manageAudit', object);
          const pack = deps.packs.resolve(jurisdiction);
          const opening = await auditOpening(procedureDeps.db, pack, facts, await request.lawNow());
          // Who is assessed opens no assessment that another carries out, nor sets its time (中卫 二十七).
          const runner = runnerOf(opening.rules, audit);
          if (role === 'operator' && runner !== role)
            throw problem('notTheDecider', { params: { by: runner } });
          return answerOpening(procedureDeps, request, reply, { ...opening, role });
        },
      );

      const actRoute = <B extends z.ZodType>(
        path: string,
        permission: Act,
        summary: string,
        body: B,
        make: (given: z.output<B>, row: ProcedureRow) => Acting | Promise<Acting>,
      ): void =>
        procedureActRoute(
          ...([app, procedureDeps, kind, { path, permission, summary, body }] as const),
          async ({ row, given, request, reply }) => {
            const { jurisdiction } = row;
            const { audit, operator } = row.start.facts as AuditFacts;
            const handlers =
              permission === 'rectifyFinding' ? await handlersOf(procedureDeps.db, row.case_no) : [operator];
            const object: ActObject = { jurisdiction, handlers };
            request.mustBeAllowed(object);
            const article = auditArticle(row.start.rules, audit);
            return actOnProcedure(procedureDeps, request, reply, {
              ...{ row, permission, object, ...(article && { article }) },
              ...(await make(given, row)),
            });
          },
        );

      actRoute(
        'plan',
        'manageAudit',
        '制定计划 · Plans it: the day, the plan, and those that take part by the text',
        z.strictObject({
          on: Day,
          document: DocumentHash,
          participants: z.array(OrganisationId).max(50).default([]),
        }),
        async ({ on, document, participants }, row) => {
          const named = participants.map((organisation, index) => ({
            ...{ organisation, pointer: `/body/participants/${index}` },
          }));
          const roles = await rolesOfBodies(db, row.jurisdiction, named);
          const unique = [...new Set(participants)];
          return {
            act: {
              ...{ kind: 'planAudit', document, on },
              participants: unique.map((organisation) => ({
                organisation,
                role: roles.get(organisation) ?? '',
              })),
            },
            documents: [{ hash: document, role: 'auditPlan', pointer: '/body/document' }],
          };
        },
      );
      actRoute(
        'carrying-out',
        'manageAudit',
        '实施 · It was carried out, with its report',
        z.strictObject({ on: Day, document: DocumentHash.describe('The report, uploaded before') }),
        ({ on, document }) => ({
          act: { kind: 'carryOutAudit', document, on },
          documents: [{ hash: document, role: 'auditReport', pointer: '/body/document' }],
        }),
      );
      actRoute(
        'findings',
        'manageAudit',
        '提出发现 · What was found, each with its grade and the body that answers for it; none closes the case',
        z.strictObject({ findings: z.array(Given).max(50) }),
        async ({ findings }, row) => {
          const named = findings.map(({ responsible }, index) => ({
            ...{ organisation: responsible, pointer: `/body/findings/${index}/responsible` },
          }));
          const roles = await rolesOfBodies(db, row.jurisdiction, named);
          return {
            act: {
              kind: 'recordFindings',
              findings: findings.map(({ grade, responsible }) => ({
                ...{ grade, responsible, role: roles.get(responsible) ?? '' },
              })),
            },
            text: { reasons: findings.map(({ grade, words }) => ({ code: grade, text: words })) },
          };
        },
      );
      actRoute(
        'reply',
        'rectifyFinding',
        '答复 · The body assessed answers the findings before they stand',
        z.strictObject({ document: DocumentHash }),
        ({ document }) => ({
          act: { kind: 'replyToFindings', document },
          documents: [{ hash: document, role: 'auditReply', pointer: '/body/document' }],
        }),
      );
      actRoute(
        'settling',
        'manageAudit',
        '核定发现 · After a reply: which findings do not stand, with reasons',
        z.strictObject({ dropped: z.array(No).max(50).default([]), reasons: Reasons.default([]) }),
        ({ dropped, reasons }) => {
          if (dropped.length > 0 && reasons.length === 0) throw reasonsMissing();
          const reasonCodes = reasons.map(({ code }) => code);
          return {
            act: { kind: 'settleFindings', dropped: [...new Set(dropped)], reasonCodes },
            text: { reasons },
          };
        },
      );
      actRoute(
        'rectifications',
        'rectifyFinding',
        '报告整改 · The body that answers for a finding has put it right, with its evidence',
        z.strictObject({ finding: No, document: DocumentHash }),
        ({ finding, document }) => ({
          act: { kind: 'rectifyFinding', finding, document },
          documents: [{ hash: document, role: 'auditRectification', pointer: '/body/document' }],
        }),
      );
      actRoute(
        'rectifications/acceptance',
        'acceptRectification',
        '验收整改 · A rectification is accepted; with the last the case is closed',
        z.strictObject({ finding: No }),
        ({ finding }) => ({ act: { kind: 'acceptRectification', finding } }),
      );
      actRoute(
        'rectifications/return',
        'acceptRectification',
        '退回整改 · A rectification is returned with reasons; its limit begins anew',
        z.strictObject({ finding: No, reasons: Reasons.min(1) }),
        ({ finding, reasons }) => ({
          act: { kind: 'returnRectification', finding, reasonCodes: reasons.map(({ code }) => code) },
          text: { reasons },
        }),
      );
      actRoute(
        'withdrawal',
        'manageAudit',
        '撤回 · One that was opened beside those that fall due is withdrawn before it is carried out',
        z.strictObject({}),
        () => ({ act: { kind: 'withdrawAudit' } }),
      );
    },
  ];
};
