import { beforeReviews, inReview, mustCount, submit } from '../support/cases.ts';
import { startTurns, type Turns } from '../support/turns.ts';

let turns: Turns;
beforeAll(async () => {
  turns = await startTurns();
}, 120_000);
afterAll(() => turns.stop());

const review = (path: string) => inReview(turns, '2024-04-15T09:00:00', { path });
const started = [...beforeReviews, 'reviewStarted dept-transport'];

describe('a return for correction (no article; the pack’s reading)', () => {
  it('material incomplete: the clock goes on where it stood, twice; meanwhile nothing is decided', async () => {
    const one = await review('corrected-twice');
    const turn = one.turn('transport');
    await turns.law.goTo('2024-04-17T10:00:00');
    const first = await mustCount(one.giveBack('transport', 'materialIncomplete'));
    expect(await one.turnRow(turn)).toMatchObject({ suspended: true, deadline: null });
    expect(await one.approve('transport')).toMatchObject({ status: 409, code: 'suspended' });
    expect(await one.extend('transport', 2)).toMatchObject({ status: 409, code: 'suspended' });
    await turns.law.goTo('2024-04-19T10:00:00');
    await mustCount(one.resubmit(first.receipt));
    expect(await one.resubmit(first.receipt)).toMatchObject({ status: 409, code: 'notReturned' });
    // One day went by before the return; nine are left after the 19th.
    expect(await one.turnRow(turn)).toMatchObject({ suspended: false, last_day: '2024-05-06' });
    await turns.law.goTo('2024-04-22T10:00:00');
    const second = await mustCount(one.giveBack('transport', 'materialIncomplete'));
    await turns.law.goTo('2024-04-23T10:00:00');
    await mustCount(one.resubmit(second.receipt, { term: { from: '2024-08-01', until: '2029-06-30' } }));
    // The 22nd is given back: nine still, after the 23rd.
    expect(await one.turnRow(turn)).toMatchObject({ last_day: '2024-05-08' });
    await turns.law.goTo('2024-05-09T00:10:00');
    await one.quiet();
    expect(await one.story()).toEqual([
      ...started,
      ...['correctionRequested dept-transport', 'resubmitted'],
      ...['correctionRequested dept-transport', 'resubmitted'],
      ...['reviewDeemedApproved dept-transport', 'silenceCertified dept-transport', 'deemedApproved'],
    ]);
    expect(await one.told('resubmitted')).toMatchObject([
      { notice: first.receipt, changedFields: ['scope'] },
      { notice: second.receipt, changedFields: ['term'] },
    ]);
    const versions = await turns.db
      .selectFrom('application_content')
      .select('changed')
      .where('case_no', '=', one.caseNo)
      .orderBy('version')
      .execute();
    expect(versions.map(({ changed }) => changed)).toEqual([[], ['scope'], ['term']]);
  });

  it('two kinds out at once: the one that begins anew wins, and the last answer counts', async () => {
    const one = await review('correction-mixed');
    await turns.law.goTo('2024-04-17T10:00:00');
    const resume = await mustCount(one.giveBack('transport', 'materialIncomplete'));
    const restart = await mustCount(one.giveBack('transport', 'scopeChanged'));
    await turns.law.goTo('2024-04-18T10:00:00');
    await mustCount(one.resubmit(restart.receipt));
    expect(await one.turnRow(one.turn('transport'))).toMatchObject({ suspended: true });
    await turns.law.goTo('2024-04-19T10:00:00');
    await mustCount(one.resubmit(resume.receipt, { manner: '批量下载，不落地' }));
    expect(await one.turnRow(one.turn('transport'))).toMatchObject({
      suspended: false,
      last_day: '2024-05-07',
    });
    await mustCount(one.approve('transport'));
    await one.quiet();
    expect(await one.story()).toEqual([
      ...started,
      ...['correctionRequested dept-transport', 'correctionRequested dept-transport'],
      ...['resubmitted', 'resubmitted', 'reviewApproved dept-transport', 'approved'],
    ]);
    const corrections = await turns.db
      .selectFrom('correction')
      .select(['kind', 'answered_at'])
      .where('case_no', '=', one.caseNo)
      .orderBy('answered_at')
      .execute();
    expect(corrections).toEqual([
      { kind: 'scopeChanged', answered_at: new Date('2024-04-18T10:00:00+08:00') },
      { kind: 'materialIncomplete', answered_at: new Date('2024-04-19T10:00:00+08:00') },
    ]);
  });

  it('never answered: the applicant is told beforehand, then the case lapses and the other review ends', async () => {
    const one = await inReview(turns, '2024-04-15T09:00:00', {
      by: ['transport', 'health'],
      path: 'correction-lapsed',
    });
    await turns.law.goTo('2024-04-17T10:00:00');
    await mustCount(one.giveBack('transport'));
    const { lapse_on } = await turns.db
      .selectFrom('correction')
      .select('lapse_on')
      .where('case_no', '=', one.caseNo)
      .executeTakeFirstOrThrow();
    expect(lapse_on).toBe('2024-05-30'); // thirty working days
    await turns.law.goTo('2024-04-26T10:00:00');
    await mustCount(one.giveBack('health'));
    await turns.law.goTo('2024-05-31T00:10:00');
    await one.quiet();
    expect((await one.story()).slice(5)).toEqual([
      ...['correctionRequested dept-transport', 'correctionRequested dept-health', 'lapsed'],
    ]);
    const warnings = (await one.told('reminderDue')).filter(({ kind }) => kind === 'lapseWarning');
    expect(warnings).toMatchObject([{ reviewer: 'dept-transport', workingDaysLeft: 5 }]);
    expect(await one.turnRow(one.turn('transport'))).toMatchObject({ outcome: 'lapsed' });
    expect(await one.turnRow(one.turn('health'))).toMatchObject({ outcome: 'withdrawn' });
    expect(await one.row()).toMatchObject({
      outcome: 'lapsed',
      ended_at: new Date('2024-05-31T00:00:00+08:00'),
    });
  });

  it('before acceptance: given back with everything missing, corrected, accepted', async () => {
    const one = await submit(turns, '2024-04-15T09:00:00', { path: 'acceptance-corrected' });
    const { receipt } = await mustCount(one.giveBack('acceptance'));
    await turns.law.goTo('2024-05-20T10:00:00');
    expect(await one.row()).toMatchObject({ stage: 'acceptance' });
    await mustCount(one.resubmit(receipt));
    await mustCount(one.accept());
    await one.quiet();
    expect(await one.story()).toEqual(['submitted', 'correctionRequested', 'resubmitted', 'accepted']);
    expect(await one.turnRow(one.turn('check'))).toMatchObject({ last_day: '2024-05-27' });
    await mustCount(one.withdraw());
    await one.quiet();
  });
});
