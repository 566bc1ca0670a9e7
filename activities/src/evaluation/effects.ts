/** What an evaluation changes beside its case: answers, the public result, the end of the agreement, the next year (V2). */
import { tellProcedure } from '@gongshu/infra/procedures/tell';
import { takePart } from '@gongshu/infra/procedures/bodies';
import { settleDue } from '@gongshu/infra/evaluations/due';
import type { EvaluationTables } from '@gongshu/infra/evaluations/tables';
import { publish } from '@gongshu/infra/publications/publish';
import { businessDateOf } from '@gongshu/shared/business-date';
import type { EvaluationFacts, Participant, RunningState } from '@gongshu/shared/evaluation/machine-types';
import type { Transaction } from 'kysely';
import type { EffectOf, Effects } from '../procedure/effects.ts';

type Trx = Transaction<EvaluationTables>;
const factsOf = ({ start }: EffectOf): EvaluationFacts => start.facts as EvaluationFacts;

/** The answer that was taken stands, and the body's one before it no more. */
const answered = async (trx: Trx, { start, entry }: EffectOf): Promise<void> => {
  const { organisation } = await trx
    .selectFrom('evaluation_answer')
    .select('organisation')
    .where('receipt', '=', entry.receipt ?? '')
    .executeTakeFirstOrThrow();
  const mark = (stands: boolean) => trx.updateTable('evaluation_answer').set({ stands });
  await mark(false)
    .where('case_no', '=', start.caseNo)
    .where('organisation', '=', organisation)
    .where('stands', '=', true)
    .execute();
  await mark(true)
    .where('receipt', '=', entry.receipt ?? '')
    .execute();
};

/** The result, at the public address (Shuozhou 十（七）: published). */
const announced = async (trx: Trx, { start, entry, actor }: EffectOf): Promise<void> => {
  const { outcome, exact, shown, withoutSource, year, operator, agreement, round } = entry.data;
  await publish(trx as never, {
    ...{ jurisdiction: start.jurisdiction, kind: 'evaluationResult', subject: start.caseNo, actor },
    title: { zh: `${String(year)} 年度评估结果`, en: `Result of the evaluation of ${String(year)}` },
    content: { agreement, operator, year, outcome, round, exact, shown, withoutSource },
    from: businessDateOf(entry.at),
    rests: entry.rests,
    at: new Date(entry.at),
  });
};

/** By what the agreement's own pack lets it end for, nearest first. */
const groundsFor = (cause: unknown, rectified: boolean): readonly string[] => {
  if (cause === 'rectificationOverdue')
    return ['rectificationOverdue', 'rectificationFailed', 'failedEvaluation'];
  return rectified
    ? ['failedEvaluation', 'rectificationFailed']
    : ['failedEvaluation', 'rectificationFailed', 'breach'];
};

/** The agreement hears of it as an act of the bureau's: its own lifecycle ends it, and hands over. */
const terminated = async (trx: Trx, { start, state, entry, actor }: EffectOf): Promise<void> => {
  const { agreement, cause, document } = entry.data as Record<'agreement' | 'cause' | 'document', string>;
  const row = await trx
    .selectFrom('procedure')
    .select(['start', 'outcome'])
    .where('case_no', '=', agreement)
    .executeTakeFirst();
  if (!row || row.outcome !== null) return; // it ended meanwhile by itself
  const { exit = [] } = (row.start.rules ?? {}) as { exit?: { ground: string }[] };
  const rectified = (state as RunningState).course.rectification !== null;
  const ground = groundsFor(cause, rectified).find((one) => exit.some((known) => known.ground === one));
  const act = {
    kind: 'terminateAgreement',
    ground: ground ?? 'failedEvaluation',
    ...{ document, evaluation: start.caseNo },
  };
  const { jurisdiction } = start;
  await tellProcedure(trx, { jurisdiction, caseNo: agreement, act }, actor, new Date(entry.at));
};

export const evaluationEffects: Effects = async (anyTrx, of) => {
  const trx = anyTrx as unknown as Trx;
  const { kind } = of.entry;
  if (kind === 'questionnaireAnswered') await answered(trx, of);
  if (kind === 'participantsNamed')
    await takePart(trx, of.start.caseNo, of.entry.data['participants'] as Participant[]);
  if (kind === 'resultPublished') await announced(trx, of);
  if (kind === 'terminated') await terminated(trx, of);
  // A year that had to wait for this one's end is due again.
  if (kind === 'resultStands' && (of.state as RunningState).outcome === 'passed')
    await settleDue(trx, factsOf(of).agreement, { from: ['held'], to: 'ahead' });
};
