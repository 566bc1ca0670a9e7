// C6: feedback on published data goes to its source department, which answers in its own time; disputed once, directed, closed.
import { hand } from '@gongshu/service-catalog/applications/hand';
import { deliverTaken } from '../support/deliver-taken.ts';
import { type CatalogRuns, entry } from '../support/entries.ts';
import { catalogPeople, startCatalogRuns } from '../support/catalog-runs.ts';
import { namePath } from '../support/turns-history.ts';
import { moveWork } from '@gongshu/service-catalog/move-work';
import { sweepUp } from '../support/told-everywhere.ts';

let the: CatalogRuns;
const who = catalogPeople('zhongwei');
let resource: string;
beforeAll(async () => {
  the = await startCatalogRuns(['zhongwei', 'shuozhou']);
  await the.law.begin('2024-03-01T09:00:00');
  resource = await entry(the, 'zhongwei', 'feedback-1');
});
afterAll(() => the.stop());

const words = '第三行的车位数为负，联系人 柳问渠 139-0000-7421。';
const give = async (path?: string, by = who.merchant as Parameters<typeof the.open>[0]) => {
  const caseNo = await the.open(by, '/v1/quality-feedback', { resource, fault: 'wrongValues', words });
  if (path) namePath(caseNo, path);
  return caseNo;
};
const at = (caseNo: string, act: string) => `/v1/quality-feedback/${caseNo}/${act}`;

it('corrected by the department, which reads what is wrong; confirmed by who gave it', async () => {
  const caseNo = await give('quality-feedback-corrected');
  const tasks = (await the.call(who.department, 'GET', '/v1/tasks')).json<{ items: { caseNo: string }[] }>();
  expect(tasks.items.map((task) => task.caseNo)).toContain(caseNo);
  expect((await the.call(who.department, 'GET', `/v1/quality-feedback/${caseNo}`)).body).toContain('第三行');
  expect((await the.call(who.otherDepartment, 'GET', `/v1/quality-feedback/${caseNo}`)).statusCode).toBe(404);
  const answer = { answer: 'corrected', on: '2024-03-01', words: '已更正。' };
  expect(await the.post(who.otherDepartment, at(caseNo, 'answer'), answer)).toMatchObject({ status: 404 });
  expect(await the.post(who.department, at(caseNo, 'answer'), answer)).toMatchObject({ status: 200 });
  expect(await the.post(who.rival, at(caseNo, 'confirmation'))).toMatchObject({ status: 404 });
  expect(await the.post(who.merchant, at(caseNo, 'confirmation'))).toMatchObject({ status: 200 });
  expect(await the.story(caseNo)).toEqual(['opened', 'answered', 'closed']);
  expect(await the.told(caseNo, 'qualityFeedback.closed.v1')).toMatchObject([
    { department: 'dept-transport', result: 'corrected', by: 'giver', resource },
  ]);
});

it('no answer in time: escalated; the bureau directs a day, and that day passes too', async () => {
  const caseNo = await give('quality-feedback-overdue');
  const direction = { direction: 'correct', due: '2024-04-30', words: '限期更正。' };
  expect(await the.post(who.bureau, at(caseNo, 'direction'), direction)).toMatchObject({
    ...{ status: 409, code: 'nothingToDirect' },
  });
  await the.goTo('2024-03-20T09:00:00', caseNo);
  expect(await the.story(caseNo)).toEqual(['opened', 'overdue']);
  const bureau = (await the.call(who.bureau, 'GET', '/v1/tasks')).json<{ items: { caseNo: string }[] }>();
  expect(bureau.items.map((task) => task.caseNo)).toContain(caseNo);
  expect(await the.post(who.bureau, at(caseNo, 'direction'), direction)).toMatchObject({ status: 200 });
  await the.goTo('2024-05-06T09:00:00', caseNo);
  expect(await the.story(caseNo)).toEqual(['opened', 'overdue', 'directed', 'overdue']);
  const late = { answer: 'corrected', on: '2024-05-06', words: '已更正。' };
  expect(await the.post(who.department, at(caseNo, 'answer'), late)).toMatchObject({ status: 200 });
  await the.goTo('2024-06-10T09:00:00', caseNo);
  expect(await the.told(caseNo, 'qualityFeedback.closed.v1')).toMatchObject([{ by: 'silence' }]);
});

it('put off with a plan, found to be no fault, disputed once, and the answer stands', async () => {
  const caseNo = await give('quality-feedback-disputed');
  expect(
    await the.post(who.department, at(caseNo, 'extension'), { workingDays: 1, words: '核实中' }),
  ).toMatchObject({
    status: 200,
  });
  const answer = { answer: 'notAFault', ground: 'asDescribed', words: '与目录一致。' };
  expect(await the.post(who.department, at(caseNo, 'answer'), answer)).toMatchObject({ status: 200 });
  expect(await the.post(who.merchant, at(caseNo, 'dispute'), { words: '仍不一致。' })).toMatchObject({
    status: 200,
  });
  expect(await the.post(who.merchant, at(caseNo, 'dispute'), { words: '仍不一致。' })).toMatchObject({
    status: 409,
  });
  const dismiss = { direction: 'dismiss', words: '答复成立。' };
  expect(await the.post(who.bureau, at(caseNo, 'direction'), dismiss)).toMatchObject({ status: 200 });
  expect((await the.row(caseNo)).outcome).toBe('notAFault');
});

it('not on what is not published, nor by a body the pack does not name', async () => {
  const hidden = await entry(the, 'zhongwei', 'feedback-2', 'compiled');
  const post = (by: Parameters<typeof the.post>[0], id: string) =>
    the.post(by, '/v1/quality-feedback', { resource: id, fault: 'format', words });
  expect(await post(who.merchant, hidden)).toMatchObject({ status: 409, code: 'resourceNotPublished' });
  expect(await post(catalogPeople('shuozhou').merchant, resource)).toMatchObject({
    code: 'resourceNotPublished',
  });
  expect(await post(who.department, resource)).toMatchObject({
    status: 422,
    code: 'feedbackGiverNotAllowed',
  });
  expect(await post(who.auditor, resource)).toMatchObject({ status: 403 });
});

it('the department goes into another: the successor has the task and answers', async () => {
  const caseNo = await give('quality-feedback-succeeded');
  await the.db.transaction().execute((trx) =>
    moveWork(trx, {
      ...{ jurisdiction: 'zhongwei', from: 'dept-transport', to: 'dept-health', kind: 'sourceDepartment' },
      at: new Date('2024-06-11T09:00:00+08:00'),
    }),
  );
  await deliverTaken(the, hand);
  await the.quiet(caseNo);
  expect(await the.story(caseNo)).toEqual(['opened', 'bodyReplaced']);
  const tasks = (await the.call(who.otherDepartment, 'GET', '/v1/tasks')).json<{
    items: { caseNo: string }[];
  }>();
  expect(tasks.items.map((task) => task.caseNo)).toContain(caseNo);
  const answer = { answer: 'willCorrect', words: '计划更正。' };
  expect(await the.post(who.otherDepartment, at(caseNo, 'answer'), answer)).toMatchObject({ status: 200 });
  // A correction is promised: it is answered, and is not taken back.
  expect(await the.post(who.merchant, at(caseNo, 'withdrawal'))).toMatchObject({
    ...{ status: 409, code: 'stepNotReached' },
  });
  const corrected = { answer: 'corrected', on: '2024-06-10', words: '已更正。' };
  expect(await the.post(who.otherDepartment, at(caseNo, 'answer'), corrected)).toMatchObject({ status: 200 });
  expect(await the.post(who.merchant, at(caseNo, 'confirmation'))).toMatchObject({ status: 200 });
});

it('taken back before it is answered; never once the answer is late', async () => {
  const soon = await give();
  expect(await the.post(who.merchant, at(soon, 'withdrawal'))).toMatchObject({ status: 200 });
  expect((await the.row(soon)).outcome).toBe('withdrawn');
  const caseNo = await give('quality-feedback-undirected');
  await the.goTo('2024-07-15T09:00:00', caseNo);
  // The bureau had ten working days from then: they passed too, which is told, and directs nothing.
  expect(await the.story(caseNo)).toEqual(['opened', 'overdue', 'directionOverdue']);
  expect(await the.told(caseNo, 'qualityFeedback.directionOverdue.v1')).toMatchObject([
    { step: 'direction', department: 'dept-health', resource },
  ]);
  expect(await the.post(who.merchant, at(caseNo, 'withdrawal'))).toMatchObject({
    ...{ status: 409, code: 'stepNotReached' },
  });
  const direction = { direction: 'correct', due: '2024-08-30', words: '限期更正。' };
  expect(await the.post(who.bureau, at(caseNo, 'direction'), direction)).toMatchObject({ status: 200 });
  expect(await the.post(who.merchant, at(caseNo, 'withdrawal'))).toMatchObject({ status: 409 });
  expect(await the.story(caseNo)).toEqual(['opened', 'overdue', 'directionOverdue', 'directed']);
});

it('the words stay in the case: nothing of them in events, audit, notices, histories', async () => {
  const told = await sweepUp(the);
  expect(told).toContain('answerFault');
  for (const secret of ['柳问渠', '139-0000-7421', '第三行']) expect(told).not.toContain(secret);
});
