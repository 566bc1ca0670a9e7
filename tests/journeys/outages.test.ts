import { takeIn } from '@gongshu/infra/intake/take';
import { verifyAudit } from '@gongshu/infra/audit';
import { turnId } from '@gongshu/shared/application/ids';
import { type Answer, type Stack, startStack, until } from '../support/stack.ts';
import { bureau, type Case, inReview, operator, seatOf } from '../support/stack-case.ts';
import { type Reviewer, reviewers } from '../support/stack-city.ts';
import { type Listener, listen } from '../support/stack-events.ts';

let stack: Stack;
let topics: Listener;
const minute = 60_000;

beforeAll(async () => {
  // Four seconds without a sign of life count as an outage here, instead of thirty.
  stack = await startStack('outages', { env: { GONGSHU_SILENT_AFTER_MILLIS: '4000' } });
  topics = await listen(stack.brokers);
}, 120_000);
afterAll(async () => {
  await topics?.stop();
  await stack?.down();
}, 60_000);

const after = (instant: string, millis: number) => new Date(Date.parse(instant) + millis);
const receiptOf = async (answer: Answer, by: Reviewer) =>
  (await stack.get(seatOf[by], `/v1/receipts/${answer.body.receipt}`)).body;
const settledReceipt = (answer: Answer, by: Reviewer) =>
  until(
    () => receiptOf(answer, by),
    ({ state }) => state !== 'taken',
  );
const turnsOf = async (one: Case) =>
  Object.fromEntries(
    (await one.view()).turns
      .filter(({ step }: { step: string }) => step === 'review')
      .map((turn: any) => [turn.organisation, turn]),
  );
/** Each event once, without a gap, in the order of their sequence within each topic. */
const wholeInTopics = (one: Case) => {
  const events = topics.of(one.no);
  expect(events.map(({ sequence }) => Number(sequence))).toEqual(events.map((_, index) => index + 1));
  expect(new Set(events.map(({ id }) => id)).size).toBe(events.length);
  for (const topic of new Set(events.map((event) => event.topic))) {
    const offsets = events
      .filter((event) => event.topic === topic)
      .map(({ place }) => Number(place.split('/')[2]));
    expect(offsets).toEqual([...offsets].sort((a, b) => a - b));
  }
};
const told = (one: Case, name: string) =>
  topics.of(one.no).filter((event) => event.name === `application.${name}.v1`);

describe('Temporal is away over a deadline', () => {
  it('what was taken in before counts, what came after is told deadlinePassed, silence speaks for the rest', async () => {
    const one = await inReview(stack);
    const { deadline } = await one.turn('review', 'operator');
    await stack.advance(after(deadline, -60 * minute));
    await stack.stop('temporal');
    const inTime = await one.review('dept-health', 'refuse');
    expect(inTime).toMatchObject({ status: 202, body: { state: 'taken', receivedAt: expect.any(String) } });
    await stack.jump(after(deadline, minute));
    const late = await one.review('county-bureau-1', 'refuse');
    expect(late).toMatchObject({ status: 202, body: { state: 'taken' } });
    await stack.start('temporal');
    await stack.advance(after(deadline, 2 * minute));

    expect(await settledReceipt(inTime, 'dept-health')).toMatchObject({ state: 'delivered', code: null });
    expect(await settledReceipt(late, 'county-bureau-1')).toMatchObject({
      state: 'refused',
      code: 'deadlinePassed',
      problem: { title: expect.anything() },
    });
    expect(await one.ended()).toMatchObject({ outcome: 'refused' });
    const turns = await turnsOf(one);
    expect(turns['dept-health']).toMatchObject({ outcome: 'refused', endedAt: inTime.body.receivedAt });
    expect(turns['county-bureau-1']).toMatchObject({ outcome: 'deemedApproved', decision: null });
    expect(turns['operator']).toMatchObject({ outcome: 'deemedApproved', decision: null });
    await topics.namesUntil(one.no, 'application.refused.v1');
    wholeInTopics(one);
    expect([told(one, 'reviewRefused').length, told(one, 'reviewDeemedApproved').length]).toEqual([1, 2]);
  }, 120_000);
});

describe('intake is down in the last two hours', () => {
  it('silence is held to the end of the next working day, and the ledger says why', async () => {
    const one = await inReview(stack, ['dept-health', 'operator']);
    const { deadline, lastDay } = await one.turn('review', 'operator');
    await stack.advance(after(deadline, -60 * minute));
    await stack.stop('catalog');
    await stack.jump(after(deadline, 10 * minute));
    await new Promise((go) => setTimeout(go, 4_200));
    await stack.start('catalog');
    await stack.advance(after(deadline, 11 * minute));

    const next = await stack.post(null, '/v1/deadlines/preview', {
      jurisdiction: 'zhongwei',
      from: after(deadline, -60 * minute).toISOString(),
      workingDays: 1,
    });
    const held = await until(
      () => one.turn('review', 'operator'),
      (turn) => turn.lastDay !== lastDay,
    );
    expect(held).toMatchObject({ outcome: 'open', lastDay: next.body.lastDay, deadline: next.body.deadline });
    const clock = await one.clock('review', 'operator');
    expect(clock.ledger.at(-1)).toMatchObject({ kind: 'heldForIntake', lastDay });
    const rows = await stack.db
      .selectFrom('turn_entry')
      .select('kind')
      .where('turn_id', '=', turnId(one.no, 'review', 'operator'))
      .execute();
    expect(rows.map(({ kind }) => kind)).toContain('heldForIntake');
    await topics.namesUntil(one.no, 'application.clockHeld.v1');
    expect(told(one, 'clockHeld')[0]?.data).toMatchObject({
      holdCode: 'intakeDown',
      heldUntil: next.body.deadline,
    });

    expect((await one.review('dept-health', 'refuse')).status).toBe(200); // counts in the time given
    await stack.advance(held.deadline);
    expect(await one.ended()).toMatchObject({ outcome: 'refused' });
    expect((await turnsOf(one))['operator'].outcome).toBe('deemedApproved');
    await topics.namesUntil(one.no, 'application.refused.v1');
    wholeInTopics(one);
  }, 120_000);
});

describe('an intake whose commit straddles the deadline', () => {
  const decision = (one: Case, by: Reviewer) => ({
    act: 'recordDecision',
    jurisdiction: 'zhongwei',
    caseNo: one.no,
    turnId: turnId(one.no, 'review', by),
    workflowId: turnId(one.no, 'review', by),
    payload: { act: { kind: 'decide', outcome: 'refuse' } },
    text: { reasons: [{ code: 'scopeTooWide', text: '申请范围超出用途' }] },
    actor: { id: 'straddler', role: 'operator', organisation: by },
  });

  it('is waited for by the last look, and wins over silence', async () => {
    const one = await inReview(stack, ['operator', 'dept-health']);
    const { deadline } = await one.turn('review', 'operator');
    await stack.advance(after(deadline, -1_000));
    let commit = () => {};
    const open = new Promise<void>((go) => {
      commit = go;
    });
    const stamped = new Promise<void>((go) => {
      void takeIn(
        stack.db,
        one.no,
        async () => {
          go();
          await open;
          return decision(one, 'operator');
        },
        { limitMillis: 60_000 },
      );
    });
    await stamped;
    const advanced = stack.advance(after(deadline, 1_000));
    await new Promise((go) => setTimeout(go, 3_000)); // longer than the grace: only the lock holds silence
    expect((await turnsOf(one))['operator'].outcome).toBe('open');
    expect((await turnsOf(one))['dept-health'].outcome).toBe('open'); // the lock is the case's
    commit();
    await advanced;
    expect(await one.ended()).toMatchObject({ outcome: 'refused' });
    const turns = await turnsOf(one);
    expect([turns['operator'].outcome, turns['dept-health'].outcome]).toEqual(['refused', 'deemedApproved']);
    await topics.namesUntil(one.no, 'application.refused.v1');
    wholeInTopics(one);
  }, 120_000);

  it('is rolled back without receipt or row when it takes longer than half the grace', async () => {
    const before = await stack.db.selectFrom('intake').select('receipt').execute();
    const slow = takeIn(
      stack.db,
      'nobody-waits',
      async () => {
        await new Promise((go) => setTimeout(go, 250));
        return decision({ no: 'nobody-waits' } as Case, 'operator');
      },
      { limitMillis: 200 },
    );
    await expect(slow).rejects.toMatchObject({ code: 'intakeTooSlow', status: 503 });
    expect(await stack.db.selectFrom('intake').select('receipt').execute()).toEqual(before);
  });
});

describe('Kafka is away', () => {
  it('decisions go on; their events arrive later, each once, in order', async () => {
    const one = await inReview(stack);
    await topics.namesUntil(one.no, 'application.reviewStarted.v1');
    await stack.stop('kafka');
    for (const reviewer of reviewers) expect((await one.review(reviewer, 'approve')).status).toBe(200);
    expect(await one.ended()).toMatchObject({ outcome: 'approved' });
    expect(told(one, 'approved')).toEqual([]);
    await stack.start('kafka');
    const names = await topics.namesUntil(one.no, 'application.approved.v1', 60_000);
    expect(names.slice(-4)).toEqual(['reviewApproved', 'reviewApproved', 'reviewApproved', 'approved']);
    wholeInTopics(one);
  }, 120_000);
});

describe('a process is killed in the middle of acts', () => {
  it.each(['worker', 'catalog'] as const)(
    'kill -9 of the %s loses nothing that was acknowledged',
    async (name) => {
      const cases = await Promise.all([1, 2, 3].map(() => inReview(stack)));
      const acts = cases.flatMap((one) =>
        reviewers.map(async (by) => ({ one, by, answer: await one.review(by, 'approve').catch(() => null) })),
      );
      await Promise.race(acts); // the first is acknowledged, the others are on their way
      await stack.kill(name);
      await stack.start(name);
      const done = await Promise.all(acts);
      const acknowledged = done.filter(({ answer }) => answer?.status === 200 || answer?.status === 202);
      expect(acknowledged.length).toBeGreaterThan(0);
      for (const { one, by, answer } of acknowledged) {
        const turn = await until(
          () => one.turn('review', by),
          ({ outcome }) => outcome !== 'open',
        );
        expect(turn).toMatchObject({ outcome: 'approved', decision: { receipt: answer?.body.receipt } });
      }
      // What was cut off was taken in whole, or not at all.
      const open = () =>
        stack.db.selectFrom('intake').select('receipt').where('state', '=', 'taken').execute();
      expect(await until(open, (rows) => rows.length === 0)).toEqual([]);
      for (const one of cases) {
        const turns: any[] = Object.values(await turnsOf(one));
        for (const { organisation } of turns.filter(({ outcome }) => outcome === 'open'))
          await one.review(organisation, 'approve');
        expect(await one.ended()).toMatchObject({ outcome: 'approved' });
        await topics.namesUntil(one.no, 'application.approved.v1');
        wholeInTopics(one);
        expect(told(one, 'reviewApproved')).toHaveLength(3);
      }
    },
    120_000,
  );

  it('after all of it, audit is whole, and no act waits', async () => {
    const { status, body } = await stack.get(bureau, '/v1/intake?state=parked');
    expect({ status, items: body.items }).toEqual({ status: 200, items: [] });
    expect((await stack.get(operator, '/v1/intake')).status).toBe(403);
    expect((await verifyAudit(stack.db as never)).broken).toBeNull();
  });
});
