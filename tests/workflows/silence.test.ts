import { beforeReviews, type Case, inReview, mustCount, submit, words } from '../support/cases.ts';
import { startTurns, type Turns } from '../support/turns.ts';

let turns: Turns;
beforeAll(async () => {
  turns = await startTurns();
}, 120_000);
afterAll(() => turns.stop());

const certificateOf = (one: Case, turn: string) =>
  turns.db.selectFrom('certificate').selectAll().where('turn_id', '=', turn).executeTakeFirstOrThrow();

describe('silence in a review (中卫 21)', () => {
  it('[A5 zhongwei][A3 zhongwei] nobody answers for ten working days: consent, certified day by day', async () => {
    const one = await inReview(turns, '2024-04-15T09:00:00', { path: 'silence' });
    await turns.law.goTo('2024-04-28T23:59:58'); // a Sunday that is worked
    expect(await one.row()).toMatchObject({ outcome: null, stage: 'review' });
    await turns.law.goTo('2024-04-29T00:10:00');
    await one.quiet();
    expect(await one.row()).toMatchObject({
      outcome: 'deemedApproved',
      ended_at: new Date('2024-04-29T00:00:00+08:00'),
    });
    const reminder = 'reminderDue dept-transport';
    expect(await one.events()).toEqual([
      ...beforeReviews,
      'reviewStarted dept-transport',
      ...[reminder, reminder, reminder, reminder],
      'escalated dept-transport',
      'reviewDeemedApproved dept-transport',
      'silenceCertified dept-transport',
      'deemedApproved',
    ]);
    expect((await one.told('reminderDue')).map(({ workingDaysLeft }) => workingDaysLeft)).toEqual([
      5, 2, 1, 0,
    ]);
    const turn = one.turn('transport');
    expect(await one.turnRow(turn)).toMatchObject({ outcome: 'deemedApproved', late: false, held: false });
    const { content } = await certificateOf(one, turn);
    const days = content['days'] as { date: string; counted: boolean; reason: string }[];
    expect(days.filter(({ counted }) => counted).map(({ date }) => date.slice(5))).toEqual([
      '04-16',
      '04-17',
      '04-18',
      '04-19',
      '04-22',
      '04-23',
      '04-24',
      '04-25',
      '04-26',
      '04-28',
    ]);
    expect(
      days.filter(({ counted }) => !counted).map(({ date, reason }) => `${date.slice(5)} ${reason}`),
    ).toEqual(['04-20 weekend', '04-21 weekend', '04-27 weekend']);
  });

  it('[A3 zhongwei][A5 zhongwei] one of three reviewers is silent: approved, and never counted as that body’s approval', async () => {
    const one = await inReview(turns, '2024-04-15T09:00:00', {
      by: ['transport', 'county', 'operator'],
      path: 'one-of-three-silent',
    });
    await turns.law.goTo('2024-04-17T10:00:00');
    const conditions = [{ code: 'plateMasked', text: words.condition, fields: ['车牌'] }];
    await mustCount(one.approve('transport', { conditions }));
    await mustCount(one.approve('county'));
    await turns.law.goTo('2024-04-29T00:10:00');
    await one.quiet();
    expect(await one.story()).toEqual([
      ...beforeReviews,
      ...['reviewStarted county-bureau-1', 'reviewStarted dept-transport', 'reviewStarted operator'],
      'reviewApproved dept-transport',
      'reviewApproved county-bureau-1',
      'reviewDeemedApproved operator',
      'silenceCertified operator',
      'approvedWithDeemedReviews',
    ]);
    expect(await one.told('approvedWithDeemedReviews')).toMatchObject([
      { deemedReviewers: ['operator'], reviewers: ['county-bureau-1', 'dept-transport', 'operator'] },
    ]);
    expect(await one.told('reviewApproved')).toMatchObject([{ conditionCodes: ['plateMasked'] }, {}]);
    const decided = await turns.db
      .selectFrom('decision')
      .select(['turn_id', 'conditions'])
      .where('turn_id', 'like', `${one.caseNo}/review/%`)
      .orderBy('turn_id')
      .execute();
    expect(decided).toEqual([
      { turn_id: one.turn('county'), conditions: [] },
      { turn_id: one.turn('transport'), conditions },
    ]);
    expect(await certificateOf(one, one.turn('operator'))).toMatchObject({
      id: `MS-${one.turn('operator').replaceAll('/', '-')}`,
    });
  });

  it('[A4 zhongwei] a refusal reaches the applicant at once, with its reasons; the case waits for the others', async () => {
    const one = await inReview(turns, '2024-04-15T09:00:00', {
      by: ['transport', 'health'],
      path: 'one-refuses',
    });
    await turns.law.goTo('2024-04-17T10:00:00');
    await mustCount(one.refuse('transport'));
    await one.quiet();
    expect((await one.story()).at(-1)).toBe('reviewRefused dept-transport');
    expect(await one.told('reviewRefused')).toMatchObject([{ reasonCodes: ['measuresInsufficient'] }]);
    expect(await one.row()).toMatchObject({ outcome: null });
    await mustCount(one.approve('health'));
    await one.quiet();
    expect((await one.story()).slice(-3)).toEqual([
      'reviewRefused dept-transport',
      'reviewApproved dept-health',
      'refused',
    ]);
    expect(await one.told('refused')).toMatchObject([
      { refusedBy: ['dept-transport'], reasonCodes: ['measuresInsufficient'] },
    ]);
  });

  it('[A5 zhongwei] every reviewer is silent: deemed approved, and said so', async () => {
    const one = await inReview(turns, '2024-09-24T09:00:00', {
      by: ['transport', 'county'],
      path: 'all-silent',
    });
    await turns.law.goTo('2024-10-12T23:59:58'); // a Saturday that is worked
    expect(await one.row()).toMatchObject({ outcome: null });
    await turns.law.goTo('2024-10-13T00:10:00');
    await one.quiet();
    expect(await one.row()).toMatchObject({ outcome: 'deemedApproved' });
    const story = await one.story();
    expect(story.at(-1)).toBe('deemedApproved');
    expect(story.slice(5, -1).sort()).toEqual([
      ...['reviewDeemedApproved county-bureau-1', 'reviewDeemedApproved dept-transport'],
      ...['silenceCertified county-bureau-1', 'silenceCertified dept-transport'],
    ]);
    const events = await one.events();
    expect(events.filter((name) => name.startsWith('reminderDue'))).toHaveLength(8);
    expect(events.filter((name) => name.startsWith('escalated'))).toHaveLength(2);
  });
});

describe('silence on acceptance (no article; 行政许可法 三十二 by analogy)', () => {
  it('accepted on the day of receipt, and the check counted from then', async () => {
    const one = await submit(turns, '2024-04-01T10:00:00', { path: 'acceptance-silent' });
    await turns.law.goTo('2024-04-09T23:59:58');
    expect(await one.row()).toMatchObject({ stage: 'acceptance', accepted_at: null });
    await turns.law.goTo('2024-04-10T00:10:00');
    await one.quiet();
    expect(await one.row()).toMatchObject({
      stage: 'check',
      accepted_at: new Date('2024-04-01T10:00:00+08:00'),
    });
    expect(await one.story()).toEqual(['submitted', 'deemedAccepted', 'silenceCertified', 'checkOverdue']);
    expect(await one.told('deemedAccepted')).toMatchObject([{ acceptedAt: '2024-04-01T10:00:00+08:00' }]);
    // Its deadline lies behind as it begins: nobody is told of days that are left.
    expect((await one.told('reminderDue')).filter(({ turn }) => turn === 'check')).toEqual([]);
    expect(await one.turnRow(one.turn('check'))).toMatchObject({
      started_at: new Date('2024-04-01T10:00:00+08:00'),
      last_day: '2024-04-09',
      outcome: 'open',
      overdue: true,
    });
    await mustCount(one.withdraw());
    await one.quiet();
  });
});
