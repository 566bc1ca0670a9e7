/** One act on a selection as a route: the refusal of the machine is given its article. */
import { type ActOnProcedure, actOnProcedure, type ProcedureRow } from '@gongshu/infra/procedures/acting';
import { type ActAddress, procedureActRoute, type RouteApp } from '@gongshu/infra/procedures/act-route';
import { ProcedureParams } from '@gongshu/infra/procedures/read-routes';
import type { OperatorSelectionRules } from '@gongshu/shared/packs/topics/operator-selection';
import type { SelectionAct } from '@gongshu/shared/selection/types';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { clauseOf, type SelectionDeps } from './deps.ts';

type Made = Omit<ActOnProcedure, 'row' | 'permission' | 'act'> & { act: SelectionAct };

export type ActRoute<B extends z.ZodType> = ActAddress<B> & {
  /** The rule whose clause a refusal names. */
  rule: keyof OperatorSelectionRules;
  make: (given: z.output<B>, at: { request: FastifyRequest; row: ProcedureRow }) => Made | Promise<Made>;
};

const WithNumber = ProcedureParams.extend({ no: z.coerce.number().int().min(1).max(200) });

/** `POST /v1/selections/{caseNo}/<path>`. */
export const actRoute = <B extends z.ZodType>(
  app: RouteApp,
  deps: SelectionDeps,
  { rule, make, ...address }: ActRoute<B>,
): void => {
  const { permission, path } = address;
  const params = path.includes(':no') ? WithNumber : ProcedureParams;
  procedureActRoute(
    app,
    deps as never,
    'selection',
    { ...address, params },
    async ({ row, given, request, reply }) =>
      actOnProcedure(deps as never, request, reply, {
        ...clauseOf(deps.packs.resolve(row.jurisdiction), rule),
        ...(await make(given, { request, row })),
        ...{ row, permission },
      }),
  );
};
