import { Calendar, type CalendarChange } from '../calendar.ts';
import { explainClock, type ExplainedDay } from './explain.ts';
import { type ClockRules, type LedgerEntry, computeClock } from './ledger.ts';
import { previewDeadline } from './preview.ts';

const at = (text: string): number => Date.parse(`${text}:00+08:00`);
/** March 2024 has neither holidays nor working weekends: the 1st is a Friday. */
const calendarWith = (...changes: CalendarChange[]): Calendar =>
  new Calendar({
    years: [
      {
        year: 2024,
        notice: { number: null },
        holidays: [
          { date: '2024-04-04', name: '清明节' },
          { date: '2024-04-05', name: '清明节' },
        ],
        workingWeekends: ['2024-04-07'],
      },
    ],
    changes,
  });
const rules: ClockRules = {
  budget: 5,
  unit: 'workingDays',
  correction: { default: 'resume', scopeChanged: 'restart' },
  extension: { max: 1, limitDays: 10 },
  onSilence: 'consent',
};
const started: LedgerEntry = { kind: 'started', at: at('2024-03-01T10:00'), calendarVersion: '1' };

/** `03-04 workday+` for each day; the plus says that it counted. */
const told = (days: ExplainedDay[]): string[] =>
  days.map(({ date, reason, counted }) => `${date.slice(5)} ${reason}${counted ? '+' : ''}`);
const explain = (
  ledger: LedgerEntry[],
  { calendar = calendarWith(), ...change }: Partial<ClockRules> & { calendar?: Calendar } = {},
) => {
  const changed = { ...rules, ...change };
  return told(
    explainClock(
      changed,
      ledger,
      computeClock(changed, ledger, () => calendar),
      calendar,
    ),
  );
};
const workdays = (...days: string[]) => days.map((day) => `${day} workday+`);

describe('the days of a clock', () => {
  it('are told from the one after acceptance to the last', () => {
    expect(explain([started])).toEqual([
      '03-02 weekend',
      '03-03 weekend',
      ...workdays('03-04', '03-05', '03-06', '03-07', '03-08'),
    ]);
  });

  it('name the holiday, the working weekend and the local closure', () => {
    const calendar = calendarWith({ date: '2024-04-08', to: 'holiday', reason: '停电' });
    const { days, lastDay } = previewDeadline(calendar, at('2024-04-03T23:59'), 2);
    expect(lastDay).toBe('2024-04-09');
    expect(days).toEqual([
      { date: '2024-04-04', counted: false, reason: 'holiday', name: '清明节' },
      { date: '2024-04-05', counted: false, reason: 'holiday', name: '清明节' },
      { date: '2024-04-06', counted: false, reason: 'weekend' },
      { date: '2024-04-07', counted: true, reason: 'workingWeekend' },
      { date: '2024-04-08', counted: false, reason: 'changed', name: '停电' },
      { date: '2024-04-09', counted: true, reason: 'workday' },
    ]);
  });

  const returned: LedgerEntry = { kind: 'returned', at: at('2024-03-06T15:00'), id: 'r1' };
  const resubmitted: LedgerEntry = { kind: 'resubmitted', at: at('2024-03-11T09:00'), id: 'r1' };

  it('give the day of return back, and do not count the day of resubmission', () => {
    expect(explain([started, returned, resubmitted])).toEqual([
      '03-02 weekend',
      '03-03 weekend',
      ...workdays('03-04', '03-05'),
      '03-06 returnDay',
      '03-07 paused',
      '03-08 paused',
      '03-09 paused',
      '03-10 paused',
      '03-11 resubmissionDay',
      ...workdays('03-12', '03-13', '03-14'),
    ]);
  });

  it('end with the return while nobody has resubmitted', () => {
    expect(explain([started, returned]).slice(-2)).toEqual(['03-05 workday+', '03-06 returnDay']);
  });

  it('are discarded by a correction that begins the clock anew', () => {
    expect(explain([started, { ...returned, correctionKind: 'scopeChanged' }, resubmitted])).toEqual([
      '03-02 weekend',
      '03-03 weekend',
      '03-04 discarded',
      '03-05 discarded',
      '03-06 returnDay',
      '03-07 paused',
      '03-08 paused',
      '03-09 paused',
      '03-10 paused',
      '03-11 resubmissionDay',
      ...workdays('03-12', '03-13', '03-14', '03-15'),
      '03-16 weekend',
      '03-17 weekend',
      '03-18 workday+',
    ]);
  });

  it('begin on the day after, where the return comes on the day of acceptance', () => {
    const back: LedgerEntry[] = [
      { kind: 'returned', at: at('2024-03-01T15:00'), id: 'r1' },
      { kind: 'resubmitted', at: at('2024-03-01T17:00'), id: 'r1' },
    ];
    expect(explain([started, ...back])).toEqual(explain([started]));
  });

  it('run on through what was granted', () => {
    const extended: LedgerEntry[] = [
      { kind: 'extensionRequested', at: at('2024-03-07T10:00'), days: 2 },
      { kind: 'extensionGranted', at: at('2024-03-07T11:00'), days: 2 },
    ];
    expect(explain([started, ...extended]).slice(-4)).toEqual([
      '03-09 weekend',
      '03-10 weekend',
      ...workdays('03-11', '03-12'),
    ]);
  });

  it('are kept open, not counted, where the intake was down before the deadline', () => {
    const held: LedgerEntry = { kind: 'heldForIntake', at: at('2024-03-09T00:00'), lastDay: '2024-03-08' };
    expect(explain([started, held]).slice(-4)).toEqual([
      '03-08 workday+',
      '03-09 weekend',
      '03-10 weekend',
      '03-11 keptOpen',
    ]);
  });

  it('of a period in calendar days count as they come, and run to the next working day', () => {
    expect(explain([started], { unit: 'calendarDays', budget: 8 }).slice(-4)).toEqual([
      '03-08 calendarDay+',
      '03-09 calendarDay+',
      '03-10 weekend',
      '03-11 nextWorkingDay',
    ]);
  });

  it('are told as far as the calendar is known', () => {
    const preview = previewDeadline(calendarWith(), at('2024-12-27T10:00'), 5);
    expect(preview).toMatchObject({
      lastDay: null,
      deadline: null,
      provisional: true,
      notBefore: '2025-01-01',
    });
    expect(told(preview.days)).toEqual(['12-28 weekend', '12-29 weekend', ...workdays('12-30', '12-31')]);
    expect(previewDeadline(calendarWith(), at('2025-06-02T10:00'), 1)).toMatchObject({
      provisional: true,
      notBefore: '2025-06-03',
      days: [],
    });
  });

  it('that count are as many as the budget, for every length', () => {
    const calendar = calendarWith();
    for (let n = 1; n <= 200; n += 1) {
      const { days, lastDay } = previewDeadline(calendar, at('2024-02-01T10:00'), n);
      expect(days.filter(({ counted }) => counted)).toHaveLength(n);
      expect(days.at(-1)?.date).toBe(lastDay);
    }
  });
});
