import { deliver } from '@gongshu/infra/intake/deliver';
import { caseOf, contents, merchant, mustCount, inReview, submit, words } from '../support/cases.ts';
import { startTurns, type Turns } from '../support/turns.ts';

let turns: Turns;
beforeAll(async () => {
  turns = await startTurns();
}, 120_000);
afterEach(() => {
  turns.temporal.away = false;
});
afterAll(() => turns.stop());

const count = async (table: 'application' | 'intake'): Promise<number> => {
  const { n } = await turns.db
    .selectFrom(table)
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .executeTakeFirstOrThrow();
  return n;
};

describe('the application (中卫 20)', () => {
  it('[A1 zhongwei] names scenario, scope, manner, term and security measures, and is recorded by hash', async () => {
    const one = await submit(turns, '2024-04-15T09:00:00', { path: 'not-accepted' });
    const versions = await turns.db
      .selectFrom('application_content')
      .selectAll()
      .where('case_no', '=', one.caseNo)
      .execute();
    expect(versions).toMatchObject([
      { version: 1, contents, content_hash: expect.stringMatching(/^sha256:/) },
    ]);
    expect(await one.told('submitted')).toMatchObject([
      { contentHash: versions[0]?.content_hash, receivedAt: '2024-04-15T09:00:00+08:00' },
    ]);
    await mustCount(one.notAccept());
    await one.quiet();
    expect(await one.events()).toEqual(['submitted', 'notAccepted', 'refused']);
    expect(await one.row()).toMatchObject({ outcome: 'refused', accepted_at: null });
  });

  it.each(Object.keys(contents))('[A1 zhongwei refuses] without %s nothing is taken in', async (part) => {
    const before = [await count('application'), await count('intake')];
    const answer = await turns.call(merchant, 'POST', '/v1/applications', {
      body: { resources: [turns.entries.get('transport')], contents: { ...contents, [part]: undefined } },
    });
    expect(answer.statusCode).toBe(422);
    expect(answer.json()).toMatchObject({
      code: 'applicationIncomplete',
      errors: [{ pointer: `/body/contents/${part}` }],
    });
    expect([await count('application'), await count('intake')]).toEqual(before);
  });
});

describe('the compliance check (中卫 20)', () => {
  it('[A2 zhongwei] passed in time: the result is told, and the review’s clock starts from it', async () => {
    const one = await inReview(turns, '2024-04-15T09:00:00', { path: 'approved' });
    expect(await one.told('checkPassed')).toMatchObject([
      {
        late: false,
        findingCodes: [
          ...['dataSecurity.passed', 'networkSecurity.passed'],
          ...['personalInformation.passed', 'tradeSecrets.passed'],
        ],
      },
    ]);
    await turns.law.goTo('2024-04-18T10:00:00');
    await mustCount(one.approve('transport'));
    await one.quiet();
    expect(await one.events()).toEqual([
      ...['submitted', 'accepted', 'checkPassed', 'reviewStarted dept-transport'],
      ...['reviewApproved dept-transport', 'approved'],
    ]);
    expect(await one.row()).toMatchObject({
      outcome: 'approved',
      ended_at: new Date('2024-04-18T10:00:00+08:00'),
    });
  });

  it('[A2 zhongwei] late is overdue, never deemed: directed with a date, passed late, and only then reviewed', async () => {
    const one = await submit(turns, '2024-04-15T09:00:00', { path: 'check-overdue' });
    await mustCount(one.accept());
    await one.quiet();
    await turns.law.goTo('2024-05-10T10:00:00');
    await one.quiet();
    expect(await one.story()).toEqual(['submitted', 'accepted', 'checkOverdue']);
    expect(await one.turnRow(one.turn('check'))).toMatchObject({
      outcome: 'open',
      overdue: true,
      last_day: '2024-04-22',
    });
    expect(await one.direct('2024-05-15')).toMatchObject({ status: 200 });
    await turns.law.goTo('2024-05-13T10:00:00');
    await mustCount(one.check());
    await one.quiet();
    expect((await one.story()).slice(2)).toEqual([
      ...['checkOverdue', 'checkDirected', 'checkPassed', 'reviewStarted dept-transport'],
    ]);
    expect(await one.told('checkPassed')).toMatchObject([{ late: true }]);
    expect(await one.turnRow(one.turn('check'))).toMatchObject({ outcome: 'approved', late: true });
    expect(await one.turnRow(one.turn('transport'))).toMatchObject({ last_day: '2024-05-27' });
    const reminders = (await one.events()).filter((name) => name === 'reminderDue');
    expect(reminders).toHaveLength(3); // the fifth day before lies before the check began
    await mustCount(one.withdraw());
    await one.quiet();
  });

  it('an overdue checker may neither return the file nor ask for more time', async () => {
    const one = await submit(turns, '2024-04-15T09:00:00', { path: 'overdue-refusals' });
    await mustCount(one.accept());
    await turns.law.goTo('2024-04-24T10:00:00');
    await one.quiet();
    expect(await one.giveBack('check')).toMatchObject({ status: 409, code: 'deadlinePassed' });
    const { receipt } = await one.takeIn('check', 'requestExtension', { kind: 'requestExtension', days: 1 });
    expect(await deliver(turns.delivery, receipt)).toEqual({ state: 'refused', code: 'deadlinePassed' });
    expect(await one.story()).toEqual(['submitted', 'accepted', 'checkOverdue']);
    await mustCount(one.failCheck());
    await one.quiet();
    expect((await one.story()).slice(3)).toEqual(['checkFailed', 'refused']);
    expect(await one.told('checkFailed')).toMatchObject([{ late: true }]);
  });

  it('[A2 zhongwei refuses] a check without a finding in each of the four fields is not taken', async () => {
    const one = await submit(turns, '2024-04-15T09:00:00');
    await mustCount(one.accept());
    await one.quiet();
    const before = await count('intake');
    const finding = (field: string) => ({ field, finding: 'passed', note: words.note });
    for (const findings of [[], [finding('dataSecurity'), finding('networkSecurity')]])
      expect(await one.check({ findings })).toMatchObject({ status: 422, code: 'findingsIncomplete' });
    expect(await count('intake')).toBe(before);
    expect(await one.story()).toEqual(['submitted', 'accepted']);
    await mustCount(one.withdraw());
    await one.quiet();
  });

  it('[A2 zhongwei] a failed check ends the case, with its reasons', async () => {
    const one = await submit(turns, '2024-04-15T09:00:00', { path: 'check-failed' });
    await mustCount(one.accept());
    await one.quiet();
    await mustCount(one.failCheck());
    await one.quiet();
    expect(await one.events()).toEqual(['submitted', 'accepted', 'checkFailed', 'refused']);
    expect(await one.told('checkFailed')).toMatchObject([
      {
        reasonCodes: ['measuresInsufficient'],
        findingCodes: expect.arrayContaining(['tradeSecrets.failed']),
      },
    ]);
    const decision = await turns.db
      .selectFrom('decision')
      .selectAll()
      .where('turn_id', '=', one.turn('check'))
      .executeTakeFirstOrThrow();
    expect(decision).toMatchObject({ outcome: 'refused', reasons: [{ text: words.reason }] });
    expect(await one.approve('transport')).toMatchObject({ status: 409, code: 'alreadyDecided' });
  });
});

describe('reviews side by side (中卫 21)', () => {
  it('[A3 zhongwei refuses][A4 zhongwei refuses] another body may not decide, and no refusal goes without reasons', async () => {
    const one = await inReview(turns, '2024-04-15T09:00:00');
    const foreign = await turns.call(
      turns.city.other,
      'POST',
      `/v1/applications/${one.caseNo}/reviews/dept-transport/decision`,
      { body: { outcome: 'approve' } },
    );
    expect(foreign.statusCode).toBe(404);
    expect(await one.refuse('transport', { reasons: [] })).toMatchObject({
      status: 422,
      code: 'reasonsMissing',
    });
    expect((await one.story()).at(-1)).toBe('reviewStarted dept-transport');
    await mustCount(one.refuse('transport'));
    await one.quiet();
    expect((await one.story()).slice(-2)).toEqual(['reviewRefused dept-transport', 'refused']);
  });

  it('withdrawn while reviews run: every turn ends, nothing is decided, later acts are refused', async () => {
    const one = await inReview(turns, '2024-04-15T09:00:00', {
      by: ['transport', 'health', 'county'],
      path: 'withdrawn-in-review',
    });
    await turns.law.goTo('2024-04-17T10:00:00');
    await mustCount(one.approve('transport'));
    await turns.law.goTo('2024-04-18T10:00:00');
    await mustCount(one.withdraw());
    await one.quiet();
    expect((await one.story()).slice(6)).toEqual(['reviewApproved dept-transport', 'withdrawn']);
    const rows = await turns.rowsOf(one.caseNo);
    expect(rows.filter(({ step }) => step === 'review').map(({ outcome }) => outcome)).toEqual([
      ...['withdrawn', 'withdrawn', 'approved'],
    ]);
    expect(await one.row()).toMatchObject({
      outcome: 'withdrawn',
      ended_at: new Date('2024-04-18T10:00:00+08:00'),
    });
    expect(await one.approve('health')).toMatchObject({ status: 409, code: 'withdrawn' });
    expect(await one.withdraw()).toMatchObject({ status: 409, code: 'withdrawn' });
  });

  it('withdrawn while acceptance runs, with Temporal away', async () => {
    const one = await submit(turns, '2024-04-15T09:00:00', { path: 'withdrawn-in-acceptance' });
    turns.temporal.away = true;
    expect(await one.withdraw()).toMatchObject({ status: 202, state: 'taken' });
    await turns.deliverLeft();
    await one.quiet();
    expect(await one.events()).toEqual(['submitted', 'withdrawn']);
    expect(await caseOf(turns, one.caseNo).row()).toMatchObject({
      outcome: 'withdrawn',
      stage: 'acceptance',
    });
  });
});
