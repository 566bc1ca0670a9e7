/** A known-bad twin of the turn: silence on an onboarding's check taken for consent (中卫 18 gives delay no effect). */
import { mustCount, type Onboardings, startOnboardings } from '../support/onboardings.ts';
import type { Given } from '../support/turns.ts';
import { bundleTwin, twins } from './twins/workflows.ts';

let onboardings: Onboardings;
beforeAll(async () => {
  onboardings = await startOnboardings({ replayed: true });
  await onboardings.law.begin('2024-04-01T09:00:00');
  await onboardings.approveNorm();
}, 120_000);
afterAll(() => onboardings.stop());

/** A check nobody did stays to be done, and its merchant is not enrolled. */
const neverDeemed = async (given: Given): Promise<void> => {
  await onboardings.workWith(given);
  const one = await onboardings.submit('2024-04-15T09:00:00');
  await mustCount(one.accept());
  await one.quiet();
  await onboardings.law.goTo('2024-04-23T00:10:00');
  await one.quiet();
  try {
    expect(await one.story()).toEqual(['submitted', 'accepted', 'checkOverdue']);
    expect(await one.standing()).toBeUndefined();
  } finally {
    await one.withdraw(); // refused where the twin has ended the case
    await one.quiet();
  }
};

it('a check deemed passed on silence is caught', async () => {
  await expect(neverDeemed({})).resolves.toBeUndefined();
  const bundle = await bundleTwin([...twins.onboardingDeemed]);
  await expect(neverDeemed({ bundle })).rejects.toThrow('checkOverdue');
}, 120_000);
