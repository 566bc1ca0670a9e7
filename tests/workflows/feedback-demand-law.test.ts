// C6, C7 in each city: faults in published data are answered by their source in time; demands get a result in time.
import { catalogPeople, startCatalogRuns } from '../support/catalog-runs.ts';
import { type CatalogRuns, entry } from '../support/entries.ts';

let the: CatalogRuns;
const cities = ['national', 'zhongwei', 'shuozhou', 'wuhai'] as const;
beforeAll(async () => {
  the = await startCatalogRuns(cities);
  await the.law.begin('2025-03-03T09:00:00'); // the national text is in force then
});
afterAll(() => the.stop());

const lawOf = [
  ['national', '二十一'],
  ['zhongwei', '十一'],
  ['shuozhou', '十一（二）2'],
  ['wuhai', '六'],
] as const;
const give = async (city: (typeof cities)[number], key: string): Promise<string> => {
  const resource = await entry(the, city, key);
  const body = { resource, fault: 'outdated', words: '数据停在去年十二月。' };
  return the.open(catalogPeople(city).merchant, '/v1/quality-feedback', body);
};
const corrected = { answer: 'corrected', on: '2025-03-03', words: '已更新。' };

describe('[C6 national] [C6 zhongwei] [C6 shuozhou] [C6 wuhai] a fault that is fed back is handled by its source department', () => {
  it.each(lawOf)('%s: under %s, within ten working days', async (city, article) => {
    const who = catalogPeople(city);
    const caseNo = await give(city, `law-${city}`);
    expect((await the.row(caseNo)).readings['answer']).toMatchObject({ lastDay: '2025-03-17' });
    const answer = await the.post(who.department, `/v1/quality-feedback/${caseNo}/answer`, corrected);
    expect(answer).toMatchObject({ status: 200 });
    const [opened] = await the.told(caseNo, 'qualityFeedback.opened.v1');
    expect(opened).toMatchObject({ department: 'dept-transport', givenBy: 'merchant-1' });
    expect(String(opened?.['article'])).toContain(article);
    expect(await the.told(caseNo, 'qualityFeedback.answered.v1')).toMatchObject([
      { answer: 'corrected', late: false },
    ]);
  });
});

describe('[C6 national refuses] [C6 zhongwei refuses] [C6 shuozhou refuses] [C6 wuhai refuses] a fault that is fed back', () => {
  it.each(cities)('%s: is answered by no other body, and corrected on no day to come', async (city) => {
    const who = catalogPeople(city);
    const caseNo = await give(city, `law-refused-${city}`);
    const at = `/v1/quality-feedback/${caseNo}/answer`;
    expect(await the.post(who.otherDepartment, at, corrected)).toMatchObject({ status: 404 });
    expect(await the.post(who.merchant, at, corrected)).toMatchObject({ status: 403 });
    expect(await the.post(who.department, at, { ...corrected, on: '2025-03-04' })).toMatchObject({
      ...{ status: 422, code: 'dateOutside' },
    });
    expect(await the.story(caseNo)).toEqual(['opened']);
  });
});

const demand = { need: 'newResource', words: '停车场车位实时数据，用于停车诱导。' };
const demands = [
  ['zhongwei', '九'],
  ['shuozhou', '十一（一）4'],
] as const;

describe('[C7 zhongwei] [C7 shuozhou] a reasonable demand gets its result in time', () => {
  it.each(demands)('%s: under %s, within ten working days of being taken up', async (city, article) => {
    const who = catalogPeople(city);
    const caseNo = await the.open(who.operator, '/v1/demands', demand);
    const act = (by: Parameters<typeof the.post>[0], path: string, body: object = {}) =>
      the.post(by, `/v1/demands/${caseNo}/${path}`, body);
    expect(await act(who.bureau, 'acceptance')).toMatchObject({ status: 200 });
    expect((await the.row(caseNo)).readings['result']).toMatchObject({ lastDay: '2025-03-17' });
    expect(await act(who.bureau, 'inquiries', { body: 'dept-transport' })).toMatchObject({ status: 200 });
    const can = { answer: 'can', due: '2025-03-31', words: '月底前供数。' };
    expect(await act(who.department, 'answers', can)).toMatchObject({ status: 200 });
    expect(await act(who.bureau, 'result', { result: 'supplied', words: '月底前供数。' })).toMatchObject({
      status: 200,
    });
    const [told] = await the.told(caseNo, 'demandResponse.concluded.v1');
    expect(told).toMatchObject({ asker: 'operator', result: 'supplied', late: false });
    expect(String((await the.told(caseNo, 'demandResponse.opened.v1'))[0]?.['article'])).toContain(article);
  });

  it('where the text is silent it runs as the pack reads it: Wuhai, and the national text', async () => {
    for (const city of ['wuhai', 'national'] as const) {
      const caseNo = await the.open(catalogPeople(city).merchant, '/v1/demands', demand);
      expect((await the.row(caseNo)).readings['acceptance']).toMatchObject({ lastDay: '2025-03-10' });
      expect((await the.told(caseNo, 'demandResponse.opened.v1'))[0]).not.toHaveProperty('article');
    }
  });
});

describe('[C7 zhongwei refuses] [C7 shuozhou refuses] a demand', () => {
  it.each(demands)(
    '%s: is asked by whom the text names, and its result says no more than was answered',
    async (city) => {
      const who = catalogPeople(city);
      const asker = city === 'shuozhou' ? who.merchant : who.partner;
      expect(await the.post(asker, '/v1/demands', demand)).toMatchObject({
        status: 422,
        code: 'demandAskerNotAllowed',
      });
      const caseNo = await the.open(who.operator, '/v1/demands', demand);
      const at = `/v1/demands/${caseNo}`;
      await the.post(who.bureau, `${at}/acceptance`);
      await the.post(who.bureau, `${at}/inquiries`, { body: 'dept-transport' });
      const result = { result: 'supplied', words: '可供数。' };
      expect(await the.post(who.bureau, `${at}/result`, result)).toMatchObject({ code: 'inquiryPending' });
      const cannot = { answer: 'cannot', ground: 'notHeld', words: '未持有。' };
      expect(await the.post(who.department, `${at}/answers`, cannot)).toMatchObject({ status: 200 });
      expect(await the.post(who.bureau, `${at}/result`, result)).toMatchObject({
        status: 422,
        code: 'demandResultUnfounded',
      });
      expect(await the.story(caseNo)).toEqual(['opened', 'accepted', 'bodyAsked', 'bodyAnswered']);
    },
  );
});
