import { problemRows } from './row.ts';

/** Refusals. Channels that stood before (O11). */
export const supplyChannelProblems = problemRows({});
