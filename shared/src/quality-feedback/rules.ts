/** What feedback on data quality is handled under, carried for its whole life (C6). */
import type { ResolvedPack } from '../packs/pack.ts';
import { ruled } from '../procedure/ruled.ts';

const keys = [
  ...(['handled', 'answeredBy', 'mayGive', 'answerLimit', 'extension'] as const),
  ...(['correctionLimit', 'confirmationLimit', 'escalation'] as const),
] as const;

/** @throws RangeError where the pack holds no feedback on quality. */
export const qualityFeedbackRules = (pack: ResolvedPack): QualityFeedbackRules => ({
  ...ruled(pack, 'qualityFeedback', keys),
  ...ruled(pack, 'qualityFeedback', ['directionLimit'] as const),
});
type Always = ReturnType<typeof ruled<'qualityFeedback', typeof keys>>;
type Limit = ReturnType<typeof ruled<'qualityFeedback', readonly ['directionLimit']>>;
/** A case opened before the bureau had a limit has none. */
export type QualityFeedbackRules = Always & Partial<Limit>;
