/** What each act of a risk assessment or audit does (X5). */
import { businessDateOf } from '../business-date.ts';
import {
  type Entry,
  entryOf,
  hasEnded,
  type Periods,
  refuse,
  type Refused,
  type Step,
  step,
} from '../procedure/machine.ts';
import { roleOf } from '../procedure/ruled.ts';
import { partnersOf, restsOfAudit } from './rules.ts';
import type { AuditActOf, AuditStart, AuditState, Finding } from './types.ts';

export type Answer = Step<AuditState> | Refused;

export const restsOf = ({ rules, facts }: AuditStart) => restsOfAudit(rules, facts.audit);
const limitRests = ({ rules }: AuditStart) => rules.rectification.rests ?? undefined;
export const escalatedTo = ({ rules }: AuditStart): string => roleOf(rules.escalation.value);

const of = ({ facts: { audit, operator, from, until } }: AuditStart) => ({ audit, operator, from, until });

/** Planned for today or later, with those that the text has take part. */
export const plan = (start: AuditStart, state: AuditState, act: AuditActOf<'planAudit'>): Answer => {
  const today = businessDateOf(act.at);
  if (act.on < today) return refuse('auditDayPassed', { on: act.on, today });
  const { operator } = start.facts;
  if (act.participants.some(({ organisation }) => organisation === operator)) return refuse('auditsItself');
  const missing = partnersOf(start.rules, start.facts.audit).filter(
    (role) => !act.participants.some((one) => one.role === role),
  );
  if (missing.length > 0) return refuse('auditPartnersMissing', { roles: missing.join(', ') });
  const data = { ...of(start), on: act.on, document: act.document, participants: act.participants };
  return step(
    { ...state, stage: 'planned', plannedOn: act.on },
    entryOf('planned', act, data, restsOf(start)),
  );
};

/** Not before it was planned, never for a day to come. */
export const carryOut = (start: AuditStart, state: AuditState, act: AuditActOf<'carryOutAudit'>): Answer => {
  const today = businessDateOf(act.at);
  const first = businessDateOf(start.startedAt);
  if (act.on > today || act.on < first) return refuse('dateOutside', { from: first, until: today });
  return step(
    { ...state, stage: 'carriedOut' },
    entryOf('carriedOut', act, { ...of(start), on: act.on, document: act.document }, restsOf(start)),
  );
};

const closed = (start: AuditStart, state: AuditState, at: number, ...before: Entry[]): Step<AuditState> => {
  const stood = state.findings.filter((one) => one.state === 'accepted');
  const data = {
    ...of(start),
    findings: stood.length,
    overdue: stood.filter((one) => one.overIn !== null).length,
  };
  return step(
    { ...state, stage: 'done', outcome: 'closed' },
    ...before,
    entryOf('closed', { at, receipt: null }, data, restsOf(start)),
  );
};

/** Without a finding it closes; each found is answered before it stands. */
export const record = (start: AuditStart, state: AuditState, act: AuditActOf<'recordFindings'>): Answer => {
  const findings = act.findings.map(
    (one, index): Finding => ({
      ...{ ...one, no: index + 1, state: 'found', since: null, returns: 0, overIn: null, document: null },
    }),
  );
  const found = entryOf(
    'found',
    act,
    {
      ...of(start),
      findings: findings.map(({ no, grade, responsible }) => ({ no, grade, responsible })),
      late: state.overdue,
    },
    restsOf(start),
  );
  const next = { ...state, findings, foundAt: act.at, overdue: false };
  return findings.length === 0
    ? closed(start, next, act.at, found)
    : step<AuditState>({ ...next, stage: 'reply' }, found);
};

export const reply = (
  start: AuditStart,
  state: AuditState,
  act: AuditActOf<'replyToFindings'>,
  periods: Periods,
): Answer =>
  hasEnded(periods['reply'], act.at)
    ? refuse('deadlinePassed', { deadline: periods['reply']?.lastDay ?? '' })
    : step<AuditState>(
        { ...state, stage: 'settling', repliedAt: act.at },
        entryOf('replied', act, { document: act.document }, start.rules.reply.rests ?? undefined),
      );

/** From this instant each finding that stands is put right within its limit. */
export const stand = (
  start: AuditStart,
  state: AuditState,
  by: { at: number; receipt: string | null },
  { dropped, reasonCodes }: { dropped: readonly number[]; reasonCodes: readonly string[] },
): Answer => {
  const unknown = dropped.find((no) => !state.findings.some((one) => one.no === no));
  if (unknown !== undefined) return refuse('auditFindingUnknown', { finding: unknown });
  const findings = state.findings.map(
    (one): Finding =>
      dropped.includes(one.no) ? { ...one, state: 'dropped' } : { ...one, state: 'open', since: by.at },
  );
  const open = findings.filter((one) => one.state === 'open');
  const data = {
    ...of(start),
    standing: open.map(({ no, grade, responsible }) => ({ no, grade, responsible })),
    ...{ dropped, reasonCodes, responsible: [...new Set(open.map(({ responsible }) => responsible))] },
  };
  const stood = entryOf('findingsStand', by, data, restsOf(start));
  const next = { ...state, findings, stage: 'rectifying' as const, overdue: false };
  return open.length === 0 ? closed(start, next, by.at, stood) : step<AuditState>(next, stood);
};

const changed = (state: AuditState, finding: Finding): AuditState => ({
  ...state,
  findings: state.findings.map((one) => (one.no === finding.no ? finding : one)),
});

const told = (start: AuditStart, { no, grade, responsible, overIn }: Finding) => ({
  ...{ audit: start.facts.audit, operator: start.facts.operator },
  ...{ finding: no, grade, responsible, late: overIn !== null },
});

/** By the body that answers for the finding alone, with its evidence. A limit that has passed goes up first. */
export const rectify = (
  start: AuditStart,
  state: AuditState,
  act: AuditActOf<'rectifyFinding'>,
  periods: Periods,
): Answer => {
  const finding = state.findings.find((one) => one.no === act.finding);
  if (!finding) return refuse('auditFindingUnknown', { finding: act.finding });
  if (finding.responsible !== act.by.organisation)
    return refuse('findingOfAnother', { finding: act.finding });
  if (finding.state !== 'open')
    return refuse('findingNotOpen', { finding: act.finding, state: finding.state });
  const reading = periods[findingKey(finding)];
  const before =
    reading && hasEnded(reading, act.at)
      ? overdueFinding(start, state, finding, { at: act.at, lastDay: reading.lastDay })
      : step(state);
  const overIn = before.entries.length > 0 ? finding.returns : finding.overIn;
  const next: Finding = {
    ...{ ...finding, overIn, state: 'reported', document: act.document },
    ...{ reportedAt: act.at, acceptanceOver: false },
  };
  return step(
    changed(state, next),
    ...before.entries,
    entryOf('rectified', act, { ...told(start, next), document: act.document }, limitRests(start)),
  );
};

const reported = (state: AuditState, no: number): Finding | Refused => {
  const finding = state.findings.find((one) => one.no === no);
  if (!finding) return refuse('auditFindingUnknown', { finding: no });
  return finding.state === 'reported' ? finding : refuse('findingNotReported', { finding: no });
};

/** Closed with the last. */
export const accept = (
  start: AuditStart,
  state: AuditState,
  act: AuditActOf<'acceptRectification'>,
): Answer => {
  const finding = reported(state, act.finding);
  if ('refused' in finding) return finding;
  const accepted: Finding = { ...finding, state: 'accepted' };
  const next = changed(state, accepted);
  const entry = entryOf('rectificationAccepted', act, told(start, accepted), limitRests(start));
  const left = next.findings.some((one) => one.state === 'open' || one.state === 'reported');
  return left ? step(next, entry) : closed(start, next, act.at, entry);
};

/** The limit begins anew with the return; once overdue, it stays told as late. */
export const giveBack = (
  start: AuditStart,
  state: AuditState,
  act: AuditActOf<'returnRectification'>,
): Answer => {
  const finding = reported(state, act.finding);
  if ('refused' in finding) return finding;
  const next: Finding = { ...finding, state: 'open', since: act.at, returns: finding.returns + 1 };
  return step(
    changed(state, next),
    entryOf(
      'rectificationReturned',
      act,
      { ...told(start, next), returns: next.returns, reasonCodes: act.reasonCodes },
      limitRests(start),
    ),
  );
};

/** The period in which a finding is put right, one after each return. */
export const findingKey = ({ no, returns }: Pick<Finding, 'no' | 'returns'>): string =>
  `finding/${no}/${returns}`;

/** The period in which what was reported is accepted or returned. */
export const acceptanceKey = ({ no, returns }: Pick<Finding, 'no' | 'returns'>): string =>
  `acceptance/${no}/${returns}`;

/** Nobody has decided on what was reported: it is accepted by nobody's silence, and told. */
export const overdueAcceptance = (
  { rules }: AuditStart,
  state: AuditState,
  finding: Finding,
  { at, lastDay }: { at: number; lastDay: string | null },
): Step<AuditState> =>
  step(
    changed(state, { ...finding, acceptanceOver: true }),
    entryOf(
      'overdue',
      { at, receipt: null },
      { step: `acceptance/${finding.no}`, lastDay },
      rules.acceptanceLimit?.rests ?? undefined,
    ),
  );

/** Whether the limit of the attempt under way has passed. */
export const isOver = ({ overIn, returns }: Pick<Finding, 'overIn' | 'returns'>): boolean =>
  overIn === returns;

/** A limit passed and nothing was put right: it goes up to whom the pack names, and is still to be done. */
export const overdueFinding = (
  start: AuditStart,
  state: AuditState,
  finding: Finding,
  { at, lastDay }: { at: number; lastDay: string | null },
): Step<AuditState> => {
  const next = { ...finding, overIn: finding.returns };
  return step(
    changed(state, next),
    entryOf(
      'escalated',
      { at, receipt: null },
      { ...told(start, next), lastDay, to: escalatedTo(start) },
      limitRests(start),
    ),
  );
};
