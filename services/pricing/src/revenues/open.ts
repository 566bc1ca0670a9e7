/** What a permitted revenue is opened on: whose, for which year, on which year's cost (F2). */
import { standingBody } from '@gongshu/infra/cases/bodies';
import { revenueInForce } from '@gongshu/infra/revenues/in-force';
import { lockRevenues } from '@gongshu/infra/revenues/lock';
import type { RevenueTables } from '@gongshu/infra/revenues/tables';
import type { RevenueFacts } from '@gongshu/shared/permitted-revenue/types';
import type { PricingLaw } from '@gongshu/shared/pricing/law';
import { problem, problemTable } from '@gongshu/shared/problems';
import type { Kysely, Transaction } from 'kysely';
import { isReported } from '../costs/filed.ts';
import { ranAllOf } from '../mandates/terms.ts';
import { carriedExcess } from '../settlements/carried.ts';
import type { Measured } from './figures.ts';

type Of = { jurisdiction: string; operator: string; year: number };

/** Throws `noSuchOperator` (422): the body is no operator of this city, or has gone into another. */
export const mustBeOperator = async (
  db: Kysely<RevenueTables>,
  { jurisdiction, operator }: Of,
): Promise<void> => {
  const row = await db
    .selectFrom('body')
    .select('id')
    .where('jurisdiction', '=', jurisdiction)
    .where('id', '=', operator)
    .where('kind', '=', 'operator')
    .where('successor', 'is', null)
    .executeTakeFirst();
  if (row) return;
  const message = { zh: '本市没有该运营机构', en: 'The city has no such operator' };
  throw problem('noSuchOperator', {
    errors: [{ pointer: '/body/operator', code: 'noSuchOperator', message }],
  });
};

/**
 * The year whose cost counts: the year before, by its filed report; in an operator's first year, which has none, its own.
 * On trial it is unless the year before was a full one, under a mandate from its first day to its last, and reported: part
 * of a year is no full year of operation (试行, 65号 二). Throws `costReportMissing` (409) where an earlier year had a figure and the report was not filed.
 */
export const costYearOf = async (
  db: Kysely<RevenueTables>,
  { jurisdiction, operator, year }: Of,
): Promise<{ costYear: number; trial: boolean }> => {
  const before = { jurisdiction, operator, year: year - 1 };
  if (await isReported(db, before)) return { costYear: year - 1, trial: !(await ranAllOf(db, before)) };
  const earlier = await db
    .selectFrom('permitted_revenue')
    .select('case_no')
    .where('jurisdiction', '=', jurisdiction)
    .where('operator', '=', operator)
    .where('year', '<', year)
    .executeTakeFirst();
  if (earlier) throw problem('costReportMissing', { params: { year: String(year - 1) } });
  return { costYear: year, trial: true };
};

/**
 * Throws `revenueYearSettled` (409): the settlement of the year was confirmed on the figure in force, and what it found to
 * be over the cap would be neither more nor less by another figure. Confirmed it is from the moment the confirmation was
 * taken in. One that is not confirmed yet is frozen anew.
 */
export const mustBeUnsettled = async (
  // biome-ignore lint/suspicious/noExplicitAny: settlements have tables of their own
  db: Kysely<any>,
  { excess }: Pick<PricingLaw, 'excess'>,
  { jurisdiction, operator, year }: Of,
): Promise<void> => {
  const settled = await db
    .selectFrom('settlement_result')
    .select('case_no')
    .where('jurisdiction', '=', jurisdiction)
    .where('operator', '=', operator)
    .where('year', '=', year)
    .where((where) =>
      where.or([
        where('state', 'in', ['confirmed', 'closed']),
        where.exists(
          where
            .selectFrom('intake')
            .select('receipt')
            .whereRef('intake.case_no', '=', 'settlement_result.case_no')
            .where('intake.act', '=', 'confirmSettlement')
            .where('intake.state', 'in', ['taken', 'parked']),
        ),
      ]),
    )
    .executeTakeFirst();
  if (settled) throw problem('revenueYearSettled', { article: excess.article });
};

/**
 * Figures that are decided on still hold: the overrun they take off is there. Asked in the transaction that takes the
 * decision in, which is what keeps it for them until they are in force. Throws `overrunTakenMeanwhile` (409) where the
 * figure of another year has taken it since, or is decided to, and what `mustBeUnsettled` throws.
 */
export const mustStillHold = async (
  // biome-ignore lint/suspicious/noExplicitAny: settlements have tables of their own
  trx: Transaction<any>,
  law: Pick<PricingLaw, 'excess'>,
  of: Of,
  caseNo: string,
  figures: string,
): Promise<void> => {
  await lockRevenues(trx, of);
  await mustBeUnsettled(trx, law, of);
  const row: { parts: { consumedFen: number } } | undefined = await trx
    .selectFrom('revenue_figures')
    .select('parts')
    .where('case_no', '=', caseNo)
    .where('hash', '=', figures)
    .executeTakeFirst();
  // Figures the case never had are refused by the case itself.
  if (!row || BigInt(row.parts.consumedFen) <= (await carriedExcess(trx, of, { alsoDecided: true }))) return;
  const code = 'overrunTakenMeanwhile';
  throw problem(code, {
    article: law.excess.article,
    errors: [{ pointer: '/body/figures', code, message: problemTable[code].title }],
  });
};

/** Kept with the case, so that every figure opens into its parts for as long as the case stands. */
export const keepFigures = async (
  trx: Transaction<RevenueTables>,
  caseNo: string,
  { figures, question, parts, costs }: Measured,
  at: Date,
): Promise<void> => {
  await trx
    .insertInto('revenue_figures')
    .values({
      ...{ case_no: caseNo, hash: figures.hash, given_at: at },
      question: JSON.stringify(question) as never,
      parts: JSON.stringify(parts) as never,
      costs: JSON.stringify(costs) as never,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
};

/**
 * Takes the one place of an operator's year, and says what the machine must know. Throws `revenueOpen` (409) while
 * another case of the year is under way.
 */
export const takeYear = async (
  trx: Transaction<RevenueTables>,
  of: Of,
  caseNo: string,
): Promise<Pick<RevenueFacts, 'replaces' | 'priceBody'>> => {
  const { jurisdiction, operator, year } = of;
  const taken = await trx
    .insertInto('revenue_case')
    .values({ case_no: caseNo, jurisdiction, operator, year })
    .onConflict((conflict) =>
      conflict.columns(['jurisdiction', 'operator', 'year']).where('ended', '=', false).doNothing(),
    )
    .returning('case_no')
    .executeTakeFirst();
  if (!taken) {
    const open = await trx
      .selectFrom('revenue_case')
      .select('case_no')
      .where('jurisdiction', '=', jurisdiction)
      .where('operator', '=', operator)
      .where('year', '=', year)
      .where('ended', '=', false)
      .executeTakeFirst();
    throw problem('revenueOpen', { params: { caseNo: open?.case_no ?? '' } });
  }
  const standing = await revenueInForce(trx, of);
  return {
    replaces: standing?.caseNo ?? null,
    priceBody: (await standingBody(trx, 'body', jurisdiction, 'price')) ?? null,
  };
};
