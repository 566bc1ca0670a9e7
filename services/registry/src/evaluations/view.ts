/** What the routes of evaluations answer beside the case itself. */
import { z } from 'zod';

const Exact = z.string().describe('p/q in lowest terms, or a whole number');
const Instant = z.iso.datetime({ offset: true });

export const FiguresView = z
  .object({
    caseNo: z.string(),
    year: z.int(),
    from: z.iso.date(),
    until: z.iso.date(),
    indicators: z.array(
      z.object({
        indicator: z.string(),
        weight: Exact.describe('Share of all weights, p/q'),
        noSource: z
          .boolean()
          .describe('None of its sources is registered: it has no mark, its weight is told'),
        sources: z.array(
          z.union([
            z.object({ source: z.string(), noSource: z.literal(true) }),
            z.object({
              source: z.string(),
              noSource: z.literal(false),
              value: Exact,
              shown: z.string().nullable(),
              of: z.int().describe('What the value is counted among'),
              cases: z.array(z.string()).describe('Numbers of the cases behind it'),
            }),
          ]),
        ),
      }),
    ),
  })
  .meta({ id: 'EvaluationFigures' });

export const QuestionnairesView = z
  .object({
    caseNo: z.string(),
    questions: z.array(z.string()).describe('Codes of indicators and aspects'),
    until: z.iso.date().nullable().describe('Last day for answers; null: not sent yet'),
    closed: z.boolean(),
    groups: z.array(
      z.object({
        group: z.string(),
        asked: z.int(),
        answered: z.int(),
      }),
    ),
    bodies: z
      .array(
        z.object({
          organisation: z.string(),
          group: z.string(),
          answered: z.boolean(),
          answeredAt: Instant.nullable(),
          scores: z.record(z.string(), z.string()).nullable(),
          words: z.string().nullable(),
        }),
      )
      .nullable()
      .describe('Who was asked and what each said: for the bureau and auditors, words for the bureau alone'),
  })
  .meta({ id: 'EvaluationQuestionnaires' });

export const OwnQuestionnaire = z
  .object({
    caseNo: z.string(),
    year: z.int(),
    operator: z.string(),
    group: z.string(),
    questions: z.array(z.string()),
    until: z.iso.date().nullable(),
    closed: z.boolean(),
    scores: z.record(z.string(), z.string()).nullable(),
    words: z.string().nullable(),
  })
  .meta({ id: 'OwnQuestionnaire' });
export type OwnQuestionnaire = z.infer<typeof OwnQuestionnaire>;
