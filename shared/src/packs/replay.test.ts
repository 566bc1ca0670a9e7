import { Calendar } from '../calendar.ts';
import type { ClockRules, LedgerEntry } from '../clock/ledger.ts';
import { type RecordedEnd, replayTurn } from './replay.ts';
import { outcomeOf } from './dry-run.ts';

// 2024 without holidays in March: the 1st is a Friday, the 4th day one.
const calendar = new Calendar({
  years: [{ year: 2024, notice: { number: 'test' }, holidays: [], workingWeekends: [] }],
  changes: [],
});
const at = (text: string): number => Date.parse(`2024-${text}+08:00`);
const now = at('04-30T00:00:00');
const rules = (change: Partial<ClockRules> = {}): ClockRules => ({
  budget: 10,
  unit: 'workingDays',
  correction: 'resume',
  extension: { max: 1, limitDays: 10 },
  onSilence: 'consent',
  ...change,
});
const started: LedgerEntry = { kind: 'started', at: at('03-01T10:00:00'), calendarVersion: 'v' };
const play = (change: Partial<ClockRules>, end: RecordedEnd, ...entries: LedgerEntry[]) =>
  replayTurn(rules(change), [started, ...entries], end, now, () => calendar);

describe('a closed turn under other rules', () => {
  it('silence that was consent is only overdue where the other pack says so, and the turn stays open', () => {
    expect(play({}, null)).toMatchObject({
      state: { outcome: 'deemedApproved' },
      endedAt: at('03-16T00:00:00'),
    });
    expect(play({ onSilence: 'overdue' }, null)).toMatchObject({
      state: { outcome: 'open', overdue: true },
      lastDay: '2024-03-15',
      endedAt: null,
    });
  });

  it.each([
    { name: 'in time under both', on: '03-08T23:59:59', consent: 'refused', overdue: 'refused', late: false },
    {
      name: 'at the very deadline',
      on: '03-09T00:00:00',
      consent: 'deemedApproved',
      overdue: 'refused',
      late: true,
    },
    { name: 'after it', on: '03-11T10:00:00', consent: 'deemedApproved', overdue: 'refused', late: true },
  ] as const)('a refusal $name, under five days', ({ on, consent, overdue, late }) => {
    const end = { at: at(on), kind: 'refuse' } as const;
    const deemed = play({ budget: 5 }, end);
    expect(deemed.state.outcome).toBe(consent);
    expect(deemed.notCounted.map(({ code }) => code)).toEqual(late ? ['deadlinePassed'] : []);
    expect(play({ budget: 5, onSilence: 'overdue' }, end).state).toMatchObject({ outcome: overdue, late });
  });

  it('an extension that was asked for in time no longer is, under five days', () => {
    const entries: LedgerEntry[] = [
      { kind: 'extensionRequested', at: at('03-14T10:00:00'), days: 5 },
      { kind: 'extensionGranted', at: at('03-15T10:00:00'), days: 5 },
    ];
    const end = { at: at('03-21T10:00:00'), kind: 'approve' } as const;
    expect(play({}, end, ...entries)).toMatchObject({
      lastDay: '2024-03-22',
      notCounted: [],
      state: { late: false },
    });
    const short = play({ budget: 5, onSilence: 'overdue' }, end, ...entries);
    expect(short).toMatchObject({ lastDay: '2024-03-08', state: { outcome: 'approved', late: true } });
    expect(short.notCounted.map(({ kind, code }) => `${kind} ${code}`)).toEqual([
      'requestExtension deadlinePassed',
      'grantExtension deadlinePassed',
    ]);
  });

  it('what the recorded clock said is found anew: an overdue mark of five days is none under ten', () => {
    const mark: LedgerEntry = { kind: 'overdue', at: at('03-09T00:00:00'), lastDay: '2024-03-08' };
    const end = { at: at('03-12T10:00:00'), kind: 'approve' } as const;
    expect(play({ onSilence: 'overdue' }, end, mark)).toMatchObject({
      lastDay: '2024-03-15',
      state: { outcome: 'approved', overdue: false, late: false },
    });
  });

  it('a correction gives days back, or begins the count anew, as the other pack says', () => {
    const entries: LedgerEntry[] = [
      { kind: 'returned', at: at('03-06T10:00:00'), id: 'a' },
      { kind: 'resubmitted', at: at('03-11T10:00:00'), id: 'a' },
    ];
    const end = { at: at('03-12T10:00:00'), kind: 'approve' } as const;
    // Two days (4th, 5th) are gone; eight are left from the 12th on: the 21st. Anew: ten, the 25th.
    expect(play({}, end, ...entries).lastDay).toBe('2024-03-21');
    expect(play({ correction: 'restart' }, end, ...entries).lastDay).toBe('2024-03-25');
  });

  it('a correction that nobody answered lapses on the day it did', () => {
    const returned: LedgerEntry = { kind: 'returned', at: at('03-06T10:00:00'), id: 'a' };
    expect(play({}, { at: at('04-18T00:00:00'), kind: 'lapse' }, returned)).toMatchObject({
      state: { outcome: 'lapsed' },
      endedAt: at('04-18T00:00:00'),
    });
  });

  it('a ledger without a start is no ledger', () => {
    expect(() => replayTurn(rules(), [], null, now, () => calendar)).toThrow(
      'a ledger begins with its start',
    );
  });
});

describe('the outcome of a case by its turns', () => {
  it.each([
    ['approved approved', 'approved'],
    ['approved deemedApproved', 'approvedWithDeemedReviews'],
    ['deemedApproved deemedApproved', 'deemedApproved'],
    ['deemedApproved refused', 'refused'],
    ['open refused', 'open'],
    ['approved open', 'open'],
    ['approved withdrawn', 'withdrawn'],
    ['lapsed approved', 'lapsed'],
  ] as const)('%s: %s', (reviews, outcome) => {
    const turns = reviews.split(' ').map((one) => ({ step: 'review' as const, outcome: one as 'approved' }));
    expect(outcomeOf([{ step: 'check', outcome: 'approved' }, ...turns])).toBe(outcome);
  });

  it('a failed check ends it', () => {
    expect(outcomeOf([{ step: 'check', outcome: 'refused' }])).toBe('refused');
  });
});
