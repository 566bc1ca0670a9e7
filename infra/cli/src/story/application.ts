/** Two applications of the story: one decided by everybody asked, one in which somebody stays silent. */
import { createHash } from 'node:crypto';
import type { Desk } from './desk.ts';
import { onceHeard } from './city.ts';

export type CaseView = {
  caseNo: string;
  outcome: string | null;
  stage: string;
  turns: {
    turn: string;
    step: string;
    organisation: string;
    outcome: string;
    deadline: string | null;
    lastDay: string | null;
    certificate?: { id: string } | null;
  }[];
};

export type Desks = {
  merchant: Desk;
  operator: Desk;
  reviewer: (organisation: string) => Promise<Desk>;
};

const contents = {
  scenario: '城市公共服务便民查询',
  scope: '所申请目录条目的全部信息项',
  manner: '平台内加工，不导出原始数据',
  term: { from: '2024-03-01', until: '2025-02-28' },
  securityMeasures: '专用开发环境，人员实名，操作留痕',
};

/** Waits until a read shows what was done; the workflow writes its tables a moment after it answers. */
export const readUntil = async <T>(
  read: () => Promise<T>,
  holds: (view: T) => boolean,
  patienceMillis = 30_000,
) => {
  const until = Date.now() + patienceMillis;
  for (;;) {
    const view = await read();
    if (holds(view) || Date.now() > until) return view;
    await new Promise((go) => setTimeout(go, 100));
  }
};

/** Submitted, accepted, checked in four fields: now with its reviewers. The same key tells the same story. */
export const untilReview = async (
  { merchant, operator }: Desks,
  resources: string[],
  checkFields: readonly string[],
  story: string,
): Promise<CaseView> => {
  const key = `story-${story}-${createHash('sha256').update(resources.join()).digest('hex').slice(0, 12)}`;
  const { caseNo } = await onceHeard((again) =>
    merchant.post<{ caseNo: string }>('/v1/applications', { resources, contents }, `${key}-submit${again}`),
  );
  const at = `/v1/applications/${caseNo}`;
  const read = () => operator.get<CaseView>(at);
  const open = (step: string) => (view: CaseView) => view.turns.some((turn) => turn.step === step);
  await readUntil(read, open('acceptance'));
  await operator.post(`${at}/acceptance/decision`, { outcome: 'approve', reasons: [] }, `${key}-accept`);
  await readUntil(read, open('check'));
  const findings = checkFields.map((field) => ({ field, finding: 'passed', note: '' }));
  await onceHeard((again) =>
    operator.post(
      `${at}/check/decision`,
      { outcome: 'approve', findings, reasons: [] },
      `${key}-check${again}`,
    ),
  );
  return readUntil(read, (view) => view.turns.filter(({ step }) => step === 'review').length > 0);
};

/** The named bodies approve. */
export const approve = async (
  desks: Desks,
  caseNo: string,
  organisations: string[],
  story: string,
): Promise<void> => {
  for (const organisation of organisations) {
    const desk = await desks.reviewer(organisation);
    const at = `/v1/applications/${caseNo}`;
    await readUntil(
      () => desk.get<CaseView>(at),
      (view) => view.turns.some((turn) => turn.step === 'review' && turn.organisation === organisation),
    );
    await desk.post(
      `${at}/reviews/${organisation}/decision`,
      { outcome: 'approve', reasons: [], conditions: [] },
      `story-${story}-${organisation}-approve`,
    );
  }
};
