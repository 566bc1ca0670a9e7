import { loadCalendar, newestCalendar } from '@gongshu/infra/calendars';
import { tellCalendarChanged } from '@gongshu/infra/cases/calendar-changed';
import type { CalendarData } from '@gongshu/shared/calendar';
import { inReview, mustCount } from '../support/cases.ts';
import { startTurns, type Turns } from '../support/turns.ts';

let turns: Turns;
beforeAll(async () => {
  turns = await startTurns();
}, 120_000);
afterAll(() => turns.stop());

/** Loads a calendar; open turns hear of it only where the test says so. */
const load = async (jurisdiction: string | null, data: CalendarData, tell: 'tell' | 'silently') => {
  const at = new Date(await turns.law.now());
  await turns.db
    .transaction()
    .execute((trx) => loadCalendar(trx, { jurisdiction, data, note: 'a notice', at }));
  if (tell === 'silently') return;
  const { version } = await newestCalendar(turns.db, 'zhongwei');
  await tellCalendarChanged(turns.db, ['zhongwei'], version);
  await turns.deliverLeft();
};
const changed = (date: string, to: 'workday' | 'holiday'): CalendarData => ({
  years: [],
  changes: [{ date, to }],
});

describe('a calendar that changes while the clock runs', () => {
  it('told at once: computed anew, and the day that is closed no longer counts', async () => {
    const one = await inReview(turns, '2024-04-15T09:00:00', { path: 'calendar-told' });
    const turn = one.turn('transport');
    await turns.law.goTo('2024-04-17T10:00:00');
    await load('zhongwei', changed('2024-04-26', 'holiday'), 'tell');
    await one.until('computed anew', async () => (await one.turnRow(turn)).last_day === '2024-04-29');
    expect(await one.told('clockRecomputed')).toMatchObject([
      {
        causeCode: 'calendarChanged',
        previousDeadline: '2024-04-29T00:00:00+08:00',
        deadline: '2024-04-30T00:00:00+08:00',
      },
    ]);
    await turns.law.goTo('2024-04-30T00:10:00');
    await one.quiet();
    expect((await one.story()).slice(4)).toEqual([
      ...['clockRecomputed dept-transport', 'reviewDeemedApproved dept-transport'],
      ...['silenceCertified dept-transport', 'deemedApproved'],
    ]);
  });

  it('not told: the last look before silence finds it, and silence waits', async () => {
    const one = await inReview(turns, '2024-09-02T09:00:00', { path: 'calendar-found' });
    await turns.law.goTo('2024-09-14T12:00:00'); // a Saturday that is worked: the last day
    expect(await one.turnRow(one.turn('transport'))).toMatchObject({ last_day: '2024-09-14' });
    await load('zhongwei', changed('2024-09-14', 'holiday'), 'silently');
    await turns.law.goTo('2024-09-15T00:10:00');
    await one.quiet();
    expect(await one.row()).toMatchObject({ outcome: null });
    expect(await one.turnRow(one.turn('transport'))).toMatchObject({ last_day: '2024-09-18' });
    await mustCount(one.approve('transport'));
    await one.quiet();
    expect((await one.story()).slice(4)).toEqual([
      ...['clockRecomputed dept-transport', 'reviewApproved dept-transport', 'approved'],
    ]);
  });

  it('a deadline that would lie in the past: open until the end of the next working day', async () => {
    const one = await inReview(turns, '2024-06-03T09:00:00', { path: 'calendar-into-the-past' });
    await turns.law.goTo('2024-06-17T12:00:00'); // the ninth of ten: the 10th is a holiday
    await load(
      'zhongwei',
      {
        years: [],
        changes: [
          { date: '2024-06-08', to: 'workday' },
          { date: '2024-06-09', to: 'workday' },
        ],
      },
      'tell',
    );
    await one.until('computed anew', async () => (await one.told('clockRecomputed')).length === 1);
    expect(await one.turnRow(one.turn('transport'))).toMatchObject({ last_day: '2024-06-18' });
    await turns.law.goTo('2024-06-19T00:10:00');
    await one.quiet();
    expect(await one.row()).toMatchObject({ outcome: 'deemedApproved' });
  });

  it('[A5 zhongwei refuses] a year without its notice: provisional, never silence; computed when it is published', async () => {
    const one = await inReview(turns, '2026-12-24T09:00:00', { path: 'calendar-unknown-year' });
    const turn = one.turn('transport');
    expect(await one.turnRow(turn)).toMatchObject({ provisional: true, deadline: null, wake_at: null });
    await turns.law.goTo('2027-03-01T10:00:00');
    await one.quiet();
    expect(await one.row()).toMatchObject({ outcome: null });
    const year = {
      year: 2027,
      notice: { number: 'a notice of the test' },
      holidays: [{ date: '2027-01-01' }],
      workingWeekends: [],
    };
    await load(null, { years: [year], changes: [] }, 'tell');
    await one.until('computed anew', async () => !(await one.turnRow(turn)).provisional);
    // Its day would have been 8 January: open until the end of the next working day instead.
    expect(await one.turnRow(turn)).toMatchObject({ last_day: '2027-03-02' });
    await turns.law.goTo('2027-03-03T00:10:00');
    await one.quiet();
    expect((await one.story()).slice(4)).toEqual([
      ...['clockRecomputed dept-transport', 'reviewDeemedApproved dept-transport'],
      ...['silenceCertified dept-transport', 'deemedApproved'],
    ]);
  });
});
