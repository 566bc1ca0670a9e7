/** Figures of an evaluation (V1): each counted from registered facts, and traceable to the cases behind it. */
import { spanOf } from '@gongshu/infra/evaluations/open';
import type { EvaluationFacts } from '@gongshu/shared/evaluation/machine-types';
import type { FrozenEvaluationRules } from '@gongshu/shared/evaluation/rules';
import { isRegistered, type RegisteredSource } from '@gongshu/shared/evaluation/sources';
import { compositeOf } from '@gongshu/shared/evaluation/marks';
import {
  type Fraction,
  fraction,
  fractionOf,
  fractionText,
  over,
  plus,
  shownText,
} from '@gongshu/shared/exact';
import type { ProductTables } from '@gongshu/infra/products/tables';
import type { TraceTables } from '@gongshu/infra/traces/tables';
import type { Kysely } from 'kysely';
import { counted, type Db, factsIn, type Figure, type Of, unique } from './counting.ts';
import { complaints, incidents, sanctions } from './public-figures.ts';
import { type Standing, standingAnswers } from './questionnaires.ts';

/** What went well, of all that was due or done: checks, reports and settlements in time, years within the cap, tariffs out. */
const wellDone =
  (source: RegisteredSource) =>
  async (db: Db, of: Of): Promise<Figure> => {
    const rows = await factsIn(db, source, of);
    return counted(
      rows.filter(({ good }) => good === true).length,
      rows.length,
      rows.map(({ case_no }) => case_no),
    );
  };

/** Reports of overreach that were upheld, of all that were made. */
const upheld = async (db: Db, of: Of): Promise<Figure> => {
  const rows = await factsIn(db, 'overreachReports', of);
  return counted(
    rows.filter(({ good }) => good === false).length,
    rows.length,
    rows.map(({ case_no }) => case_no),
  );
};

/** Scenarios that grants were made for, of the grants made. */
const scenarios = async (db: Db, of: Of): Promise<Figure> => {
  const rows = await factsIn(db, 'scenariosServed', of);
  const cases = rows.map(({ case_no }) => case_no);
  return counted(unique(rows.map(({ tag }) => tag)).length, unique(cases).length, cases);
};

/** The exact mean of what was answered about the indicator; the bodies behind it, by id. */
const opinions = async (db: Db, { caseNo, indicator }: Of): Promise<Figure> =>
  meanOf(await standingAnswers(db, caseNo), indicator);

const meanOf = (answers: readonly Standing[], indicator: string): Figure => {
  const given = answers.flatMap(({ organisation, answer }) => {
    const score = answer?.scores[indicator];
    return score === undefined ? [] : [{ organisation, score: fractionOf(score) }];
  });
  const sum = given.map(({ score }) => score).reduce<Fraction>(plus, fraction(0n));
  const mean = given.length === 0 ? undefined : over(sum, fraction(BigInt(given.length)));
  return {
    value: mean ? fractionText(mean) : '0',
    shown: mean ? shownText(mean) : null,
    of: given.length,
    cases: given.map(({ organisation }) => organisation),
  };
};

/** Versions out in the period evaluated, by the operator's platform: released by its end, and not taken back before its first day. */
const productsOut = async (db: Db, { jurisdiction, facts }: Of) => {
  const { from, until } = spanOf(facts);
  return (db as unknown as Kysely<ProductTables>)
    .selectFrom('product_version')
    .innerJoin('product', 'product.product_no', 'product_version.product_no')
    .select(['product.product_no', 'product.purpose'])
    .where('product.jurisdiction', '=', jurisdiction)
    .where('product.operator', '=', facts.operator)
    .where('product_version.released_at', '<', until)
    .where((eb) =>
      eb.or([eb('product_version.ended_at', 'is', null), eb('product_version.ended_at', '>=', from)]),
    )
    .orderBy('product.product_no')
    .execute();
};

/** Products in use, each once whatever its versions (E4). */
const inUse = async (db: Db, of: Of): Promise<Figure> => {
  const out = unique((await productsOut(db, of)).map(({ product_no }) => product_no));
  return counted(out.length, out.length, out);
};

/** Those for public governance and welfare, which are free (F1), of all in use. */
const free = async (db: Db, of: Of): Promise<Figure> => {
  const out = await productsOut(db, of);
  const without = unique(
    out.filter(({ purpose }) => purpose !== 'industry').map(({ product_no }) => product_no),
  );
  return counted(without.length, unique(out.map(({ product_no }) => product_no)).length, without);
};

/** Accesses traced within their grants, of all that were traced (D2). */
const accesses = async (db: Db, { jurisdiction, facts }: Of): Promise<Figure> => {
  const { from, until } = spanOf(facts);
  const rows = await (db as unknown as Kysely<TraceTables>)
    .selectFrom('trace_entry')
    .select('subject')
    .select((eb) => [
      eb.fn.countAll<string>().as('all'),
      eb.fn.count<string>('id').filterWhere('beyond_grant', '=', false).as('within'),
    ])
    .where('jurisdiction', '=', jurisdiction)
    .where('operator', '=', facts.operator)
    .where('act', '=', 'access')
    .where('at', '>=', from)
    .where('at', '<', until)
    .groupBy('subject')
    .orderBy('subject')
    .execute();
  const sum = (of: 'all' | 'within') => rows.reduce((total, row) => total + Number(row[of]), 0);
  return counted(
    sum('within'),
    sum('all'),
    rows.map(({ subject }) => subject),
  );
};

/** The registered sources: a name, and how it is counted. */
const sources: Readonly<Record<RegisteredSource, (db: Db, of: Of) => Promise<Figure>>> = {
  applicationsOnTime: wellDone('applicationsOnTime'),
  overreachReports: upheld,
  scenariosServed: scenarios,
  questionnaires: opinions,
  productsInUse: inUse,
  freeProducts: free,
  accessesServed: accesses,
  costReportsOnTime: wellDone('costReportsOnTime'),
  revenueWithinCap: wellDone('revenueWithinCap'),
  settlementsOnTime: wellDone('settlementsOnTime'),
  tariffsPublished: wellDone('tariffsPublished'),
  complaints,
  incidents,
  sanctions,
  workReports: wellDone('workReports'),
  evidenceInForce: wellDone('evidenceInForce'),
  findingsRectified: wellDone('findingsRectified'),
  drillsHeld: wellDone('drillsHeld'),
  disclosuresOnTime: wellDone('disclosuresOnTime'),
  bulletinsIssued: wellDone('bulletinsIssued'),
  qualityFeedback: wellDone('qualityFeedback'),
  demandResponses: wellDone('demandResponses'),
};

export type IndicatorFigures = {
  indicator: string;
  /** Share of all weights, p/q. */
  weight: string;
  noSource: boolean;
  sources: ({ source: string } & ({ noSource: true } | ({ noSource: false } & Figure)))[];
};

/** Every indicator with its sources; one that does not exist yet says so, beside the weight it leaves without a figure. */
export const figuresOf = async (
  db: Db,
  {
    rules,
    ...of
  }: { caseNo: string; jurisdiction: string; facts: EvaluationFacts; rules: FrozenEvaluationRules },
): Promise<IndicatorFigures[]> => {
  const none = Object.fromEntries(rules.indicators.map((indicator) => [indicator, null]));
  const shares = new Map(
    compositeOf(none, rules).withoutSource.map(({ indicator, weight }) => [indicator, weight]),
  );
  const answers: IndicatorFigures[] = [];
  for (const indicator of rules.indicators) {
    const listed: IndicatorFigures['sources'] = [];
    for (const source of rules.sources[indicator] ?? [])
      listed.push(
        isRegistered(source)
          ? { source, noSource: false, ...(await sources[source](db, { ...of, indicator })) }
          : { source, noSource: true },
      );
    answers.push({
      ...{ indicator, weight: shares.get(indicator) ?? '0/1', sources: listed },
      noSource: listed.every((one) => one.noSource),
    });
  }
  return answers;
};
