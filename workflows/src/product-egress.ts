/**
 * The egress of a version of a product (产品出域; 国家 二十一, 中卫 二十三、二十八, 朔州 六（三）, 乌海 八（二）、八（八）). Its step
 * `egressCheck` begins with the evidence of the engine; two checkers then speak, blind to each other.
 */
import { ActivityFailure } from '@temporalio/common';
import { isCancellation, proxyActivities } from '@temporalio/workflow';
import type { EgressFacts, EgressState } from '@gongshu/shared/product/machine';
import { egressMachine } from '@gongshu/shared/product/machine';
import type { EgressRules } from '@gongshu/shared/product/rules';
import type { EvidenceActivities } from '@gongshu/shared/product/evidence';
import { type ProcedureInput, runProcedure } from './procedure.ts';
import { shownAs } from './options.ts';

const { gatherEvidence } = proxyActivities<EvidenceActivities>({
  ...shownAs('自动检测：直接标识、重标识、原始数据、差分'),
  // Waiting for its turn counts, and the engine bounds the scan of each file itself; a dead worker is told by its silence.
  startToCloseTimeout: '1 day',
  heartbeatTimeout: '60 seconds',
  retry: {
    initialInterval: '2 seconds',
    backoffCoefficient: 2,
    maximumInterval: '1 minute',
    maximumAttempts: 3,
  },
});
const { recordNoEvidence } = proxyActivities<EvidenceActivities>(shownAs('自动检测未能完成，登记为未判定'));

/** Completes when the version was withdrawn, lapsed, recalled or retired. */
export const productEgress = (
  input: ProcedureInput<EgressRules, EgressFacts, EgressState>,
): Promise<{ outcome: string }> =>
  runProcedure(egressMachine, input, async ({ caseNo, jurisdiction }, { attempt, artefact, contents }) => {
    const ask = { caseNo, jurisdiction, attempt, artefact, contents };
    const kind = 'recordEvidence' as const;
    try {
      return { kind, attempt, ...(await gatherEvidence(ask)) };
    } catch (error) {
      // A scan that was killed again and again is refused, never passed.
      if (isCancellation(error) || !(error instanceof ActivityFailure)) throw error;
      return { kind, attempt, ...(await recordNoEvidence(ask)) };
    }
  });
