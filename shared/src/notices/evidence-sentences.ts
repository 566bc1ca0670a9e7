/** Words of the notices of evidence with expiry. */
import type { Sentence } from './sentences.ts';

export const evidenceSentences: Readonly<Record<string, Sentence>> = {
  evidenceSubmitted: [
    '{operator} 报送平台合规证明 {kind}（第 {version} 版）[，应于 {dueOn} 前答复]',
    '{operator} submitted evidence {kind}, version {version}[; it is to be answered by {dueOn}]',
    '请确认，或者列明理由退回',
    'Accept it, or return it with grounds',
  ],
  evidenceAccepted: [
    '平台合规证明 {kind}（第 {version} 版）已确认[，有效期至 {validUntil}]',
    'Evidence {kind}, version {version}, was accepted[; it holds until {validUntil}]',
    '到期前另行提醒',
    'You are warned before it expires',
  ],
  evidenceReturned: [
    '平台合规证明 {kind}（第 {version} 版）已退回[，理由代码 {reasonCodes}]',
    'Evidence {kind}, version {version}, was returned[, reason codes {reasonCodes}]',
    '请更正后重新报送',
    'Correct it and submit another',
  ],
  evidenceDecisionOverdue: [
    '平台合规证明 {kind} 逾期未答复，期限至 {lastDay}',
    'Evidence {kind} waits for its answer, which was due by {lastDay}',
    '请尽快确认或退回',
    'Accept it or return it',
  ],
  evidenceMissing: [
    '{operator} 尚未报送平台合规证明 {kind}[，应于 {dueOn} 前报送]',
    '{operator} has not filed evidence {kind}[; it is to be filed by {dueOn}]',
    '请报送该类证明',
    'File evidence of this kind',
  ],
  evidenceMissingOverdue: [
    '{operator} 逾期未报送平台合规证明 {kind}，期限至 {lastDay}',
    '{operator} has not filed evidence {kind}, which was due by {lastDay}',
    '请尽快报送该类证明',
    'File evidence of this kind soon',
  ],
  evidenceExpiresSoon: [
    '平台合规证明 {kind} 将于 {until} 到期，还有 {daysLeft} 日',
    'Evidence {kind} expires on {until}, in {daysLeft} days',
    '请在到期前报送新的证明并取得确认',
    'Submit new evidence in time for it to be accepted before then',
  ],
  evidenceExpired: [
    '平台合规证明 {kind} 已到期，有效期至 {until}',
    'Evidence {kind} has expired; it held until {until}',
    '请报送新的证明',
    'Submit new evidence',
  ],
  evidenceSuspended: [
    '因平台合规证明 {kind} 到期，已暂停供数（{order}）',
    'Supply is suspended, for evidence {kind} has expired ({order})',
    '新的证明确认后恢复',
    'It is restored when new evidence is accepted',
  ],
  evidenceRestored: [
    '平台合规证明 {kind} 引起的暂停已解除（{order}）',
    'What rested on the expiry of evidence {kind} is restored ({order})',
    '另有暂停的，仍按该暂停执行',
    'What another order holds rests on',
  ],
};
