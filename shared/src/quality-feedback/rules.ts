/** What feedback on data quality is handled under, carried for its whole life (C6). */
import type { ResolvedPack } from '../packs/pack.ts';
import { ruled } from '../procedure/ruled.ts';

/** @throws RangeError where the pack holds no feedback on quality. */
export const qualityFeedbackRules = (pack: ResolvedPack) =>
  ruled(pack, 'qualityFeedback', [
    ...(['handled', 'answeredBy', 'mayGive', 'answerLimit', 'extension'] as const),
    ...(['correctionLimit', 'confirmationLimit', 'escalation'] as const),
  ] as const);
export type QualityFeedbackRules = ReturnType<typeof qualityFeedbackRules>;
