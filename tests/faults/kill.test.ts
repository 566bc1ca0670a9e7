// R: kill -9 of worker, catalog and relay in turn, while applications are submitted, accepted, checked and reviewed.
import { setTimeout as sleep } from 'node:timers/promises';
import { verifyAudit } from '@gongshu/infra/audit';
import { temporalClient } from '@gongshu/infra/temporal-client';
import { loadPacks } from '@gongshu/infra/packs';
import { valuesOf } from '@gongshu/shared/packs/pack';
import { type Answer, type Seat, type Stack, startStack, until } from '../support/stack.ts';
import { bureau, contents, merchant, operator, seatOf } from '../support/stack-case.ts';
import { entryOf, reviewers } from '../support/stack-city.ts';
import { type Listener, listen } from '../support/stack-events.ts';

let stack: Stack;
let topics: Listener;

beforeAll(async () => {
  stack = await startStack('kill');
  topics = await listen(stack.brokers);
}, 120_000);
afterAll(async () => {
  await topics?.stop();
  await stack?.down();
}, 60_000);

type Acknowledged = { caseNo: string; receipt: string; act: string };
/** A worker that comes back takes over what the dead one held when the server's time for it is over (10 s). */
const patience = 60_000;
const acknowledged: Acknowledged[] = [];
const { checkFields } = valuesOf(loadPacks().resolve('zhongwei'), 'dataUseApplication');
const findings = checkFields.map((field) => ({ field, finding: 'passed', note: '' }));
const acked = (answer: Answer | null): answer is Answer => answer !== null && answer.status < 300;

/** What the bureau sees of a case; waits out who is away. */
const viewOf = async (caseNo: string): Promise<any> => {
  const answer = await until(() => stack.get(bureau, `/v1/applications/${caseNo}`).catch(() => null), acked);
  return answer?.body;
};
const turnIn = (view: any, step: string, organisation: string) =>
  view.turns.find((turn: any) => turn.step === step && turn.organisation === organisation);

/**
 * Acts until the act is acknowledged, or stands although its answer was lost: then the client asks anew under another
 * key and is told that it is decided.
 */
const act = async (seat: Seat, caseNo: string, [step, body]: [step: string, by: string], what: object) => {
  const path = step === 'review' ? `reviews/${body}/decision` : `${step}/decision`;
  const open = await until(
    () => viewOf(caseNo),
    (view) => turnIn(view, step, body)?.deadline,
    patience,
  );
  let turn = turnIn(open, step, body);
  if (!turn) throw new Error(`${caseNo}: no turn for ${step} of ${body}`);
  while (turn.outcome === 'open') {
    const answer = await stack.post(seat, `/v1/applications/${caseNo}/${path}`, what).catch(() => null);
    if (acked(answer)) {
      acknowledged.push({ caseNo, receipt: answer.body.receipt, act: `${step} ${body}` });
      return;
    }
    await sleep(100);
    turn = turnIn(await viewOf(caseNo), step, body);
  }
};

/** One application from submission to its end; undefined where the submission was cut off without an answer. */
const walk = async (): Promise<string | undefined> => {
  const submitted = await stack
    .post(merchant, '/v1/applications', { resources: reviewers.map(entryOf), contents })
    .catch(() => null);
  if (!acked(submitted)) {
    await sleep(200);
    return undefined;
  }
  const { caseNo, receipt } = submitted.body;
  acknowledged.push({ caseNo, receipt, act: 'submission' });
  const approve = { outcome: 'approve', reasons: [] };
  await act(operator, caseNo, ['acceptance', 'operator'], approve);
  await act(operator, caseNo, ['check', 'operator'], { ...approve, findings });
  await Promise.all(
    reviewers.map((by) => act(seatOf[by], caseNo, ['review', by], { ...approve, conditions: [] })),
  );
  return caseNo;
};

it('every acknowledged act is in the tables, the workflow and the topic; none has an effect twice', async () => {
  let going = true;
  const walked: string[] = [];
  const lanes = [1, 2].map(async () => {
    while (going) {
      const caseNo = await walk();
      if (caseNo) walked.push(caseNo);
    }
  });
  await until(
    async () => acknowledged.length,
    (count) => count >= 3,
  );
  for (const name of ['worker', 'catalog', 'relay'] as const) {
    const before = acknowledged.length;
    await stack.kill(name);
    await stack.start(name);
    await until(
      async () => acknowledged.length,
      (count) => count > before + 1,
    );
  }
  going = false;
  await Promise.all(lanes);
  expect(walked.length).toBeGreaterThanOrEqual(3);

  // The tables.
  const acts = new Set(acknowledged.map(({ receipt }) => receipt));
  expect(acts.size).toBe(acknowledged.length);
  const unsettled = () =>
    stack.db
      .selectFrom('intake')
      .select('receipt')
      .where('receipt', 'in', [...acts])
      .where('state', '!=', 'delivered')
      .execute();
  expect(await until(unsettled, (rows) => rows.length === 0)).toEqual([]);
  const { client, close } = temporalClient(stack.urls['temporal'] ?? '', 'default');
  for (const caseNo of walked) {
    const view = await until(
      () => viewOf(caseNo),
      ({ outcome }) => outcome !== null,
      patience,
    );
    expect([caseNo, view.outcome]).toEqual([caseNo, 'approved']);
    const mine = acknowledged.filter((one) => one.caseNo === caseNo).map(({ receipt }) => receipt);
    const shown = view.turns.map((turn: any) => turn.decision?.receipt);
    expect(mine.filter((receipt, index) => index > 0 && !shown.includes(receipt))).toEqual([]);
    const delivered = await stack.db
      .selectFrom('intake')
      .select('receipt')
      .where('case_no', '=', caseNo)
      .where('state', '=', 'delivered')
      .execute();
    expect([caseNo, delivered.length]).toEqual([caseNo, 6]); // each of the six acts once
    // The workflow.
    const { status } = await client.workflow.getHandle(caseNo).describe();
    expect(status.name).toBe('COMPLETED');
    // The topic: gapless versions, one event an intent; a second delivery is the same event.
    await topics.namesUntil(caseNo, 'application.approved.v1');
    const events = [...new Map(topics.of(caseNo).map((event) => [event.id, event])).values()];
    expect(events.map(({ sequence }) => Number(sequence))).toEqual(events.map((_, index) => index + 1));
    const names = events.map(({ name }) => name.replace(/^application\.(.*)\.v1$/, '$1')).sort();
    expect(names).toEqual([
      'accepted',
      'approved',
      'checkPassed',
      ...reviewers.map(() => 'reviewApproved'),
      ...reviewers.map(() => 'reviewStarted'),
      'submitted',
    ]);
  }
  await close();
  expect((await verifyAudit(stack.db as never)).broken).toBeNull();
}, 240_000);
