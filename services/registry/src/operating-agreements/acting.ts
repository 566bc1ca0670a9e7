/** Acting on an operating agreement: one route an act, with the article its refusal rests on. */
import { actAnswers } from '@gongshu/infra/cases/case-routes';
import { IdempotencyKey } from '@gongshu/infra/http/idempotency';
import {
  type ActOnProcedure,
  actOnProcedure,
  procedureFor,
  type ProcedureRow,
} from '@gongshu/infra/procedures/acting';
import type { ProcedureDeps } from '@gongshu/infra/procedures/deps';
import { ProcedureParams } from '@gongshu/infra/procedures/read-routes';
import { handlersOf } from '@gongshu/infra/procedures/view';
import type { Act } from '@gongshu/shared/may';
import type { AgreementAct } from '@gongshu/shared/operating-agreement/types';
import { clauseOfRule, type ResolvedPack } from '@gongshu/shared/packs/pack';
import type { ArticleRef } from '@gongshu/shared/problems';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { z } from 'zod';
import { agreementPack } from './open.ts';

type App = Parameters<FastifyPluginAsyncZod>[0];
export type On = { row: ProcedureRow; pack: ResolvedPack; request: FastifyRequest };
type Made = Omit<ActOnProcedure, 'row' | 'permission' | 'object'> & { act: AgreementAct };

/** The clause of a rule of the agreement, for a refusal: the article, or our reading. */
export const clause = (pack: ResolvedPack, key: string): { article?: ArticleRef } => {
  const rule = pack.rules['operatingAgreement']?.[key];
  return rule ? { article: clauseOfRule(pack, rule) } : {};
};

export type ActRoute<B extends z.ZodType> = {
  path: string;
  permission: Act;
  summary: string;
  body: B;
  make: (given: z.output<B>, on: On) => Made | Promise<Made>;
  /** Once the act stands: what follows from it. */
  then?: (given: z.output<B>, on: On) => Promise<void>;
};

/** The bodies of the case act on it; who has no part in it does not find it. */
export const actRoute = <B extends z.ZodType>(
  app: App,
  deps: ProcedureDeps,
  { path, permission, summary, body, make, then }: ActRoute<B>,
): void => {
  app.post(
    `/v1/operating-agreements/:caseNo/${path}`,
    {
      config: { act: permission },
      schema: { summary, params: ProcedureParams, headers: IdempotencyKey, body, response: actAnswers },
    },
    async (request, reply): Promise<never> => {
      const { caseNo } = request.params as { caseNo: string };
      const row = await procedureFor(deps, request, 'operatingAgreement', caseNo);
      const object = { jurisdiction: row.jurisdiction, handlers: await handlersOf(deps.db, caseNo) };
      request.mustBeAllowed(object);
      const on: On = { row, pack: agreementPack(deps.packs, row.jurisdiction), request };
      const given = request.body as z.output<B>;
      const made = await make(given, on);
      const receipt = await actOnProcedure(deps, request, reply as FastifyReply, {
        ...clause(on.pack, 'contents'),
        ...made,
        ...{ row, permission, object },
      });
      await then?.(given, on);
      return receipt as never;
    },
  );
};
