/** The acts of a complaint, each refused where its rule is not kept (S4). */
import { businessDateOf, daysBetween } from '../business-date.ts';
import {
  entryOf,
  type Given,
  hasEnded,
  type Periods,
  type Refused,
  refuse,
  type Step,
  step,
} from '../procedure/machine.ts';
import { roleOf } from '../procedure/ruled.ts';
import { rests, type Start } from './standing.ts';
import type { ComplaintAct, ComplaintState } from './types.ts';

type Act<K extends ComplaintAct['kind']> = Given<Extract<ComplaintAct, { kind: K }>>;
type Answer = Step<ComplaintState> | Refused;

export const accept = (start: Start, state: ComplaintState, act: Act<'acceptComplaint'>): Answer =>
  step(
    { ...state, stage: 'investigating', acceptedAt: act.at },
    entryOf('accepted', act, {}, rests(start, start.rules.acceptanceLimit)),
  );

/** Not accepted is an answer too: a review may be asked for. */
export const decline = (start: Start, state: ComplaintState, act: Act<'declineComplaint'>): Answer => {
  const { refusalGrounds } = start.rules;
  if (!refusalGrounds.value.includes(act.ground)) return refuse('groundNotInPack', { ground: act.ground });
  return step(
    {
      ...{ ...state, stage: 'answered', result: 'notAccepted' },
      ...{ answeredAt: act.at, answeredBy: act.by.account },
    },
    entryOf(
      'notAccepted',
      act,
      { about: start.facts.about, ground: act.ground },
      rests(start, refusalGrounds),
    ),
  );
};

/** What is lacking is asked back once; the limit of acceptance runs anew when it has come, or did not. */
export const askBack = (start: Start, state: ComplaintState, act: Act<'requestFacts'>): Answer => {
  if (state.askedBack !== null) return refuse('factsAskedAlready');
  return step(
    { ...state, stage: 'correction', askedBack: act.at },
    entryOf('factsRequested', act, {}, rests(start, start.rules.correctionLimit)),
  );
};

export const supply = (start: Start, state: ComplaintState, act: Act<'supplyFacts'>): Answer =>
  step(
    { ...state, stage: 'submitted', since: act.at },
    entryOf(
      'factsSupplied',
      act,
      { attachments: act.attachments },
      rests(start, start.rules.correctionLimit),
    ),
  );

export const ask = (start: Start, state: ComplaintState, act: Act<'askBody'>): Answer => {
  if (act.ownWords && !start.facts.ownWords) return refuse('ownWordsNotAllowed');
  if (state.inquiries.some(({ body }) => body === act.body)) return refuse('bodyAskedAlready');
  const { body, role, ownWords, at } = act;
  return step(
    { ...state, inquiries: [...state.inquiries, { body, role, at, finding: null, overdue: false }] },
    entryOf('bodyAsked', act, { body, role, ownWords }, rests(start, start.rules.departmentLimit)),
  );
};

export const answerInquiry = (start: Start, state: ComplaintState, act: Act<'answerInquiry'>): Answer => {
  const asked = state.inquiries.find(({ body }) => body === act.body);
  if (!asked) return refuse('notAskedForAnswer');
  if (asked.finding) return refuse('inquiryAnswered');
  const inquiries = state.inquiries.map((one) =>
    one.body === act.body ? { ...one, finding: act.finding } : one,
  );
  const left = inquiries.filter(({ finding }) => finding === null).length;
  const { body, finding } = act;
  return step(
    { ...state, inquiries },
    entryOf(
      'bodyAnswered',
      act,
      { body, finding, left, late: asked.overdue },
      rests(start, start.rules.departmentLimit),
    ),
  );
};

/** Before the limit passes, as often and as long as the pack allows. */
export const extend = (
  start: Start,
  state: ComplaintState,
  act: Act<'extendAnswer'>,
  periods: Periods,
): Answer => {
  const { times, workingDays } = start.rules.extension.value;
  if (state.overdue || hasEnded(periods['answer'], act.at)) return refuse('extensionTooLate');
  if (state.extensions.length >= times) return refuse('extensionUsedUp', { times });
  if (act.workingDays > workingDays) return refuse('postponedTooLong', { workingDays });
  return step(
    { ...state, extensions: [...state.extensions, act.workingDays] },
    entryOf('extended', act, { workingDays: act.workingDays }, rests(start, start.rules.extension)),
  );
};

/**
 * It is looked into with the departments concerned (`handledWith`; 乌海 十一: 会同相关部门, elsewhere the pack's reading):
 * where none was asked, on a ground of the pack alone. The operator is no department. One that let its time pass was asked all the same.
 */
const departmentsHeard = (
  { rules: { noDepartmentGrounds } }: Start,
  { inquiries }: ComplaintState,
  ground: Act<'answerComplaint'>['noDepartment'],
): Refused | undefined => {
  if (!noDepartmentGrounds) return undefined;
  const asked = inquiries.some(({ role }) => role !== 'operator');
  if (asked) return ground ? refuse('departmentAsked') : undefined;
  if (!ground) return refuse('departmentNotAsked');
  return noDepartmentGrounds.value.includes(ground) ? undefined : refuse('noDepartmentGround', { ground });
};

/** Bodies that were asked have their time: nobody is judged unheard. */
export const answer = (start: Start, state: ComplaintState, act: Act<'answerComplaint'>): Answer => {
  const pending = state.inquiries.find(({ finding, overdue }) => finding === null && !overdue);
  if (pending) return refuse('inquiryPending', { body: pending.body });
  const unasked = departmentsHeard(start, state, act.noDepartment);
  if (unasked) return unasked;
  const founded = act.result !== 'unfounded';
  if (founded && act.measures.every((one) => one === 'none')) return refuse('complaintMeasuresMissing');
  const days = daysBetween(businessDateOf(start.startedAt), businessDateOf(act.at));
  const unheard = state.inquiries.filter(({ finding }) => finding === null).length;
  return step(
    {
      ...{ ...state, stage: 'answered', result: act.result, overdue: false },
      ...{ answeredAt: act.at, answeredBy: act.by.account },
    },
    entryOf(
      'answered',
      act,
      {
        about: start.facts.about,
        result: act.result,
        measures: act.measures,
        days,
        unheard,
        late: state.overdue,
        ...(act.noDepartment && { noDepartment: act.noDepartment }),
      },
      rests(start, start.rules.answerLimit),
    ),
  );
};

export const askReview = (
  start: Start,
  state: ComplaintState,
  act: Act<'requestReview'>,
  periods: Periods,
): Answer => {
  if (state.reviewed) return refuse('reviewedAlready');
  if (hasEnded(periods['reviewRequest'], act.at)) return refuse('reviewTooLate');
  return step(
    { ...state, stage: 'underReview', reviewAt: act.at },
    entryOf('reviewRequested', act, {}, rests(start, start.rules.reviewLimit)),
  );
};

/** By the role the pack names, and never by the person who gave the answer. */
export const review = (start: Start, state: ComplaintState, act: Act<'decideReview'>): Answer => {
  const by = roleOf(start.rules.reviewedBy.value);
  if (act.by.role !== by) return refuse('notTheDecider', { by });
  // Another body than the one that answered, where the pack names another.
  const ownBody = by !== 'bureau' && act.by.organisation === start.authority;
  if (ownBody || act.by.account === state.answeredBy) return refuse('reviewBySamePerson');
  if ((act.decision === 'changed') !== (act.result !== null)) return refuse('reviewResultUnclear');
  const result = act.result ?? state.result;
  if (act.decision === 'changed' && result === state.result) return refuse('reviewResultUnclear');
  const data = { decision: act.decision, before: state.result, result, late: state.overdue };
  return close(
    start,
    { ...state, result, reviewed: act.decision, overdue: false },
    act,
    entryOf('reviewDecided', act, data, rests(start, start.rules.reviewLimit)),
  );
};

export const close = (
  start: Start,
  state: ComplaintState,
  of: { at: number; receipt: string | null },
  ...before: Step<ComplaintState>['entries']
): Step<ComplaintState> =>
  step(
    { ...state, stage: 'done', outcome: 'closed' },
    ...before,
    entryOf(
      'closed',
      of,
      { about: start.facts.about, result: state.result, reviewed: state.reviewed !== null },
      rests(start),
    ),
  );

/** A body that was asked went into another, which answers in its place and in its time. */
export const succeed = (start: Start, state: ComplaintState, act: Act<'succeedBody'>): Answer => {
  const { from, to } = act;
  const asked = state.inquiries.find(({ body, finding }) => body === from && finding === null);
  if (!asked) return step(state);
  const others = state.inquiries.filter(({ body }) => body !== from);
  // Both were asked: the successor answers once for both.
  const inquiries = others.some(({ body }) => body === to) ? others : [...others, { ...asked, body: to }];
  return step({ ...state, inquiries }, entryOf('bodyReplaced', act, { body: from, by: to }, rests(start)));
};
