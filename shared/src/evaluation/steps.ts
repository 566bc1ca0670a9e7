/** The shapes of a yearly evaluation played through: its steps and what is answered to each. Requirements V1, V2. */
import { z } from 'zod';
import { businessDateOf, isBusinessDate } from '../business-date.ts';
import { Decimal } from '../exact.ts';
import { ArticleOrReading } from '../refusal.ts';

const At = z.iso
  .datetime({ offset: true })
  .refine((text) => isBusinessDate(businessDateOf(Date.parse(text))), {
    params: { code: 'instantOutOfRange' },
    error: '年份须在 1900 至 2999 之间 · a year between 1900 and 2999',
  });
const BusinessDay = z.iso.date().refine(isBusinessDate, {
  params: { code: 'dateOutOfRange' },
  error: '年份须在 1900 至 2999 之间 · a year between 1900 and 2999',
});

export const EvaluationOutcome = z.enum(['pass', 'rectify', 'fail']);
export type EvaluationOutcome = z.infer<typeof EvaluationOutcome>;

const Mark = Decimal.nullable().describe('0 to 100; null: this indicator has no source of figures yet');

/** `at`: when the act was taken in. Steps go forward in time. */
export const EvaluationStep = z.discriminatedUnion('kind', [
  z
    .strictObject({ kind: z.literal('open'), at: At, year: z.int().min(1900).max(2999) })
    .describe('The evaluation of a year begins; each year has one'),
  z
    .strictObject({ kind: z.literal('score'), at: At, marks: z.record(z.string().max(60), Mark) })
    .describe('A mark for each indicator of the pack'),
  z
    .strictObject({
      kind: z.literal('outcome'),
      at: At,
      outcome: EvaluationOutcome,
      dueOn: BusinessDay.optional(),
    })
    .describe('The result. dueOn: last day of rectification, where the pack lets the order name it'),
  z
    .strictObject({ kind: z.literal('plan'), at: At })
    .describe('The operator hands in its plan of rectification'),
  z.strictObject({ kind: z.literal('reportRectification'), at: At }).describe('The operator reports it done'),
  z
    .strictObject({ kind: z.literal('reEvaluate'), at: At, outcome: EvaluationOutcome })
    .describe('The result after rectification; rectify again is fail'),
  z.strictObject({ kind: z.literal('terminate'), at: At }).describe('The authority terminates the agreement'),
  z.strictObject({ kind: z.literal('selectAgain'), at: At }).describe('A new selection begins'),
  z
    .strictObject({
      kind: z.literal('publishYear'),
      at: At,
      year: z.int().min(1950).max(2999),
      notice: z.string().min(1).max(120),
      holidays: z.array(BusinessDay).max(120),
      workingWeekends: z.array(BusinessDay).max(40),
    })
    .describe('The State Council’s notice for a year is loaded'),
  z
    .strictObject({ kind: z.literal('probe'), at: At })
    .describe('Nothing happens: how it stands at that instant'),
]);
export type EvaluationStep = z.infer<typeof EvaluationStep>;
export type EvaluationAct = EvaluationStep['kind'];

export const EvaluationQuestion = z
  .strictObject({
    jurisdiction: z.string().regex(/^[a-z][a-z0-9-]{0,62}$/),
    steps: z
      .array(EvaluationStep)
      .min(1)
      .max(200)
      .refine(
        (steps) =>
          steps.every((step, i) => i === 0 || Date.parse(step.at) >= Date.parse(steps[i - 1]?.at ?? '')),
        { params: { code: 'notForward' }, error: '步骤须按时间先后排列 · steps go forward in time' },
      ),
  })
  .meta({ id: 'EvaluationQuestion' });
export type EvaluationQuestion = z.infer<typeof EvaluationQuestion>;

export const EvaluationState = z.enum([
  'notOpened',
  'open',
  'rectifying',
  'overdue',
  'reported',
  'passed',
  'failed',
  'terminated',
  'newSelection',
]);
export type EvaluationState = z.infer<typeof EvaluationState>;

export const Composite = z.strictObject({
  exact: z.string().nullable().describe('Out of 100, p/q in lowest terms; null: no indicator has a source'),
  shown: z.string().nullable(),
  withoutSource: z
    .array(z.strictObject({ indicator: z.string(), weight: z.string().describe('Share of all, p/q') }))
    .describe('Their weight is in no figure'),
});
export type Composite = z.infer<typeof Composite>;

export const PlayedStep = z
  .strictObject({
    accepted: z.boolean(),
    code: z.string().nullable().describe('Why it was refused'),
    pointer: z.string().nullable(),
    message: z.string().nullable().describe('Chinese · English'),
    article: ArticleOrReading.nullable().describe('The rule that governs the step'),
    state: EvaluationState,
    year: z.int().nullable(),
    lastDay: z.iso.date().nullable().describe('Of rectification'),
    deadline: z.string().nullable().describe('24:00 Asia/Shanghai of the last day'),
    provisional: z
      .boolean()
      .describe('Rectification runs into a year whose notice is not loaded: no date is given'),
    secondRectify: z.boolean().describe('It failed because rectification was not enough'),
    composite: Composite.nullable(),
  })
  .meta({ id: 'EvaluationStepPlayed' });
export type PlayedStep = z.infer<typeof PlayedStep>;

export const EvaluationAnswer = z
  .strictObject({ steps: z.array(PlayedStep) })
  .meta({ id: 'EvaluationPlayed' });
export type EvaluationAnswer = z.infer<typeof EvaluationAnswer>;
