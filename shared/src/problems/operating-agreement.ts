import { problemRows } from './row.ts';

/** Refusals. The operating agreement (O5–O9). */
export const operatingAgreementProblems = problemRows({});
