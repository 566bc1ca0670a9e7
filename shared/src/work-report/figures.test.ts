import type { Fact } from '../disclosure-facts/fact.ts';
import { workReportFigures } from './figures.ts';

const span = { from: '2024-01-01', until: '2024-03-31' } as const;
const at = Date.parse('2024-02-01T10:00:00+08:00');
const fact = (type: string, data: Record<string, unknown>, sequence: number): Fact => ({
  ...{ id: `F-${sequence}`, type, subject: 's', sequence, at, data },
});
const facts = [
  fact('operatingAgreement.inForce.v1', { agreement: 'YY', operator: 'op', mode: 'whole', ...span }, 0),
  fact('onboarding.notEnrolled.v1', { caseNo: 'RZ-1' }, 1),
  fact('merchant.exited.v1', { merchant: 'm-1' }, 2),
  fact('merchant.enrolled.v1', { merchant: 'm-2' }, 3),
];
const told = (contents: Parameters<typeof workReportFigures>[2]['contents']) =>
  workReportFigures('merchants', facts, { span, operator: 'op', contents }).map(
    ({ name, value }) => `${name} ${value}`,
  );

describe('Zhongwei 十八: a report on merchants tells what the pack asks for', () => {
  it('refusals and exits alone, where no more is asked for', () => {
    expect(told(['refusals', 'exits'])).toEqual(['notEnrolled 1', 'notAccepted 0', 'exited 1']);
  });

  it('with daily management, every figure', () => {
    const all = told(['dailyManagement', 'refusals', 'exits']);
    expect(all).toHaveLength(9);
    expect(all).toEqual(expect.arrayContaining(['enrolled 1', 'notEnrolled 1', 'exited 1']));
  });
});

describe('of two operators each reports on its own', () => {
  let n = 100;
  const say = (type: string, data: Record<string, unknown>): Fact => fact(type, data, (n += 1));
  const mandate = (operator: string, mode = 'byField') =>
    say('operatingAgreement.inForce.v1', { agreement: `YY-${operator}`, operator, mode, ...span });
  /** Sent to an operator and passed by it. */
  const enrolled = (merchant: string, operator: string) => [
    say('onboarding.submitted.v1', { caseNo: `RZ-${merchant}`, applicant: merchant, operator }),
    say('onboarding.checkPassed.v1', { caseNo: `RZ-${merchant}`, reviewer: operator }),
    say('merchant.enrolled.v1', { merchant, caseNo: `RZ-${merchant}` }),
  ];
  const refused = (caseNo: string, reviewer: string) => [
    say('onboarding.submitted.v1', { caseNo, applicant: caseNo }),
    say('onboarding.checkOverdue.v1', { caseNo, reviewer }),
    say('onboarding.checkFailed.v1', { caseNo, reviewer }),
    say('onboarding.notEnrolled.v1', { caseNo, applicant: caseNo }),
  ];
  const city = [
    ...[...enrolled('m-1', 'op-a'), ...enrolled('m-2', 'op-b'), ...enrolled('m-3', 'op-b')],
    ...[...refused('RZ-7', 'op-a'), ...refused('RZ-8', 'op-b')],
    say('onboarding.notAccepted.v1', { caseNo: 'RZ-9', reviewer: 'op-b' }),
    // Sent to it, and nobody has looked yet.
    say('onboarding.submitted.v1', { caseNo: 'RZ-10', applicant: 'x', operator: 'op-b' }),
    say('merchant.suspended.v1', { merchant: 'm-2' }),
    say('merchant.enrolled.v1', { merchant: 'm-4', caseNo: null }),
  ];
  const contents = ['dailyManagement', 'refusals', 'exits'] as const;
  const of = (facts: readonly Fact[], operator: string) =>
    Object.fromEntries(
      workReportFigures('merchants', facts, { span, operator, contents }).map(({ name, cases }) => [
        name,
        cases.join(' '),
      ]),
    );

  it('its merchants, and the onboardings it dealt with or was sent', () => {
    const facts = [...city, mandate('op-a'), mandate('op-b')];
    expect(of(facts, 'op-a')).toMatchObject({
      ...{ applied: 'RZ-7 RZ-m-1', enrolled: 'm-1', notEnrolled: 'RZ-7', notAccepted: '' },
      ...{ checksOverdue: 'RZ-7', suspended: '', standing: 'm-1' },
    });
    expect(of(facts, 'op-b')).toMatchObject({
      ...{ applied: 'RZ-10 RZ-8 RZ-m-2 RZ-m-3', enrolled: 'm-2 m-3', notEnrolled: 'RZ-8' },
      ...{ notAccepted: 'RZ-9', checksOverdue: 'RZ-8', suspended: 'm-2', standing: 'm-3' },
    });
  });

  it('one enrolled from paper is of whoever holds the whole, and of nobody by field', () => {
    expect(of([...city, mandate('op-a', 'whole')], 'op-a')).toMatchObject({ enrolled: 'm-1 m-4' });
    expect(of([...city, mandate('op-a')], 'op-a')).toMatchObject({ enrolled: 'm-1' });
  });

  it('a suspended merchant does not stand until it is restored; one that is gone does not stand', () => {
    const facts = [...city, mandate('op-b')];
    const restored = say('merchant.restored.v1', { merchant: 'm-2' });
    expect(of([...facts, restored], 'op-b')).toMatchObject({ standing: 'm-2 m-3' });
    const exited = say('merchant.exited.v1', { merchant: 'm-3' });
    expect(of([...facts, restored, exited], 'op-b')).toMatchObject({ standing: 'm-2', exited: 'm-3' });
  });
});
