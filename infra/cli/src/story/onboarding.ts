/** Before anything is asked for: the onboarding norm approved, the merchant checked in four fields and enrolled (中卫 18). */
import { readUntil } from './application.ts';
import type { Desk } from './desk.ts';

/** Seats at the registry. */
export type OnboardingDesks = { merchant: Desk; operator: Desk; bureau: Desk };

export type NormView = { norm: string; kind: string; title: string; version: number; state: string };
export type MerchantView = { merchant: string; standing: string; since: string; caseNo: string | null };
export type OnboardingView = {
  caseNo: string;
  outcome: string | null;
  turns: {
    step: string;
    outcome: string;
    lastDay: string | null;
    decision: { findings: { field: string; finding: string }[] } | null;
  }[];
};

const kind = 'onboardingNorm';
const words = '数据商进驻规范：数据安全、网络安全、个人信息保护、商业秘密保护四个方面的核查要求。（示例）\n';

/** The norm as it stands approved; submitted and approved first where it is not. */
export const approvedNorm = async ({
  operator,
  bureau,
}: Omit<OnboardingDesks, 'merchant'>): Promise<NormView> => {
  const inForce = async () =>
    (await operator.get<{ items: NormView[] }>(`/v1/norms?kind=${kind}&state=approved`)).items[0];
  const known = await inForce();
  if (known) return known;
  const { hash } = await operator.upload<{ hash: string }>('/v1/documents', '进驻规范.txt', words);
  const { norm } = await operator.post<NormView>(
    '/v1/norms',
    { kind, title: '数据商进驻规范', document: hash, version: 1 },
    'story-onboarding-norm',
  );
  await bureau.post(`/v1/norms/${norm}/decision`, { outcome: 'approve' }, `story-norm-${norm}`);
  const approved = await inForce();
  if (!approved) throw new Error('the onboarding norm was not approved');
  return approved;
};

const standingOf = async (operator: Desk, merchant: string): Promise<MerchantView | undefined> =>
  (await operator.get<{ items: MerchantView[] }>('/v1/merchants?limit=200')).items.find(
    (one) => one.merchant === merchant,
  );

/** The merchant enrolled, and the case it was enrolled by, read back; one that stands enrolled is not asked again. */
export const enrolled = async (
  { merchant, operator }: OnboardingDesks,
  { id, uscc }: { id: string; uscc: string },
  checkFields: readonly string[],
): Promise<{ standing: MerchantView; onboarding: OnboardingView }> => {
  const read = (caseNo: string) => operator.get<OnboardingView>(`/v1/onboardings/${caseNo}`);
  const known = await standingOf(operator, id);
  if (known?.caseNo) return { standing: known, onboarding: await read(known.caseNo) };
  const undertaking = { text: '承诺落实安全责任制，接受核查。（示例）' };
  const contents = {
    ...{ uscc, legalPerson: '某某（示例）', businessScope: '数据处理和存储支持服务' },
    ...Object.fromEntries(checkFields.map((field) => [field, undertaking])),
  };
  const { caseNo } = await merchant.post<{ caseNo: string }>(
    '/v1/onboardings',
    { contents },
    `story-onboarding-${id}`,
  );
  const at = `/v1/onboardings/${caseNo}`;
  const open = (step: string) => (view: OnboardingView) => view.turns.some((turn) => turn.step === step);
  await readUntil(() => read(caseNo), open('acceptance'));
  await operator.post(`${at}/acceptance/decision`, { outcome: 'approve' }, `story-accept-${caseNo}`);
  await readUntil(() => read(caseNo), open('check'));
  const findings = checkFields.map((field) => ({ field, finding: 'passed' }));
  await operator.post(`${at}/check/decision`, { outcome: 'approve', findings }, `story-check-${caseNo}`);
  const onboarding = await readUntil(
    () => read(caseNo),
    ({ outcome }) => outcome !== null,
  );
  const standing = await standingOf(operator, id);
  if (!standing) throw new Error(`${id} was not enrolled: ${onboarding.outcome}`);
  return { standing, onboarding };
};
