import { loadPacks } from '@gongshu/infra/packs';
import { shippedCalendar } from '@gongshu/infra/shipped-calendar';
import { Calendar } from '@gongshu/shared/calendar';
import { type EvaluationAnswer, EvaluationQuestion } from '@gongshu/shared/evaluation/steps';
import { type RenewalAnswer, type TermAnswer, TermQuestion } from '@gongshu/shared/mandate/question';
import type { PackSet } from '@gongshu/shared/packs/resolve';
import { previewEvaluation, previewScore, previewTerm } from '@gongshu/shared/previews';
import { Problem, type ProblemPlace } from '@gongshu/shared/problems';
import { type ScoreAnswer, ScoreQuestion } from '@gongshu/shared/selection/question';
import { Command } from 'commander';
import { z } from 'zod';
import { readInput } from './read-input.ts';
import { type Cell, tableText } from './table.ts';

/** A question whose jurisdiction has no answer; the others are answered all the same. */
export type Unanswered = { problem: { code: string; errors: readonly ProblemPlace[] } };

type Law = { packs: PackSet; calendar: Calendar };
type Shown = { headings: string[]; rows: Cell[][] };
type Preview<Q, A> = {
  question: z.ZodType<Q>;
  answer: (question: Q, law: Law) => A;
  shown: (answer: A) => Shown;
};

/** Either side may be missing: a tie that is none, a list nobody is on. */
const joined = (list: readonly string[] | null, between = '、'): Cell =>
  list?.length ? list.join(between) : null;

const refusals = (list: readonly { code: string; pointer: string; message: string }[]): Shown => ({
  headings: ['代码 code', '位置 pointer', '说明'],
  rows: list.map(({ code, pointer, message }) => [code, pointer, message]),
});

const scoreShown = (answer: ScoreAnswer): Shown => {
  if ('refused' in answer) return refusals(answer.refused);
  if ('failed' in answer) return refusals(answer.failed);
  const { ranking, exact, shown, undecidedTie, lateBids } = answer;
  const rank = (at: number): number =>
    ranking.slice(0, at).reduce((before, group) => before + group.length, 1);
  return {
    headings: ['名次 rank', '投标人 bidder', '得分 shown', '精确值 exact', '说明'],
    rows: [
      ...ranking.flatMap((group, at) =>
        group.map((id): Cell[] => [
          ...[rank(at), id, shown[id], exact[id]],
          undecidedTie?.includes(id) ? '并列，由评审组决定 left to the panel' : null,
        ]),
      ),
      ...lateBids.map((id): Cell[] => [null, id, null, null, '逾期 late']),
    ],
  };
};

const termShown = (answer: TermAnswer | RenewalAnswer): Shown => {
  const { window } = answer;
  const days = window ? `${window.from} – ${window.until}` : null;
  if ('standing' in answer) return { headings: ['续期窗口 window', '结论'], rows: [[days, answer.standing]] };
  return {
    headings: ['最后一日 last day', '最长 at most', '超过 exceeds', '续期窗口 window', '说明'],
    rows: [
      [
        ...[answer.lastDay, answer.maximum.lastDay, answer.exceedsMaximum, days],
        joined(answer.refused?.map(({ message }) => message) ?? null),
      ],
    ],
  };
};

const evaluationShown = ({ steps }: EvaluationAnswer): Shown => ({
  headings: ['', '结论 answer', '状态 state', '年度', '整改期限 last day', '得分'],
  rows: steps.map((step, at) => [
    ...[at + 1, step.accepted ? '✓' : step.code, step.state, step.year],
    step.provisional ? '待定 provisional' : step.lastDay,
    step.composite?.shown,
  ]),
});

const preview = <Q, A>(one: Preview<Q, A>): Preview<Q, A> => one;
const score = preview({
  question: ScoreQuestion,
  answer: (question, { packs }) => previewScore(question, packs),
  shown: scoreShown,
});
const term = preview({
  question: TermQuestion,
  answer: (question, { packs }) => previewTerm(question, packs),
  shown: termShown,
});
const evaluation = preview({
  question: EvaluationQuestion,
  answer: (question, { packs, calendar }) => previewEvaluation(question, packs, calendar),
  shown: evaluationShown,
});

const answered = <Q, A>(one: Preview<Q, A>, question: Q, law: Law): A | Unanswered => {
  try {
    return one.answer(question, law);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return { problem: { code: error.code, errors: error.errors } };
  }
};

const unanswered = ({ problem }: Unanswered): Shown => ({
  headings: ['代码 code', '位置 pointer'],
  rows: problem.errors.map(({ code, pointer }) => [code, pointer]),
});

/** Answers a file of questions in order and prints them. @throws InputRefused for a file that is no such list. */
const run = <Q, A extends object>(one: Preview<Q, A>) =>
  function answerAll(file: string, { json }: { json?: true }): void {
    const questions = readInput(file, z.array(one.question).min(1).max(20_000));
    const law = { packs: loadPacks(), calendar: new Calendar(shippedCalendar()) };
    const answers = questions.map((question) => answered(one, question, law));
    const text = json
      ? JSON.stringify(answers, null, 1)
      : answers
          .map((answer, at) => {
            const { headings, rows } = 'problem' in answer ? unanswered(answer) : one.shown(answer);
            return tableText(`${at + 1}`, headings, rows);
          })
          .join('\n\n');
    process.stdout.write(`${text}\n`);
  };

/** `gongshu preview …`: what the law computes, for a file of questions, by the code of the routes. */
export const previewCommand = (): Command => {
  const command = new Command('preview').description('试算：评分、期限、评估 · scores, terms, evaluations');
  const add = <Q, A extends object>(name: string, description: string, one: Preview<Q, A>) =>
    command
      .command(`${name} <file>`)
      .description(description)
      .option('--json', 'the answers as JSON, in the order of the questions')
      .action(run(one));
  add('score', 'scores of bidders: as POST /v1/selections/score-preview, a list of them', score);
  add('term', 'terms and renewal: as POST /v1/agreements/term-preview, a list of them', term);
  add('evaluation', 'yearly evaluations: as POST /v1/evaluations/preview, a list of them', evaluation);
  return command;
};
