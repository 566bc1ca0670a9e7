/** The shapes of a scoring: what is asked and what is answered. Requirements O1, O3. */
import { z } from 'zod';
import { isBusinessDate, businessDateOf } from '../business-date.ts';
import { Decimal } from '../exact.ts';
import { Refusal } from '../refusal.ts';

/** Ids as the caller knows them. */
const Id = z.string().regex(/^[\p{L}\p{N}][\p{L}\p{N} ._:()（）-]{0,79}$/u);

/** RFC 3339 with an offset, to the millisecond at most: what could not be told apart is not taken. */
const Instant = z.iso
  .datetime({ offset: true })
  .refine((text) => !/\.\d{4}/.test(text) && isBusinessDate(businessDateOf(Date.parse(text))), {
    params: { code: 'instantOutOfRange' },
    error:
      '年份须在 1900 至 2999 之间，至多到毫秒 · a year between 1900 and 2999, to the millisecond at most',
  });

/**
 * How the sheets of a bidder become one value. `mean`: of all sheets. `trimmedMean`: of all but one highest and one
 * lowest of this bidder, so at least three are needed.
 */
export const ScoreMethod = z.enum(['mean', 'trimmedMean']);
export type ScoreMethod = z.infer<typeof ScoreMethod>;

/**
 * What is done about equal exact values; the last tie is the panel's, never the system's.
 * `shared`: equal values share a rank, only a tie for the first place is left to the panel. `panelDecides`: every tie
 * is. `criterion`, `criteria`: the greater mean of that criterion (of these, in order) over all sheets, none dropped,
 * comes first; what is equal still is left to the panel.
 */
export const TieRule = z.union([
  z.enum(['shared', 'panelDecides']),
  z.strictObject({ criterion: Id }),
  z.strictObject({ criteria: z.array(Id).min(1).max(50) }),
]);
export type TieRule = z.infer<typeof TieRule>;

export const ScoreQuestion = z
  .strictObject({
    jurisdiction: z
      .string()
      .regex(/^[a-z][a-z0-9-]{0,62}$/)
      .optional()
      .describe('Whose articles a refusal names; without it, those of the baseline'),
    criteria: z
      .array(
        z.strictObject({
          id: Id,
          weight: Decimal.describe('A share of all weights together, in any unit'),
          max: Decimal.describe('The scale goes from 0 to this'),
        }),
      )
      .min(1)
      .max(50),
    method: ScoreMethod,
    minBids: z.int().min(1).max(100),
    tieRule: TieRule,
    closesAt: Instant.describe('A bid received at this very instant is late'),
    bidders: z.array(z.strictObject({ id: Id, receivedAt: Instant })).max(100),
    experts: z.array(z.strictObject({ id: Id, conflicts: z.array(Id).max(100) })).max(99),
    scores: z.array(z.strictObject({ expert: Id, bidder: Id, criterion: Id, score: Decimal })).max(20_000),
  })
  .meta({ id: 'ScoreQuestion' });
export type ScoreQuestion = z.infer<typeof ScoreQuestion>;

/** Ids of bids received at or after the close; they are not assessed. */
const lateBids = z.array(z.string());

export const Scored = z
  .strictObject({
    exact: z.record(z.string(), z.string()).describe('Out of 100, as a fraction p/q in lowest terms'),
    shown: z.record(z.string(), z.string()).describe('Rounded half up to two decimals, for show'),
    ranking: z.array(z.array(z.string())).describe('Highest first; equal ranks share a group'),
    undecidedTie: z.array(z.string()).nullable().describe('The highest tie left to the panel'),
    lateBids,
    panel: z.array(z.string()).describe('Experts who count: without those in conflict'),
  })
  .meta({ id: 'Scored' });
export const ScoreRefused = z.strictObject({ refused: z.array(Refusal).min(1) }).meta({ id: 'ScoreRefused' });
export const SelectionFailed = z
  .strictObject({ failed: z.array(Refusal).min(1), lateBids })
  .meta({ id: 'SelectionFailed' });
export const ScoreAnswer = z.union([Scored, ScoreRefused, SelectionFailed]);
export type Scored = z.infer<typeof Scored>;
export type ScoreRefused = z.infer<typeof ScoreRefused>;
export type SelectionFailed = z.infer<typeof SelectionFailed>;
export type ScoreAnswer = z.infer<typeof ScoreAnswer>;
