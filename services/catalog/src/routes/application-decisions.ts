import { IdempotencyKey } from '@gongshu/infra/http/idempotency';
import { problems } from '@gongshu/infra/http/problems';
import type { Step } from '@gongshu/shared/application/types';
import type { Act } from '@gongshu/shared/may';
import { problem } from '@gongshu/shared/problems';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { type ApplicationRow, actOnCase, caseFor, Receipt, turnFor } from '@gongshu/infra/cases/acting';
import { articleIn, CaseParams } from '../applications/address.ts';
import { OrganisationId } from '@gongshu/shared/organisation-id';
import type { ApplicationDeps } from '../applications/deps.ts';

const Code = z.string().regex(/^[a-z][A-Za-z0-9]{0,60}$/);
const words = z.string().trim().min(1).max(2_000);
const Reason = z.strictObject({ code: Code, text: words });
const Reasons = z.array(Reason).max(50).default([]);
const Outcome = z.enum(['approve', 'refuse']);
const Finding = z.strictObject({
  field: Code,
  finding: z.enum(['passed', 'failed']),
  note: z.string().trim().max(2_000).default(''),
});
const Condition = z.strictObject({
  code: Code,
  text: words,
  fields: z.array(words.max(200)).max(200).optional(),
  until: z.iso.date().optional(),
});

const Acceptance = z.strictObject({ outcome: Outcome, reasons: Reasons });
const Check = z.strictObject({ outcome: Outcome, findings: z.array(Finding).max(20), reasons: Reasons });
const Review = z.strictObject({
  outcome: Outcome,
  reasons: Reasons,
  conditions: z
    .array(Condition)
    .max(50)
    .default([])
    .describe('Bind the grant: fields masked, a shorter term'),
});

const answers = { 200: Receipt, 202: Receipt, ...problems(400, 401, 403, 404, 409, 422, 503) };

/** A refusal lists its reasons (Zhongwei art. 21). */
const mustGiveReasons = (
  { packs }: ApplicationDeps,
  jurisdiction: string,
  outcome: z.infer<typeof Outcome>,
  reasons: readonly unknown[],
): void => {
  if (outcome === 'refuse' && reasons.length === 0)
    throw problem('reasonsMissing', {
      ...articleIn(packs, jurisdiction, 'refusalReasons'),
      errors: [
        { pointer: '/body/reasons', code: 'required', message: { zh: '须列明理由', en: 'List the reasons' } },
      ],
    });
};

/** A finding in each of the pack's fields, once; failed somewhere if and only if refused (Zhongwei art. 17, 20). */
const mustCoverFields = (
  { packs }: ApplicationDeps,
  { rules: { checkFields: fields }, jurisdiction }: ApplicationRow,
  { findings, outcome }: z.infer<typeof Check>,
): void => {
  const article = articleIn(packs, jurisdiction, 'checkFields');
  const found = findings.map(({ field }) => field);
  const wrong = [
    ...fields.filter((field) => !found.includes(field)).map((field) => ({ field, code: 'missing' })),
    ...found
      .filter((field, index) => !fields.includes(field) || found.indexOf(field) !== index)
      .map((field) => ({ field, code: 'unknownOrTwice' })),
  ];
  if (wrong.length > 0)
    throw problem('findingsIncomplete', {
      ...article,
      errors: wrong.map(({ field, code }) => ({
        pointer: '/body/findings',
        code,
        message: { zh: `核查领域：${field}`, en: `Field of the check: ${field}` },
      })),
    });
  if (findings.some(({ finding }) => finding === 'failed') !== (outcome === 'refuse'))
    throw problem('findingsContradict', article);
};

/** Acceptance, compliance check and reviews are decided (Zhongwei art. 20, 21). */
export const applicationDecisionRoutes =
  (deps: ApplicationDeps): FastifyPluginAsyncZod =>
  async (app) => {
    const turnAt = async (
      request: Parameters<typeof caseFor>[1],
      caseNo: string,
      step: Step,
      permission: Act,
      reviewer?: string,
    ) => {
      const { application, object } = await caseFor(deps, request, caseNo, permission, reviewer ?? null);
      const organisation = reviewer ?? application.operator_organisation;
      return { application, object, turn: await turnFor(deps, application, step, organisation) };
    };

    app.post(
      '/v1/applications/:caseNo/acceptance/decision',
      {
        config: { act: 'acceptApplication' },
        schema: {
          summary: '受理或不予受理 · The operator accepts the application, or says why not',
          params: CaseParams,
          headers: IdempotencyKey,
          body: Acceptance,
          response: answers,
        },
      },
      async (request, reply) => {
        const at = await turnAt(request, request.params.caseNo, 'acceptance', 'acceptApplication');
        const { outcome, reasons } = request.body;
        mustGiveReasons(deps, at.application.jurisdiction, outcome, reasons);
        return actOnCase(deps, request, reply, {
          ...at,
          act: 'recordDecision',
          permission: 'acceptApplication',
          message: () => ({ kind: 'decide', outcome }),
          text: { reasons },
        });
      },
    );

    app.post(
      '/v1/applications/:caseNo/check/decision',
      {
        config: { act: 'checkApplication' },
        schema: {
          summary:
            '合规核查 · The operator’s compliance check, a finding in each field (Zhongwei art. 17, 20)',
          params: CaseParams,
          headers: IdempotencyKey,
          body: Check,
          response: answers,
        },
      },
      async (request, reply) => {
        const at = await turnAt(request, request.params.caseNo, 'check', 'checkApplication');
        const { outcome, reasons, findings } = request.body;
        mustCoverFields(deps, at.application, request.body);
        mustGiveReasons(deps, at.application.jurisdiction, outcome, reasons);
        return actOnCase(deps, request, reply, {
          ...at,
          act: 'recordDecision',
          permission: 'checkApplication',
          message: () => ({ kind: 'decide', outcome }),
          text: { reasons, findings },
        });
      },
    );

    app.post(
      '/v1/applications/:caseNo/reviews/:organisation/decision',
      {
        config: { act: 'decideReview' },
        schema: {
          summary: '审核 · A reviewing body approves, or refuses with reasons (Zhongwei art. 21)',
          params: CaseParams.extend({ organisation: OrganisationId }),
          headers: IdempotencyKey,
          body: Review,
          response: answers,
        },
      },
      async (request, reply) => {
        const { caseNo, organisation } = request.params;
        const at = await turnAt(request, caseNo, 'review', 'decideReview', organisation);
        const { outcome, reasons, conditions } = request.body;
        mustGiveReasons(deps, at.application.jurisdiction, outcome, reasons);
        return actOnCase(deps, request, reply, {
          ...at,
          act: 'recordDecision',
          permission: 'decideReview',
          message: () => ({ kind: 'decide', outcome }),
          text: {
            reasons,
            conditions: conditions.map(({ code, text, fields, until }) => ({
              code,
              text,
              ...(fields && { fields }),
              ...(until && { until }),
            })),
          },
        });
      },
    );
  };
