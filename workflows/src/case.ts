/** What every case does, whatever its lifecycle: plays the turns of its bodies, and ends them when it is withdrawn. */
import {
  type ChildWorkflowHandle,
  allHandlersFinished,
  condition,
  setCurrentDetails,
  setHandler,
  startChild,
  upsertSearchAttributes,
} from '@temporalio/workflow';
import { ApplicationFailure } from '@temporalio/common';
import { turnId } from '@gongshu/shared/application/ids';
import type {
  ApplicationRules,
  CaseStart,
  Delivered,
  ReviewDemand,
  Step,
  StepRules,
  Succession,
  Turn,
  TurnAct,
  TurnResult,
} from '@gongshu/shared/application/types';
import type { Lifecycle } from '@gongshu/shared/lifecycle';
import { bodySucceededSignal, caseEndedSignal, withdrawUpdate } from './messages.ts';
import { searchAttributes, stepWords } from './show.ts';
import { bodyAfter, holderAfter } from './succession.ts';
import { turn } from './turn.ts';

/** What a case needs to play turns. `lifecycle` is absent for an application, as it always was. */
export type CaseInput = Omit<CaseStart, 'applicant' | 'rules'> & {
  lifecycle?: Lifecycle;
  /** The first words of its turns' kind in the Temporal UI. */
  kind: string;
  rules: Pick<ApplicationRules, 'reminders' | 'correctionLapse'> & Partial<Record<Step, StepRules>>;
};

export type Withdrawal = Delivered<Extract<TurnAct, { kind: 'withdraw' }>>;

/** An end that any lifecycle may come to before its own. */
export type EarlyEnd = {
  outcome: 'refused' | 'withdrawn' | 'lapsed';
  endedAt: number;
  by: Step | 'applicant';
  late: boolean;
};

/** The end a turn gives its case; `undefined` where the case goes on. */
const endBy = (result: TurnResult): EarlyEnd | undefined => {
  const { outcome, endedAt, step, late } = result;
  if (outcome === 'withdrawn') return { outcome, endedAt, by: 'applicant', late: false };
  if (outcome === 'lapsed') return { outcome, endedAt, by: step, late: false };
  if (outcome === 'refused' || outcome === 'deemedRefused')
    return { outcome: 'refused', endedAt, by: step, late };
  return undefined;
};

/** The applicant's withdrawal as the case's end. */
export const withdrawalAsEnd = ({ at }: Withdrawal): EarlyEnd => ({
  outcome: 'withdrawn',
  endedAt: at,
  by: 'applicant',
  late: false,
});

/** Opens the case: from here on it hears of its withdrawal. `recordStage` writes each stage it enters. */
export const openCase = (input: CaseInput, recordStage: (stage: Step, at: number) => Promise<void>) => {
  const turns: TurnResult[] = [];
  const begun = new Set<ChildWorkflowHandle<typeof turn>>(); // turns of the present stage
  const successions: Succession[] = [];
  let stage: Step = 'acceptance';
  let ended: Withdrawal | undefined; // by the applicant, or by a correction that was never answered
  let closing = false;
  let concluded: string | undefined;

  /**
   * Told to every turn of the stage, also to those that have ended: they hear nothing, and need not. Which have ended
   * is no ground for a command: a replay may hand this act over before the end of a turn that came first.
   */
  const end = async (act: Withdrawal): Promise<void> => {
    ended = act;
    await Promise.all([...begun].map((child) => child.signal(caseEndedSignal, act).catch(() => undefined)));
  };
  setHandler(
    withdrawUpdate,
    async (act) => {
      await end(act);
      await condition(() => concluded !== undefined);
      // Every turn had ended, or silence had spoken, before it was taken in.
      if (concluded !== 'withdrawn') throw tooLate(turns);
    },
    {
      validator: (_act: Withdrawal) => {
        if (ended) throw ApplicationFailure.nonRetryable('withdrawn', 'withdrawn');
        if (closing) throw ApplicationFailure.nonRetryable('alreadyDecided', 'alreadyDecided');
      },
    },
  );

  /** Turns that have begun go on under the successor, with the clock they have; those of later stages begin with it. */
  const tell = (child: ChildWorkflowHandle<typeof turn>, succession: Succession) =>
    child.signal(bodySucceededSignal, succession).catch(() => undefined);
  setHandler(bodySucceededSignal, async (succession) => {
    successions.push(succession);
    await Promise.all([...begun].map((child) => tell(child, succession)));
  });

  const enterStage = async (next: Step, at: number): Promise<void> => {
    stage = next;
    begun.clear();
    upsertSearchAttributes([{ key: searchAttributes.stage, value: `${stepWords[next]}中` }]);
    setCurrentDetails(`**${stepWords[next]}中**`);
    await recordStage(next, at);
  };
  const play = async (step: Step, startedAt: number, of: ReviewDemand): Promise<TurnResult> => {
    const known = successions.length;
    const body = bodyAfter(successions, of);
    const child = await startChild(turn, {
      workflowId: turnId(input.caseNo, step, body.organisation),
      args: [turnOf(input, step, startedAt, body, holderAfter(successions, input.authority))],
      staticSummary: `${input.jurisdictionTitle} ${stepWords[step]} ${body.name}`,
      typedSearchAttributes: [
        { key: searchAttributes.jurisdiction, value: input.jurisdictionTitle },
        { key: searchAttributes.kind, value: `${input.kind}${stepWords[step]}` },
        { key: searchAttributes.organisation, value: body.organisation },
        { key: searchAttributes.caseNo, value: input.caseNo },
      ],
    });
    begun.add(child);
    const missed = successions.slice(known); // they came while the child started, as an end of the case may have
    if (ended) await child.signal(caseEndedSignal, ended).catch(() => undefined);
    for (const succession of missed) await tell(child, succession);
    const result = await child.result();
    turns.push(result);
    return result;
  };

  /**
   * Acceptance, then the check, both the operator's: the passed check, or how the case ended before it was passed.
   * Silence on acceptance: accepted on the day the material was received (Administrative Licensing Law art. 32).
   */
  const acceptAndCheck = async (): Promise<
    { early: EarlyEnd } | { early?: undefined; check: TurnResult }
  > => {
    const operator: ReviewDemand = { ...input.operator, bodyKind: 'operator', resources: [] };
    await enterStage('acceptance', input.submittedAt);
    const acceptance = await play('acceptance', input.submittedAt, operator);
    const notAccepted = endBy(acceptance);
    if (notAccepted) return { early: notAccepted };
    const acceptedAt = acceptance.outcome === 'deemedApproved' ? input.submittedAt : acceptance.endedAt;
    if (ended) return { early: withdrawalAsEnd(ended) };

    await enterStage('check', acceptedAt);
    const check = await play('check', acceptedAt, operator);
    const failed = endBy(check);
    if (failed) return { early: failed };
    return ended ? { early: withdrawalAsEnd(ended) } : { check };
  };

  /** Closes the case by `conclude`, then shows `words` in the Temporal UI; acts on their way are answered first. */
  const close = async (outcome: string, words: string, conclude: () => Promise<void>): Promise<void> => {
    closing = true;
    await conclude();
    concluded = outcome;
    upsertSearchAttributes([
      { key: searchAttributes.stage, value: words },
      { key: searchAttributes.silence, value: turns.some((one) => one.outcome === 'deemedApproved') },
    ]);
    setCurrentDetails(`**${words}**`);
    await condition(allHandlersFinished);
  };

  return {
    turns,
    enterStage,
    play,
    end,
    acceptAndCheck,
    close,
    withdrawal: () => ended,
    /** Bodies that merged since the case began, in the order they were told. */
    successions: (): readonly Succession[] => successions,
    stage: () => stage,
  };
};

/** Why a withdrawal did not count: silence had spoken, or everybody had decided. */
const tooLate = (turns: TurnResult[]): ApplicationFailure => {
  const silent = turns.some(({ outcome }) => outcome === 'deemedApproved' || outcome === 'deemedRefused');
  const code = silent ? 'deadlinePassed' : 'alreadyDecided';
  return ApplicationFailure.nonRetryable(code, code);
};

const turnOf = (
  input: CaseInput,
  step: Step,
  startedAt: number,
  body: ReviewDemand,
  authority: string,
): Turn => {
  const rules = input.rules[step];
  if (!rules) throw new RangeError(`${input.kind} has no step ${step}`);
  return {
    ...(input.lifecycle && { lifecycle: input.lifecycle }),
    turnId: turnId(input.caseNo, step, body.organisation),
    caseNo: input.caseNo,
    jurisdiction: input.jurisdiction,
    jurisdictionTitle: input.jurisdictionTitle,
    authority,
    step,
    organisation: body.organisation,
    organisationName: body.name,
    bodyKind: body.bodyKind,
    rules,
    reminders: input.rules.reminders,
    correctionLapse: input.rules.correctionLapse,
    startedAt,
    calendarVersion: input.calendarVersion,
  };
};
