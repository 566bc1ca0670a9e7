/** Known-bad twins of the turn's workflow: what ours must hold, and what each twin must be caught by. */
import { type Case, inReview, mustCount, submit } from '../support/cases.ts';
import { type Given, startTurns, type Turns } from '../support/turns.ts';
import { bundleTwin, twins } from './twins/workflows.ts';

let turns: Turns;
beforeAll(async () => {
  turns = await startTurns({ replayed: true });
  turns.delivery.patienceMillis = 4_000; // a twin may never answer
}, 120_000);
afterAll(() => turns.stop());

/** Something that is waited for, and opened by hand. */
const gate = () => {
  let open = () => {};
  const opened = new Promise<void>((go) => {
    open = go;
  });
  return { opened, open };
};
const review = () => inReview(turns, '2024-04-15T09:00:00');

/** Lets a case run out, so that the next finds nothing running. */
const runOut = async (one: Case, at: string): Promise<void> => {
  turns.temporal.away = false;
  await turns.law.goTo(at);
  await one.quiet();
};

/** Hands an act on and waits a few seconds for the answer: the refusal's code, or what became of it. */
const handSoon = (receipt: string): Promise<string> =>
  turns.client.withDeadline(Date.now() + 4_000, () =>
    turns.hand(receipt).then(
      () => 'taken',
      (error: { cause?: { type?: string } }) => error.cause?.type ?? 'no answer',
    ),
  );

type Property = (given: Given) => Promise<void>;

/** The deadline instant decides. */
const judgedByInstant: Property = async (given) => {
  await turns.workWith(given);
  const one = await review();
  try {
    await turns.law.goTo('2024-04-28T23:59:30');
    await turns.law.stamp('2024-04-29T00:00:01');
    expect(await one.refuse('transport')).toMatchObject({ code: 'deadlinePassed' });
  } finally {
    await runOut(one, '2024-04-29T00:10:00');
  }
};

/** An act is judged by the ledger as it stands, with what was taken in before it. */
const judgedByTheWholeLedger: Property = async (given) => {
  const computed = gate();
  const asked = gate();
  await turns.workWith({
    ...given,
    activities: (ours) => ({
      recordClock: async (input) => {
        if (input.ledger.some(({ kind }) => kind === 'extensionRequested')) {
          asked.open();
          await computed.opened;
        }
        return ours.recordClock(input);
      },
    }),
  });
  const one = await review();
  try {
    await turns.law.goTo('2024-04-28T23:59:30');
    turns.temporal.away = true;
    const extension = await one.extend('transport', 5);
    await turns.law.stamp('2024-04-29T00:00:10');
    const decision = await one.approve('transport');
    const first = handSoon(extension.receipt);
    await asked.opened;
    const second = handSoon(decision.receipt);
    await new Promise((go) => setTimeout(go, 500));
    computed.open();
    await first;
    expect(await second).toBe('taken');
    turns.temporal.away = false;
    await one.quiet();
    expect((await one.story()).slice(-2)).toEqual(['reviewApproved dept-transport', 'approved']);
  } finally {
    computed.open();
    await runOut(one, '2024-05-09T00:10:00');
  }
};

/** A closed turn refuses at once, and its history knows nothing of it. */
const refusedByValidator: Property = async (given) => {
  const concluded = gate();
  const reached = gate();
  await turns.workWith({
    ...given,
    activities: (ours) => ({
      concludeTurn: async (input) => {
        if (input.turn.step === 'review') {
          reached.open();
          await concluded.opened;
        }
        return ours.concludeTurn(input);
      },
    }),
  });
  const one = await review();
  const turn = one.turn('transport');
  let first: Promise<string> | undefined;
  try {
    turns.temporal.away = true;
    const approval = await one.approve('transport');
    const refusal = await one.refuse('transport');
    first = handSoon(approval.receipt);
    await reached.opened;
    expect(await handSoon(refusal.receipt)).toBe('alreadyDecided');
    const { events } = await turns.client.workflow.getHandle(turn).fetchHistory();
    const accepted = (events ?? []).filter((event) => event.workflowExecutionUpdateAcceptedEventAttributes);
    expect(accepted).toHaveLength(1);
  } finally {
    concluded.open();
    await first;
    turns.temporal.away = false;
  }
};

/** What lands while silence looks is not spoken over. */
const lookedAtAgain: Property = async (given) => {
  let withdrawal: Promise<unknown> | undefined;
  let withdraw = async (): Promise<void> => {};
  await turns.workWith({
    ...given,
    activities: (ours) => ({
      lastLook: async (input) => {
        const look = await ours.lastLook(input);
        if (look.speak) await withdraw();
        return look;
      },
    }),
  });
  const one = await submit(turns, '2024-04-15T09:00:00');
  await mustCount(one.accept());
  await one.quiet();
  withdraw = async () => {
    if (withdrawal) return;
    await turns.law.stamp('2024-04-23T00:00:05');
    withdrawal = one.withdraw();
    await one.until(
      'the turn heard',
      async () => (await turns.standing(one.turn('check'))).state.outcome === 'withdrawn',
    );
  };
  try {
    await turns.law.goTo('2024-04-23T00:10:00');
    await one.quiet();
    expect(await one.story()).toEqual(['submitted', 'accepted', 'withdrawn']);
  } finally {
    if ((await one.row()).outcome === null) await one.failCheck(); // the twin forgot the withdrawal
    await one.quiet();
    await withdrawal;
  }
};

// The server skips no time after the last two: they stand at the end.
describe('ours holds, and its twin is caught', () => {
  it('an act judged only by whether the turn is open', async () => {
    await expect(judgedByInstant({})).resolves.toBeUndefined();
    const bundle = await bundleTwin([...twins.openIsEnough]);
    await expect(judgedByInstant({ bundle })).rejects.toThrow('deadlinePassed');
  });

  it('state read across an awaited activity', async () => {
    await expect(lookedAtAgain({})).resolves.toBeUndefined();
    const bundle = await bundleTwin([...twins.noSecondLook]);
    await expect(lookedAtAgain({ bundle })).rejects.toThrow('checkOverdue');
  });

  it('an act judged by the deadline of the ledger before', async () => {
    await expect(judgedByTheWholeLedger({})).resolves.toBeUndefined();
    const bundle = await bundleTwin([...twins.ledgerBefore]);
    await expect(judgedByTheWholeLedger({ bundle })).rejects.toThrow('deadlinePassed');
  });

  it('an async validator', async () => {
    await expect(refusedByValidator({})).resolves.toBeUndefined();
    const bundle = await bundleTwin([...twins.asyncValidator]);
    await expect(refusedByValidator({ bundle })).rejects.toThrow('alreadyDecided');
  });
});
