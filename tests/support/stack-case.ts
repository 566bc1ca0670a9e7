import { loadPacks } from '@gongshu/infra/packs';
import { valuesOf } from '@gongshu/shared/packs/pack';
import { type Answer, type Seat, type Stack, until } from './stack.ts';
import { entryOf, type Reviewer, reviewers } from './stack-city.ts';

export const merchant: Seat = { role: 'merchant', organisation: 'merchant-1' };
export const operator: Seat = { role: 'operator', organisation: 'operator' };
export const bureau: Seat = { role: 'bureau', organisation: 'city-bureau' };
export const seatOf: Record<Reviewer, Seat> = {
  'dept-health': { role: 'sourceDepartment', organisation: 'dept-health' },
  'county-bureau-1': { role: 'countyBureau', organisation: 'county-bureau-1' },
  operator,
};

export const contents = {
  scenario: '城市公共服务便民查询',
  scope: '所申请目录条目的全部信息项',
  manner: '平台内加工，不导出原始数据',
  term: { from: '2024-04-01', until: '2025-03-31' },
  securityMeasures: '专用开发环境，人员实名，操作留痕',
};

/** A running application, acted on and read over REST alone. */
export type Case = {
  no: string;
  view: () => Promise<any>;
  clock: (step: string, organisation?: string) => Promise<any>;
  turn: (step: string, organisation?: string) => Promise<any>;
  accept: () => Promise<Answer>;
  check: () => Promise<Answer>;
  review: (by: Reviewer, outcome: 'approve' | 'refuse', more?: { key?: string }) => Promise<Answer>;
  act: (seat: Seat, path: string, body?: unknown) => Promise<Answer>;
  /** Waits until the case shows this outcome; gives the view either way. */
  ended: (outcome?: string) => Promise<any>;
};

/** A case by its number. */
export const caseAt = (stack: Stack, no: string): Case => {
  const at = `/v1/applications/${no}`;
  const view = async () => (await stack.get(bureau, at)).body;
  const act: Case['act'] = (seat, path, body) => stack.post(seat, `${at}/${path}`, body);
  const among = (list: any[], step: string, organisation?: string) =>
    list.find((one) => one.step === step && (!organisation || one.organisation === organisation));
  const turn: Case['turn'] = async (step, organisation) =>
    among(
      (await until(view, ({ turns }) => among(turns, step, organisation)?.deadline)).turns,
      step,
      organisation,
    );
  const { checkFields } = valuesOf(loadPacks().resolve('zhongwei'), 'dataUseApplication');
  return {
    no,
    view,
    act,
    turn,
    clock: async (step, organisation) =>
      among((await stack.get(bureau, `${at}/clock`)).body.items, step, organisation),
    accept: async () => {
      await turn('acceptance');
      return act(operator, 'acceptance/decision', { outcome: 'approve', reasons: [] });
    },
    check: async () => {
      await turn('check');
      const findings = checkFields.map((field) => ({ field, finding: 'passed', note: '' }));
      return act(operator, 'check/decision', { outcome: 'approve', findings, reasons: [] });
    },
    review: async (by, outcome, { key } = {}) => {
      const reasons = outcome === 'refuse' ? [{ code: 'scopeTooWide', text: '申请范围超出用途' }] : [];
      const options = key === undefined ? {} : { key };
      return stack.post(
        seatOf[by],
        `${at}/reviews/${by}/decision`,
        { outcome, reasons, conditions: [] },
        options,
      );
    },
    ended: (outcome) =>
      until(view, (seen) => (outcome === undefined ? seen.outcome !== null : seen.outcome === outcome)),
  };
};

/** An application for the entries of these bodies, submitted. */
export const submit = async (stack: Stack, of: readonly Reviewer[] = reviewers): Promise<Case> => {
  const answer = await stack.post(merchant, '/v1/applications', { resources: of.map(entryOf), contents });
  if (answer.status !== 201 && answer.status !== 202)
    throw new Error(`not submitted: ${answer.status} ${JSON.stringify(answer.body)}`);
  return caseAt(stack, answer.body.caseNo);
};

/** An application that stands with its reviewers, every clock begun. */
export const inReview = async (stack: Stack, of: readonly Reviewer[] = reviewers): Promise<Case> => {
  const one = await submit(stack, of);
  for (const act of [one.accept, one.check]) {
    const { status, body } = await act();
    if (status !== 200) throw new Error(`${one.no}: ${status} ${JSON.stringify(body)}`);
  }
  for (const reviewer of of) await one.turn('review', reviewer);
  return one;
};
