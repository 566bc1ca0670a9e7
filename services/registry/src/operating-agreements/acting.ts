/** Acting on an operating agreement: one route an act, with the article its refusal rests on. */
import { type ActAddress, procedureActRoute, type RouteApp } from '@gongshu/infra/procedures/act-route';
import { type ActOnProcedure, actOnProcedure, type ProcedureRow } from '@gongshu/infra/procedures/acting';
import type { ProcedureDeps } from '@gongshu/infra/procedures/deps';
import { handlersOf } from '@gongshu/infra/procedures/view';
import type { AgreementAct } from '@gongshu/shared/operating-agreement/types';
import { clauseIn, type ResolvedPack } from '@gongshu/shared/packs/pack';
import type { OperatingAgreementRules } from '@gongshu/shared/packs/topics/operating-agreement';
import type { ArticleRef } from '@gongshu/shared/problems';
import type { FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { agreementPack } from './open.ts';

export type On = { row: ProcedureRow; pack: ResolvedPack; request: FastifyRequest };
type Made = Omit<ActOnProcedure, 'row' | 'permission' | 'object'> & { act: AgreementAct };

/** The clause of a rule of the agreement, for a refusal: the article, or our reading. */
export const clause = (pack: ResolvedPack, key: keyof OperatingAgreementRules): { article?: ArticleRef } =>
  clauseIn(pack, 'operatingAgreement', key);

export type ActRoute<B extends z.ZodType> = ActAddress<B> & {
  make: (given: z.output<B>, on: On) => Made | Promise<Made>;
  /** Once the act stands: what follows from it. */
  then?: (given: z.output<B>, on: On) => Promise<void>;
};

/** The bodies of the case act on it; who has no part in it does not find it. */
export const actRoute = <B extends z.ZodType>(
  app: RouteApp,
  deps: ProcedureDeps,
  { make, then, ...address }: ActRoute<B>,
): void => {
  const { permission } = address;
  procedureActRoute(app, deps, 'operatingAgreement', address, async ({ row, given, request, reply }) => {
    const object = { jurisdiction: row.jurisdiction, handlers: await handlersOf(deps.db, row.case_no) };
    request.mustBeAllowed(object);
    const on: On = { row, pack: agreementPack(deps.packs, row.jurisdiction), request };
    const receipt = await actOnProcedure(deps, request, reply, {
      ...clause(on.pack, 'contents'),
      ...(await make(given, on)),
      ...{ row, permission, object },
    });
    await then?.(given, on);
    return receipt;
  });
};
