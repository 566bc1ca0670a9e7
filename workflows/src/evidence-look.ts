/** How evidence with expiry stands on its day (X4, 中卫 二十九); started by its Schedule. */
import { proxyActivities } from '@temporalio/workflow';
import type { EvidenceAsk, EvidenceLookActivities } from '@gongshu/shared/platform-evidence/types';
import { shownAs } from './options.ts';

const { lookAtEvidence } = proxyActivities<EvidenceLookActivities>(shownAs('复核平台合规证明有效期'));

export const evidenceLook = (ask: EvidenceAsk): Promise<{ told: number }> => lookAtEvidence(ask);
