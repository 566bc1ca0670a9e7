import { inReview } from '../support/cases.ts';
import { startTurns, type Turns } from '../support/turns.ts';

let turns: Turns;
beforeAll(async () => {
  turns = await startTurns();
  turns.delivery.patienceMillis = 3_000; // a late withdrawal is answered only when silence has spoken
}, 120_000);
afterEach(() => {
  turns.temporal.away = false;
});
afterAll(() => turns.stop());

describe('a withdrawal is judged by the deadline, as every act is (中卫 21)', () => {
  it('[A5 zhongwei refuses] taken in one second after the deadline it does not undo silence', async () => {
    const one = await inReview(turns, '2024-04-15T09:00:00', {
      by: ['transport'],
      path: 'withdrawn-too-late',
    });
    await turns.law.goTo('2024-04-28T23:59:30');
    turns.temporal.away = true;
    await turns.law.stamp('2024-04-29T00:00:01');
    const late = await one.withdraw();
    await turns.deliverLeft();
    await turns.law.goTo('2024-04-29T00:05:00');
    await turns.deliverLeft();
    await one.quiet();
    expect((await one.story()).at(-1)).toBe('deemedApproved');
    expect(await one.intake(late.receipt)).toMatchObject({ state: 'refused', code: 'deadlinePassed' });
  });

  it('taken in one second before the deadline it counts, delivered after', async () => {
    const one = await inReview(turns, '2024-04-15T09:00:00', {
      by: ['transport'],
      path: 'withdrawn-in-time',
    });
    await turns.law.goTo('2024-04-28T23:59:30');
    turns.temporal.away = true;
    await turns.law.stamp('2024-04-28T23:59:59');
    const inTime = await one.withdraw();
    await turns.law.goTo('2024-04-29T00:05:00');
    await one.until('held', async () => (await one.turnRow(one.turn('transport'))).held);
    await turns.deliverLeft();
    await one.quiet();
    expect((await one.story()).at(-1)).toBe('withdrawn');
    expect(await one.intake(inTime.receipt)).toMatchObject({ state: 'delivered', code: null });
  });
});
