/** What entries of the incident procedure change beside their case. */
import type { Effects } from '../procedure/effects.ts';

export const incidentEffects: Effects = async () => {};
