/** One act on a selection as a route: the case found, the refusal of the machine given its article. */
import { actAnswers } from '@gongshu/infra/cases/case-routes';
import {
  type ActOnProcedure,
  actOnProcedure,
  procedureFor,
  type ProcedureRow,
} from '@gongshu/infra/procedures/acting';
import { ProcedureParams } from '@gongshu/infra/procedures/read-routes';
import { IdempotencyKey } from '@gongshu/infra/http/idempotency';
import type { Act } from '@gongshu/shared/may';
import type { OperatorSelectionRules } from '@gongshu/shared/packs/topics/operator-selection';
import type { SelectionAct } from '@gongshu/shared/selection/types';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { clauseOf, type SelectionDeps } from './deps.ts';

type Made = Omit<ActOnProcedure, 'row' | 'permission' | 'act'> & { act: SelectionAct };

export type ActRoute<B extends z.ZodType> = {
  path: string;
  permission: Act;
  summary: string;
  body: B;
  /** The rule whose clause a refusal names. */
  rule: keyof OperatorSelectionRules;
  make: (given: z.output<B>, at: { request: FastifyRequest; row: ProcedureRow }) => Made | Promise<Made>;
};

/** `POST /v1/selections/{caseNo}/<path>`. */
export const actRoute = <B extends z.ZodType>(
  app: FastifyInstance,
  deps: SelectionDeps,
  { path, permission, summary, body, rule, make }: ActRoute<B>,
): void => {
  const params = path.includes(':no')
    ? ProcedureParams.extend({ no: z.coerce.number().int().min(1).max(200) })
    : ProcedureParams;
  app.post(
    `/v1/selections/:caseNo/${path}`,
    {
      config: { act: permission },
      schema: { summary, params, headers: IdempotencyKey, body, response: actAnswers },
    },
    async (request, reply): Promise<never> => {
      const { caseNo } = request.params as { caseNo: string };
      const row = await procedureFor(deps as never, request, 'selection', caseNo);
      const made = await make(request.body as z.output<B>, { request, row });
      return actOnProcedure(deps as never, request, reply as FastifyReply, {
        ...clauseOf(deps.packs.resolve(row.jurisdiction), rule),
        ...made,
        row,
        permission,
      }) as never;
    },
  );
};
