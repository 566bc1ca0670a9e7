/** What the law computes, computed without saving: one function a question, for the routes and the CLI alike. */
import type { Calendar } from './calendar.ts';
import { evaluationPreview } from './evaluation/preview.ts';
import type { EvaluationAnswer, EvaluationQuestion } from './evaluation/steps.ts';
import type { RenewalAnswer, TermAnswer, TermQuestion } from './mandate/question.ts';
import { termPreview } from './mandate/term.ts';
import type { LoadedPack, PackSet } from './packs/resolve.ts';
import type { TopicName } from './packs/topics.ts';
import type { WhatIfAnswer } from './pricing/answer.ts';
import type { WhatIfQuestion } from './pricing/question.ts';
import { whatIf } from './pricing/what-if.ts';
import { problem } from './problems.ts';
import type { ScoreAnswer, ScoreQuestion } from './selection/question.ts';
import { scorePreview } from './selection/score.ts';

const unknownPlace = { zh: '没有此地的政策包', en: 'No policy pack of that jurisdiction' };
const notInPack = {
  zh: '此地的政策包没有这一事项',
  en: 'The policy pack of that jurisdiction does not speak of it',
};

/** @throws Problem `invalidRequest` when there is no such jurisdiction, or its pack doesn't hold the topic. */
const packWith = (packs: PackSet, jurisdiction: string, topic: TopicName): LoadedPack => {
  const pointer = '/body/jurisdiction';
  if (!packs.jurisdictions.includes(jurisdiction))
    throw problem('invalidRequest', { errors: [{ pointer, code: 'unknown', message: unknownPlace }] });
  const pack = packs.resolve(jurisdiction);
  if (!pack.rules[topic])
    throw problem('invalidRequest', { errors: [{ pointer, code: 'notInPack', message: notInPack }] });
  return pack;
};

/** The pack that no other stands above: what all others inherit from. */
const baseline = (packs: PackSet): LoadedPack | undefined =>
  packs.jurisdictions.map((name) => packs.resolve(name)).find(({ parent }) => parent === null);

/** Scores and ranks (O3); refusals name the articles of the jurisdiction, or the baseline's where none is given. */
export const previewScore = (question: ScoreQuestion, packs: PackSet): ScoreAnswer =>
  scorePreview(
    question,
    question.jurisdiction === undefined
      ? baseline(packs)
      : packWith(packs, question.jurisdiction, 'operatorSelection'),
  );

/** The last day of an agreement, its maximum and its renewal window (O6, O8), or where a day lies in the window. */
export const previewTerm = (question: TermQuestion, packs: PackSet): TermAnswer | RenewalAnswer =>
  termPreview(question, packWith(packs, question.jurisdiction, 'operatingAgreement'));

/** Steps of yearly evaluations played through (V1, V2) under the jurisdiction's calendar. */
export const previewEvaluation = (
  question: EvaluationQuestion,
  packs: PackSet,
  calendar: Calendar,
): EvaluationAnswer =>
  evaluationPreview(question, packWith(packs, question.jurisdiction, 'evaluation'), calendar);

/** A whole period of prices (F1–F6) under the jurisdiction's pack. @throws Problem as `whatIf` does. */
export const previewPrices = (question: WhatIfQuestion, packs: PackSet): WhatIfAnswer =>
  whatIf(question, packWith(packs, question.jurisdiction, 'pricing'));
