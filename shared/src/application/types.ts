/** What a data-use application carries between workflow, activities and services: ids, codes, hashes and instants only. */
import type { ClockReading, ClockRules, LedgerEntry } from '../clock/ledger.ts';
import type { TurnAct, TurnOutcome, TurnState } from '../clock/turn.ts';
import type { Lifecycle } from '../lifecycle.ts';
import type { Party } from '../packs/values.ts';

export type Step = 'acceptance' | 'check' | 'review';
export type BodyKind = 'sourceDepartment' | 'countyAuthority' | 'operator';

/** The rules of one step, as the pack resolved them when the case was taken in. */
export type StepRules = ClockRules & {
  /** Article the limit rests on, or our reading where the text is silent. */
  article: string;
  /** Article silence rests on. */
  silenceArticle: string;
  /** The instrument whose articles they are. */
  instrument: string;
};

/** Whom a result is reported to, the applicant aside: of the check, and of each kind of reviewer (中卫 20, 21). */
export type Tells = { check: Party[]; review: Partial<Record<BodyKind, Party[]>> };

/** What a case is decided under; resolved once, carried for its whole life. */
export type ApplicationRules = {
  packVersion: string;
  acceptance: StepRules;
  check: StepRules;
  review: StepRules;
  checkFields: string[];
  /** A correction that is never answered lapses after so many working days; the applicant is told beforehand. */
  correctionLapse: { workingDays: number };
  /** Working days before the last day on which the body is reminded; 0 is the last day itself. */
  reminders: number[];
  partialApproval: boolean;
  /** Absent in cases taken in before results were told by notice: the bureau alone hears then. */
  tells?: Tells;
};

/** A body asked to review, and the resources it answers for. */
export type ReviewDemand = { organisation: string; bodyKind: BodyKind; name: string; resources: string[] };

/** What an onboarding (进驻) is decided under: acceptance and check, no review. */
export type OnboardingRules = Pick<
  ApplicationRules,
  'packVersion' | 'acceptance' | 'check' | 'checkFields' | 'correctionLapse' | 'reminders'
>;

/** A case of any lifecycle as its workflow starts with it. */
export type CaseStart<Rules extends OnboardingRules = OnboardingRules> = {
  caseNo: string;
  jurisdiction: string;
  jurisdictionTitle: string;
  applicant: string;
  /** The bureau of the case: hears of escalations and of what is overdue, directs it, decides extensions. */
  authority: string;
  operator: { organisation: string; name: string };
  submittedAt: number;
  calendarVersion: string;
  rules: Rules;
};

/** An application as its workflow starts with it. */
export type ApplicationCase = CaseStart<ApplicationRules> & { reviews: ReviewDemand[] };

/** One body's turn as its workflow starts with it. */
export type Turn = {
  /** Absent in turns that began before there were several: an application. */
  lifecycle?: Lifecycle;
  turnId: string;
  caseNo: string;
  jurisdiction: string;
  jurisdictionTitle: string;
  authority: string;
  step: Step;
  organisation: string;
  organisationName: string;
  bodyKind: BodyKind;
  rules: StepRules;
  reminders: number[];
  correctionLapse: { workingDays: number };
  startedAt: number;
  calendarVersion: string;
};

/** A body's work went to its successor at an instant of the law's clock; bodies by id. */
export type Succession = { at: number; from: string; to: string };

/** An act on a turn as it travels: `receipt` names the intake row that holds who, why and the documents. */
export type Delivered<A> = A & { receipt: string };

/** What wakes a turn next; `inMillis` is real time, `null` while the sandbox clock stands still before it. */
export type Wake = {
  kind: 'reminder' | 'deadline' | 'lapse' | 'lapseWarning';
  at: number;
  inMillis: number | null;
  key: string;
};

/** `newer`: the calendar in force, where it is not the one the ledger stands under. */
export type ClockView = {
  clock: ClockReading;
  wake: Wake | null;
  newer?: { at: number; calendarVersion: string };
};

/**
 * Whether silence may speak now. If not: the entry that says why (a newer calendar, the body's successor, a hold), or
 * only when to look again, in real milliseconds (growing from a minute to an hour while acts taken in before are on their way).
 */
export type LastLook =
  | { speak: true }
  | { speak: false; entry: LedgerEntry }
  | { speak: false; entry?: undefined; lookAgainInMillis: number };

/** How a turn ended. */
export type TurnResult = {
  turnId: string;
  step: Step;
  organisation: string;
  bodyKind: BodyKind;
  outcome: TurnOutcome;
  late: boolean;
  /** When the act that ended it was taken in, or its deadline where silence ended it. */
  endedAt: number;
};

export type CaseOutcome =
  | 'approved'
  | 'approvedWithDeemedReviews'
  | 'deemedApproved'
  | 'refused'
  | 'withdrawn'
  | 'lapsed';

/** How a case ended, and through which step. */
export type CaseResult = { caseNo: string; outcome: CaseOutcome; endedAt: number; by: Step | 'applicant' };

/** What the turn's workflow asks to be done. Each may run twice: rows and events are keyed by turn and entry. */
export type TurnActivities = {
  /** Writes the turn, its ledger and the clock that follows from it, and says what wakes it next. */
  recordClock(input: {
    turn: Turn;
    ledger: Recorded[];
    state: TurnState;
    done: string[];
  }): Promise<ClockView>;
  /** Records a reminder, an escalation on the last day, or the warning before a correction lapses. */
  recordReminder(input: { turn: Turn; wake: Wake; lastDay: string | null }): Promise<void>;
  /** Asked before silence speaks: the newest calendar, acts still in the intake, the intake's health. */
  lastLook(input: {
    turn: Turn;
    ledger: Recorded[];
    clock: ClockReading;
    wake: Wake;
    looks: number;
  }): Promise<LastLook>;
  /** Closes the turn with its event, and the certificate where silence ended it. */
  concludeTurn(input: {
    turn: Turn;
    ledger: Recorded[];
    state: TurnState;
    clock: ClockReading;
    endedAt: number;
    receipt: string | null;
  }): Promise<void>;
};

/** A ledger entry and the receipt of the act it came from; `null` for what the system entered. */
export type Recorded = LedgerEntry & { receipt: string | null };

/** What the application's workflow asks to be done. */
export type ApplicationActivities = {
  /** Opens the case's next stage in the tables. */
  recordStage(input: { application: ApplicationCase; stage: Step; at: number }): Promise<void>;
  /** Closes the case, once, with its event. */
  concludeApplication(input: {
    application: ApplicationCase;
    result: CaseResult;
    turns: TurnResult[];
  }): Promise<void>;
};

export type { TurnAct };
