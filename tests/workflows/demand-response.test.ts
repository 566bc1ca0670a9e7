// C7: a demand is taken up, put to the departments, its result told in time; what was promised is followed until it is published.
import { hand } from '@gongshu/service-catalog/applications/hand';
import { catalogPeople, startCatalogRuns } from '../support/catalog-runs.ts';
import { deliverTaken } from '../support/deliver-taken.ts';
import { type CatalogRuns, entry } from '../support/entries.ts';
import { namePath } from '../support/turns-history.ts';

let the: CatalogRuns;
const who = catalogPeople('zhongwei');
const shuozhou = catalogPeople('shuozhou');
beforeAll(async () => {
  the = await startCatalogRuns(['zhongwei', 'shuozhou']);
  await the.law.begin('2024-03-01T09:00:00');
});
afterAll(() => the.stop());

const ask = async (path?: string) => {
  const body = { need: 'newResource', words: '停车场车位实时数据，用于停车诱导。' };
  const caseNo = await the.open(who.operator, '/v1/demands', body);
  if (path) namePath(caseNo, path);
  return caseNo;
};
const at = (caseNo: string, act: string) => `/v1/demands/${caseNo}/${act}`;
const done = async (by: Parameters<typeof the.post>[0], caseNo: string, act: string, body: object = {}) =>
  expect(await the.post(by, at(caseNo, act), body)).toMatchObject({ status: 200 });

it('promised by an entry to come, told, and kept when the city publishes it', async () => {
  const caseNo = await ask('demand-kept');
  const id = await entry(the, 'zhongwei', 'demand-1', 'compiled');
  await done(who.bureau, caseNo, 'acceptance');
  await done(who.bureau, caseNo, 'inquiries', { body: 'dept-transport' });
  expect((await the.call(who.department, 'GET', `/v1/demands/${caseNo}`)).body).toContain('停车诱导');
  expect((await the.call(who.otherDepartment, 'GET', `/v1/demands/${caseNo}`)).statusCode).toBe(404);
  const result = { result: 'supplied', words: '交通局于四月底前供数。' };
  expect(await the.post(who.bureau, at(caseNo, 'result'), result)).toMatchObject({ code: 'inquiryPending' });
  const can = { answer: 'can', due: '2024-04-30', resource: id, words: '将按时编制。' };
  expect(
    await the.post(who.department, at(caseNo, 'answers'), { ...can, resource: 'nothing' }),
  ).toMatchObject({
    ...{ status: 422, code: 'demandEntryUnknown' },
  });
  await done(who.department, caseNo, 'answers', can);
  await done(who.bureau, caseNo, 'result', result);
  expect((await the.row(caseNo)).stage).toBe('promised');
  const move = (by: Parameters<typeof the.post>[0], to: string) =>
    the.post(by, `/v1/resources/${id}/transitions`, { to });
  expect(await move(who.department, 'submitted')).toMatchObject({ status: 200 });
  expect(await move(who.bureau, 'collected')).toMatchObject({ status: 200 });
  expect(await move(who.bureau, 'public')).toMatchObject({ status: 200 });
  await deliverTaken(the, hand);
  await the.quiet(caseNo);
  expect(await the.story(caseNo)).toEqual([
    ...['opened', 'accepted', 'bodyAsked', 'bodyAnswered', 'concluded', 'satisfied', 'closed'],
  ]);
  expect(await the.told(caseNo, 'demandResponse.closed.v1')).toMatchObject([
    { asker: 'operator', result: 'supplied', resources: [id] },
  ]);
});

it('an entry that is public already keeps the word at once', async () => {
  const caseNo = await ask('demand-public-already');
  const id = await entry(the, 'zhongwei', 'demand-2');
  await done(who.bureau, caseNo, 'acceptance');
  await done(who.bureau, caseNo, 'inquiries', { body: 'dept-transport' });
  await done(who.department, caseNo, 'answers', {
    answer: 'can',
    due: '2024-04-30',
    resource: id,
    words: '已公布。',
  });
  await deliverTaken(the, hand);
  await done(who.bureau, caseNo, 'result', { result: 'supplied', words: '已可申请。' });
  await the.quiet(caseNo);
  expect((await the.row(caseNo)).outcome).toBe('supplied');
});

it('nobody speaks: every limit passes, each told as overdue, and it is done still', async () => {
  const caseNo = await ask('demand-overdue');
  await the.goTo('2024-03-12T09:00:00', caseNo);
  expect(await the.story(caseNo)).toEqual(['opened', 'overdue']);
  await done(who.bureau, caseNo, 'acceptance');
  await done(who.bureau, caseNo, 'inquiries', { body: 'dept-transport' });
  await the.goTo('2024-05-20T09:00:00', caseNo);
  expect((await the.story(caseNo)).toSorted()).toEqual([
    ...['accepted', 'answerOverdue', 'bodyAsked', 'opened', 'overdue', 'overdue'],
  ]);
  await done(who.department, caseNo, 'answers', { answer: 'can', due: '2024-05-31', words: '将予供数。' });
  await done(who.bureau, caseNo, 'result', { result: 'supplied', words: '五月底前。' });
  await the.goTo('2024-06-05T09:00:00', caseNo);
  expect(await the.told(caseNo, 'demandResponse.promiseOverdue.v1')).toMatchObject([
    { body: 'dept-transport' },
  ]);
  await done(who.bureau, caseNo, 'dropped-promises', { body: 'dept-transport', words: '不再等待。' });
  await the.quiet(caseNo);
  expect((await the.row(caseNo)).outcome).toBe('refused');
});

it('cannot, with its ground; told to who asked; who asked does not co-ordinate', async () => {
  const caseNo = await ask('demand-cannot');
  expect(await the.post(who.operator, at(caseNo, 'acceptance'))).toMatchObject({
    status: 403,
    code: 'notTheDecider',
  });
  await done(who.bureau, caseNo, 'acceptance');
  await done(who.bureau, caseNo, 'inquiries', { body: 'dept-transport' });
  const words = '依《数据安全法》第二十一条，不得提供。';
  await done(who.department, caseNo, 'answers', { answer: 'cannot', ground: 'lawForbids', words });
  expect(await the.post(who.bureau, at(caseNo, 'result'), { result: 'supplied', words })).toMatchObject({
    ...{ status: 422, code: 'demandResultUnfounded' },
  });
  await done(who.bureau, caseNo, 'result', { result: 'refused', words: '不予供数，理由见答复。' });
  await the.quiet(caseNo);
  expect((await the.call(who.operator, 'GET', `/v1/demands/${caseNo}`)).body).toContain('第二十一条');
});

it('not reasonable; withdrawn; asked by whom the pack does not name; put to whom it does not', async () => {
  const first = await ask('demand-declined');
  await done(who.bureau, first, 'refusal', { ground: 'notReasonable', words: '超出授权目的。' });
  const second = await ask('demand-withdrawn');
  expect(await the.post(who.merchant, at(second, 'withdrawal'))).toMatchObject({ status: 404 });
  await done(who.operator, second, 'withdrawal');
  const body = { need: 'moreFields', words: '请增加字段。' };
  expect(await the.post(shuozhou.merchant, '/v1/demands', body)).toMatchObject({
    ...{ status: 422, code: 'demandAskerNotAllowed' },
  });
  expect(await the.post(who.department, '/v1/demands', body)).toMatchObject({ status: 403 });
  const third = await ask();
  await done(who.bureau, third, 'acceptance');
  expect(await the.post(who.bureau, at(third, 'inquiries'), { body: 'finance-office' })).toMatchObject({
    ...{ status: 422, code: 'demandBodyNotAsked' },
  });
  const scenario = 'CJ-640500-0001';
  expect(await the.post(who.operator, '/v1/demands', { ...body, scenario })).toMatchObject({
    ...{ status: 422, code: 'scenarioUnknown' },
  });
});

it('what another body opened waits for the authority and lies with nobody there yet', async () => {
  const caseNo = await ask();
  const tasks = async (query = '') => {
    const { items } = (await the.call(who.bureau, 'GET', `/v1/tasks?limit=200${query}`)).json();
    return items.filter((one: { caseNo: string }) => one.caseNo === caseNo);
  };
  expect(await tasks()).toMatchObject([
    { kind: 'demandResponse', acts: ['acceptDemand', 'declineDemand'], assignee: null, article: '第九条' },
  ]);
  expect(await tasks('&mine=true')).toEqual([]);
  await done(who.operator, caseNo, 'withdrawal');
});

it('[C7 zhongwei] the operator that is asked answers (中卫 9); its own demand is not put to it, nor another’s entry named', async () => {
  const own = await ask();
  await done(who.bureau, own, 'acceptance');
  expect(await the.post(who.bureau, at(own, 'inquiries'), { body: 'operator' })).toMatchObject({
    code: 'demandBodyNotAsked',
  });
  const caseNo = await the.open(who.merchant, '/v1/demands', {
    need: 'newResource',
    words: '公交到站数据。',
  });
  await done(who.bureau, caseNo, 'acceptance');
  for (const body of ['operator', 'dept-health']) await done(who.bureau, caseNo, 'inquiries', { body });
  await done(who.operator, caseNo, 'answers', { answer: 'cannot', ground: 'notHeld', words: '平台没有。' });
  const id = await entry(the, 'zhongwei', 'demand-of-another');
  const can = { answer: 'can', due: '2024-12-31', resource: id, words: '可供。' };
  expect(await the.post(who.otherDepartment, at(caseNo, 'answers'), can)).toMatchObject({
    ...{ status: 422, code: 'demandEntryOfAnother' },
  });
  const far = { ...can, resource: null, due: '2098-03-10' };
  expect(await the.post(who.otherDepartment, at(caseNo, 'answers'), far)).toMatchObject({
    code: 'dateOutside',
  });
  await done(who.otherDepartment, caseNo, 'answers', { ...far, due: '2024-12-31' });
});
