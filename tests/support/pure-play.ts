/** Plays a scenario through the pure clock alone, without a workflow: what the workflow's play must equal. */
import { toInstantText } from '@gongshu/shared/business-date';
import { Calendar, type CalendarData } from '@gongshu/shared/calendar';
import {
  type PlayedStep,
  type Scenario,
  actOf,
  calendarAfter,
  stateOf,
} from '@gongshu/shared/clock/scenario';
import { type ClockReading, type LedgerEntry, computeClock } from '@gongshu/shared/clock/ledger';
import {
  type TurnState,
  applyAct,
  bySilence,
  isOpen,
  isPast,
  openTurn,
  whyRefused,
} from '@gongshu/shared/clock/turn';

export const playPurely = (scenario: Scenario, base: CalendarData): PlayedStep[] => {
  const calendars: CalendarData[] = [base];
  const indexed: Calendar[] = [new Calendar(base)];
  const at = (version: string): Calendar => indexed[Number(version)] as Calendar;
  const rules = scenario.pack;
  const ledger: LedgerEntry[] = [];
  let state: TurnState = openTurn;
  let extensionLapsed = false;
  let clock: ClockReading | undefined;
  const compute = () => {
    clock = computeClock(rules, ledger, at);
  };
  const lapseUpTo = (now: number) => {
    if (
      !clock ||
      !isOpen(state) ||
      state.overdue ||
      !isPast(clock, now) ||
      clock.lastDay === null ||
      clock.deadline === null
    )
      return;
    extensionLapsed = clock.pendingDays !== null;
    state = bySilence[rules.onSilence];
    if (isOpen(state)) {
      ledger.push({ kind: 'overdue', at: clock.deadline, lastDay: clock.lastDay });
      compute();
    }
  };
  return scenario.steps.map((step): PlayedStep => {
    const now = Date.parse(step.at);
    lapseUpTo(now);
    let code: string | null = null;
    if (step.event === 'calendar' || step.event === 'publishYear') {
      const last = calendars.at(-1) as CalendarData;
      const next = calendarAfter(last, step);
      calendars.push(next);
      indexed.push(new Calendar(next));
      if (clock && isOpen(state)) {
        ledger.push({ kind: 'calendarChanged', at: now, calendarVersion: String(calendars.length - 1) });
        compute();
      }
    } else if (step.event === 'accept') {
      if (ledger.length > 0) code = 'alreadyAccepted';
      else {
        ledger.push({ kind: 'started', at: now, calendarVersion: String(calendars.length - 1) });
        compute();
      }
    } else if (step.event !== 'probe') {
      if (!clock) code = 'notAccepted';
      else if (step.event === 'reopen') code = 'cannotReopen';
      else {
        const act = actOf(step, clock);
        const refused = whyRefused(rules, state, clock, act);
        if (refused) code = refused;
        else {
          const next = applyAct(state, clock, act);
          state = next.state;
          if (next.entry) {
            ledger.push(next.entry);
            compute();
          }
        }
      }
    }
    return {
      accepted: code === null,
      code,
      state: clock ? stateOf(state, clock) : null,
      lastDay: clock?.lastDay ?? null,
      deadline: clock?.deadline ? toInstantText(clock.deadline) : null,
      provisional: clock?.provisional ?? false,
      extension: extensionLapsed ? 'lapsed' : (clock?.extension ?? null),
    };
  });
};
