/** How figures of an evaluation are counted from facts (V1). */
import { spanOf } from '@gongshu/infra/evaluations/open';
import type { EvaluationTables } from '@gongshu/infra/evaluations/tables';
import type { EvaluationFacts } from '@gongshu/shared/evaluation/machine-types';
import type { Kysely } from 'kysely';
import { wholeCity } from './public-facts.ts';

export type Db = Kysely<EvaluationTables>;
export type Of = { caseNo: string; jurisdiction: string; facts: EvaluationFacts; indicator: string };

/** `value` of `of`, as the source says; `cases` are the numbers behind it. A mean is exact and shown. */
export type Figure = { value: string; shown: string | null; of: number; cases: string[] };

/** Facts of a source in the period evaluated: the operator’s own, and those of the whole city. */
export const factsIn = (db: Db, source: string, { jurisdiction, facts }: Of) => {
  const { from, until } = spanOf(facts);
  return db
    .selectFrom('evaluation_fact')
    .selectAll()
    .where('jurisdiction', '=', jurisdiction)
    .where('operator', 'in', [facts.operator, wholeCity])
    .where('source', '=', source)
    .where('at', '>=', from)
    .where('at', '<', until)
    .orderBy('case_no')
    .execute();
};

export const unique = (list: readonly string[]): string[] => [...new Set(list)];
export const counted = (value: number, of: number, cases: readonly string[]): Figure => ({
  ...{ value: String(value), shown: null, of },
  cases: unique(cases),
});
