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

/** What must stand before the acts of the story (M2): before an onboarding, a check, an agreement. */
const norms = {
  onboardingNorm: {
    ...{ title: '数商进驻规范', fileName: '进驻规范.txt', key: 'story-onboarding-norm' },
    words: '数商进驻规范：数据安全、网络安全、个人信息保护、商业秘密保护四个方面的核查要求。（示例）\n',
  },
  applicationCheckNorm: {
    ...{ title: '使用申请核查规范', fileName: '核查规范.txt', key: 'story-check-norm' },
    words: '使用申请核查规范：四个方面的合规核查要求和时限。（示例）\n',
  },
  standardAgreement: {
    ...{ title: '开发利用格式协议', fileName: '格式协议.txt', key: 'story-standard-agreement' },
    words: '公共数据开发利用格式协议：十项内容。（示例）\n',
  },
} as const;

const approvedNorm = async (
  { operator, bureau }: Omit<OnboardingDesks, 'merchant'>,
  kind: keyof typeof norms,
): Promise<NormView> => {
  const { title, fileName, key, words } = norms[kind];
  const inForce = async () =>
    (await operator.get<{ items: NormView[] }>(`/v1/norms?kind=${kind}&state=approved`)).items[0];
  const known = await inForce();
  if (known) return known;
  const { hash } = await operator.upload<{ hash: string }>('/v1/documents', fileName, words);
  const { norm } = await operator.post<NormView>(
    '/v1/norms',
    { kind, title, document: hash, version: 1 },
    key,
  );
  await bureau.post(`/v1/norms/${norm}/decision`, { outcome: 'approve' }, `story-norm-${norm}`);
  const approved = await inForce();
  if (!approved) throw new Error(`${kind} was not approved`);
  return approved;
};

/** The norms as they stand approved; submitted and approved first where they are not. */
export const approvedNorms = async (desks: Omit<OnboardingDesks, 'merchant'>): Promise<NormView[]> => {
  const standing: NormView[] = [];
  for (const kind of Object.keys(norms) as (keyof typeof norms)[])
    standing.push(await approvedNorm(desks, kind));
  return standing;
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
