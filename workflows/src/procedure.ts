/**
 * Drives a procedure: takes acts, waits for the ends of periods, has every change recorded, and shows the case. What
 * an act does, and whether it counts, is the machine's to say.
 */
import { ApplicationFailure } from '@temporalio/common';
import {
  allHandlersFinished,
  CancellationScope,
  condition,
  continueAsNew,
  defineUpdate,
  isCancellation,
  proxyActivities,
  setCurrentDetails,
  setHandler,
  upsertSearchAttributes,
  workflowInfo,
} from '@temporalio/workflow';
import { businessDateOf, endOfDay, toInstantText } from '@gongshu/shared/business-date';
import {
  type Entry,
  entryOf,
  type Given,
  isRefused,
  type Machine,
  type Periods,
  type ProcedureStart,
  type Refused,
  type Standing,
  type Step,
  type Work,
} from '@gongshu/shared/procedure/machine';
import type { ProcedureActivities, ProcedureView } from '@gongshu/shared/procedure/types';
import { calendarChangedSignal, lawTimeMovedSignal } from './messages.ts';
import { shownAs } from './options.ts';
import { searchAttributes } from './show.ts';

const { recordProcedure } = proxyActivities<ProcedureActivities>(shownAs('登记进程，推算期限'));
const { lookAtPeriod } = proxyActivities<ProcedureActivities>(
  shownAs('期满前复核：日历、在途收件、收件中断'),
);

/** What a case that lives for years hands to its next run. */
type Carried<S> = {
  state: S;
  position: number;
  readings: Periods;
  done: string[];
  /** Of the acts taken last: one that is handed over again after the run changed is known. */
  receipts: string[];
};

export type ProcedureInput<R, F, S> = ProcedureStart<R, F> & {
  carried?: Carried<S>;
  /** Events of its history after which a run ends, where that is not to be thousands. */
  runLength?: number;
};

/** A run ends where its history grows long; the case goes on in the next. */
const longHistory = 4_000;
const keptReceipts = 200;

const refusal = ({ refused, params = {} }: Refused) =>
  ApplicationFailure.nonRetryable(refused, refused, params);

/** Does the work a state asks for; its answer is the act that follows, as of its instant. */
type DoWork<R, F, S, A> = (start: ProcedureStart<R, F>, state: S, work: Work) => Promise<A & { at: number }>;

/** Runs until the case has its outcome. */
export const runProcedure = async <R, F, S extends Standing, A extends { kind: string }>(
  machine: Machine<R, F, S, A>,
  { carried, runLength, ...start }: ProcedureInput<R, F, S>,
  doWork?: DoWork<R, F, S, A>,
): Promise<{ outcome: string }> => {
  const begun: Step<S> = carried ? { state: carried.state, entries: [] } : machine.begin(start);
  let { state } = begun;
  let pending: Entry[] = begun.entries; // not in the tables yet
  let position = carried?.position ?? 0; // entries that are
  let readings: Periods | undefined; // of the periods as they stand; undefined while they are being read
  let last: Periods = carried?.readings ?? {};
  let changes = 0;
  let told = 0; // signals: the clock moved, a calendar was loaded
  let looks = 0;
  const done = carried?.done ?? [];
  const receipts = carried?.receipts ?? [];

  const open = (): boolean => state.outcome === null;
  const enter = (next: Step<S>): void => {
    state = next.state;
    pending = [...pending, ...next.entries];
    readings = undefined;
    changes += 1;
    looks = 0;
  };
  const mustBeOpen = (): void => {
    if (!open()) throw ApplicationFailure.nonRetryable('alreadyDecided', 'alreadyDecided');
  };
  /** The person reads what was done: the act is answered when it stands in the tables. */
  const take = async (act: Given<A>): Promise<{ stage: string }> => {
    while (!readings && open()) await condition(() => readings !== undefined || !open());
    if (!receipts.includes(act.receipt)) {
      mustBeOpen();
      const next = machine.act(start, state, act, readings ?? {});
      if (isRefused(next)) throw refusal(next);
      receipts.push(act.receipt);
      enter(next);
    }
    const upTo = position + pending.length;
    await condition(() => position >= upTo);
    return { stage: state.stage };
  };
  const works = new CancellationScope();
  const begunWork = new Set<string>();
  let working = 0;
  /** Its result counts only while the state still asks for it: what was replaced meanwhile is nobody's evidence. */
  const work = async (job: Work): Promise<void> => {
    const made = await doWork?.(start, state, job);
    while (!readings && open()) await condition(() => readings !== undefined || !open());
    if (!made || !open() || machine.work?.(start, state)?.key !== job.key) return;
    const by = { account: 'system', organisation: null, role: 'system' };
    const next = machine.act(start, state, { ...made, receipt: '', by }, readings ?? {});
    if (!isRefused(next)) enter(next);
  };
  const beginWork = (): void => {
    const job = open() ? machine.work?.(start, state) : undefined;
    if (!job || begunWork.has(job.key)) return;
    begunWork.add(job.key);
    working += 1;
    void works
      .run(() => work(job))
      .catch((error: unknown) => {
        if (!isCancellation(error)) throw error;
      })
      .finally(() => {
        working -= 1;
      });
  };
  for (const kind of machine.acts)
    setHandler(defineUpdate<{ stage: string }, [Given<A>]>(kind), take, {
      validator: (act) => {
        if (receipts.includes(act.receipt)) return;
        mustBeOpen();
        const refused = machine.refuses?.(state, act);
        if (refused) throw refusal(refused);
      },
    });
  const tell = (): void => {
    told += 1;
  };
  setHandler(lawTimeMovedSignal, tell);
  setHandler(calendarChangedSignal, () => {
    readings = undefined; // acts wait for the periods under the new calendar
    tell();
  });

  for (;;) {
    const [batch, seen, seenTold] = [pending, changes, told];
    const view = await recordProcedure({
      ...{ start, state, position, readings: last, done },
      entries: batch,
      periods: machine.periods(start, state),
      waitsFor: open() ? machine.waitsFor(start, state) : [],
    });
    position += batch.length;
    pending = pending.slice(batch.length); // acts land during any await
    if (changes !== seen) continue;
    readings = last = view.readings;
    show(machine.words(state), state, view);
    if (!open()) break;
    beginWork();
    if (workflowInfo().continueAsNewSuggested || workflowInfo().historyLength > (runLength ?? longHistory)) {
      await condition(() => allHandlersFinished() && working === 0);
      if (changes !== seen) continue;
      const kept = receipts.slice(-keptReceipts);
      await continueAsNew({
        ...start,
        carried: { state, position, readings: last, done, receipts: kept },
        ...(runLength !== undefined && { runLength }),
      });
    }
    const woken = (): boolean => changes !== seen || told !== seenTold;
    const { wake } = view;
    if (!wake || wake.inMillis === null) await condition(woken);
    else if (wake.inMillis > 0)
      await condition(woken, wake.inMillis, { summary: `${wakeWords[wake.kind]} ${toInstantText(wake.at)}` });
    if (woken() || !wake) continue;
    if (wake.kind === 'reminder') {
      done.push(wake.key);
      const data = { period: wake.period, lastDay: wake.lastDay };
      enter({ state, entries: [entryOf('reminderDue', { at: wake.at, receipt: null }, data)] });
      continue;
    }
    const { caseNo, jurisdiction, procedure } = start;
    const heldBefore = `held/${wake.period}`;
    const look = await lookAtPeriod({
      ...{ start: { caseNo, jurisdiction, procedure }, wake, looks, held: done.includes(heldBefore) },
      calendarVersion: view.calendarVersion,
    });
    if (changes !== seen) continue;
    const reading = view.readings[wake.period];
    if (look.speak && reading) enter(machine.ended(start, state, { ...reading, at: wake.at }));
    else if (!look.speak && ('heldUntil' in look || 'heldUntilAt' in look)) {
      const at = 'heldUntilAt' in look ? look.heldUntilAt : endOfDay(look.heldUntil);
      const lastDay = businessDateOf(at - 1);
      done.push(heldBefore);
      last = { ...last, [wake.period]: { key: wake.period, lastDay, at, provisional: false } };
      const data = { period: wake.period, lastDay };
      enter({ state, entries: [entryOf('heldForIntake', { at: wake.at, receipt: null }, data)] });
    } else if (!look.speak && !look.readAgain) {
      looks += 1;
      await condition(woken, look.lookAgainInMillis, { summary: '期限已满，等宽限期满与在途收件，再复核' });
    }
  }
  works.cancel();
  await condition(() => allHandlersFinished() && working === 0);
  return { outcome: state.outcome ?? '' };
};

const wakeWords = { reminder: '催办', end: '期限届满' } as const;

const show = (words: string, state: Standing, { wake, readings }: ProcedureView): void => {
  const ended = state.outcome !== null;
  upsertSearchAttributes([
    { key: searchAttributes.stage, value: words },
    { key: searchAttributes.dueAt, value: wake && !ended ? new Date(wake.at) : null },
  ]);
  const due = Object.values(readings).map(({ key, lastDay, at }) => {
    if (lastDay === null || at === null) return `${key}：待次年放假安排公布后确定`;
    return `${key}：至 ${at === endOfDay(lastDay) ? lastDay : toInstantText(at)}`;
  });
  setCurrentDetails([`**${words}**`, ...(ended ? [] : due)].join('\n\n'));
};
