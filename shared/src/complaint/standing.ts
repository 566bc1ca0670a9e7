/** Where a complaint stands: the limits that run, who it waits for, and its words in the Temporal UI (S4). */
import type { Period, PeriodLimit, ProcedureStart, Waiting } from '../procedure/machine.ts';
import { roleOf, type Ruled } from '../procedure/ruled.ts';
import type { ComplaintRules } from './rules.ts';
import type { ComplaintFacts, ComplaintState } from './types.ts';

export type Start = ProcedureStart<ComplaintRules, ComplaintFacts>;

/** The article of a rule, or that of the right to complain where the text is silent on it. */
export const rests = ({ rules }: Start, rule?: Ruled<unknown>) =>
  rule?.rests ?? rules.handledBy.rests ?? undefined;

export const inquiryKey = (body: string): string => `inquiry/${body}`;
const reminders = [2, 1, 0];

const longer = ({ workingDays }: { workingDays: number }, extensions: readonly number[]): PeriodLimit => ({
  workingDays: extensions.reduce((sum, days) => sum + days, workingDays),
});

/** One limit for the step, and one for each body that was asked and has time. */
export const periods = (start: Start, state: ComplaintState): Period[] => {
  const { rules, startedAt } = start;
  const of = (key: string, from: number | null, rule: Ruled<PeriodLimit>, more: Partial<Period> = {}) => ({
    ...{ key, from: from ?? startedAt, limit: rule.value, article: rests(start, rule) },
    ...more,
  });
  switch (state.stage) {
    case 'submitted':
      return [of('acceptance', state.since, rules.acceptanceLimit, { reminders })];
    case 'correction':
      return [of('correction', state.askedBack, rules.correctionLimit)];
    case 'investigating':
      return [
        ...(state.overdue
          ? []
          : [
              of('answer', state.acceptedAt, rules.answerLimit, {
                ...{ reminders, limit: longer(rules.answerLimit.value, state.extensions) },
              }),
            ]),
        ...state.inquiries
          .filter(({ finding, overdue }) => finding === null && !overdue)
          .map(({ body, at }) => of(inquiryKey(body), at, rules.departmentLimit, { reminders })),
      ];
    case 'answered':
      return [of('reviewRequest', state.answeredAt, rules.reviewRequestLimit)];
    case 'underReview':
      return state.overdue ? [] : [of('review', state.reviewAt, rules.reviewLimit, { reminders })];
    case 'done':
      return [];
  }
};

const optional = (act: string, role: string): Waiting => ({ act, role, optional: true });

export const waitsFor = ({ rules }: Start, state: ComplaintState): Waiting[] => {
  const due = (period: string) => (state.overdue ? { overdue: true as const } : { period });
  const bureau = roleOf(rules.handledBy.value.by);
  switch (state.stage) {
    case 'submitted':
      return [
        { act: 'acceptComplaint', role: bureau, period: 'acceptance' },
        { act: 'declineComplaint', role: bureau, period: 'acceptance' },
        ...(state.askedBack === null ? [optional('requestFacts', bureau)] : []),
        optional('withdrawComplaint', 'public'),
      ];
    case 'correction':
      return [
        { act: 'supplyFacts', role: 'public', period: 'correction', optional: true },
        optional('acceptComplaint', bureau),
        optional('withdrawComplaint', 'public'),
      ];
    case 'investigating': {
      const mayExtend = !state.overdue && state.extensions.length < rules.extension.value.times;
      return [
        { act: 'answerComplaint', role: bureau, ...due('answer') },
        optional('askBody', bureau),
        ...(mayExtend ? [optional('extendAnswer', bureau)] : []),
        ...state.inquiries
          .filter(({ finding }) => finding === null)
          .map(({ body, role, overdue }) => ({
            ...{ act: 'answerInquiry', role, body },
            ...(overdue ? { overdue: true as const } : { period: inquiryKey(body) }),
          })),
        optional('withdrawComplaint', 'public'),
      ];
    }
    case 'answered':
      return [{ act: 'requestReview', role: 'public', period: 'reviewRequest', optional: true }];
    case 'underReview':
      return [{ act: 'decideReview', role: roleOf(rules.reviewedBy.value), ...due('review') }];
    case 'done':
      return [];
  }
};

const stages: Record<ComplaintState['stage'], string> = {
  submitted: '待受理',
  correction: '待补充材料',
  investigating: '调查处理中',
  answered: '已答复，可申请复核',
  underReview: '复核中',
  done: '已办结',
};

export const words = ({ stage, outcome, overdue }: ComplaintState): string =>
  outcome === 'withdrawn' ? '已撤回' : `${stages[stage]}${overdue ? '（逾期）' : ''}`;
