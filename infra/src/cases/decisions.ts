/** Acceptance and compliance check, decided by the operator: the same acts on an application and an onboarding. */
import { reasonsMissing } from './reasons.ts';
import type { Step } from '@gongshu/shared/application/types';
import type { Act } from '@gongshu/shared/may';
import { problem } from '@gongshu/shared/problems';
import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { z } from 'zod';
import { IdempotencyKey } from '../http/idempotency.ts';
import { actOnCase, type ActOnCase, type ApplicationRow, caseFor, turnFor } from './acting.ts';
import { Acceptance, actAnswers, type CaseRoutes, Check, type Outcome } from './case-routes.ts';

/** A refusal lists its reasons (Zhongwei art. 21). Throws `reasonsMissing` (422). */
export const mustGiveReasons = (
  { article }: Pick<CaseRoutes, 'article'>,
  jurisdiction: string,
  outcome: z.infer<typeof Outcome>,
  reasons: readonly unknown[],
): void => {
  if (outcome === 'refuse' && reasons.length === 0)
    throw reasonsMissing(article(jurisdiction, 'refusalReasons'));
};

/**
 * A finding in each of the pack's fields, once; failed somewhere if and only if refused (Zhongwei art. 17, 20).
 * Throws `findingsIncomplete`, `findingsContradict` (422).
 */
export const mustCoverFields = (
  { article: articleIn }: Pick<CaseRoutes, 'article'>,
  { rules: { checkFields: fields }, jurisdiction }: ApplicationRow,
  { findings, outcome }: z.infer<typeof Check>,
): void => {
  const article = articleIn(jurisdiction, 'checkFields');
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

/** The case of the address and the turn of a step, if the actor may do this; `reviewer` where it is a reviewer's. */
export const turnAt = async (
  { deps }: Pick<CaseRoutes, 'deps'>,
  request: FastifyRequest,
  { caseNo, step, permission, reviewer }: { caseNo: string; step: Step; permission: Act; reviewer?: string },
) => {
  const { application, object } = await caseFor(deps, request, caseNo, permission, reviewer ?? null);
  const organisation = reviewer ?? application.operator_organisation;
  return { application, object, turn: await turnFor(deps, application, step, organisation) };
};

/** A case and the turn that is decided. */
export type At = Pick<ActOnCase, 'application' | 'object' | 'turn'>;

/** The act of acceptance. Throws `reasonsMissing` (422). */
export const acceptanceAct = (
  routes: Pick<CaseRoutes, 'article'>,
  at: At,
  { outcome, reasons }: z.infer<typeof Acceptance>,
): ActOnCase => {
  mustGiveReasons(routes, at.application.jurisdiction, outcome, reasons);
  return {
    ...at,
    ...{ act: 'recordDecision', permission: 'acceptApplication' },
    message: () => ({ kind: 'decide', outcome }),
    text: { reasons },
  };
};

/** The act of the compliance check. Throws `findingsIncomplete`, `findingsContradict`, `reasonsMissing` (422). */
export const checkAct = (
  routes: Pick<CaseRoutes, 'article' | 'beforeCheck'>,
  at: At,
  check: z.infer<typeof Check>,
): ActOnCase => {
  const { outcome, reasons, findings } = check;
  mustCoverFields(routes, at.application, check);
  mustGiveReasons(routes, at.application.jurisdiction, outcome, reasons);
  return {
    ...at,
    ...{ act: 'recordDecision', permission: 'checkApplication' },
    message: () => ({ kind: 'decide', outcome }),
    text: { reasons, findings },
    also: async (trx) => routes.beforeCheck?.(trx, at.application),
  };
};

/** Acceptance and check of a lifecycle's cases. */
export const decisionRoutes =
  (routes: CaseRoutes, summaries: { acceptance: string; check: string }): FastifyPluginAsyncZod =>
  async (app) => {
    const { deps, path, params } = routes;
    app.post(
      `${path}/:caseNo/acceptance/decision`,
      {
        config: { act: 'acceptApplication' },
        schema: {
          summary: summaries.acceptance,
          params,
          headers: IdempotencyKey,
          body: Acceptance,
          response: actAnswers,
        },
      },
      async (request, reply) => {
        const { caseNo } = request.params as { caseNo: string };
        const permission = 'acceptApplication';
        const at = await turnAt(routes, request, { caseNo, step: 'acceptance', permission });
        return actOnCase(deps, request, reply, acceptanceAct(routes, at, request.body));
      },
    );

    app.post(
      `${path}/:caseNo/check/decision`,
      {
        config: { act: 'checkApplication' },
        schema: {
          summary: summaries.check,
          params,
          headers: IdempotencyKey,
          body: Check,
          response: actAnswers,
        },
      },
      async (request, reply) => {
        const { caseNo } = request.params as { caseNo: string };
        const permission = 'checkApplication';
        const at = await turnAt(routes, request, { caseNo, step: 'check', permission });
        return actOnCase(deps, request, reply, checkAct(routes, at, request.body));
      },
    );
  };
