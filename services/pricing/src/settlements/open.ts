/** Opening the settlement of a year: the year is over and billed, nobody settles it yet, its figures are frozen (F5). */
import { standingBody } from '@gongshu/infra/cases/bodies';
import { takePart } from '@gongshu/infra/procedures/bodies';
import { lockRevenues, lockUsage } from '@gongshu/infra/revenues/lock';
import type { SettlementTables } from '@gongshu/infra/settlements/tables';
import { businessDateOf } from '@gongshu/shared/business-date';
import type { PricingLaw } from '@gongshu/shared/pricing/law';
import { problem, problemTable } from '@gongshu/shared/problems';
import type { SettlementFacts, SettlementFigures } from '@gongshu/shared/settlement/types';
import { lastDayOf } from '@gongshu/shared/settlement/usage';
import type { Kysely, Transaction } from 'kysely';
import { isReported } from '../costs/filed.ts';
import { lastDecisionTaken } from '../revenues/decided.ts';
import { billedUntil } from '../usage/record.ts';
import { figuresOf, type YearOf } from './figures.ts';

/** Throws `yearNotEnded` (409); a mandate that ended within the year ends it for its operator. */
export const mustHaveEnded = (year: number, endedOn: string | null, now: Date): void => {
  const today = businessDateOf(now.getTime());
  const last = endedOn ?? `${year}-12-31`;
  if (last.slice(0, 4) !== String(year) || today <= last) throw problem('yearNotEnded');
};

/** Throws `monthsUnbilled` (409): what was used up to the end must have been rated. */
const mustBeBilled = async (
  trx: Transaction<SettlementTables>,
  of: YearOf,
  endedOn: string | null,
): Promise<void> => {
  const month = (endedOn ?? `${of.year}-12-31`).slice(0, 7);
  const until = await billedUntil(trx, of);
  if (until === null || until < lastDayOf(month))
    throw problem('monthsUnbilled', { params: { period: month } });
};

/**
 * Throws `settlementCostUnreported` (409): what is shared is what cost leaves, so the cost of the year must have been
 * reported as the pack asks (F4). A mandate that ended is settled before the year's end, when nothing is reported yet.
 */
export const mustBeReported = async (
  // biome-ignore lint/suspicious/noExplicitAny: the ledger has tables of its own
  db: Kysely<any>,
  { costReport }: Pick<PricingLaw, 'costReport'>,
  of: YearOf,
  { endedOn, at, pointer }: { endedOn: string | null; at: Date; pointer?: string },
): Promise<void> => {
  const runs = String(of.year) === businessDateOf(at.getTime()).slice(0, 4);
  if ((endedOn !== null && runs) || (await isReported(db, of))) return;
  const code = 'settlementCostUnreported';
  throw problem(code, {
    ...{ params: { year: String(of.year) }, article: costReport.article },
    ...(pointer && { errors: [{ pointer, code, message: problemTable[code].title }] }),
  });
};

/** The figures as they are, kept for the case; a later attempt takes the place of the one before. */
const reserve = async (
  trx: Transaction<SettlementTables>,
  caseNo: string,
  { jurisdiction, operator, year }: YearOf,
  figures: SettlementFigures,
  at: Date,
): Promise<void> => {
  await trx
    .insertInto('settlement_result')
    .values({
      ...{ case_no: caseNo, jurisdiction, operator, year, attempt: 1, state: 'frozen' },
      figures: JSON.stringify(figures) as never,
      ...{ revenue_fen: figures.revenueFen, permitted_fen: figures.permittedFen },
      ...{
        excess_fen: figures.excessFen,
        consumed_fen: figures.consumedFen,
        carried_fen: figures.carriedFen,
      },
      ...{ resource_fee_fen: figures.resourceFeeFen, surplus_fen: figures.surplusFen },
      ...{ terms: figures.terms, hash: figures.hash, frozen_at: at, confirmed_at: null, closed_at: null },
    })
    .execute();
};

/**
 * What a settlement begins with, inside the transaction that opens it; from then on no month of the year is billed.
 * Throws `settlementExists`, `monthsUnbilled`, `settlementCostUnreported`, and what `figuresOf` throws.
 */
export const beginSettlement = async (
  trx: Transaction<SettlementTables>,
  law: PricingLaw,
  of: YearOf,
  { caseNo, endedOn, at }: { caseNo: string; endedOn: string | null; at: Date },
): Promise<SettlementFacts> => {
  await lockUsage(trx, of);
  const before = await trx
    .selectFrom('settlement_result')
    .select('case_no')
    .where('jurisdiction', '=', of.jurisdiction)
    .where('operator', '=', of.operator)
    .where('year', '=', of.year)
    .executeTakeFirst();
  if (before) throw problem('settlementExists', { params: { caseNo: before.case_no } });
  await mustBeBilled(trx, of, endedOn);
  await mustBeReported(trx, law, of, { endedOn, at, pointer: '/body/year' });
  const figures = await figuresOf(trx, law, of);
  await reserve(trx, caseNo, of, figures, at);
  const financeBody = (await standingBody(trx as never, 'body', of.jurisdiction, 'finance')) ?? null;
  await takePart(trx, caseNo, [
    { organisation: of.operator, role: 'operator' },
    ...(financeBody === null ? [] : [{ organisation: financeBody, role: 'finance' }]),
  ]);
  return { operator: of.operator, year: of.year, financeBody, endedOn, figures };
};

/**
 * What is confirmed is what the books still bear: an audit or another permitted revenue may have moved them since the
 * figures were frozen; one that is decided on to its last step has, though its case has not heard of it yet. Throws
 * `settlementBooksMoved`, and `settlementCostUnreported` where the report was returned since (409); figures that are not
 * the case's are refused by the case.
 */
export const booksMustBear = async (
  trx: Transaction<SettlementTables>,
  law: PricingLaw,
  of: YearOf,
  { caseNo, figures, endedOn, at }: { caseNo: string; figures: string; endedOn: string | null; at: Date },
): Promise<void> => {
  await lockUsage(trx, of);
  const frozen = await trx
    .selectFrom('settlement_result')
    .select('hash')
    .where('case_no', '=', caseNo)
    .executeTakeFirst();
  if (frozen?.hash !== figures) return;
  await mustBeReported(trx, law, of, { endedOn, at });
  await lockRevenues(trx, of);
  if ((await lastDecisionTaken(trx, of)) || (await figuresOf(trx, law, of)).hash !== figures)
    throw problem('settlementBooksMoved', { article: law.sharing.article });
};
