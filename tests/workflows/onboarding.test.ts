import { deliver } from '@gongshu/infra/intake/deliver';
import { takeIn } from '@gongshu/infra/intake/take';
import { hand } from '@gongshu/service-registry/onboardings/hand';
import {
  checkFields,
  mustCount,
  type Onboarding,
  type Onboardings,
  startOnboardings,
} from '../support/onboardings.ts';

let onboardings: Onboardings;
beforeAll(async () => {
  onboardings = await startOnboardings();
  await onboardings.law.begin('2024-04-01T09:00:00');
  await onboardings.approveNorm();
}, 120_000);
afterAll(() => onboardings.stop());

const begin = (path: string) => onboardings.submit('2024-04-15T09:00:00', path);
/** At its check since Monday the 15th: the last day is Monday the 22nd. */
const inCheck = async (path: string): Promise<Onboarding> => {
  const one = await begin(path);
  await mustCount(one.accept());
  await one.quiet();
  return one;
};

describe('a merchant’s onboarding (中卫 17, 18)', () => {
  it('[M1 zhongwei] accepted, found sound in all four fields within five working days: enrolled', async () => {
    const one = await inCheck('onboarding-enrolled');
    expect(await one.turn('check')).toMatchObject({ last_day: '2024-04-22', outcome: 'open' });
    await onboardings.law.goTo('2024-04-18T10:00:00');
    await mustCount(one.check());
    await one.quiet();
    expect(await one.story()).toEqual(['submitted', 'accepted', 'checkPassed', 'enrolled']);
    expect(await one.told('checkPassed')).toMatchObject([
      { late: false, findingCodes: checkFields.map((field) => `${field}.passed`) },
    ]);
    const at = new Date('2024-04-18T10:00:00+08:00');
    expect(await one.row()).toMatchObject({ outcome: 'enrolled', ended_at: at });
    expect(await one.standing()).toEqual({ standing: 'enrolled', since: at, case_no: one.caseNo });
    expect(await one.merchantEvents()).toEqual(['merchant.enrolled.v1']);
  });

  it('[M1 zhongwei] one field failed: not enrolled, with the reasons by code, and no standing', async () => {
    const one = await inCheck('onboarding-not-enrolled');
    await mustCount(one.failCheck());
    await one.quiet();
    expect(await one.story()).toEqual(['submitted', 'accepted', 'checkFailed', 'notEnrolled']);
    expect(await one.told('notEnrolled')).toMatchObject([
      { reasonCodes: ['measuresInsufficient'], late: false },
    ]);
    expect(await one.row()).toMatchObject({ outcome: 'notEnrolled' });
    expect(await one.standing()).toBeUndefined();
    expect(await one.merchantEvents()).toEqual([]);
    const again = await onboardings.apply(one.n); // whoever was not enrolled may apply again
    await mustCount(again.withdraw());
    await again.quiet();
  });

  it('[M1 zhongwei] a late check is overdue, told, directed with a date, and passed late: never deemed', async () => {
    const one = await inCheck('onboarding-check-overdue');
    await onboardings.law.goTo('2024-06-28T10:00:00');
    await one.quiet();
    expect(await one.story()).toEqual(['submitted', 'accepted', 'checkOverdue']);
    expect(await one.turn('check')).toMatchObject({ outcome: 'open', overdue: true });
    expect(await one.row()).toMatchObject({ outcome: null });
    expect(await one.standing()).toBeUndefined();
    expect(await one.direct('2024-07-05')).toMatchObject({ status: 200 });
    await mustCount(one.check());
    await one.quiet();
    expect((await one.story()).slice(2)).toEqual([
      ...['checkOverdue', 'checkDirected', 'checkPassed', 'enrolled'],
    ]);
    expect(await one.told('enrolled')).toMatchObject([{ late: true }]);
    expect(await one.standing()).toMatchObject({ standing: 'enrolled' });
  });

  it('an overdue check that fails late: not enrolled, marked late; an overdue checker returns nothing', async () => {
    const one = await inCheck('onboarding-overdue-failed');
    await onboardings.law.goTo('2024-04-24T10:00:00');
    await one.quiet();
    expect(await one.giveBack('check')).toMatchObject({ status: 409, code: 'deadlinePassed' });
    await mustCount(one.failCheck());
    await one.quiet();
    expect(await one.told('notEnrolled')).toMatchObject([{ late: true }]);
  });

  it('silence on acceptance: accepted as of the day of receipt, the check’s days counted from it', async () => {
    const one = await begin('onboarding-acceptance-silent');
    await onboardings.law.goTo('2024-04-23T00:10:00');
    await one.quiet();
    expect((await one.story()).slice(0, 3)).toEqual(['submitted', 'deemedAccepted', 'silenceCertified']);
    expect(await one.turn('check')).toMatchObject({ last_day: '2024-04-22', overdue: true, outcome: 'open' });
    await mustCount(one.check());
    await one.quiet();
    expect(await one.row()).toMatchObject({
      outcome: 'enrolled',
      accepted_at: new Date('2024-04-15T09:00:00+08:00'),
    });
  });

  it('not accepted: not enrolled, with reasons', async () => {
    const one = await begin('onboarding-not-accepted');
    await mustCount(one.notAccept());
    await one.quiet();
    expect(await one.story()).toEqual(['submitted', 'notAccepted', 'notEnrolled']);
    expect(await one.row()).toMatchObject({ outcome: 'notEnrolled', accepted_at: null });
  });
});

describe('a return for correction (no article; the pack’s reading)', () => {
  it('at both steps: the clock rests meanwhile and goes on where it stood', async () => {
    const one = await begin('onboarding-corrected');
    const first = await mustCount(one.giveBack('acceptance'));
    await onboardings.law.goTo('2024-05-20T10:00:00');
    expect(await one.row()).toMatchObject({ stage: 'acceptance', outcome: null });
    await mustCount(one.resubmit(first.receipt));
    await mustCount(one.accept());
    await one.quiet();
    await onboardings.law.goTo('2024-05-22T10:00:00');
    const second = await mustCount(one.giveBack('check', 'tradeSecrets'));
    expect(await one.turn('check')).toMatchObject({ suspended: true, deadline: null });
    expect(await one.check()).toMatchObject({ status: 409, code: 'suspended' });
    await onboardings.law.goTo('2024-05-24T10:00:00');
    await mustCount(one.resubmit(second.receipt, { tradeSecrets: { text: '已补充保密制度' } }));
    // One day went by before the return; four are left after the 24th.
    expect(await one.turn('check')).toMatchObject({ suspended: false, last_day: '2024-05-30' });
    await mustCount(one.check());
    await one.quiet();
    expect(await one.story()).toEqual([
      ...['submitted', 'correctionRequested', 'resubmitted', 'accepted'],
      ...['correctionRequested', 'resubmitted', 'checkPassed', 'enrolled'],
    ]);
  });

  it('never answered: told beforehand, then the case lapses', async () => {
    const one = await inCheck('onboarding-lapsed');
    await mustCount(one.giveBack('check'));
    await onboardings.law.goTo('2024-05-29T00:10:00');
    await one.quiet();
    expect(await one.row()).toMatchObject({ outcome: 'lapsed' });
    expect(await one.story()).toEqual(['submitted', 'accepted', 'correctionRequested', 'lapsed']);
    const warnings = (await one.told('reminderDue')).filter(({ kind }) => kind === 'lapseWarning');
    expect(warnings).toHaveLength(1);
    expect(await one.standing()).toBeUndefined();
  });
});

describe('withdrawal', () => {
  it.each(['acceptance', 'check'] as const)('during the %s, by the applicant', async (stage) => {
    const one = await (stage === 'check' ? inCheck : begin)(`onboarding-withdrawn-in-${stage}`);
    await mustCount(one.withdraw());
    await one.quiet();
    expect(await one.row()).toMatchObject({ outcome: 'withdrawn' });
    expect(await one.told('withdrawn')).toMatchObject([{ stage }]);
    expect(await one.withdraw()).toMatchObject({ status: 409, code: 'withdrawn' });
    expect(await one.standing()).toBeUndefined();
  });
});

it('no extension of the check is taken: the pack gives none', async () => {
  const one = await inCheck('onboarding-no-extension');
  const { receipt } = await takeIn(onboardings.db, one.caseNo, async () => ({
    ...{ act: 'requestExtension', jurisdiction: 'zhongwei', caseNo: one.caseNo },
    ...{ turnId: `${one.caseNo}/check`, workflowId: `${one.caseNo}/check` },
    payload: { act: { kind: 'requestExtension', days: 3 } },
    actor: { id: 'someone', role: 'operator', organisation: 'operator' },
  }));
  const { db, client } = onboardings;
  expect(await deliver({ db, client, hand }, receipt)).toEqual({ state: 'refused', code: 'extensionLimit' });
  await mustCount(one.withdraw());
  await one.quiet();
});

it('is read over REST while it runs: its clock, its history, the operator’s task, the receipt', async () => {
  const one = await inCheck('onboarding-read');
  const at = `/v1/onboardings/${one.caseNo}`;
  const { call, city } = onboardings;
  const get = async (who: Parameters<typeof call>[0], url: string) => {
    const answer = await call(who, 'GET', url);
    return { status: answer.statusCode, ...answer.json<{ items?: Record<string, unknown>[] }>() };
  };
  const clock = await get(one.merchant, `${at}/clock`);
  expect(clock.items).toMatchObject([
    { step: 'acceptance' },
    { step: 'check', budget: 5, onSilence: 'overdue', article: '第十八条', lastDay: '2024-04-22' },
  ]);
  const history = await get(city.bureau, `${at}/history`);
  expect(history.items?.map(({ name }) => name)).toEqual([
    ...['submitOnboarding', 'recordDecision', 'onboarding.submitted.v1', 'onboarding.accepted.v1'],
  ]);
  const tasks = await get(city.operator, '/v1/tasks');
  expect(tasks.items).toContainEqual(
    expect.objectContaining({ kind: 'check', caseNo: one.caseNo, article: '第十八条' }),
  );
  const { receipt } = await mustCount(one.withdraw());
  expect(await get(one.merchant, `/v1/receipts/${receipt}`)).toMatchObject({ state: 'delivered' });
  expect(await get(city.department, at)).toMatchObject({ status: 404 });
  await one.quiet();
});
