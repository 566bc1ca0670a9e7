import { newestCalendar } from '@gongshu/infra/calendars';
import { problems } from '@gongshu/infra/http/problems';
import { EvaluationAnswer, EvaluationQuestion } from '@gongshu/shared/evaluation/steps';
import { RenewalAnswer, TermAnswer, TermQuestion } from '@gongshu/shared/mandate/question';
import type { PackSet } from '@gongshu/shared/packs/resolve';
import { previewEvaluation, previewScore, previewTerm } from '@gongshu/shared/previews';
import { ScoreAnswer, ScoreQuestion } from '@gongshu/shared/selection/question';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { Kysely } from 'kysely';

/** Everyone may ask; nothing is kept, so no key is needed. */
const config = { act: 'previewLaw', changes: false } as const;

/**
 * Scores, terms and evaluations before anything is filed, by the code that decides them. What the law refuses is an
 * answer (200) with code, pointer and article; a question that is none is a problem.
 */
export const previewRoutes =
  ({ db, packs }: { db: Kysely<any>; packs: PackSet }): FastifyPluginAsyncZod =>
  async (app) => {
    app.post(
      '/v1/selections/score-preview',
      {
        config,
        schema: {
          summary: 'Composite scores of bidders, exact, their ranking and the tie left to the panel',
          body: ScoreQuestion,
          response: { 200: ScoreAnswer, ...problems(400) },
        },
      },
      async ({ body }) => previewScore(body, packs),
    );
    app.post(
      '/v1/agreements/term-preview',
      {
        config,
        schema: {
          summary: 'The last day of an operating agreement and its renewal window, or where a day lies in it',
          body: TermQuestion,
          response: { 200: TermAnswer.or(RenewalAnswer), ...problems(400) },
        },
      },
      async ({ body }) => previewTerm(body, packs),
    );
    app.post(
      '/v1/evaluations/preview',
      {
        config,
        schema: {
          summary: 'Steps of a yearly evaluation: each taken or refused, and how it stands after it',
          body: EvaluationQuestion,
          response: { 200: EvaluationAnswer, ...problems(400, 503) },
        },
      },
      async ({ body }) => {
        const { calendar } = await newestCalendar(db, body.jurisdiction);
        return previewEvaluation(body, packs, calendar);
      },
    );
  };
