/** Scenarios that a city plays before it adopts a rule: `gongshu clock play FILE --json`. */
import { z } from 'zod';
import { isBusinessDate } from '../business-date.ts';
import { type CalendarData, withChanges, withYear } from '../calendar.ts';
import type { ClockReading, ExtensionState } from './ledger.ts';
import type { TurnAct, TurnState } from './turn.ts';

const BusinessDay = z.string().refine(isBusinessDate, 'a date as YYYY-MM-DD');
const At = z.iso.datetime({ offset: true });
const Id = z.string().min(1).max(80);
const Days = z.int().min(1).max(3660);
const effect = z.enum(['resume', 'restart']);

const Change = z.strictObject({ date: BusinessDay, to: z.enum(['workday', 'holiday']) });

export const Step = z.discriminatedUnion('event', [
  z.strictObject({ at: At, event: z.literal('accept') }),
  z.strictObject({ at: At, event: z.literal('return'), id: Id, kind: Id.optional() }),
  z.strictObject({ at: At, event: z.literal('resubmit'), id: Id }),
  z.strictObject({ at: At, event: z.literal('requestExtension'), days: Days }),
  z.strictObject({ at: At, event: z.literal('grantExtension'), days: Days.optional() }),
  z.strictObject({ at: At, event: z.literal('refuseExtension') }),
  z.strictObject({ at: At, event: z.literal('decide'), outcome: z.enum(['approve', 'refuse']) }),
  z.strictObject({ at: At, event: z.literal('withdraw') }),
  z.strictObject({ at: At, event: z.literal('reopen') }),
  z.strictObject({ at: At, event: z.literal('calendar'), changes: z.array(Change).min(1).max(366) }),
  z.strictObject({
    at: At,
    event: z.literal('publishYear'),
    year: z.int().min(1950).max(2999),
    notice: z.string().min(1).max(120),
    holidays: z.array(BusinessDay).max(120),
    workingWeekends: z.array(BusinessDay).max(40),
  }),
  z.strictObject({ at: At, event: z.literal('probe') }),
]);
export type Step = z.infer<typeof Step>;

export const Scenario = z
  .strictObject({
    name: z.string().min(1).max(200),
    pack: z.strictObject({
      budget: Days,
      unit: z.enum(['workingDays', 'calendarDays']),
      correction: z.union([effect, z.record(Id, effect)]),
      extension: z.strictObject({ max: z.int().min(0).max(100), limitDays: z.int().min(0).max(3660) }),
      onSilence: z.enum(['consent', 'overdue', 'refusal']),
    }),
    steps: z.array(Step).min(1).max(500),
  })
  .refine(
    ({ steps }) =>
      steps.every((step, i) => i === 0 || Date.parse(step.at) >= Date.parse(steps[i - 1]?.at ?? '')),
    {
      path: ['steps'],
      message: 'steps go forward in time',
    },
  );
export type Scenario = z.infer<typeof Scenario>;

/** A file of scenarios; names are keys of the answer, so no two may be alike. */
export const ScenarioFile = z
  .array(Scenario)
  .min(1)
  .max(20_000)
  .refine((list) => new Set(list.map(({ name }) => name)).size === list.length, 'names differ');

export type PlayedState =
  | 'running'
  | 'suspended'
  | 'overdue'
  | 'approved'
  | 'refused'
  | 'deemedApproved'
  | 'deemedRefused'
  | 'withdrawn'
  | 'lapsed';

/** The answer of one step; `null` where there is no clock yet. */
export type PlayedStep = {
  accepted: boolean;
  code: string | null;
  state: PlayedState | null;
  lastDay: string | null;
  deadline: string | null;
  provisional: boolean;
  extension: ExtensionState | null;
};

/** The word for a turn as it stands. */
export const stateOf = (state: TurnState, clock: ClockReading): PlayedState => {
  if (state.outcome !== 'open') return state.outcome;
  if (state.overdue || clock.overdue) return 'overdue';
  return clock.suspended ? 'suspended' : 'running';
};

type ActStep = Exclude<Step, { event: 'accept' | 'reopen' | 'calendar' | 'publishYear' | 'probe' }>;

/** A step as the act it stands for; a grant without days grants what was asked. */
export const actOf = (step: ActStep, clock: Pick<ClockReading, 'pendingDays'>): TurnAct => {
  const at = Date.parse(step.at);
  switch (step.event) {
    case 'return':
      return step.kind === undefined
        ? { kind: 'return', at, id: step.id }
        : { kind: 'return', at, id: step.id, correctionKind: step.kind };
    case 'resubmit':
      return { kind: 'resubmit', at, id: step.id };
    case 'requestExtension':
      return { kind: 'requestExtension', at, days: step.days };
    case 'grantExtension':
      return { kind: 'grantExtension', at, days: step.days ?? clock.pendingDays ?? 1 };
    case 'refuseExtension':
      return { kind: 'refuseExtension', at };
    case 'decide':
      return { kind: 'decide', at, outcome: step.outcome };
    case 'withdraw':
      return { kind: 'withdraw', at };
  }
};

/** The calendar as a step of a scenario leaves it. */
export const calendarAfter = (
  calendar: CalendarData,
  step: Extract<Step, { event: 'calendar' | 'publishYear' }>,
): CalendarData =>
  step.event === 'calendar'
    ? withChanges(calendar, step.changes)
    : withYear(calendar, {
        year: step.year,
        notice: { number: step.notice },
        holidays: step.holidays.map((date) => ({ date })),
        workingWeekends: step.workingWeekends,
      });
