import type { Effects } from '../procedure/effects.ts';

export const evaluationEffects: Effects = async () => [];
