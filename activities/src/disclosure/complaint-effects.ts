/** What entries of the complaint procedure change beside their case. */
import type { Effects } from '../procedure/effects.ts';

export const complaintEffects: Effects = async () => {};
