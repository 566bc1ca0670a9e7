/** Opening the evaluation of a year (V1): by its Schedule or by the bureau, once for an agreement and a year. */
import { takePart } from '../procedures/bodies.ts';
import type { Opening as Asked } from '@gongshu/shared/evaluation/opening';
import type { EvaluationFacts, Limit } from '@gongshu/shared/evaluation/machine-types';
import { evaluationReasons } from '@gongshu/shared/evaluation/reasons';
import { order } from '@gongshu/shared/evaluation/result';
import { clauseOf, evaluationRules, type FrozenEvaluationRules } from '@gongshu/shared/evaluation/rules';
import { withoutSource } from '@gongshu/shared/evaluation/sources';
import { actOn, type Course, notOpened } from '@gongshu/shared/evaluation/standing';
import { addDays, startOfDay, toInstantText, yearOf } from '@gongshu/shared/business-date';
import { correspondingDay } from '@gongshu/shared/mandate/term';
import type { ResolvedPack } from '@gongshu/shared/packs/pack';
import { problem } from '@gongshu/shared/problems';
import type { Transaction } from 'kysely';
import { bureauOf } from '../cases/bodies.ts';
import type { ProcedureDeps } from '../procedures/deps.ts';
import type { Opening } from '../procedures/open.ts';
import type { EvaluationTables } from './tables.ts';

type Trx = Transaction<EvaluationTables>;
type Rules = FrozenEvaluationRules;

/** How the evaluation before stands, as the table sees it: the next year opens after it, or is refused. */
const courseBefore = async (trx: Trx, agreement: string): Promise<Course<Limit>> => {
  const before = await trx
    .selectFrom('evaluation')
    .innerJoin('procedure', 'procedure.case_no', 'evaluation.case_no')
    .select(['evaluation.year', 'procedure.state'])
    .where('agreement', '=', agreement)
    .orderBy('evaluation.year', 'desc')
    .executeTakeFirst();
  if (!before) return notOpened;
  // Taken in and not yet recorded: it is open.
  const { course } = before.state as { course?: Course<Limit> };
  return { ...notOpened, state: course?.state ?? 'open', year: before.year };
};

/** The year of the term that begins in `year`. Throws `yearOutsideTerm` (422). */
const yearOfTerm = (
  { from_on, until_on }: { from_on: string; until_on: string },
  year: number,
  months: number,
): { from: string; until: string } => {
  for (let n = 1; n <= 600; n += 1) {
    const from = correspondingDay(from_on, months * (n - 1));
    if (yearOf(from) > year || from > until_on) break;
    if (yearOf(from) === year) return { from, until: addDays(correspondingDay(from_on, months * n), -1) };
  }
  throw problem('yearOutsideTerm', {
    errors: [{ pointer: '/body/year', code: 'yearOutsideTerm', message: outside }],
  });
};
const outside = { zh: '该年度不在协议期限内', en: 'Outside the agreement’s term' };

/**
 * What the case begins with; writes its row beside. Throws `agreementNotInForce`, `yearEvaluated`, `evaluationOpen`,
 * `failed`, `terminated` (409) as the table of the lifecycle says, `yearOutsideTerm` (422).
 */
const factsOf = async (
  trx: Trx,
  rules: Rules,
  { agreement, jurisdiction, year, caseNo, at }: Asked & { caseNo: string; at: Date },
): Promise<EvaluationFacts> => {
  const row = await trx
    .selectFrom('evaluated_agreement')
    .select(['operator', 'ended_at', 'from_on', 'until_on'])
    .where('agreement', '=', agreement)
    .where('jurisdiction', '=', jurisdiction)
    .forUpdate()
    .executeTakeFirst();
  if (!row || row.ended_at !== null)
    throw problem('agreementNotInForce', {
      errors: [{ pointer: '/body/agreement', code: 'agreementNotInForce', message: notInForce }],
    });
  const move = actOn(
    await courseBefore(trx, agreement),
    { kind: 'open', at: toInstantText(at.getTime()), year },
    rules,
    order,
  );
  if (!move.ok) {
    const { zh, en, rule } = evaluationReasons[move.code];
    throw problem(move.code, {
      article: clauseOf(rules, rule),
      errors: [{ pointer: `/body${move.at ?? ''}`, code: move.code, message: { zh, en } }],
    });
  }
  const { from, until } = yearOfTerm(row, year, rules.period.months);
  await trx
    .insertInto('evaluation')
    .values({
      ...{ case_no: caseNo, agreement, year, jurisdiction, operator: row.operator },
      ...{ from_on: from, until_on: until },
    })
    .execute();
  await takePart(trx, caseNo, [{ organisation: row.operator, role: 'evaluated' }]);
  await trx
    .updateTable('evaluation_due')
    .set({ state: 'opened' })
    .where('agreement', '=', agreement)
    .where('year', '=', year)
    .execute();
  const without = withoutSource(rules);
  return { agreement, operator: row.operator, year, from, until, withoutSource: without };
};
const notInForce = { zh: '没有生效的协议', en: 'No agreement in force' };

/** An opening as the procedures' driver takes it in. Throws `lifecycleNotInPack`, `bureauUnknown` (409). */
export const evaluationOpening = async (
  { db, calendarVersion }: Pick<ProcedureDeps, 'db' | 'calendarVersion'>,
  pack: ResolvedPack,
  { by, lawNow, ...asked }: Asked & { by: Opening<Rules, EvaluationFacts>['by']; lawNow: Date },
): Promise<Opening<Rules, EvaluationFacts>> => {
  const { jurisdiction } = asked;
  if (!pack.rules['evaluation']) throw problem('lifecycleNotInPack', { params: { jurisdiction } });
  const rules = evaluationRules(pack);
  return {
    ...{ kind: 'evaluation', pack, rules, by, lawNow },
    authority: await bureauOf(db, 'party', jurisdiction),
    calendarVersion: await calendarVersion(jurisdiction),
    facts: (trx, { caseNo, receivedAt }) =>
      factsOf(trx as unknown as Trx, rules, { ...asked, caseNo, at: receivedAt }),
  };
};

/** First and last instant of what is evaluated, for those who count. */
export const spanOf = ({ from, until }: { from: string; until: string }): { from: Date; until: Date } => ({
  from: new Date(startOfDay(from)),
  until: new Date(startOfDay(addDays(until, 1))),
});
