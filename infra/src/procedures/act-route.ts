/** One act on a procedure as a route: address, schemas and the case found are alike in every lifecycle. */
import type { Act } from '@gongshu/shared/may';
import { type ProcedureKind, procedures } from '@gongshu/shared/procedure/kinds';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { z } from 'zod';
import type { Receipt } from '../cases/acting.ts';
import { actAnswers } from '../cases/case-routes.ts';
import { IdempotencyKey } from '../http/idempotency.ts';
import { procedureFor, type ProcedureRow } from './acting.ts';
import type { ProcedureDeps } from './deps.ts';
import { ProcedureParams } from './read-routes.ts';

export type RouteApp = Parameters<FastifyPluginAsyncZod>[0];

/** How an act is addressed, and what it is given. */
export type ActAddress<B extends z.ZodType> = {
  path: string;
  permission: Act;
  summary: string;
  body: B;
};

/** An act as it arrives: the case of the address, and what was given. */
export type ActGiven<B extends z.ZodType> = {
  row: ProcedureRow;
  given: z.output<B>;
  request: FastifyRequest;
  reply: FastifyReply;
};

/** `POST <path of the kind>/{caseNo}/<path>`; `act` asks for permission, takes the act in and answers its receipt. */
export const procedureActRoute = <B extends z.ZodType>(
  app: RouteApp,
  deps: Pick<ProcedureDeps, 'db'>,
  kind: ProcedureKind,
  {
    path,
    permission,
    summary,
    body,
    params = ProcedureParams,
  }: ActAddress<B> & { params?: typeof ProcedureParams },
  act: (at: ActGiven<B>) => Promise<z.output<typeof Receipt>>,
): void => {
  app.post(
    `${procedures[kind].path}/:caseNo/${path}`,
    {
      config: { act: permission },
      schema: { summary, params, headers: IdempotencyKey, body, response: actAnswers },
    },
    async (request, reply): Promise<never> => {
      const row = await procedureFor(deps, request, kind, (request.params as { caseNo: string }).caseNo);
      const given = request.body as z.output<B>;
      return (await act({ row, given, request, reply: reply as FastifyReply })) as never;
    },
  );
};
