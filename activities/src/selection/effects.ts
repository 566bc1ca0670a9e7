import type { Effects } from '../procedure/effects.ts';

export const selectionEffects: Effects = async () => [];
