/**
 * One body's turn on a case: acceptance, compliance check (中卫 20) or review (中卫 21).
 * Silence speaks only after the deadline, only where the pack says so, and only when nothing that was taken in
 * before the deadline is still on its way.
 */
import {
  allHandlersFinished,
  condition,
  proxyActivities,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import type {
  Delivered,
  Recorded,
  Turn,
  TurnActivities,
  TurnResult,
} from '@gongshu/shared/application/types';
import type { ClockReading } from '@gongshu/shared/clock/ledger';
import {
  type TurnAct,
  type TurnState,
  applyAct,
  bySilence,
  isOpen,
  openTurn,
  whyRefused,
} from '@gongshu/shared/clock/turn';
import { mustBeOpen, mustCount } from './judge.ts';
import {
  bodySucceededSignal,
  calendarChangedSignal,
  caseEndedSignal,
  grantExtensionUpdate,
  lawTimeMovedSignal,
  recordDecisionUpdate,
  refuseExtensionUpdate,
  requestExtensionUpdate,
  resubmitUpdate,
  returnForCorrectionUpdate,
  turnStandingQuery,
} from './messages.ts';
import { shownAs } from './options.ts';
import { showTurn, waitSummary } from './show.ts';
import { turnAfter } from './succession.ts';

const { recordClock } = proxyActivities<TurnActivities>(shownAs('登记进程，推算时限'));
const { recordReminder } = proxyActivities<TurnActivities>(shownAs('记录催办'));
const { lastLook } = proxyActivities<TurnActivities>(shownAs('默示前复核：日历、在途收件、收件中断'));
const { concludeTurn } = proxyActivities<TurnActivities>(shownAs('记录结果'));

/** Runs until the body has decided, silence has spoken, or the case ended without it. */
export async function turn(input: Turn): Promise<TurnResult> {
  const ledger: Recorded[] = [
    { kind: 'started', at: input.startedAt, calendarVersion: input.calendarVersion, receipt: null },
  ];
  const done: string[] = []; // reminders and warnings given, by key
  let of = input; // as it goes on after a succession
  let state: TurnState = openTurn;
  let clock: ClockReading | undefined; // of the ledger as it stands; undefined while that is being computed
  let ended: { at: number; receipt: string | null } | undefined;
  let recorded = 0; // entries that stand in the tables
  let concluded = false;
  let moves = 0; // times the sandbox's clock moved
  let looks = 0; // times silence was held back by acts on their way

  const enter = (entry: Recorded) => {
    ledger.push(entry);
    clock = undefined;
    if (entry.kind === 'succeeded') of = turnAfter(of, entry);
  };
  const take = async (act: Delivered<TurnAct>): Promise<TurnState> => {
    while (isOpen(state) && !clock) await condition(() => !isOpen(state) || clock !== undefined);
    const reading = mustCount(input.rules, state, clock, act);
    const next = applyAct(state, reading, act);
    state = next.state;
    if (next.entry) enter({ ...next.entry, receipt: act.receipt });
    else ended = { at: act.at, receipt: act.receipt };
    const entries = ledger.length;
    await condition(() => concluded || (isOpen(state) && recorded >= entries)); // the person reads what was done
    return state;
  };

  setHandler(turnStandingQuery, () => ({ state, clock: clock ?? null }));
  const validator = (_act: Delivered<TurnAct>) => mustBeOpen(state);
  setHandler(recordDecisionUpdate, take, { validator });
  setHandler(returnForCorrectionUpdate, take, { validator });
  setHandler(resubmitUpdate, take, { validator });
  setHandler(requestExtensionUpdate, take, { validator });
  setHandler(grantExtensionUpdate, take, { validator });
  setHandler(refuseExtensionUpdate, take, { validator });
  setHandler(caseEndedSignal, async (act) => {
    while (isOpen(state) && !clock) await condition(() => !isOpen(state) || clock !== undefined);
    // Past the deadline, where silence speaks, the turn ends by silence: the withdrawal came too late for it.
    if (!clock || whyRefused(input.rules, state, clock, act)) return;
    state = { ...state, outcome: 'withdrawn' };
    ended = { at: act.at, receipt: act.receipt };
  });
  setHandler(calendarChangedSignal, (changed) => {
    if (isOpen(state)) enter({ kind: 'calendarChanged', ...changed, receipt: null });
  });
  setHandler(bodySucceededSignal, (succession) => {
    if (!isOpen(state)) return;
    // Told of another body, or told again: nothing to enter. The bureau's successor hears of escalations.
    if (of.organisation === succession.from) enter({ kind: 'succeeded', ...succession, receipt: null });
    else of = turnAfter(of, succession);
  });
  setHandler(lawTimeMovedSignal, () => {
    moves += 1;
  });

  while (isOpen(state)) {
    const entries = ledger.length;
    const seen = moves;
    const view = await recordClock({ turn: of, ledger, state, done });
    recorded = Math.max(recorded, entries);
    if (ledger.length !== entries || !isOpen(state)) continue; // an act or a signal came meanwhile
    if (view.newer) {
      enter({ kind: 'calendarChanged', ...view.newer, receipt: null });
      continue;
    }
    clock = view.clock;
    showTurn(of, state, view.clock);
    const moved = () => !isOpen(state) || clock === undefined;
    const woken = () => moved() || moves !== seen;
    const { wake } = view;
    if (!wake || wake.inMillis === null) await condition(woken);
    else if (wake.inMillis > 0) await condition(woken, wake.inMillis, { summary: waitSummary(wake) });
    if (woken() || !wake) continue;
    if (wake.kind === 'reminder' || wake.kind === 'lapseWarning') {
      await recordReminder({ turn: of, wake, lastDay: view.clock.lastDay });
      done.push(wake.key);
      continue;
    }
    const look = await lastLook({ turn: of, ledger, clock: view.clock, wake, looks });
    if (moved()) continue; // acts land during any await: look again after each
    if (look.speak) {
      if (wake.kind === 'lapse') state = { ...state, outcome: 'lapsed' };
      else state = bySilence[input.rules.onSilence];
      if (!isOpen(state)) ended = { at: wake.at, receipt: null };
      else if (view.clock.lastDay !== null)
        enter({ kind: 'overdue', at: wake.at, lastDay: view.clock.lastDay, receipt: null });
    } else if (look.entry) enter({ ...look.entry, receipt: null });
    else {
      looks += 1;
      await condition(woken, look.lookAgainInMillis, { summary: '时限已过，等宽限期满与在途收件，再复核' });
    }
  }
  const end = ended ?? { at: input.startedAt, receipt: null };
  const reading = clock ?? (await recordClock({ turn: of, ledger, state, done })).clock;
  await concludeTurn({ turn: of, ledger, state, clock: reading, endedAt: end.at, receipt: end.receipt });
  concluded = true;
  showTurn(of, state, reading);
  await condition(allHandlersFinished);
  return {
    turnId: workflowInfo().workflowId,
    step: input.step,
    organisation: of.organisation,
    bodyKind: input.bodyKind,
    outcome: state.outcome,
    late: state.late,
    endedAt: end.at,
  };
}
