// O1–O4: each city's route from opening to the operator selected; what fails, what is refused, what is kept.
import { sql } from 'kysely';
import { peopleOf, type Procedures, startProcedures } from '../support/procedures.ts';
import { actsOf, bidders, seedCity, votes } from '../support/selections.ts';

const cities = ['national', 'zhongwei', 'shuozhou', 'wuhai'] as const;

let the: Procedures;
beforeAll(async () => {
  the = await startProcedures(cities);
  for (const city of cities) await seedCity(the, city);
}, 120_000);
afterAll(() => the?.stop());
beforeEach(() => the.law.begin('2024-03-01T09:00:00'));

/** The notices of the result: first and last day, and why one was withdrawn. */
const notices = async (caseNo: string) =>
  (
    await sql<{ from: string; until: string | null; why: string | null }>`
      select from_on::text as "from", until_on::text as until, withdrawn_code as why
      from publication where subject = ${caseNo} and kind = 'selectionNotice' order by number`.execute(the.db)
  ).rows;

const assessed = ['sheetReceived', 'sheetReceived', 'sheetReceived', 'sheetReceived', 'sheetReceived'];
const upToRanking = (issued: string) => [
  ...['opened', issued, 'seedCommitted', 'committeeDrawn', 'announcementEnded', 'biddingClosed'],
  ...['bidsOpened', 'bidsExamined', ...assessed],
];
const marked = { 'bidder-a': 90, 'bidder-b': 80, 'bidder-c': 70 };

describe('the route of each city', () => {
  it('[O4 national] [O4 national refuses] 十三: selected, consulted on, decided together, then signed', async () => {
    const it = actsOf(the, 'national');
    await it.begin();
    const caseNo = await it.toAssessment('selection-national');
    await it.score(caseNo);
    expect(await it.deliberate(caseNo)).toMatchObject({ status: 409, code: 'stepNotReached' });
    await it.must(caseNo, 'consultation', { document: await it.paper('协议征求意见') });
    expect(await it.deliberate(caseNo)).toMatchObject({ status: 200 });
    await the.quiet(caseNo);
    expect(await the.story(caseNo)).toEqual([
      ...upToRanking('announced'),
      ...['ranked', 'assessed', 'consulted', 'deliberated', 'selected'],
    ]);
    expect(await the.told(caseNo, 'selection.selected.v1')).toMatchObject([
      {
        winner: 'bidder-a',
        plan: 'plan-national',
        mode: 'whole',
        termMonths: 36,
        signedBy: 'aloneOrWithDepartments',
      },
    ]);
  });

  it('[O4 zhongwei] [O4 zhongwei refuses] 十三: the terms of the tender papers are consulted on before anything goes out', async () => {
    const it = actsOf(the, 'zhongwei');
    const caseNo = await it.open({}, 'selection-zhongwei');
    expect(await it.act(caseNo, 'announcement', it.papers())).toMatchObject({
      status: 409,
      code: 'stepNotReached',
    });
    await it.issue(caseNo);
    await it.draw(caseNo);
    for (const id of bidders.slice(0, 3)) expect(await it.bid(caseNo, id)).toMatchObject({ status: 201 });
    await the.goTo('2024-03-22T09:00:00', caseNo);
    await it.must(caseNo, 'opening');
    await it.must(caseNo, 'examination', it.findings());
    await it.score(caseNo);
    expect(await it.deliberate(caseNo, votes(3))).toMatchObject({ status: 200 });
    expect(await it.deliberate(caseNo)).toMatchObject({ status: 200 });
    await the.quiet(caseNo);
    const [first, second, ...others] = upToRanking('announced');
    expect(await the.story(caseNo)).toEqual([
      ...[
        first,
        'consulted',
        second,
        ...others,
        'ranked',
        'assessed',
        'notCarried',
        'deliberated',
        'selected',
      ],
    ]);
  });

  it('[O4 shuozhou] [O4 shuozhou refuses] 六（一）: negotiated with the core annex, approved by the government, put to notice, then signed', async () => {
    const it = actsOf(the, 'shuozhou');
    const caseNo = await it.toAssessment('selection-shuozhou');
    await it.score(caseNo);
    const document = await it.paper('谈判纪要');
    expect(await it.act(caseNo, 'negotiation', { document, outcome: 'agreed' })).toMatchObject({
      status: 422,
      code: 'coreAnnexMissing',
    });
    expect(await it.approve(caseNo)).toMatchObject({ status: 409, code: 'stepNotReached' });
    const annex = await it.paper('运营方案');
    await it.must(caseNo, 'negotiation', { document, outcome: 'agreed', annex });
    const reasons = [{ code: 'toBeRefined', text: '方案须完善' }];
    expect(await it.approve(caseNo, { outcome: 'refuse', reasons })).toMatchObject({ status: 200 });
    await it.must(caseNo, 'negotiation', { document, outcome: 'agreed', annex });
    expect(await it.approve(caseNo)).toMatchObject({ status: 200 });
    await it.must(caseNo, 'public-notice');
    expect((await it.state(caseNo)).outcome).toBeNull();
    await the.goTo('2024-04-01T09:00:00', caseNo);
    expect((await the.story(caseNo)).slice(-8)).toEqual([
      ...[
        'assessed',
        'negotiated',
        'notApproved',
        'negotiated',
        'approved',
        'noticePublished',
        'noticeEnded',
      ],
      'selected',
    ]);
    expect(await the.told(caseNo, 'selection.selected.v1')).toMatchObject([{ annex, winner: 'bidder-a' }]);
  });

  it('[O4 wuhai] [O4 wuhai refuses] 四（二）: the result stands in public notice before the collective decision; objections are answered first', async () => {
    const it = actsOf(the, 'wuhai');
    const caseNo = await it.toAssessment('selection-wuhai');
    await it.score(caseNo);
    expect(await it.deliberate(caseNo)).toMatchObject({ status: 409, code: 'stepNotReached' });
    await it.must(caseNo, 'public-notice');
    // Five working days, 22 March being a Friday: the public reads until when it stands.
    expect(await notices(caseNo)).toEqual([{ from: '2024-03-22', until: '2024-03-29', why: null }]);
    await it.must(caseNo, 'objections', { text: '评分有误' }, it.bidder('bidder-b'));
    expect(await it.deliberate(caseNo)).toMatchObject({ status: 409, code: 'objectionsOpen' });
    await the.goTo('2024-04-01T09:00:00', caseNo);
    expect(await the.story(caseNo)).toContain('objectionOverdue');
    expect(await it.deliberate(caseNo)).toMatchObject({ status: 409, code: 'objectionsOpen' });
    expect(await it.act(caseNo, 'objections', { text: '又' }, it.bidder('bidder-b'))).toMatchObject({
      status: 409,
      code: 'objectionsClosed',
    });
    await it.must(caseNo, 'objections/1/answer', { outcome: 'rejected', text: '评分无误' });
    expect(await notices(caseNo)).toMatchObject([{ why: null }]);
    expect(await it.deliberate(caseNo)).toMatchObject({ status: 200 });
    await the.quiet(caseNo);
    expect((await the.row(caseNo)).outcome).toBe('selected');
    expect(await the.told(caseNo, 'selection.objectionAnswered.v1')).toMatchObject([{ late: true }]);
  });
});

const modesOf = {
  national: ['openTender', 'invitedTender', 'negotiation'],
  zhongwei: ['openTender', 'invitedTender', 'negotiation'],
  shuozhou: ['openCall'],
  wuhai: ['invitedTender'],
} as const;
const byAnnouncement: readonly string[] = ['openTender', 'openCall'];
const allModes = [...new Set(Object.values(modesOf).flat())];

describe('[O1 national] [O1 zhongwei] [O1 shuozhou] [O1 wuhai] a selection in a mode of its text', () => {
  it.each(cities.flatMap((city) => modesOf[city].map((mode) => [city, mode] as const)))(
    '%s: %s goes out as it asks',
    async (city, mode) => {
      const it = actsOf(the, city);
      await it.begin();
      const announced = byAnnouncement.includes(mode);
      const caseNo = await it.open({ mode, invitees: announced ? [] : bidders.slice(0, 3) });
      if ((await it.state(caseNo)).stage === 'consultation')
        await it.must(caseNo, 'consultation', { document: await it.paper(`征求意见 ${mode}`) });
      const [path, wrong] = announced ? ['announcement', 'invitations'] : ['invitations', 'announcement'];
      expect(await it.act(caseNo, wrong as string, it.papers())).toMatchObject({
        status: 409,
        code: 'selectionModeOtherwise',
      });
      await it.must(caseNo, path as string, it.papers());
      expect(
        await the.told(caseNo, announced ? 'selection.announced.v1' : 'selection.invited.v1'),
      ).toHaveLength(1);
    },
  );
});

describe('[O1 national refuses] [O1 zhongwei refuses] [O1 shuozhou refuses] [O1 wuhai refuses] any other', () => {
  it.each(
    cities.flatMap((city) =>
      allModes
        .filter((mode) => !modesOf[city].some((own) => own === mode))
        .map((mode) => [city, mode] as const),
    ),
  )('%s: %s', async (city, mode) => {
    const it = actsOf(the, city);
    await it.begin();
    const invitees = byAnnouncement.includes(mode) ? [] : bidders.slice(0, 3);
    expect(await the.post(it.bureau, '/v1/selections', it.body({ mode, invitees }))).toMatchObject({
      status: 422,
      code: 'selectionModeNotAllowed',
    });
  });

  it.each(['national', 'zhongwei', 'wuhai'] as const)('%s: an invitation of two', async (city) => {
    const it = actsOf(the, city);
    await it.begin();
    const two = it.body({ mode: 'invitedTender', invitees: bidders.slice(0, 2) });
    expect(await the.post(it.bureau, '/v1/selections', two)).toMatchObject({
      status: 422,
      code: 'tooFewInvitees',
    });
  });

  it('四（二）: nobody who was not invited hands in a bid', async () => {
    const it = actsOf(the, 'wuhai');
    const caseNo = await it.open();
    await it.issue(caseNo);
    expect(await it.bid(caseNo, 'bidder-d')).toMatchObject({ status: 409, code: 'notInvited' });
  });
});

describe('what fails is recorded, and run again as a case that names it', () => {
  it('too few bids', async () => {
    const it = actsOf(the, 'zhongwei');
    const caseNo = await it.open({}, 'selection-too-few');
    await it.issue(caseNo);
    await it.draw(caseNo);
    for (const id of bidders.slice(0, 2)) await it.bid(caseNo, id);
    await the.goTo('2024-03-22T09:00:00', caseNo);
    await it.must(caseNo, 'opening');
    await the.quiet(caseNo);
    expect(await the.told(caseNo, 'selection.failed.v1')).toMatchObject([
      { reason: 'tooFewValidBids', valid: 2, needed: 3 },
    ]);
    const again = await it.open({ rerunOf: caseNo });
    expect((await the.told(again, 'selection.opened.v1'))[0]).toMatchObject({ rerunOf: caseNo });
    expect(await the.post(it.bureau, '/v1/selections', it.body({ rerunOf: again }))).toMatchObject({
      status: 422,
      code: 'rerunNotFailed',
    });
  });

  it('enough bids, too few that meet the conditions', async () => {
    const it = actsOf(the, 'wuhai');
    const caseNo = await it.open({}, 'selection-conditions-failed');
    await it.issue(caseNo);
    await it.draw(caseNo);
    for (const id of bidders.slice(0, 3)) await it.bid(caseNo, id);
    await the.goTo('2024-03-22T09:00:00', caseNo);
    await it.must(caseNo, 'opening');
    const incidents = [{ on: '2022-05-01', kind: 'dataSecurity', grade: 'general' }];
    await it.must(caseNo, 'examination', it.findings({ 'bidder-c': { incidents } }));
    await the.quiet(caseNo);
    expect(await the.told(caseNo, 'selection.bidsExamined.v1')).toMatchObject([
      {
        valid: 2,
        findings: expect.arrayContaining([{ bidder: 'bidder-c', valid: false, failed: ['incidentFree'] }]),
      },
    ]);
    expect((await the.row(caseNo)).outcome).toBe('failed');
  });
});

it('withdrawn before the opening, with its reasons, no bid is opened any more', async () => {
  const it = actsOf(the, 'shuozhou');
  const caseNo = await it.open({}, 'selection-withdrawn');
  await it.issue(caseNo);
  await it.bid(caseNo, 'bidder-a');
  const reasons = [{ code: 'planChanged', text: '方案调整' }];
  expect(await it.act(caseNo, 'withdrawal', { reasons }, it.bidder('bidder-a'))).toMatchObject({
    status: 403,
  });
  await it.must(caseNo, 'withdrawal', { reasons });
  await the.quiet(caseNo);
  expect(await the.row(caseNo)).toMatchObject({ outcome: 'withdrawn' });
  expect((await it.bid(caseNo, 'bidder-b')).status).toBe(409);
  expect((await it.act(caseNo, 'opening')).status).toBe(409);
  expect(await the.told(caseNo, 'selection.withdrawn.v1')).toMatchObject([{ reasonCodes: ['planChanged'] }]);
});

describe('the panel', () => {
  it('[O3 wuhai] [O3 wuhai refuses] 四（二）: decides a tie by votes; sheets are whole, once, and unseen', async () => {
    const it = actsOf(the, 'wuhai');
    const caseNo = await it.toAssessment('selection-tie');
    const { panel } = await it.state(caseNo);
    const [first, second, ...rest] = panel.map(({ id }) => id);
    if (!first || !second) throw new Error('no panel');
    expect(await it.act(caseNo, 'sheets', it.sheet({ 'bidder-a': 90 }), it.expert(first))).toMatchObject({
      status: 422,
      code: 'sheetRefused',
    });
    expect(
      await it.act(caseNo, 'sheets', it.sheet({ ...marked, 'bidder-a': 101 }), it.expert(first)),
    ).toMatchObject({ status: 422, code: 'sheetRefused' });
    const tie = { 'bidder-a': 80, 'bidder-b': 80, 'bidder-c': 70 };
    await it.must(caseNo, 'sheets', it.sheet(tie), it.expert(first));
    expect(await it.act(caseNo, 'sheets', it.sheet(tie), it.expert(first))).toMatchObject({
      status: 409,
      code: 'sheetGiven',
    });
    expect((await the.call(it.expert(second), 'GET', it.url(caseNo, 'sheets'))).json()).toEqual({
      complete: false,
      items: [],
    });
    expect(await it.act(caseNo, 'assessment')).toMatchObject({ status: 409, code: 'sheetsMissing' });
    await it.score(caseNo, tie);
    expect((await it.state(caseNo)).tied).toEqual(['bidder-a', 'bidder-b']);
    expect(await it.act(caseNo, 'votes', { bidder: 'bidder-c' }, it.expert(first))).toMatchObject({
      status: 422,
      code: 'notTied',
    });
    for (const [at, id] of [first, second, ...rest].entries())
      await it.must(caseNo, 'votes', { bidder: at < 2 ? 'bidder-a' : 'bidder-b' }, it.expert(id));
    await it.must(caseNo, 'assessment');
    expect(await it.state(caseNo)).toMatchObject({ winner: 'bidder-b', stage: 'publicNotice' });
    expect((await the.call(it.bureau, 'GET', it.url(caseNo, 'sheets'))).json()).toMatchObject({
      complete: true,
    });
  });

  it('[O3 shuozhou] [O3 shuozhou refuses] 六（一）: loses an expert in conflict whole, and the next in order takes the seat', async () => {
    const it = actsOf(the, 'shuozhou');
    const caseNo = await it.toAssessment('selection-conflict');
    const before = await it.state(caseNo);
    const [leaving] = before.panel.map(({ id }) => id);
    const [next] = before.substitutes.filter(({ seat }) => seat === 'expert').map(({ id }) => id);
    if (!leaving || !next) throw new Error('no panel');
    await it.must(caseNo, 'sheets', it.sheet(marked), it.expert(leaving));
    await it.must(caseNo, 'conflicts', {}, it.expert(leaving));
    expect(await it.act(caseNo, 'sheets', it.sheet(marked), it.expert(leaving))).toMatchObject({
      status: 409,
      code: 'expertInConflict',
    });
    const after = await it.state(caseNo);
    expect(after.panel.map(({ id }) => id)).toContain(next);
    expect(after.sheets).toEqual([]);
    expect(
      await it.act(caseNo, 'sheets', it.sheet(marked), {
        ...it.expert('ex-99'),
        organisation: 'nowhere',
      } as never),
    ).toMatchObject({
      status: 404,
    });
    for (const { id } of after.panel) await it.must(caseNo, 'sheets', it.sheet(marked), it.expert(id));
    expect(await it.act(caseNo, 'assessment')).toMatchObject({ status: 409, code: 'feasibilityMissing' });
    await it.score(caseNo);
    expect(await it.state(caseNo)).toMatchObject({ feasible: true, winner: 'bidder-a' });
    expect(new Set(after.panel.map(({ seat }) => seat))).toEqual(new Set(['expert', 'department']));
    expect(await the.told(caseNo, 'selection.ranked.v1')).toMatchObject([
      { scores: expect.arrayContaining([{ bidder: 'bidder-a', exact: '90/1', shown: '90.00' }]) },
    ]);
  });

  it('is seated only once its seed was committed, and its opening tells the seed', async () => {
    const it = actsOf(the, 'national');
    await it.begin();
    const caseNo = await it.open();
    await it.issue(caseNo);
    expect(await it.act(caseNo, 'committee')).toMatchObject({ status: 409, code: 'seedNotCommitted' });
    await it.draw(caseNo);
    expect(await it.act(caseNo, 'committee')).toMatchObject({ status: 409, code: 'committeeDrawnAlready' });
    for (const id of bidders.slice(0, 3)) await it.bid(caseNo, id);
    expect(await it.act(caseNo, 'opening')).toMatchObject({ status: 409, code: 'bidsNotClosed' });
    await the.goTo(it.days.opening, caseNo);
    await it.must(caseNo, 'opening');
    expect(await the.told(caseNo, 'selection.bidsOpened.v1')).toMatchObject([
      { seed: expect.stringMatching(/^[0-9a-f]{64}$/), bids: [{}, {}, {}] },
    ]);
  });
});

describe('an objection upheld', () => {
  it('sends the selection back to its assessment, and nothing of the one before counts', async () => {
    const it = actsOf(the, 'wuhai');
    const caseNo = await it.toAssessment('selection-reassessed');
    await it.score(caseNo);
    await it.must(caseNo, 'public-notice');
    await it.must(caseNo, 'objections', { text: '有误' }, it.bidder('bidder-b'));
    expect(await it.act(caseNo, 'objections/1/answer', { outcome: 'upheld', text: '成立' })).toMatchObject({
      status: 422,
      code: 'upheldNeedsConsequence',
    });
    await it.must(caseNo, 'objections/1/answer', { outcome: 'upheld', then: 'reassess', text: '成立' });
    expect(await it.state(caseNo)).toMatchObject({ stage: 'assessment', round: 2, winner: null, sheets: [] });
    expect(await notices(caseNo)).toMatchObject([{ until: '2024-03-29', why: 'objectionUpheld' }]);
    await it.score(caseNo, { ...marked, 'bidder-b': 99 });
    expect(await it.state(caseNo)).toMatchObject({ winner: 'bidder-b' });
  });
});

it('an auditor reads and does nothing', async () => {
  const it = actsOf(the, 'national');
  await it.begin();
  const caseNo = await it.open();
  const { auditor } = peopleOf('national');
  expect((await the.call(auditor, 'GET', `/v1/selections/${caseNo}`)).statusCode).toBe(200);
  expect(await it.act(caseNo, 'seed', {}, auditor)).toMatchObject({ status: 403 });
});

describe('an objection from outside', () => {
  const contact = { name: '王某', phone: '0955-700000' };

  it('holds the result as one of a bidder does; how to answer it stands nowhere but with the bureau', async () => {
    const it = actsOf(the, 'wuhai');
    await it.begin();
    const caseNo = await it.toAssessment();
    await it.score(caseNo);
    const path = it.url(caseNo, 'objections');
    const early = await the.call(null, 'POST', path, { text: '评分有误', contact });
    expect([early.statusCode, early.json<{ code: string }>().code]).toEqual([404, 'notFound']);
    await it.must(caseNo, 'public-notice');
    for (const [body, status] of [
      [{ text: '评分有误' }, 400],
      [{ text: '评分有误', contact: { name: '王某' } }, 400],
      [{ text: '评分有误', contact, documents: [`sha256:${'a'.repeat(64)}`] }, 400],
      [{ text: '评分有误', contact }, 200],
    ] as const)
      expect((await the.call(null, 'POST', path, body)).statusCode).toBe(status);
    await the.quiet(caseNo);
    expect(await the.told(caseNo, 'selection.objectionRaised.v1')).toMatchObject([{ objection: 1 }]);
    await the.goTo('2024-04-30T09:00:00', caseNo);
    expect(await it.deliberate(caseNo)).toMatchObject({ status: 409, code: 'objectionsOpen' });
    const contacts = await the.call(it.bureau, 'GET', `${path}/contacts`);
    expect(contacts.json()).toMatchObject({ items: [{ name: '王某', phone: '0955-700000', email: null }] });
    expect((await the.call(it.bidder('bidder-b'), 'GET', `${path}/contacts`)).statusCode).toBe(403);
    expect((await the.call(null, 'GET', `${path}/contacts`)).statusCode).toBe(401);
    const { rows } = await sql<{ told: string }>`select payload::text as told from outbox`.execute(the.db);
    expect(rows.filter(({ told }) => /王某|700000/.test(told))).toEqual([]);
  });
});
