import { beforeReviews, inReview, mustCount, type Case } from '../support/cases.ts';
import { startTurns, type Turns } from '../support/turns.ts';

let turns: Turns;
beforeAll(async () => {
  turns = await startTurns();
}, 120_000);
afterAll(() => turns.stop());

/** One review from 15 April 2024; the tenth working day is Sunday 28 April, which is worked. */
const review = (path?: string) => inReview(turns, '2024-04-15T09:00:00', path ? { path } : {});
const started = [...beforeReviews, 'reviewStarted dept-transport'];
const extensionOf = (one: Case) =>
  turns.db
    .selectFrom('extension')
    .select(['state', 'days', 'granted_days'])
    .where('turn_id', '=', one.turn('transport'))
    .execute();

describe('a formal extension request (中卫 21)', () => {
  it('[A6 zhongwei] filed in the last minute, never answered: silence is held off until the requested date', async () => {
    const one = await review('extension-lapsed');
    await turns.law.goTo('2024-04-28T23:59:30');
    await mustCount(one.extend('transport', 5));
    expect(await one.turnRow(one.turn('transport'))).toMatchObject({
      last_day: '2024-05-08', // 29, 30 April; the holiday; 6, 7, 8 May
      extension: 'pending',
    });
    await turns.law.goTo('2024-05-08T23:59:58');
    expect(await one.row()).toMatchObject({ outcome: null });
    await turns.law.goTo('2024-05-09T00:10:00');
    await one.quiet();
    expect(await one.story()).toEqual([
      ...started,
      'extensionRequested dept-transport',
      'extensionLapsed dept-transport',
      'reviewDeemedApproved dept-transport',
      'silenceCertified dept-transport',
      'deemedApproved',
    ]);
    expect(await extensionOf(one)).toEqual([{ state: 'lapsed', days: 5, granted_days: null }]);
    expect(await one.row()).toMatchObject({ ended_at: new Date('2024-05-09T00:00:00+08:00') });
  });

  it('[A6 zhongwei] granted in part after the old deadline: counted from the old deadline, and a decision counts', async () => {
    const one = await review('extension-granted');
    await turns.law.goTo('2024-04-26T10:00:00');
    const { receipt } = await mustCount(one.extend('transport', 5));
    await turns.law.goTo('2024-04-29T10:00:00');
    await mustCount(one.answerExtension(receipt, { answer: 'grant', days: 2 }));
    expect(await one.turnRow(one.turn('transport'))).toMatchObject({
      last_day: '2024-04-30',
      extension: 'granted',
    });
    await turns.law.goTo('2024-04-30T23:00:00');
    await mustCount(one.approve('transport'));
    await one.quiet();
    expect(await one.story()).toEqual([
      ...started,
      'extensionRequested dept-transport',
      'extensionGranted dept-transport',
      'reviewApproved dept-transport',
      'approved',
    ]);
    expect(await one.told('extensionGranted')).toMatchObject([
      { workingDays: 2, deadline: '2024-05-01T00:00:00+08:00', extension: receipt },
    ]);
    expect(await extensionOf(one)).toEqual([{ state: 'granted', days: 5, granted_days: 2 }]);
  });

  it('refused after the old deadline: open until the end of the next working day, never retroactive', async () => {
    const one = await review('extension-refused');
    await turns.law.goTo('2024-04-28T15:00:00');
    const { receipt } = await mustCount(one.extend('transport', 10));
    await turns.law.goTo('2024-04-30T10:00:00');
    const reasons = [{ code: 'notNeeded', text: '理由不充分' }];
    await mustCount(one.answerExtension(receipt, { answer: 'refuse', reasons }));
    expect(await one.turnRow(one.turn('transport'))).toMatchObject({
      last_day: '2024-05-06', // the holiday lies between
      extension: 'refused',
    });
    await turns.law.goTo('2024-05-06T23:59:58');
    expect(await one.row()).toMatchObject({ outcome: null });
    await turns.law.goTo('2024-05-07T00:10:00');
    await one.quiet();
    expect((await one.story()).slice(4)).toEqual([
      'extensionRequested dept-transport',
      'extensionRefused dept-transport',
      'reviewDeemedApproved dept-transport',
      'silenceCertified dept-transport',
      'deemedApproved',
    ]);
    expect(await one.told('extensionRefused')).toMatchObject([
      { reasonCodes: ['notNeeded'], deadline: '2024-05-07T00:00:00+08:00' },
    ]);
  });

  it('[A6 zhongwei refuses] filed late it holds off nothing', async () => {
    const one = await review('extension-late');
    await turns.law.goTo('2024-04-28T23:59:30');
    await turns.law.stamp('2024-04-29T00:00:01');
    expect(await one.extend('transport', 5)).toMatchObject({ status: 409, code: 'deadlinePassed' });
    await turns.law.goTo('2024-04-29T00:10:00');
    await one.quiet();
    expect(await one.story()).toEqual([
      ...started,
      'reviewDeemedApproved dept-transport',
      'silenceCertified dept-transport',
      'deemedApproved',
    ]);
    expect(await extensionOf(one)).toEqual([]);
  });

  it('[A6 zhongwei refuses] one a review, ten working days at most, no grant beyond what was asked', async () => {
    const one = await review('extension-twice');
    await turns.law.goTo('2024-04-17T10:00:00');
    expect(await one.extend('transport', 11)).toMatchObject({ status: 422, code: 'extensionTooLong' });
    const { receipt } = await mustCount(one.extend('transport', 3));
    expect(await one.extend('transport', 1)).toMatchObject({ status: 409, code: 'extensionPending' });
    expect(await one.answerExtension(receipt, { answer: 'grant', days: 4 })).toMatchObject({
      status: 422,
      code: 'grantExceedsRequest',
    });
    await mustCount(one.answerExtension(receipt, { answer: 'grant' }));
    expect(await one.extend('transport', 1)).toMatchObject({ status: 409, code: 'extensionLimit' });
    await mustCount(one.approve('transport'));
    await one.quiet();
    expect(await one.story()).toEqual([
      ...started,
      'extensionRequested dept-transport',
      'extensionGranted dept-transport',
      'reviewApproved dept-transport',
      'approved',
    ]);
  });
});
