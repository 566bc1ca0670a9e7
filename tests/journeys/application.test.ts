import { createHash } from 'node:crypto';
import { canonicalJson } from '@gongshu/shared/canonical-json';
import { type Seat, type Stack, startStack, until } from '../support/stack.ts';
import {
  bureau,
  type Case,
  caseAt,
  inReview,
  merchant,
  operator,
  seatOf,
  submit,
} from '../support/stack-case.ts';
import { entryOf, reviewers } from '../support/stack-city.ts';
import { type Listener, listen } from '../support/stack-events.ts';

let stack: Stack;
let topics: Listener;

beforeAll(async () => {
  stack = await startStack('application');
  topics = await listen(stack.brokers);
}, 120_000);
afterAll(async () => {
  await topics?.stop();
  await stack?.down();
}, 60_000);

const sequences = (one: Case) => topics.of(one.no).map(({ sequence }) => Number(sequence));
const gapless = (one: Case) => expect(sequences(one)).toEqual(sequences(one).map((_, index) => index + 1));
const outcomes = async (one: Case) =>
  Object.fromEntries(
    (await one.view()).turns
      .filter(({ step }: { step: string }) => step === 'review')
      .map(({ organisation, outcome }: { organisation: string; outcome: string }) => [organisation, outcome]),
  );

describe('decided by everybody asked', () => {
  let one: Case;

  it('submitted, accepted, checked, reviewed by three, approved: each step read back over REST (art. 20, 21)', async () => {
    one = await submit(stack);
    expect(await one.turn('acceptance')).toMatchObject({ organisation: 'operator', outcome: 'open' });
    expect(await one.accept()).toMatchObject({ status: 200, body: { state: 'delivered' } });
    expect(await one.check()).toMatchObject({ status: 200 });
    for (const reviewer of reviewers) {
      expect(await one.turn('review', reviewer)).toMatchObject({ lastDay: '2024-03-15', outcome: 'open' });
      expect(await one.review(reviewer, 'approve')).toMatchObject({ status: 200 });
    }
    expect(await one.ended()).toMatchObject({ outcome: 'approved', silence: [] });
  });

  it('its events lie in the topics without a gap, the decision alone in public', async () => {
    const names = await topics.namesUntil(one.no, 'application.approved.v1');
    expect(names.filter((name) => name === 'reviewStarted')).toHaveLength(3);
    expect(names.filter((name) => name === 'reviewApproved')).toHaveLength(3);
    expect(names.filter((name) => !name.startsWith('review'))).toEqual([
      'submitted',
      'accepted',
      'checkPassed',
      'approved',
    ]);
    gapless(one);
    const open = topics.of(one.no).filter(({ topic }) => topic === 'gongshu.catalog.public.v1');
    expect(open.map(({ name }) => name)).toEqual(['application.approved.v1']);
  });

  it('the same key again gives the stored answer; another body under it is 422; nothing more is recorded', async () => {
    const given = { resources: [entryOf('operator')], contents: (await one.view()).contents.contents };
    const key = 'journey-application-twice';
    const [first, second] = [
      await stack.post(merchant, '/v1/applications', given, { key }),
      await stack.post(merchant, '/v1/applications', given, { key }),
    ];
    expect(first.status).toBe(201);
    expect(second).toMatchObject({ status: 201, body: first.body });
    expect(second.headers.get('idempotency-replayed')).toBe('true');
    const other = await stack.post(
      merchant,
      '/v1/applications',
      { ...given, resources: [entryOf('dept-health')] },
      { key },
    );
    expect(other).toMatchObject({ status: 422, body: { code: 'idempotencyKeyReused' } });
    const twin = caseAt(stack, first.body.caseNo);
    await twin.act(merchant, 'withdrawal');
    await topics.namesUntil(twin.no, 'application.withdrawn.v1');
    expect(topics.of(twin.no).filter(({ name }) => name === 'application.submitted.v1')).toHaveLength(1);
  });

  it.each<[string, Seat, number]>([
    ['another city’s bureau', { ...bureau, jurisdiction: 'wuhai' }, 404],
    ['another merchant', { role: 'merchant', organisation: 'merchant-2' }, 404],
    ['a department that does not review it', { role: 'sourceDepartment', organisation: 'dept-water' }, 404],
    ['its own merchant', merchant, 200],
    ['an auditor', { role: 'auditor' }, 200],
  ])('is read by %s: %#', async (_who, seat, status) => {
    for (const path of ['', '/clock', '/history'])
      expect((await stack.get(seat, `/v1/applications/${one.no}${path}`)).status).toBe(status);
  });
});

describe('acts of those who may not', () => {
  it('a reviewer speaks for its own body alone, a merchant for none', async () => {
    const one = await inReview(stack, ['dept-health', 'operator']);
    const decide = (seat: Seat, body: string) =>
      stack.post(seat, `/v1/applications/${one.no}/reviews/${body}/decision`, { outcome: 'approve' });
    expect((await decide(seatOf.operator, 'dept-health')).status).toBe(403);
    expect((await decide(merchant, 'dept-health')).status).toBe(403);
    expect(
      (await decide({ role: 'sourceDepartment', organisation: 'dept-water' }, 'dept-health')).status,
    ).toBe(404);
    expect((await decide({ ...seatOf['dept-health'], jurisdiction: 'wuhai' }, 'dept-health')).status).toBe(
      404,
    );
    expect((await stack.post(null, `/v1/applications/${one.no}/withdrawal`)).status).toBe(401);
    expect(await outcomes(one)).toEqual({ 'dept-health': 'open', operator: 'open' });
    expect(await one.act(merchant, 'withdrawal')).toMatchObject({ status: 200 });
  });
});

describe('refused and withdrawn', () => {
  it('one refusal refuses the case, with the reasons that were given (art. 21)', async () => {
    const one = await inReview(stack);
    const bare = await one.act(seatOf['dept-health'], 'reviews/dept-health/decision', { outcome: 'refuse' });
    expect(bare).toMatchObject({ status: 422, body: { code: 'reasonsMissing' } });
    await one.review('dept-health', 'refuse');
    await one.review('county-bureau-1', 'approve');
    await one.review('operator', 'approve');
    const view = await one.ended();
    expect(view).toMatchObject({ outcome: 'refused' });
    const seen = (await stack.get(merchant, `/v1/applications/${one.no}`)).body;
    expect(seen.turns.find((turn: any) => turn.organisation === 'dept-health').decision).toMatchObject({
      outcome: 'refused',
      reasons: [{ code: 'scopeTooWide', text: '申请范围超出用途' }],
    });
    await topics.namesUntil(one.no, 'application.refused.v1');
    gapless(one);
    const told = topics.of(one.no).at(-1);
    expect(told?.data).toMatchObject({ refusedBy: ['dept-health'], reasonCodes: ['scopeTooWide'] });
    expect(JSON.stringify(told)).not.toContain('申请范围');
    expect(await one.review('dept-health', 'approve')).toMatchObject({
      status: 409,
      body: { code: 'alreadyDecided' },
    });
  });

  it('withdrawn while reviews run: every turn ends, nothing more is decided', async () => {
    const one = await inReview(stack);
    await one.review('operator', 'approve');
    expect(await one.act(merchant, 'withdrawal')).toMatchObject({
      status: 200,
      body: { state: 'delivered' },
    });
    expect(await one.ended()).toMatchObject({ outcome: 'withdrawn', waitsFor: [] });
    expect(await outcomes(one)).toMatchObject({ operator: 'approved', 'dept-health': 'withdrawn' });
    expect(await one.review('dept-health', 'approve')).toMatchObject({
      status: 409,
      body: { code: 'withdrawn' },
    });
    await topics.namesUntil(one.no, 'application.withdrawn.v1');
    gapless(one);
  });
});

describe('correction and extension', () => {
  it('returned and resubmitted: the clock pauses, what changed is shown', async () => {
    const one = await inReview(stack, ['dept-health']);
    const { deadline } = await one.turn('review');
    const items = [{ item: 'scope', text: '请缩小范围' }];
    const returned = await one.act(seatOf['dept-health'], 'reviews/dept-health/corrections', { items });
    expect(returned.status).toBe(200);
    const view = await until(one.view, ({ corrections }) => corrections.length === 1);
    expect(view).toMatchObject({ suspended: true, corrections: [{ items, answeredAt: null }] });
    expect(await one.review('dept-health', 'approve')).toMatchObject({
      status: 409,
      body: { code: 'suspended' },
    });
    await stack.advance('2024-03-05T10:00:00+08:00');
    const { id } = view.corrections[0];
    const answer = await one.act(merchant, `corrections/${id}/resubmission`, {
      contents: { scope: '仅机构名称' },
    });
    expect(answer.status).toBe(200);
    const after = await until(one.view, ({ suspended }) => !suspended);
    expect(after.contents).toMatchObject({
      version: 2,
      changed: [{ field: 'scope', before: '所申请目录条目的全部信息项', after: '仅机构名称' }],
    });
    expect(after.corrections[0].answer).toMatchObject({ version: 2 });
    expect(Date.parse((await one.turn('review')).deadline)).toBeGreaterThan(Date.parse(deadline));
    const visible = await one.act(seatOf['dept-health'], 'reviews/dept-health/corrections', {
      items: [{ item: 'manner', text: '请说明方式' }],
    });
    expect(visible).toMatchObject({ status: 422, body: { code: 'correctionItemVisibleBefore' } });
    await one.review('dept-health', 'approve');
    expect(await one.ended()).toMatchObject({ outcome: 'approved' });
    const names = await topics.namesUntil(one.no, 'application.approved.v1');
    expect(names.slice(-5)).toEqual([
      'reviewStarted',
      'correctionRequested',
      'resubmitted',
      'reviewApproved',
      'approved',
    ]);
    gapless(one);
  });

  it('an extension asked for in time and granted moves the last day by its working days', async () => {
    const one = await inReview(stack, ['dept-health']);
    const { lastDay } = await one.turn('review');
    const asked = await one.act(seatOf['dept-health'], 'reviews/dept-health/extension-requests', {
      days: 2,
      reason: '需现场核实',
      documentHash: await stack.upload(seatOf['dept-health']),
    });
    expect(asked.status).toBe(200);
    const [extension] = (
      await until(
        () => one.turn('review'),
        (turn) => turn.extensions.length === 1,
      )
    ).extensions;
    expect(extension).toMatchObject({ workingDays: 2, state: 'pending' });
    const answer = await one.act(bureau, `extension-requests/${extension.id}/answer`, {
      answer: 'grant',
      days: 2,
    });
    expect(answer.status).toBe(200);
    const turn = await until(
      () => one.turn('review'),
      (seen) => seen.lastDay !== lastDay,
    );
    expect(turn).toMatchObject({ extensions: [{ state: 'granted', grantedWorkingDays: 2 }] });
    expect([lastDay, turn.lastDay]).toEqual(['2024-03-19', '2024-03-21']);
    await one.review('dept-health', 'approve');
    const names = await topics.namesUntil(one.no, 'application.approved.v1');
    expect(names).toEqual(expect.arrayContaining(['extensionRequested', 'extensionGranted']));
    gapless(one);
  });
});

describe('a calendar loaded over REST', () => {
  it('moves a running deadline, and the ledger says so', async () => {
    const one = await inReview(stack, ['dept-health', 'operator']);
    expect((await one.turn('review', 'dept-health')).lastDay).toBe('2024-03-19');
    const loaded = await stack.post(bureau, '/v1/calendars', {
      changes: [{ date: '2024-03-15', to: 'holiday', reason: '本市停工' }],
    });
    expect(loaded).toMatchObject({ status: 201, body: { changed: true } });
    const turn = await until(
      () => one.turn('review', 'dept-health'),
      (seen) => seen.lastDay === '2024-03-20',
    );
    expect(turn.lastDay).toBe('2024-03-20');
    const clock = await one.clock('review', 'dept-health');
    expect(clock.ledger.map(({ kind }: { kind: string }) => kind)).toEqual(['started', 'calendarChanged']);
    expect(clock.days).toContainEqual(
      expect.objectContaining({ date: '2024-03-15', counted: false, reason: 'changed' }),
    );
    await topics.namesUntil(one.no, 'application.clockRecomputed.v1');
    const told = topics.of(one.no).find(({ name }) => name === 'application.clockRecomputed.v1');
    expect(told?.data).toMatchObject({
      causeCode: 'calendarChanged',
      deadline: '2024-03-21T00:00:00+08:00',
    });
    await one.act(merchant, 'withdrawal');
  });
});

describe('silence', () => {
  let one: Case;

  it('speaks at the deadline, never before; the case is deemed approved, by nobody (art. 21)', async () => {
    one = await inReview(stack);
    const { deadline } = await one.turn('review', 'dept-health');
    await stack.advance(new Date(Date.parse(deadline) - 1));
    expect(Object.values(await outcomes(one))).toEqual(['open', 'open', 'open']);
    await stack.advance(deadline);
    expect(await one.ended()).toMatchObject({ outcome: 'deemedApproved' });
    expect(Object.values(await outcomes(one))).toEqual(Array.from({ length: 3 }, () => 'deemedApproved'));
    const late = await one.review('operator', 'refuse');
    expect(late).toMatchObject({ status: 409, body: { code: 'deadlinePassed', article: expect.anything() } });
    const receipt = await stack.get(operator, `/v1/receipts/${(await lastReceipt(one)) ?? ''}`);
    expect(receipt.body).toMatchObject({ state: 'refused', code: 'deadlinePassed' });
  }, 60_000);

  const lastReceipt = async ({ no }: Case) =>
    (
      await stack.db
        .selectFrom('intake')
        .select('receipt')
        .where('case_no', '=', no)
        .orderBy('seq', 'desc')
        .executeTakeFirst()
    )?.receipt;

  it('its certificate lists each day and is verified by number and hash by anybody', async () => {
    const { certificate } = await one.turn('review', 'dept-health');
    const address = `/v1/certificates/${encodeURIComponent(certificate.id)}`;
    const { status, body } = await stack.get(merchant, address);
    expect({ status, valid: body.valid }).toEqual({ status: 200, valid: true });
    expect(`sha256:${createHash('sha256').update(canonicalJson(body.content)).digest('hex')}`).toBe(
      body.hash,
    );
    const days = body.content.days as { date: string; counted: boolean }[];
    expect(days.filter(({ counted }) => counted)).toHaveLength(10);
    expect(days).toContainEqual(expect.objectContaining({ date: '2024-03-15', counted: false }));
    const known = await stack.get(null, `${address}?hash=${encodeURIComponent(body.hash)}`);
    expect(known.body).toEqual({ id: certificate.id, valid: true });
    const forged = await stack.get(null, `${address}?hash=${encodeURIComponent(`sha256:${'1'.repeat(64)}`)}`);
    expect(forged.body).toEqual({ id: certificate.id, valid: false });
    expect((await stack.get(null, address)).status).toBe(404);
  });

  it('its events are of their own types, reminders first, and are never counted as approvals in the public figures', async () => {
    const names = await topics.namesUntil(one.no, 'application.deemedApproved.v1');
    expect(names).toEqual(
      expect.arrayContaining(['reminderDue', 'reviewDeemedApproved', 'silenceCertified', 'deemedApproved']),
    );
    expect(names.filter((name) => /^(review)?[aA]pproved/.test(name))).toEqual([]);
    gapless(one);
    const total = async () => {
      const { figures } = (await stack.get(null, '/v1/figures?jurisdiction=zhongwei', 'disclosure')).body;
      const sum = (measure: string) => figures.reduce((all: number, month: any) => all + month[measure], 0);
      return Object.fromEntries(
        [
          'approved',
          'approvedWithDeemedReviews',
          'deemedApproved',
          'refused',
          'withdrawn',
          'deemedReviews',
        ].map((measure) => [measure, sum(measure)]),
      );
    };
    const cases = await stack.db.selectFrom('application').select('outcome').execute();
    const ended = (outcome: string) => cases.filter((row) => row.outcome === outcome).length;
    const expected = {
      approved: 3,
      approvedWithDeemedReviews: 0,
      deemedApproved: 1,
      refused: 1,
      withdrawn: ended('withdrawn'),
      deemedReviews: 3,
    };
    expect(await until(total, (seen) => JSON.stringify(seen) === JSON.stringify(expected))).toEqual(expected);
  });
});
