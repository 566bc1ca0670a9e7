/** What entries of the data-quality feedback procedure change beside their case. */
import type { Effects } from '../procedure/effects.ts';

export const qualityFeedbackEffects: Effects = async () => {};
