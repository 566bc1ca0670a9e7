/** What requests about ledgers have in common: whose ledger, and may the actor. */
import type { Act } from '@gongshu/shared/may';
import type { ResolvedPack } from '@gongshu/shared/packs/pack';
import type { PackSet } from '@gongshu/shared/packs/resolve';
import { problem } from '@gongshu/shared/problems';
import { reaches } from '@gongshu/shared/may';
import type { FastifyRequest } from 'fastify';
import type { Kysely } from 'kysely';
import { type Acting, actingOn } from '@gongshu/infra/http/acting';
import { type CountedRow, findCost, ledgerObject } from './queries.ts';
import { findReport, reportObject } from './reports.ts';
import { findSubsidy } from './subsidies.ts';
import type { CostDb, CostReportRow, Period, SubsidyRow } from './tables.ts';

export type CostDeps = { db: Kysely<any>; packs: Pick<PackSet, 'resolve'> };
export const costDb = ({ db }: CostDeps): CostDb => db as CostDb;

/**
 * The operator's year that a question is about: the actor's own where no operator is named. Throws `operatorNeeded`
 * (422) for whoever reads every ledger of the city and names none; `notFound`, `forbidden` as `may()` has it.
 */
export const periodAsked = (
  request: FastifyRequest,
  { operator, year }: { operator?: string | undefined; year: number },
): Period => {
  const { jurisdiction, organisation } = request.actor;
  const wide = reaches(request.actor, 'readCosts').includes('jurisdiction');
  const asked = operator ?? (wide ? undefined : organisation);
  request.mustBeAllowed(ledgerObject({ jurisdiction, operator: asked ?? organisation ?? '' }));
  if (asked === undefined || asked === null) throw problem('operatorNeeded');
  return { jurisdiction, operator: asked, year };
};

type Found<T> = { row: T; pack: ResolvedPack; acting: () => Promise<Acting> };

/** The cost of the address, if the actor may do this. Throws `notFound`, `forbidden`. */
export const costFor = async (
  deps: CostDeps,
  request: FastifyRequest,
  id: string,
  act: Act,
): Promise<Found<CountedRow>> => {
  const row = await findCost(costDb(deps), id);
  if (!row) throw problem('notFound');
  const object = ledgerObject(row);
  request.mustBeAllowed(object, act);
  return { row, pack: deps.packs.resolve(row.jurisdiction), acting: () => actingOn(request, act, object) };
};

/** The subsidy of the address, if the actor may do this. Throws `notFound`, `forbidden`. */
export const subsidyFor = async (
  deps: CostDeps,
  request: FastifyRequest,
  id: string,
  act: Act,
): Promise<Found<SubsidyRow>> => {
  const row = await findSubsidy(costDb(deps), id);
  if (!row) throw problem('notFound');
  const object = ledgerObject(row);
  request.mustBeAllowed(object, act);
  return { row, pack: deps.packs.resolve(row.jurisdiction), acting: () => actingOn(request, act, object) };
};

/** The report of the address, if the actor may do this. Throws `notFound`, `forbidden`. */
export const reportFor = async (
  deps: CostDeps,
  request: FastifyRequest,
  id: string,
  act: Act,
): Promise<Found<CostReportRow>> => {
  const row = await findReport(costDb(deps), id);
  if (!row) throw problem('notFound');
  const object = reportObject(row);
  request.mustBeAllowed(object, act);
  return { row, pack: deps.packs.resolve(row.jurisdiction), acting: () => actingOn(request, act, object) };
};
