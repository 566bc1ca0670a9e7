/** Acts on a product’s case: who takes part in it, and the clause of the pack an act rests on. */
import type { ActAddress, RouteApp } from '@gongshu/infra/procedures/act-route';
import { procedureActRoute } from '@gongshu/infra/procedures/act-route';
import { type ActOnProcedure, actOnProcedure, type ProcedureRow } from '@gongshu/infra/procedures/acting';
import type { ProcedureDeps } from '@gongshu/infra/procedures/deps';
import type { ActObject } from '@gongshu/shared/may';
import { clauseIn, type ResolvedPack } from '@gongshu/shared/packs/pack';
import type { ProductEgressRules } from '@gongshu/shared/packs/topics/product-egress';
import type { EgressAct, EgressFacts } from '@gongshu/shared/product/types';
import type { FastifyRequest } from 'fastify';
import type { z } from 'zod';

/** The case as `may()` asks of it: its owner, and those who handle it. */
export const egressObject = (row: ProcedureRow): ActObject => {
  const { owner, operator } = row.start.facts as EgressFacts;
  return { jurisdiction: row.jurisdiction, owner, handlers: [owner, operator] };
};

/** What an act is made from, permission given. */
export type OnEgress = { row: ProcedureRow; facts: EgressFacts; pack: ResolvedPack; request: FastifyRequest };

type Made = Pick<ActOnProcedure, 'text' | 'documents' | 'also'> & { act: EgressAct };

/** `POST /v1/egress-cases/{caseNo}/<path>`; a refusal of the machine names the clause of `rests`. */
export const egressActRoute = <B extends z.ZodType>(
  app: RouteApp,
  deps: ProcedureDeps,
  {
    rests,
    make,
    ...address
  }: ActAddress<B> & {
    rests: keyof ProductEgressRules;
    make: (given: z.output<B>, on: OnEgress) => Made | Promise<Made>;
  },
): void =>
  procedureActRoute(app, deps, 'productEgress', address, async ({ row, given, request, reply }) => {
    const object = egressObject(row);
    request.mustBeAllowed(object);
    const pack = deps.packs.resolve(row.jurisdiction);
    const on = { row, facts: row.start.facts as EgressFacts, pack, request };
    return actOnProcedure(deps, request, reply, {
      ...clauseIn(pack, 'productEgress', rests),
      ...(await make(given, on)),
      ...{ row, object, permission: address.permission },
    });
  });
