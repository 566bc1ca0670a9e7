import { deliver } from '@gongshu/infra/intake/deliver';
import { beforeReviews, inReview, mustCount } from '../support/cases.ts';
import { startTurns, type Turns } from '../support/turns.ts';

let turns: Turns;
beforeAll(async () => {
  turns = await startTurns({ replayed: true });
}, 120_000);
afterEach(() => {
  turns.temporal.away = false;
  turns.intake.down = false;
});
afterAll(() => turns.stop());

const setState = (receipt: string, state: 'parked' | 'struckOut') =>
  turns.db.updateTable('intake').set({ state }).where('receipt', '=', receipt).execute();

/** Reviews of two bodies from 15 April 2024; the tenth working day is Sunday 28 April, which is worked. */
const twoReviews = (path: string) =>
  inReview(turns, '2024-04-15T09:00:00', { by: ['transport', 'health'], path });
const bothStarted = [...beforeReviews, ...['reviewStarted dept-health', 'reviewStarted dept-transport']];

describe('the deadline instant decides, not the order in which messages arrive (中卫 21)', () => {
  it('[A5 zhongwei][A5 zhongwei refuses] the worker away: a refusal one second before counts, one second after does not', async () => {
    const one = await twoReviews('worker-away');
    await turns.law.goTo('2024-04-28T23:59:40');
    await turns.stopWorker();
    turns.temporal.away = true;
    await turns.law.stamp('2024-04-28T23:59:59');
    const before = await one.refuse('transport');
    await turns.law.stamp('2024-04-29T00:00:01');
    const after = await one.refuse('health');
    expect([before, after]).toMatchObject([{ state: 'taken' }, { state: 'taken' }]);
    await turns.startWorker();
    await turns.law.goTo('2024-04-29T00:05:00');
    await one.until('silence looked', async () =>
      (await one.story()).includes('reviewDeemedApproved dept-health'),
    );
    await one.until('held', async () => (await one.turnRow(one.turn('transport'))).held);
    await turns.deliverLeft();
    await one.quiet();
    expect(await one.intake(before.receipt)).toMatchObject({ state: 'delivered', code: null });
    expect(await one.intake(after.receipt)).toMatchObject({ state: 'refused', code: 'deadlinePassed' });
    const story = await one.story();
    expect(story.slice(0, 5)).toEqual(bothStarted);
    expect(story.slice(5, 8).sort()).toEqual([
      'clockHeld dept-transport',
      'reviewDeemedApproved dept-health',
      'silenceCertified dept-health',
    ]);
    expect(story.slice(8)).toEqual(['reviewRefused dept-transport', 'refused']);
    expect(await one.told('refused')).toMatchObject([{ refusedBy: ['dept-transport'] }]);
  });

  it('[A5 zhongwei refuses] an act stamped after the deadline is refused though the timer has not fired; 24:00:00.000 is too late', async () => {
    const one = await twoReviews('before-the-timer');
    await turns.law.goTo('2024-04-28T23:59:30');
    turns.temporal.away = true;
    await turns.law.stamp('2024-04-28T23:59:59.999');
    const before = await one.approve('transport');
    await turns.law.stamp('2024-04-29T00:00:00');
    const after = await one.approve('health');
    await turns.deliverLeft();
    expect(await one.intake(before.receipt)).toMatchObject({ state: 'delivered' });
    expect(await one.intake(after.receipt)).toMatchObject({ state: 'refused', code: 'deadlinePassed' });
    await turns.law.goTo('2024-04-29T00:05:00');
    await one.quiet();
    expect((await one.story()).slice(5)).toEqual([
      'reviewApproved dept-transport',
      'reviewDeemedApproved dept-health',
      'silenceCertified dept-health',
      'approvedWithDeemedReviews',
    ]);
    expect(await one.turnRow(one.turn('transport'))).toMatchObject({ late: false });
  });

  it('taken in before, delivered three hours after: held, looked at ever less often, and the act wins', async () => {
    const one = await inReview(turns, '2024-04-15T09:00:00', { path: 'held-for-an-act' });
    await turns.law.goTo('2024-04-28T23:00:00');
    turns.temporal.away = true;
    const { receipt, status } = await one.refuse('transport');
    expect(status).toBe(202);
    await turns.law.goTo('2024-04-29T03:00:00');
    expect(await one.turnRow(one.turn('transport'))).toMatchObject({ outcome: 'open', held: true });
    const looks = await one.asked('transport', 'lastLook');
    expect(looks).toBeGreaterThan(6);
    expect(looks).toBeLessThan(16);
    await turns.deliverLeft();
    await one.quiet();
    expect((await one.story()).slice(4)).toEqual([
      'clockHeld dept-transport',
      'reviewRefused dept-transport',
      'refused',
    ]);
    expect(await one.told('clockHeld')).toMatchObject([{ holdCode: 'actsOnTheWay' }]);
    expect(await one.row()).toMatchObject({ ended_at: new Date('2024-04-28T23:00:00+08:00') });
    expect(await one.intake(receipt)).toMatchObject({ state: 'delivered' });
  });

  it('a parked act holds the turn until a person has settled it', async () => {
    const one = await twoReviews('parked');
    await turns.law.goTo('2024-04-28T22:00:00');
    turns.temporal.away = true;
    const kept = await one.approve('transport');
    const struck = await one.approve('health');
    await setState(kept.receipt, 'parked');
    await setState(struck.receipt, 'parked');
    await turns.law.goTo('2024-04-29T02:00:00');
    for (const turn of [one.turn('transport'), one.turn('health')])
      expect(await one.turnRow(turn)).toMatchObject({ outcome: 'open', held: true });
    expect(await deliver(turns.delivery, kept.receipt)).toEqual({ state: 'delivered', code: null });
    await setState(struck.receipt, 'struckOut');
    await turns.law.goTo('2024-04-29T03:10:00');
    await one.quiet();
    expect((await one.story()).slice(5).sort()).toEqual([
      'approvedWithDeemedReviews',
      ...['clockHeld dept-health', 'clockHeld dept-transport'],
      'reviewApproved dept-transport',
      'reviewDeemedApproved dept-health',
      'silenceCertified dept-health',
    ]);
    expect(await one.turnRow(one.turn('health'))).toMatchObject({
      ended_at: new Date('2024-04-29T00:00:00+08:00'),
    });
  });

  it('an intake whose commit straddles the deadline: silence waits for the commit and then for the act', async () => {
    const one = await inReview(turns, '2024-04-15T09:00:00', { path: 'straddling-commit' });
    await turns.law.goTo('2024-04-28T23:59:58');
    await turns.law.stamp('2024-04-28T23:59:59.999');
    let commit = () => {};
    const gate = new Promise<void>((go) => {
      commit = go;
    });
    const taking = one.takeIn('transport', 'recordDecision', { kind: 'decide', outcome: 'refuse' }, gate);
    const passing = turns.law.goTo('2024-04-29T00:00:30');
    await one.until('silence looks', async () => (await one.asked('transport', 'lastLook')) > 1);
    await new Promise((go) => setTimeout(go, 150));
    expect(await one.turnRow(one.turn('transport'))).toMatchObject({ outcome: 'open' });
    commit();
    const { receipt } = await taking;
    await passing;
    await one.until('held', async () => (await one.turnRow(one.turn('transport'))).held);
    expect(await deliver(turns.delivery, receipt)).toEqual({ state: 'delivered', code: null });
    await one.quiet();
    expect((await one.story()).slice(4)).toEqual([
      'clockHeld dept-transport',
      'reviewRefused dept-transport',
      'refused',
    ]);
  });

  it('intake down before the deadline: open until the end of the next working day, and the ledger says why', async () => {
    const one = await twoReviews('intake-down');
    await turns.law.goTo('2024-04-28T23:59:58');
    turns.intake.down = true;
    await turns.law.goTo('2024-04-29T15:00:00');
    turns.intake.down = false;
    await one.quiet();
    expect(await one.told('clockHeld')).toMatchObject([
      { holdCode: 'intakeDown', heldUntil: '2024-04-30T00:00:00+08:00' },
      { holdCode: 'intakeDown', heldUntil: '2024-04-30T00:00:00+08:00' },
    ]);
    await mustCount(one.refuse('transport'));
    await turns.law.goTo('2024-04-30T00:10:00');
    await one.quiet();
    expect((await one.story()).slice(7)).toEqual([
      'reviewRefused dept-transport',
      'reviewDeemedApproved dept-health',
      'silenceCertified dept-health',
      'refused',
    ]);
    const entries = await turns.db
      .selectFrom('turn_entry')
      .select('kind')
      .where('turn_id', '=', one.turn('health'))
      .orderBy('position')
      .execute();
    expect(entries.map(({ kind }) => kind)).toEqual(['started', 'heldForIntake']);
  });

  it('the same receipt delivered twice changes nothing', async () => {
    const one = await inReview(turns, '2024-04-15T09:00:00', { path: 'delivered-twice' });
    await turns.law.goTo('2024-04-17T10:00:00');
    turns.temporal.away = true;
    const { receipt } = await one.extend('transport', 3);
    await Promise.all([
      deliver(turns.delivery, receipt),
      deliver(turns.delivery, receipt),
      turns.hand(receipt),
    ]);
    await turns.hand(receipt);
    await turns.db.updateTable('intake').set({ state: 'taken' }).where('receipt', '=', receipt).execute();
    expect(await deliver(turns.delivery, receipt)).toEqual({ state: 'delivered', code: null });
    const [started] = await turns.db
      .selectFrom('intake')
      .select('receipt')
      .where('case_no', '=', one.caseNo)
      .where('act', '=', 'submitApplication')
      .execute();
    await turns.db
      .updateTable('intake')
      .set({ state: 'taken' })
      .where('receipt', '=', started?.receipt ?? '')
      .execute();
    expect(await deliver(turns.delivery, started?.receipt ?? '')).toEqual({ state: 'delivered', code: null });
    turns.temporal.away = false;
    await mustCount(one.approve('transport'));
    await one.quiet();
    expect(await one.story()).toEqual([
      ...beforeReviews,
      'reviewStarted dept-transport',
      'extensionRequested dept-transport',
      'reviewApproved dept-transport',
      'approved',
    ]);
    const extensions = await turns.db
      .selectFrom('extension')
      .select('id')
      .where('turn_id', '=', one.turn('transport'))
      .execute();
    expect(extensions).toEqual([{ id: receipt }]);
  });
});
