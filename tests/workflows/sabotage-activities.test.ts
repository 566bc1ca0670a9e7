/** Known-bad twins of the activities: what ours must hold, and what each twin must be caught by. */
import type { Activities } from '@gongshu/activities';
import { beforeReviews, inReview, mustCount } from '../support/cases.ts';
import { type Given, startTurns, type Turns } from '../support/turns.ts';
import { everyMinute, toldAgain, twice } from './twins/activities.ts';

let turns: Turns;
beforeAll(async () => {
  turns = await startTurns({ replayed: true });
}, 120_000);
afterAll(() => turns.stop());

const review = () => inReview(turns, '2024-04-15T09:00:00');

/** A hold of a quarter of an hour costs a handful of looks. */
const looksEverLessOften = async (given: Given): Promise<void> => {
  await turns.workWith(given);
  const one = await review();
  try {
    await turns.law.goTo('2024-04-28T23:00:00');
    turns.temporal.away = true;
    await one.approve('transport');
    await turns.law.goTo('2024-04-29T00:15:00');
    expect(await one.asked('transport', 'lastLook')).toBeLessThan(9);
  } finally {
    await turns.deliverLeft();
    await one.quiet();
  }
};

/** An activity whose answer was lost runs again and adds nothing. */
const runTwice = async (variant: (ours: Activities) => Activities): Promise<void> => {
  await turns.workWith({ activities: (ours) => twice(variant(ours)) });
  const one = await review();
  await turns.law.goTo('2024-04-26T10:00:00');
  await mustCount(one.approve('transport'));
  await one.quiet();
  const reminder = 'reminderDue dept-transport';
  expect(await one.events()).toEqual([
    ...[...beforeReviews, 'reviewStarted dept-transport', reminder, reminder, reminder],
    ...['reviewApproved dept-transport', 'approved'],
  ]);
};

describe('ours holds, and its twin is caught', () => {
  it('a hold without growing waits', async () => {
    await expect(looksEverLessOften({})).resolves.toBeUndefined();
    await expect(looksEverLessOften({ activities: everyMinute })).rejects.toThrow('toBeLessThan');
  });

  it('an activity whose second run adds a second event', async () => {
    await expect(runTwice((ours) => ours)).resolves.toBeUndefined();
    await expect(runTwice(toldAgain(turns.db))).rejects.toThrow('reviewApproved');
  });
});
