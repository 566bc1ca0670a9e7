// S4 in each city: the bureau looks into it with those concerned, within its city's limits, under its city's article.
import { type Disclosure, disclosurePeople, startDisclosure } from '../support/disclosure.ts';

let the: Disclosure;
const cities = ['national', 'zhongwei', 'shuozhou', 'wuhai'] as const;
type City = (typeof cities)[number];
beforeAll(async () => {
  the = await startDisclosure(cities);
  await the.law.begin('2025-03-03T09:00:00'); // the national text is in force then
});
afterAll(() => the.stop());

let calls = 0;
const complain = async (jurisdiction: City): Promise<string> => {
  calls += 1;
  const body = { jurisdiction, about: 'fees', text: '运营机构超过公示标准收费，请予调查。' };
  const answer = await the.call(null, 'POST', '/v1/complaints', body, `complaint-law-${calls}`);
  if (answer.statusCode !== 201) throw new Error(answer.body);
  const { number } = answer.json<{ number: string }>();
  await the.quiet(number);
  return number;
};
const at = (number: string, act: string) => `/v1/complaints/${number}/${act}`;
const asked = { body: 'dept-transport', statement: '请核实收费情况。' };
const answer = { result: 'founded', measures: ['rectification'], words: '已责令退还。' };
const lawOf = [
  ['national', '第十八条', '2025-04-15'],
  ['zhongwei', '第三部分', '2025-04-15'],
  ['shuozhou', '十（七）', '2025-04-15'],
  ['wuhai', '第十一部分', '2025-03-17'],
] as const;

describe('[S4 national] [S4 zhongwei] [S4 shuozhou] [S4 wuhai] a complaint is looked into with the departments concerned', () => {
  it.each(lawOf)('%s: under %s, answered by %s', async (city, article, lastDay) => {
    const who = disclosurePeople(city);
    const number = await complain(city);
    await the.post(who.bureau, at(number, 'acceptance'));
    await the.post(who.bureau, at(number, 'inquiries'), asked);
    expect((await the.row(number)).readings['answer']).toMatchObject({ lastDay });
    const finding = { finding: 'confirmed', words: '属实。' };
    expect(await the.post(who.department, at(number, 'inquiry-answers'), finding)).toMatchObject({
      status: 200,
    });
    expect(await the.post(who.bureau, at(number, 'answer'), answer)).toMatchObject({ status: 200 });
    const [told] = await the.told(number, 'complaint.answered.v1');
    expect(told).toMatchObject({ result: 'founded', late: false, unheard: 0 });
    expect(String(told?.['article'])).toContain(article.replaceAll(/第|条/g, ''));
  });
});

/** Only Wuhai's text has departments take part (会同相关部门): elsewhere a refusal tells the reading, and cites no article. */
const hearing: Record<City, unknown> = {
  national: expect.stringContaining('names nobody beside it'),
  zhongwei: expect.stringContaining('read as by the nation'),
  shuozhou: expect.stringContaining('read as by the nation'),
  wuhai: '十一',
};
describe('[S4 national refuses] [S4 zhongwei refuses] [S4 shuozhou refuses] [S4 wuhai refuses] an answer without a department', () => {
  it.each(lawOf)(
    '%s: under %s or its reading, needs a ground of the pack, which stands in the answer',
    async (city) => {
      const who = disclosurePeople(city);
      const number = await complain(city);
      await the.post(who.bureau, at(number, 'acceptance'));
      const refused = async (body: object) => {
        const sent = await the.call(who.bureau, 'POST', at(number, 'answer'), body);
        const { code, article: rests } = sent.json<{ code: string; article?: { article: string } }>();
        return { status: sent.statusCode, code, article: rests?.article };
      };
      expect(await refused(answer)).toEqual({
        ...{ status: 409, code: 'departmentNotAsked', article: hearing[city] },
      });
      // Who runs the platform is no department: asking it alone is asking none.
      await the.post(who.bureau, at(number, 'inquiries'), { ...asked, body: 'operator' });
      const finding = { finding: 'confirmed', words: '属实。' };
      await the.post(who.operator, at(number, 'inquiry-answers'), finding);
      expect(await refused(answer)).toMatchObject({ status: 409, code: 'departmentNotAsked' });
      const noDepartment = 'noDepartmentConcerned';
      expect(await the.post(who.bureau, at(number, 'answer'), { ...answer, noDepartment })).toMatchObject({
        status: 200,
      });
      expect(await the.told(number, 'complaint.answered.v1')).toMatchObject([{ noDepartment }]);
    },
  );
});

describe('[S4 national refuses] [S4 zhongwei refuses] [S4 shuozhou refuses] [S4 wuhai refuses] a complaint', () => {
  it.each(cities)(
    '%s: is not answered before those concerned were heard, nor by another body',
    async (city) => {
      const who = disclosurePeople(city);
      const number = await complain(city);
      await the.post(who.bureau, at(number, 'acceptance'));
      await the.post(who.bureau, at(number, 'inquiries'), asked);
      expect(await the.post(who.bureau, at(number, 'answer'), answer)).toMatchObject({
        ...{ status: 409, code: 'inquiryPending' },
      });
      expect(await the.post(who.operator, at(number, 'answer'), answer)).toMatchObject({ status: 403 });
      expect(await the.post(who.government, at(number, 'answer'), answer)).toMatchObject({ status: 403 });
      expect(await the.story(number)).toEqual(['opened', 'accepted', 'bodyAsked']);
    },
  );

  it.each(cities)('%s: is not refused without a ground of the pack, and silence accepts it', async (city) => {
    const who = disclosurePeople(city);
    const number = await complain(city);
    const refusal = { ground: 'inconvenient', words: '不便处理。' };
    expect(await the.post(who.bureau, at(number, 'refusal'), refusal)).toMatchObject({ status: 400 });
    expect((await the.row(number)).readings['acceptance']).toMatchObject({ lastDay: '2025-03-10' });
  });
});

it('a ground is not stated where a department was asked, and one that said nothing in time was asked', async () => {
  const who = disclosurePeople('wuhai');
  const number = await complain('wuhai');
  await the.post(who.bureau, at(number, 'acceptance'));
  await the.post(who.bureau, at(number, 'inquiries'), asked);
  await the.goTo('2025-03-12T09:00:00', number);
  const grounded = { ...answer, noDepartment: 'noDepartmentConcerned' };
  expect(await the.post(who.bureau, at(number, 'answer'), grounded)).toMatchObject({
    ...{ status: 422, code: 'departmentAsked' },
  });
  expect(await the.post(who.bureau, at(number, 'answer'), answer)).toMatchObject({ status: 200 });
  const [told] = await the.told(number, 'complaint.answered.v1');
  expect(told).toMatchObject({ unheard: 1 });
  expect(told).not.toHaveProperty('noDepartment');
});

it('[S4 wuhai refuses] a ground that its pack has not', async () => {
  const who = disclosurePeople('wuhai');
  const number = await complain('wuhai');
  await the.post(who.bureau, at(number, 'acceptance'));
  const grounded = { ...answer, noDepartment: 'authorityAlone' };
  const sent = await the.call(who.bureau, 'POST', at(number, 'answer'), grounded);
  expect([sent.statusCode, sent.json()]).toMatchObject([
    ...[
      422,
      { code: 'noDepartmentGround', article: { article: expect.stringContaining('knows no exception') } },
    ],
  ]);
});
