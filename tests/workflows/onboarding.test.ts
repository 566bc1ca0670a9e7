import { sql } from 'kysely';
import { deliver } from '@gongshu/infra/intake/deliver';
import { takeIn } from '@gongshu/infra/intake/take';
import { readOrder } from '@gongshu/infra/supply-orders/keep';
import { hand } from '@gongshu/service-registry/onboardings/hand';
import { obeyOrder } from '@gongshu/service-registry/supply-orders/obey';
import { noScope } from '@gongshu/shared/holds';
import {
  checkFields,
  mustCount,
  normDocument,
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

const begin = (path?: string) => onboardings.submit('2024-04-15T09:00:00', path);
/** At its check since Monday the 15th: the last day is Monday the 22nd. */
const inCheck = async (path?: string): Promise<Onboarding> => {
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

describe('an order stands over the body (D1, X1)', () => {
  const tell = (name: 'applied' | 'lifted', order: string, body: string) => {
    const read = readOrder({
      ...{ type: `cn.gongshu.sanction.${name}.v1`, jurisdiction: 'zhongwei' },
      lawtime: '2024-08-01T10:00:00+08:00',
      data: {
        ...{ order, ground: 'overreach', scope: { ...noScope, bodies: [body] } },
        ...{ measure: 'suspension', article: '第二十七条', articleInstrument: '某办法' },
      },
    });
    if (!read) throw new Error('no order');
    return onboardings.db.transaction().execute((trx) => obeyOrder(trx as never, read.move, read.told));
  };
  const exit = (merchant: string) =>
    onboardings.post(onboardings.city.operator, `/v1/merchants/${merchant}/exit`, {
      reasons: [{ code: 'ownRequest', text: '主动退出' }],
    });

  it('exited and enrolled anew under it, it is suspended at once, and restored with the last', async () => {
    const one = await inCheck();
    await mustCount(one.check());
    await one.quiet();
    const { organisation } = one.merchant;
    await tell('applied', 'CJ-1/1', organisation);
    await mustCount(exit(organisation));
    // Told while it is out, an order cannot hold it yet.
    await tell('applied', 'CJ-2/1', organisation);
    expect(await one.standing()).toMatchObject({ standing: 'exited' });

    const again = await onboardings.apply(one.n);
    await mustCount(again.accept());
    await again.quiet();
    await mustCount(again.check());
    await again.quiet();
    expect(await again.row()).toMatchObject({ outcome: 'enrolled' });
    expect(await again.standing()).toMatchObject({ standing: 'suspended', case_no: again.caseNo });
    expect((await again.merchantEvents()).slice(-2)).toEqual([
      'merchant.enrolled.v1',
      'merchant.suspended.v1',
    ]);
    await tell('lifted', 'CJ-1/1', organisation);
    expect(await again.standing()).toMatchObject({ standing: 'suspended' });
    await tell('lifted', 'CJ-2/1', organisation);
    expect(await again.standing()).toMatchObject({ standing: 'enrolled' });
  });

  it('so is one brought in from paper, whose city had enrolled it before', async () => {
    await tell('applied', 'CJ-5/1', 'merchant-19');
    await sql`insert into document (jurisdiction, organisation, hash, bytes, media_type, title, file_name, uploaded_by, uploaded_at)
      values ('zhongwei', 'city-bureau', ${normDocument}, 1, 'application/pdf', '批复', 'p.pdf', 'someone', now())`.execute(
      onboardings.db,
    );
    const answer = await onboardings.post(onboardings.city.bureau, '/v1/bring-in/merchants', {
      keep: 'none',
      merchants: ['merchant-19', 'merchant-20'].map((merchant) => ({
        ...{ merchant, enrolledOn: '2023-03-01', document: normDocument },
      })),
    });
    expect(answer.status).toBeLessThan(300);
    const { rows } = await sql`select organisation, standing from merchant
      where organisation in ('merchant-19', 'merchant-20') order by 1`.execute(onboardings.db);
    expect(rows).toEqual([
      { organisation: 'merchant-19', standing: 'suspended' },
      { organisation: 'merchant-20', standing: 'enrolled' },
    ]);
  });

  it('over another body, or lifted before, it suspends none that is enrolled', async () => {
    const one = await inCheck();
    await tell('applied', 'CJ-3/1', 'somebody-else');
    await tell('applied', 'CJ-4/1', one.merchant.organisation);
    await tell('lifted', 'CJ-4/1', one.merchant.organisation);
    await mustCount(one.check());
    await one.quiet();
    expect(await one.standing()).toMatchObject({ standing: 'enrolled' });
    expect(await one.merchantEvents()).toEqual(['merchant.enrolled.v1']);
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
