import type { Effects } from '../procedure/effects.ts';

export const operatingAgreementEffects: Effects = async () => [];
