/** The operating agreement (授权运营协议, 国家规范 十三、十四): for years, until it is handed over or followed by the next. */
import { agreementMachine } from '@gongshu/shared/operating-agreement/machine';
import type { AgreementRules } from '@gongshu/shared/operating-agreement/rules';
import type { AgreementFacts, AgreementState } from '@gongshu/shared/operating-agreement/types';
import { type ProcedureInput, runProcedure } from './procedure.ts';

/** Completes when all is handed over, another agreement has followed, or the draft was withdrawn. */
export const operatingAgreement = (
  input: ProcedureInput<AgreementRules, AgreementFacts, AgreementState>,
): Promise<{ outcome: string }> => runProcedure(agreementMachine, input);
