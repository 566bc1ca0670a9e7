/** A bulletin on source departments (数源部门通报, S3; 中卫 三十一): drafted, answered, issued. */
import { type BulletinFacts, bulletinMachine, type BulletinState } from '@gongshu/shared/bulletin/machine';
import type { BulletinCaseRules } from '@gongshu/shared/bulletin/rules';
import { type ProcedureInput, runProcedure } from './procedure.ts';

/** Completes when it is issued. */
export const bulletin = (
  input: ProcedureInput<BulletinCaseRules, BulletinFacts, BulletinState>,
): Promise<{ outcome: string }> => runProcedure(bulletinMachine, input);
