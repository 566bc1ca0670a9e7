// S3, 中卫 三十一: drafted from events when a period is over, answered by those it names, issued by the bureau; each
// department looks behind its own figures, and a small office is not judged by one case.
import { sha256 } from '@gongshu/infra/hash';
import { endOfDay, toInstantText } from '@gongshu/shared/business-date';
import { disclosurePeople } from '../support/disclosure.ts';
import { type Reports, startReports } from '../support/reports.ts';
import { namePath } from '../support/turns-history.ts';

let the: Reports;
const city = 'zhongwei';
const { bureau, department, otherDepartment, operator, merchant, auditor } = disclosurePeople(city);
const turn = (n: number, reviewer: string) => ({
  ...{ caseNo: `SQ-${n}`, packVersion: sha256('p'), turn: 'review', reviewer },
});
const limit = { deadline: null, provisional: false };

/** A review begun on a day and ended on another: by silence at 24:00 of it, as the turn ends. */
const review = async (
  n: number,
  reviewer: string,
  from: string,
  until: string,
  end: 'Approved' | 'DeemedApproved' = 'Approved',
  late = false,
): Promise<void> => {
  const at = `${from}T10:00:00+08:00`;
  await the.tell(city, 'application.reviewStarted.v1', `SQ-${n}`, from, {
    ...{ ...turn(n, reviewer), ...limit, startedAt: at },
  });
  const endedAt = end === 'Approved' ? until : toInstantText(endOfDay(until));
  await the.tell(city, `application.review${end}.v1`, `SQ-${n}`, endedAt, { ...turn(n, reviewer), late });
};

beforeAll(async () => {
  the = await startReports([city]);
  await the.law.begin('2024-04-08T09:00:00');
  await the.mandate(city, '2024-04-01', '2027-03-31', '2024-04-08');
  for (const [party, kind] of [
    ['dept-transport', 'sourceDepartment'],
    ['dept-health', 'sourceDepartment'],
  ] as const)
    await the.tell(city, 'party.registered.v1', party, '2024-04-01', { party, kind, uscc: null });
  for (const n of [1, 2, 3]) {
    const entry = { resource: `R-${n}`, provider: 'dept-transport', contentHash: sha256(String(n)) };
    await the.tell(city, 'resource.compiled.v1', `R-${n}`, '2024-04-09', entry);
    if (n < 3)
      await the.tell(city, 'resource.published.v1', `R-${n}`, '2024-04-10', {
        ...entry,
        publishedOn: '2024-04-10',
      });
  }
  await the.tell(city, 'supply.recorded.v1', 'GS-1', '2024-04-11', {
    supply: 'GS-1',
    resource: 'R-1',
    department: 'dept-transport',
  });
  // Working days after the start: 9 -> 1, 10 -> 2, 12 -> 4, 15 -> 5, 22 -> 10.
  await review(1, 'dept-transport', '2024-04-08', '2024-04-09');
  await review(2, 'dept-transport', '2024-04-08', '2024-04-10');
  await review(3, 'dept-transport', '2024-04-08', '2024-04-12');
  await review(4, 'dept-transport', '2024-04-08', '2024-04-15');
  await review(5, 'dept-transport', '2024-04-08', '2024-04-22', 'DeemedApproved');
  await review(6, 'dept-health', '2024-04-08', '2024-05-22', 'Approved', true);
  await the.tell(city, 'application.extensionRequested.v1', 'SQ-6', '2024-04-18', {
    ...turn(6, 'dept-health'),
    extension: 'YQ-1',
    workingDays: 5,
  });
  await the.tell(city, 'application.extensionGranted.v1', 'SQ-6', '2024-04-18', {
    ...turn(6, 'dept-health'),
    extension: 'YQ-1',
    workingDays: 5,
  });
  await the.tell(city, 'qualityFeedback.opened.v1', 'ZL-1', '2024-06-03', {
    caseNo: 'ZL-1',
    department: 'dept-health',
    resource: 'R-9',
    fault: 'wrong',
    givenBy: 'merchant-1',
  });
}, 120_000);
afterAll(() => the?.stop());

const path = (caseNo: string, rest = '') => `/v1/bulletins/${caseNo}${rest}`;
const newest = async () =>
  the.db.selectFrom('bulletin_period').selectAll().orderBy('from_on', 'desc').executeTakeFirstOrThrow();
const draftOf = async (caseNo: string): Promise<string> =>
  ((await the.row(caseNo)).state as { draft: { hash: string } }).draft.hash;

it('is drafted when the quarter is over, replied to, and issued once replies have had their days', async () => {
  await the.goTo('2024-07-01T09:00:00');
  await the.runDues();
  const { case_no: caseNo, from_on, until_on } = await newest();
  namePath(caseNo, 'bulletin-replied');
  expect([from_on, until_on]).toEqual(['2024-04-01', '2024-06-30']);
  const [drafted] = await the.told(caseNo, 'bulletin.drafted.v1');
  expect(drafted).toMatchObject({ departments: ['dept-health', 'dept-transport'] });
  const content = (await the.call(auditor, 'GET', path(caseNo, '/versions/1'))).json().content;
  const of = (id: string) =>
    content.departments.find((one: { department: string }) => one.department === id).figures;
  expect(of('dept-transport')).toMatchObject({
    ...{ compiled: 3, published: 2, attached: 1, notAttached: 1, reviewsEnded: 5, reviewsSilent: 1 },
    ...{ reviewMedian: 4, reviewTail: 10, reviewsLate: 0, reviewsOpen: 0 },
  });
  // One review: its days are told by no median.
  expect(of('dept-health')).toMatchObject({
    ...{ reviewsEnded: 1, reviewMedian: null, reviewTail: null, reviewsLate: 1 },
    ...{ extensionsAsked: 1, extensionsGranted: 1, feedbackOpen: 1, feedbackReceived: 1 },
  });

  expect(await the.post(bureau, path(caseNo, '/issue'), { draft: await draftOf(caseNo) })).toMatchObject({
    ...{ status: 409, code: 'bulletinReplyRunning' },
  });
  // A department looks behind its own figures, not behind another's; the operator behind none.
  const cases = (who: typeof department | typeof operator, figure: string) =>
    the.call(who, 'GET', path(caseNo, `/figures/${figure}`));
  expect((await cases(department, 'reviewsSilent')).json().items).toEqual([
    { figure: 'reviewsSilent', body: 'dept-transport', case: 'SQ-5' },
  ]);
  expect((await cases(otherDepartment as never, 'reviewsSilent')).json().items).toEqual([]);
  expect((await cases(operator, 'reviewsSilent')).statusCode).toBe(403);

  // The reply is right: a supply had been missed; it is told, and the draft made anew.
  const words = { statement: '目录 R-2 已于六月供数，请核实。' };
  expect(await the.post(merchant, path(caseNo, '/replies'), words)).toMatchObject({ status: 403 });
  expect(await the.post(department, path(caseNo, '/replies'), words)).toMatchObject({ status: 200 });
  expect(await the.post(bureau, path(caseNo, '/drafts'))).toMatchObject({
    status: 409,
    code: 'bulletinUnchanged',
  });
  await the.tell(city, 'supply.recorded.v1', 'GS-2', '2024-06-11', {
    supply: 'GS-2',
    resource: 'R-2',
    department: 'dept-transport',
  });
  expect(await the.post(bureau, path(caseNo, '/drafts'))).toMatchObject({ status: 200 });
  const stale = drafted?.['content'];
  await the.goTo('2024-07-09T09:00:00', caseNo);
  expect(await the.story(caseNo)).toEqual(['drafted', 'replied', 'redrafted', 'replyEnded']);
  expect(await the.post(bureau, path(caseNo, '/issue'), { draft: stale })).toMatchObject({
    ...{ status: 409, code: 'bulletinDraftMoved' },
  });
  expect(await the.post(operator, path(caseNo, '/issue'), { draft: stale })).toMatchObject({ status: 403 });
  expect(await the.post(bureau, path(caseNo, '/issue'), { draft: await draftOf(caseNo) })).toMatchObject({
    status: 200,
  });
  const [copy] = await the.told(`${caseNo}-V2`, 'disclosed.published.v1');
  expect(copy).toMatchObject({ kind: 'bulletin', subject: caseNo, issuer: 'city-bureau' });
  expect(JSON.parse(String(copy?.['content'])).departments[1].figures).toMatchObject({ attached: 2 });
  expect(JSON.stringify(copy)).not.toContain('请核实');

  const chart = await the.call(auditor, 'GET', path(caseNo, '/charts/times?format=json'));
  expect(chart.json()).toMatchObject({
    columns: ['单位', '审核用时中位数（工作日）', '审核用时九成分位（工作日）'],
    rows: [
      ['dept-health', '—', '—'],
      ['dept-transport', '4', '10'],
    ],
  });
  const paper = await the.call(auditor, 'GET', path(caseNo, '/versions/2/paper?format=json'));
  expect(paper.json()).toMatchObject({ number: `${caseNo}-V2`, kind: 'bulletin' });
});

it('all replied: it need not wait; late it is overdue, told, and issued all the same', async () => {
  await the.goTo('2024-10-01T09:00:00');
  await the.runDues();
  const { case_no: caseNo } = await newest();
  namePath(caseNo, 'bulletin-overdue');
  for (const who of [department, otherDepartment])
    await the.post(who as never, path(caseNo, '/replies'), { statement: '无异议。' });
  expect((await the.row(caseNo)).stage).toBe('toIssue');

  // What is said of one department changes now: it alone is heard on it, before anything is issued.
  await the.tell(city, 'qualityFeedback.opened.v1', 'ZL-2', '2024-09-03', {
    ...{ caseNo: 'ZL-2', department: 'dept-health', resource: 'R-9', fault: 'wrong', givenBy: 'merchant-1' },
  });
  expect(await the.post(bureau, path(caseNo, '/drafts'))).toMatchObject({ status: 200 });
  expect(await the.told(caseNo, 'bulletin.redrafted.v1')).toMatchObject([{ toHear: ['dept-health'] }]);
  expect((await the.row(caseNo)).waits_for).toMatchObject([
    { act: 'replyToBulletin', body: 'dept-health', period: 'reply/2' },
  ]);
  expect(await the.post(bureau, path(caseNo, '/issue'), { draft: await draftOf(caseNo) })).toMatchObject({
    ...{ status: 409, code: 'bulletinReplyRunning' },
  });
  await the.post(otherDepartment as never, path(caseNo, '/replies'), { statement: '已在更正。' });
  expect((await the.row(caseNo)).stage).toBe('toIssue');
  await the.goTo('2024-11-15T09:00:00', caseNo);
  expect(await the.story(caseNo)).toEqual([
    ...['drafted', 'replied', 'replied', 'redrafted', 'replied', 'overdue'],
  ]);
  expect(await the.post(bureau, path(caseNo, '/issue'), { draft: await draftOf(caseNo) })).toMatchObject({
    status: 200,
  });
  expect(await the.told(caseNo, 'bulletin.issued.v1')).toMatchObject([{ late: true }]);
  const by = await the.post(bureau, '/v1/bulletins', { on: '2024-08-15' });
  expect(by).toMatchObject({ status: 409, code: 'bulletinExists' });
  expect(await the.post(bureau, '/v1/bulletins', { on: '2024-11-01' })).toMatchObject({
    status: 409,
    code: 'periodNotEnded',
  });
});

describe('[M3 zhongwei] [M5 zhongwei] the operator’s reports are asked for, filed, answered', () => {
  it('figures of the platform, the operator’s words; late is told', async () => {
    const { items } = (await the.call(operator, 'GET', '/v1/work-reports')).json();
    const kinds = items
      .map(({ kind, from, state }: Record<string, string>) => `${kind} ${from} ${state}`)
      .toSorted();
    expect(kinds).toEqual([
      ...['merchants 2024-04-01 asked', 'merchants 2024-07-01 asked'],
      ...['work 2024-04-01 asked', 'work 2024-07-01 asked'],
    ]);
    await the.tell(city, 'merchant.exited.v1', 'merchant-2', '2024-08-06', {
      merchant: 'merchant-2',
      reasonCodes: [],
    });
    await the.tell(city, 'onboarding.notEnrolled.v1', 'JZ-1', '2024-08-07', {
      caseNo: 'JZ-1',
      applicant: 'x',
    });
    const of = items.find(
      (one: Record<string, string>) => one['kind'] === 'merchants' && one['from'] === '2024-07-01',
    );
    const at = `/v1/work-reports/${of.report}`;
    expect((await the.call(operator, 'GET', at)).json().figures).toEqual(
      expect.arrayContaining([
        { name: 'exited', unit: 'count', value: 1 },
        { name: 'notEnrolled', unit: 'count', value: 1 },
      ]),
    );
    expect((await the.call(operator, 'GET', `${at}/figures/notEnrolled`)).json().items).toEqual([
      { figure: 'notEnrolled', case: 'JZ-1' },
    ]);
    await the.runDues();
    expect(await the.told(of.report, 'workReport.overdue.v1')).toMatchObject([
      { kind: 'merchants', escalatedTo: expect.any(String) },
    ]);
    const filed = await the.post(operator, `${at}/filing`, { statement: '本期日常管理情况……' });
    expect(filed).toMatchObject({ status: 200, state: 'filed' });
    expect(await the.told(of.report, 'workReport.filed.v1')).toMatchObject([{ late: true, version: 1 }]);
    const reasons = [{ code: 'incomplete', text: '缺退出原因' }];
    expect(await the.post(bureau, `${at}/answer`, { outcome: 'return', reasons })).toMatchObject({
      status: 200,
      state: 'returned',
    });
    // Returned, it has a new last day, and is overdue anew the morning after that, not before.
    const overdue = async () =>
      (await the.told(of.report, 'workReport.overdue.v1')).map(({ dueOn }) => String(dueOn));
    expect((await the.call(operator, 'GET', at)).json()).toMatchObject({
      ...{ dueOn: '2024-11-22', overdue: false },
    });
    expect(await the.told(of.report, 'workReport.returned.v1')).toMatchObject([{ dueOn: '2024-11-22' }]);
    const due = { jurisdiction: city, kind: 'merchants', operator: 'operator', step: 'late' } as const;
    const early = await the.act({ ...due, from: '2024-07-01', until: '2024-09-30' });
    expect([early.done, await overdue()]).toEqual(['early', ['2024-10-18']]);
    await the.law.goTo('2024-11-22T23:00:00');
    await the.runDues();
    expect(await overdue()).toEqual(['2024-10-18']);
    await the.law.goTo('2024-11-23T09:00:00');
    await the.runDues();
    expect(await overdue()).toEqual(['2024-10-18', '2024-11-22']);
    await the.runDues();
    expect(await overdue()).toHaveLength(2);
    expect((await the.call(operator, 'GET', at)).json()).toMatchObject({ overdue: true });
    expect(await the.post(operator, `${at}/filing`, { statement: '补充退出原因。' })).toMatchObject({
      status: 200,
    });
    expect(await the.post(bureau, `${at}/answer`, { outcome: 'receive', reasons: [] })).toMatchObject({
      status: 200,
      state: 'received',
    });
  });
});

describe('[M3 zhongwei refuses] [M5 zhongwei refuses] the operator’s reports', () => {
  it('returned before its last day keeps that day; put right by it, nothing is told', async () => {
    await the.law.goTo('2025-01-01T09:00:00');
    await the.runDues();
    const { items } = (await the.call(operator, 'GET', '/v1/work-reports?kind=work')).json();
    const newest = items.find((one: Record<string, string>) => one['from'] === '2024-10-01');
    const at = `/v1/work-reports/${newest.report}`;
    expect(newest).toMatchObject({ dueOn: '2025-01-15', state: 'asked' });
    await the.law.goTo('2025-01-03T09:00:00');
    expect(await the.post(operator, `${at}/filing`, { statement: '一' })).toMatchObject({ status: 200 });
    const reasons = [{ code: 'incomplete', text: '缺数' }];
    await the.post(bureau, `${at}/answer`, { outcome: 'return', reasons });
    const report = async () => (await the.call(operator, 'GET', at)).json();
    expect(await report()).toMatchObject({ state: 'returned', dueOn: '2025-01-15' });
    await the.post(operator, `${at}/filing`, { statement: '二' });
    expect(await report()).toMatchObject({ state: 'filed', version: 2, late: false });
    await the.law.goTo('2025-01-16T10:00:00');
    await the.runDues();
    expect(await the.told(newest.report, 'workReport.overdue.v1')).toEqual([]);
  });

  it('are filed by the operator alone, once, and answered by the bureau alone', async () => {
    const { items } = (await the.call(operator, 'GET', '/v1/work-reports?kind=work')).json();
    const at = `/v1/work-reports/${items.at(-1).report}`;
    expect(await the.post(merchant, `${at}/filing`, { statement: '我' })).toMatchObject({ status: 403 });
    expect(await the.post(bureau, `${at}/answer`, { outcome: 'receive', reasons: [] })).toMatchObject({
      status: 409,
      code: 'workReportNotFiled',
    });
    expect(await the.post(operator, `${at}/filing`, { statement: '本期工作情况。' })).toMatchObject({
      status: 200,
    });
    expect(await the.post(operator, `${at}/filing`, { statement: '再报。' })).toMatchObject({
      status: 409,
      code: 'workReportFiled',
    });
    expect(await the.post(operator, `${at}/answer`, { outcome: 'receive', reasons: [] })).toMatchObject({
      status: 403,
    });
  });
});

it('the right to reply stands in the list of each body named, marked as such, until it is used or its day has passed', async () => {
  const { county } = disclosurePeople(city);
  await the.tell(city, 'party.registered.v1', 'county-bureau', '2025-01-20', {
    ...{ party: 'county-bureau', kind: 'countyBureau', uscc: null },
  });
  await the.tell(city, 'resource.compiled.v1', 'R-20', '2025-01-21', {
    ...{ resource: 'R-20', provider: 'county-bureau', contentHash: sha256('20') },
  });
  await the.goTo('2025-04-01T09:00:00');
  await the.runDues();
  const { case_no: caseNo } = await newest();
  const named = (await the.row(caseNo)).waits_for.map(({ body, role }) => `${body} ${role}`);
  expect(named).toEqual([
    ...['county-bureau countyBureau', 'dept-health sourceDepartment', 'dept-transport sourceDepartment'],
  ]);
  const tasks = async (who: Parameters<typeof the.call>[0]) =>
    (await the.call(who, 'GET', `/v1/tasks?caseNo=${caseNo}`)).json().items;
  const right = { kind: 'bulletin', acts: ['replyToBulletin'], lastDay: '2025-04-09', optional: true };
  for (const who of [county, department, otherDepartment])
    expect(await tasks(who as never)).toMatchObject([{ ...right, overdue: false }]);
  for (const who of [bureau, operator, merchant, auditor]) expect(await tasks(who as never)).toEqual([]);
  expect(await the.post(county as never, path(caseNo, '/replies'), { statement: '无异议。' })).toMatchObject({
    status: 200,
  });
  expect(await tasks(county as never)).toEqual([]);
  // The end of the period not told yet: the day alone takes it off the list.
  await the.law.goTo('2025-04-10T00:00:01');
  expect(await tasks(department as never)).toEqual([]);
  await the.goTo('2025-04-10T09:00:00', caseNo);
  expect(await tasks(otherDepartment as never)).toEqual([]);
  expect(await tasks(bureau)).toMatchObject([{ acts: ['issueBulletin'], optional: false }]);
});
