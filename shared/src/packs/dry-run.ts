/** A closed data-use application under another pack's rules: what would have been different, turn by turn. */
import type { ApplicationRules, CaseOutcome, Step } from '../application/types.ts';
import type { CalendarByVersion, LedgerEntry } from '../clock/ledger.ts';
import type { TurnOutcome } from '../clock/turn.ts';
import { type RecordedEnd, type ReplayedTurn, replayTurn } from './replay.ts';

/** A turn as its tables hold it; instants in milliseconds since the epoch. */
export type ClosedTurn = {
  turn: string;
  step: Step;
  organisation: string;
  ledger: readonly LedgerEntry[];
  outcome: TurnOutcome;
  overdue: boolean;
  late: boolean;
  lastDay: string | null;
  deadline: number | null;
  endedAt: number | null;
};
export type ClosedCase = { caseNo: string; outcome: string; turns: readonly ClosedTurn[] };

/** `open`: nobody has spoken, and silence does not speak either. */
export type DryOutcome = CaseOutcome | 'open';
export type TurnAsJudged = Pick<ClosedTurn, 'outcome' | 'overdue' | 'late' | 'lastDay' | 'deadline'>;

/** A turn that another pack would have judged otherwise; what differs is named. */
export type DifferingTurn = {
  caseNo: string;
  turn: string;
  step: Step;
  organisation: string;
  differs: ('deadline' | 'silence' | 'outcome' | 'acts')[];
  recorded: TurnAsJudged;
  replayed: TurnAsJudged;
  notCounted: ReplayedTurn['notCounted'];
};
export type DryRunCase = { caseNo: string; recorded: string; replayed: DryOutcome; turns: DifferingTurn[] };

const endOf = ({ outcome, endedAt }: ClosedTurn): RecordedEnd => {
  if (endedAt === null) return null;
  switch (outcome) {
    case 'approved':
      return { at: endedAt, kind: 'approve' };
    case 'refused':
      return { at: endedAt, kind: 'refuse' };
    case 'withdrawn':
      return { at: endedAt, kind: 'withdraw' };
    case 'lapsed':
      return { at: endedAt, kind: 'lapse' };
    case 'open':
    case 'deemedApproved':
    case 'deemedRefused':
      return null;
  }
};

type Judged = { step: Step; outcome: TurnOutcome };
const consents = ({ outcome }: Judged): boolean => outcome === 'approved' || outcome === 'deemedApproved';
const refuses = ({ outcome }: Judged): boolean => outcome === 'refused' || outcome === 'deemedRefused';

/** The case's outcome by its turns: approved = all consent; a turn that is still open keeps the case open. */
export const outcomeOf = (turns: readonly Judged[]): DryOutcome => {
  for (const outcome of ['withdrawn', 'lapsed'] as const)
    if (turns.some((turn) => turn.outcome === outcome)) return outcome;
  const before = turns.filter(({ step }) => step !== 'review');
  if (before.some(refuses)) return 'refused';
  const reviews = turns.filter(({ step }) => step === 'review');
  if (reviews.length === 0 || ![...before, ...reviews].every((turn) => consents(turn) || refuses(turn)))
    return 'open';
  if (reviews.some(refuses)) return 'refused';
  const silent = reviews.filter(({ outcome }) => outcome === 'deemedApproved').length;
  if (silent === 0) return 'approved';
  return silent === reviews.length ? 'deemedApproved' : 'approvedWithDeemedReviews';
};

const bySilence = ({ outcome }: TurnAsJudged): boolean =>
  outcome === 'deemedApproved' || outcome === 'deemedRefused';

const differences = (
  recorded: TurnAsJudged,
  replayed: TurnAsJudged,
  notCounted: ReplayedTurn['notCounted'],
): DifferingTurn['differs'] => [
  ...(recorded.deadline === replayed.deadline ? [] : ['deadline' as const]),
  ...(bySilence(recorded) === bySilence(replayed) && recorded.overdue === replayed.overdue
    ? []
    : ['silence' as const]),
  ...(recorded.outcome === replayed.outcome && recorded.late === replayed.late ? [] : ['outcome' as const]),
  ...(notCounted.length === 0 ? [] : ['acts' as const]),
];

/**
 * Replays every turn of a closed case from its own recorded start under `rules`, up to `until` (milliseconds since the
 * epoch). A step that would have begun on another day is not moved: its start is a fact of the record.
 */
export const dryRunCase = (
  { caseNo, outcome, turns }: ClosedCase,
  rules: Pick<ApplicationRules, Step>,
  until: number,
  calendars: CalendarByVersion,
): DryRunCase => {
  const judged = turns.map((turn) => {
    const { state, lastDay, deadline, notCounted } = replayTurn(
      rules[turn.step],
      turn.ledger,
      endOf(turn),
      until,
      calendars,
    );
    return { turn, replayed: { ...state, lastDay, deadline }, notCounted };
  });
  const differing = judged.flatMap(({ turn, replayed, notCounted }): DifferingTurn[] => {
    const { turn: id, step, organisation, overdue, late, lastDay, deadline } = turn;
    const recorded = { outcome: turn.outcome, overdue, late, lastDay, deadline };
    const differs = differences(recorded, replayed, notCounted);
    if (differs.length === 0) return [];
    return [{ caseNo, turn: id, step, organisation, differs, recorded, replayed, notCounted }];
  });
  const now = outcomeOf(judged.map(({ turn, replayed }) => ({ step: turn.step, outcome: replayed.outcome })));
  // A case that only its applicant ended has turns of which none tells its outcome.
  const untouched = judged.every(({ turn, replayed }) => turn.outcome === replayed.outcome);
  return { caseNo, recorded: outcome, replayed: untouched ? (outcome as DryOutcome) : now, turns: differing };
};
