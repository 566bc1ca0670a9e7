// X2, D1: an incident as it runs: hours from the discovery, orders with their scope, restoration after rectification.
import { type Disclosure, disclosurePeople, startDisclosure } from '../support/disclosure.ts';

let the: Disclosure;
beforeAll(async () => {
  the = await startDisclosure(['zhongwei', 'shuozhou', 'wuhai', 'national'], { replayed: true });
  await the.law.begin('2025-03-03T10:00:00');
}, 120_000);
afterAll(() => the?.stop());

const scope = { all: false, resources: ['140600-ZY-1'], products: [], bodies: [] };
const reason = (code: string) => [{ code, text: '说明' }];
const who = disclosurePeople;
const paper = (city: string, body: string, title: string) => the.upload(city, body, title);
const open = (city: string, change: object = {}, path?: string) =>
  the.open(
    who(city).operator,
    '/v1/incidents',
    {
      ...{ severity: 'major', class: 'leak', knownAt: '2025-03-03T09:30:00+08:00', scope, what: '疑似泄露' },
      ...change,
    },
    path,
  );
const act = (city: string, by: 'operator' | 'bureau' | 'department' | 'merchant', caseNo: string) => {
  const person = who(city)[by];
  return (path: string, body: object = {}) => the.post(person, `/v1/incidents/${caseNo}/${path}`, body);
};
const ok = { status: 200 };

it('[X2 shuozhou] acted on at once, reported in hours, suspended, rectified, restored, looked back on', async () => {
  const city = 'shuozhou';
  const caseNo = await open(city, {}, 'incident-restored');
  const [operator, bureau] = [act(city, 'operator', caseNo), act(city, 'bureau', caseNo)];
  const mine = await paper(city, 'operator', '事件报告');
  const theirs = await paper(city, 'city-bureau', '决定');
  expect(await operator('measures', { measures: reason('cutOff'), document: mine })).toMatchObject(ok);
  for (const to of ['authority', 'cyberspaceOffice', 'police'])
    expect(await operator('reports', { to, at: '2025-03-03T09:50:00+08:00', document: mine })).toMatchObject(
      ok,
    );
  expect(await the.told(caseNo, 'incident.reported.v1')).toMatchObject([
    { to: 'authority', hours: 0, late: false, article: '十（六）' },
    { to: 'cyberspaceOffice' },
    { to: 'police' },
  ]);
  const order = { findings: reason('weakPassword'), document: theirs };
  expect(await bureau('rectification', order)).toMatchObject({ status: 409, code: 'suspensionMissing' });
  expect(await bureau('suspension', { scope })).toMatchObject(ok);
  expect(await the.told(caseNo, 'incident.suspensionOrdered.v1')).toMatchObject([
    { order: `${caseNo}/1`, ground: 'securityIncident', scope, severity: 'major', bound: 'must' },
  ]);
  expect(await bureau('restoration', { document: theirs })).toMatchObject({
    ...{ status: 409, code: 'stepNotReached' },
  });
  expect(await bureau('rectification', order)).toMatchObject(ok);
  expect(await operator('rectification/report', { document: mine })).toMatchObject(ok);
  expect(
    await bureau('rectification/decision', { outcome: 'return', reasons: reason('more') }),
  ).toMatchObject(ok);
  expect(await operator('rectification/report', { document: mine })).toMatchObject(ok);
  expect(await bureau('rectification/decision', { outcome: 'accept' })).toMatchObject(ok);
  expect(await bureau('restoration', { orders: ['AQ-other/1'], document: theirs })).toMatchObject({
    ...{ status: 409, code: 'orderNotStanding' },
  });
  expect(await bureau('restoration', { document: theirs })).toMatchObject(ok);
  expect(await the.told(caseNo, 'incident.restorationOrdered.v1')).toMatchObject([
    { order: `${caseNo}/1`, scope },
  ]);
  expect(await operator('review', { causes: reason('human'), document: mine })).toMatchObject(ok);
  expect((await the.row(caseNo)).outcome).toBe('closed');
  const words =
    JSON.stringify(await the.row(caseNo)) + JSON.stringify(await the.told(caseNo, 'incident.measured.v1'));
  expect(words).not.toMatch(/疑似泄露|说明/);
});

it('[X2 shuozhou] persons whom it may touch are told too, by its article; found later it is asked from then on', async () => {
  const city = 'shuozhou';
  const caseNo = await open(city, { severity: 'general' }, 'incident-persons-told');
  const [operator, bureau] = [act(city, 'operator', caseNo), act(city, 'bureau', caseNo)];
  const document = await paper(city, 'operator', '告知书');
  const waiting = async () =>
    (await the.row(caseNo)).waits_for.filter(({ act: one }: { act: string }) => one === 'reportIncident')
      .length;
  expect(await waiting()).toBe(3);
  const found = { severity: 'general', reasons: reason('rowsOfPersons') };
  expect(await bureau('severity', found)).toMatchObject({ status: 422, code: 'severityUnchanged' });
  expect(await bureau('severity', { ...found, personsConcerned: true })).toMatchObject(ok);
  expect(await waiting()).toBe(4);
  const told = { to: 'personsConcerned', at: '2025-03-03T09:55:00+08:00', document };
  expect(await operator('reports', told)).toMatchObject(ok);
  expect(await the.told(caseNo, 'incident.reported.v1')).toMatchObject([
    { to: 'personsConcerned', article: '十（五）2' },
  ]);
  expect(await waiting()).toBe(3);
  const known = await open(city, { severity: 'general', personsConcerned: true });
  expect(await the.told(known, 'incident.declared.v1')).toMatchObject([{ personsConcerned: true }]);
  expect(
    (await the.row(known)).waits_for.filter((one: { act: string }) => one.act === 'reportIncident'),
  ).toHaveLength(4);
});

it('[X2 wuhai] hours pass without a report: reminded, overdue to the minute, recorded late', async () => {
  const city = 'wuhai';
  const caseNo = await open(
    city,
    { severity: 'larger', knownAt: '2025-03-03T09:59:00+08:00' },
    'incident-late',
  );
  await the.goTo('2025-03-03T13:58:59', caseNo);
  expect(await the.told(caseNo, 'incident.overdue.v1')).toMatchObject([{ step: 'measures' }]);
  expect((await the.told(caseNo, 'incident.reminderDue.v1')).map(({ period }) => period)).toContain(
    'report/police',
  );
  await the.goTo('2025-03-03T13:59:30', caseNo);
  expect((await the.told(caseNo, 'incident.overdue.v1')).map(({ step }) => String(step)).toSorted()).toEqual([
    ...['measures', 'report/authority', 'report/cyberspaceOffice', 'report/police'],
  ]);
  const operator = act(city, 'operator', caseNo);
  const document = await paper(city, 'operator', '迟报');
  expect(
    await operator('reports', { to: 'police', at: '2025-03-03T13:59:20+08:00', document }),
  ).toMatchObject(ok);
  expect(
    await operator('reports', { to: 'authority', at: '2025-03-03T12:00:00+08:00', document }),
  ).toMatchObject(ok);
  expect(await the.told(caseNo, 'incident.reported.v1')).toMatchObject([
    { to: 'police', late: true, hours: 4 },
    { to: 'authority', late: false, hours: 2 },
  ]);
  expect(
    await operator('reports', { to: 'police', at: '2025-03-03T13:59:20+08:00', document }),
  ).toMatchObject({
    ...{ status: 409, code: 'reportedBefore' },
  });
  const tasks = (await the.call(who(city).operator, 'GET', '/v1/tasks')).json<{
    items: { caseNo: string; overdue: boolean }[];
  }>();
  expect(tasks.items.filter((one) => one.caseNo === caseNo)).toMatchObject([{ overdue: true }]);
});

it('[X2 zhongwei] acceptance and restoration that nobody decides are overdue, and supply stays suspended', async () => {
  const city = 'zhongwei';
  const knownAt = '2025-03-03T13:00:00+08:00';
  const caseNo = await open(city, { severity: 'general', knownAt }, 'incident-waited-for');
  const [operator, bureau] = [act(city, 'operator', caseNo), act(city, 'bureau', caseNo)];
  const mine = await paper(city, 'operator', '报告');
  const theirs = await paper(city, 'city-bureau', '责令整改');
  await operator('measures', { measures: reason('cutOff'), document: mine });
  await bureau('suspension', { scope });
  for (const to of ['authority', 'cyberspaceOffice', 'police'])
    await operator('reports', { to, at: '2025-03-03T13:30:00+08:00', document: mine });
  await the.goTo('2025-03-11T09:00:00', caseNo);
  await bureau('rectification', { findings: reason('x'), document: theirs });
  await operator('rectification/report', { document: mine });
  await the.goTo('2025-03-19T09:00:00', caseNo);
  const overdue = async () =>
    (await the.told(caseNo, 'incident.overdue.v1')).map(({ step, lastDay }) => [step, lastDay]);
  expect(await overdue()).toEqual([
    ['handling', '2025-03-10'],
    ['acceptance', '2025-03-18'],
  ]);
  expect((await the.row(caseNo)).stage).toBe('acceptance');
  expect(await bureau('rectification/decision', { outcome: 'accept' })).toMatchObject(ok);
  await the.goTo('2025-03-25T09:00:00', caseNo);
  expect((await overdue()).at(-1)).toEqual(['restoration', '2025-03-24']);
  expect(await the.story(caseNo)).not.toContain('restorationOrdered');
  expect(await bureau('restoration', { document: theirs })).toMatchObject(ok);
  expect((await the.row(caseNo)).stage).toBe('review');
});

it('[X2 zhongwei] a false alarm closes with its grounds and lifts what was ordered', async () => {
  const city = 'zhongwei';
  const caseNo = await open(city, { knownAt: '2025-03-03T13:00:00+08:00' }, 'incident-false-alarm');
  const bureau = act(city, 'bureau', caseNo);
  const document = await paper(city, 'city-bureau', '误报说明');
  expect(await bureau('suspension', { scope: { ...scope, all: true } })).toMatchObject(ok);
  expect(await bureau('suspension', { scope: { ...scope, resources: [] } })).toMatchObject({
    ...{ status: 422, code: 'orderReachesNothing' },
  });
  expect(await bureau('dismissal', { reasons: reason('falseAlarm'), document })).toMatchObject(ok);
  expect(await the.story(caseNo)).toEqual(
    expect.arrayContaining(['suspensionOrdered', 'restorationOrdered', 'dismissed']),
  );
  expect(await the.row(caseNo)).toMatchObject({ stage: 'done', outcome: 'falseAlarm' });
});

it('[X2 national] declared by whom it falls to, a grave one suspends with its declaration', async () => {
  const bureau = who('national').bureau;
  const caseNo = await the.open(bureau, '/v1/incidents', {
    ...{ severity: 'extraordinary', class: 'platform', knownAt: '2025-03-03T13:30:00+08:00' },
    ...{ scope: { ...scope, all: true }, what: '平台遭入侵' },
  });
  expect((await the.story(caseNo)).slice(0, 2)).toEqual(['declared', 'suspensionOrdered']);
});

describe('[X2 national refuses] [X2 zhongwei refuses] [X2 shuozhou refuses] [X2 wuhai refuses]', () => {
  it.each([
    ['national', ''],
    ['zhongwei', '二十七'],
    ['shuozhou', ''],
    ['wuhai', ''],
  ] as const)('%s: supply is not restored before the rectification was accepted', async (city, article) => {
    const caseNo = await open(city, { severity: 'general', knownAt: '2025-03-03T13:50:00+08:00' });
    const document = await paper(city, 'city-bureau', '恢复');
    await act(city, 'bureau', caseNo)('suspension', { scope });
    const answer = await the.call(who(city).bureau, 'POST', `/v1/incidents/${caseNo}/restoration`, {
      document,
    });
    const refused = answer.json<{ code: string; article?: { article: string } }>();
    expect([answer.statusCode, refused.code]).toEqual([409, 'stepNotReached']);
    expect(refused.article?.article ?? '').toContain(article);
    expect(
      await act(city, 'operator', caseNo)('rectification', { findings: reason('x'), document }),
    ).toMatchObject({ status: 403 });
    expect(await act(city, 'merchant', caseNo)('measures', { measures: reason('x') })).toMatchObject({
      status: 403,
    });
  });
});

it('[X2 wuhai] a discovery ahead, or a scope of strange ids, is refused', async () => {
  const bad = await the.call(who('wuhai').operator, 'POST', '/v1/incidents', {
    ...{ severity: 'general', class: 'leak', knownAt: '2030-01-01T00:00:00+08:00', scope, what: '甲' },
  });
  expect([bad.statusCode, bad.json<{ code: string }>().code]).toEqual([422, 'instantOutside']);
  const strange = await the.call(who('wuhai').operator, 'POST', '/v1/incidents', {
    ...{ severity: 'general', class: 'leak', knownAt: '2025-03-03T09:00:00+08:00', what: '甲' },
    scope: { ...scope, resources: ['名 称'] },
  });
  expect(strange.statusCode).toBe(400);
});
