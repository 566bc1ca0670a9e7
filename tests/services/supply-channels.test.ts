import { inOperation } from '../support/in-operation.ts';
import { documentNo, type RegistryCity, startRegistryCity } from './onboarding-support.ts';
import { bodiesOf } from './resources-support.ts';

const seats = (jurisdiction: string) => ({
  ...bodiesOf(jurisdiction),
  county: { roles: ['countyBureau'], organisation: 'county-1', jurisdiction } as const,
});
const [zhongwei, shuozhou, wuhai, national] = ['zhongwei', 'shuozhou', 'wuhai', 'national'].map(seats) as [
  ReturnType<typeof seats>,
  ReturnType<typeof seats>,
  ReturnType<typeof seats>,
  ReturnType<typeof seats>,
];

let city: RegistryCity;
jest.setTimeout(60_000);
beforeAll(async () => {
  city = await startRegistryCity();
  const county = { kind: 'countyBureau', level: 'county', county: '甲县' };
  const parties = [
    { id: 'city-bureau', kind: 'bureau', name: '示例市数据局', level: 'city' },
    { id: 'operator', kind: 'operator', name: '示例运营公司' },
    { id: 'dept-transport', kind: 'sourceDepartment', name: '示例市交通局', level: 'city' },
    { ...county, id: 'county-1', name: '甲县数据局' },
  ];
  for (const one of [zhongwei, shuozhou, wuhai, national]) {
    const { jurisdiction } = one.bureau;
    const wanted = ['zhongwei', 'wuhai'].includes(jurisdiction) ? parties.slice(3) : parties;
    const { status } = await city.post(one.bureau, '/v1/parties/imports', { parties: wanted });
    if (status !== 201) throw new Error(`the parties of ${jurisdiction}`);
    // The mandate of each began on the first of January 2024; the law stands at the first of March.
    await inOperation(city.db, jurisdiction);
    for (const body of ['dept-transport', 'county-1', 'city-bureau'])
      await city.upload(body, 1, jurisdiction);
    await city.upload('dept-transport', 2, jurisdiction);
  }
});
afterAll(() => city?.stop());

const channel = (change: object = {}) => ({
  recipient: '某数据公司',
  kind: 'supplyChannel',
  resources: ['R-1'],
  since: '2021-05-01',
  ground: documentNo(1),
  ...change,
});
const findings = (change: object = {}) => [
  { criterion: 'feasible', met: true, note: '可以整合' },
  { criterion: 'secure', met: true, note: '', ...change },
];
type Seats = ReturnType<typeof seats>;
const registered = async (by: Seats['department'] | Seats['county'], change: object = {}) => {
  const answer = await city.post(by, '/v1/supply-channels', channel(change));
  if (answer.status !== 201) throw new Error(JSON.stringify(answer));
  return `/v1/supply-channels/${answer['channel']}`;
};
const refused = (status: number, code: string, article: string) => ({
  status,
  code,
  article: { article: expect.stringContaining(article) },
});

describe('channels that stood before are registered, assessed by the parties, and merged', () => {
  it.each([
    { seat: zhongwei, title: '[O11 zhongwei] 十五: department and operator assess, the bureau merges' },
    { seat: shuozhou, title: '[O11 shuozhou] 五: the same' },
    { seat: wuhai, title: '[O11 wuhai] 十一: the same' },
  ])('$title', async ({ seat }) => {
    const at = await registered(seat.department);
    expect(await city.get(seat.bureau, at)).toMatchObject({
      state: 'registered',
      assessors: ['dept-transport', 'operator'],
    });
    expect(await city.post(seat.bureau, `${at}/merge`)).toMatchObject({ code: 'channelNotAssessed' });
    for (const by of [seat.department, seat.operator])
      expect(await city.post(by, `${at}/assessments`, { findings: findings() })).toMatchObject({
        status: 200,
      });
    expect(await city.get(seat.bureau, at)).toMatchObject({ state: 'assessed' });
    expect(await city.post(seat.bureau, `${at}/merge`)).toMatchObject({
      ...{ status: 200, state: 'merged', endedOn: '2024-03-01' },
    });
    expect(await city.post(seat.bureau, `${at}/merge`)).toMatchObject({ status: 409, code: 'channelEnded' });
    expect((await city.events('supplyChannel.merged.v1')).at(-1)).not.toHaveProperty('recipient');
  });

  it('a criterion that is not met keeps it from being merged; it may be closed, with reasons', async () => {
    const at = await registered(zhongwei.department);
    for (const by of [zhongwei.department, zhongwei.operator])
      await city.post(by, `${at}/assessments`, { findings: findings({ met: by !== zhongwei.operator }) });
    expect(await city.post(zhongwei.bureau, `${at}/merge`)).toMatchObject(
      refused(409, 'channelUnfit', '十五'),
    );
    expect(await city.post(zhongwei.bureau, `${at}/closure`, { reasons: [] })).toMatchObject({ status: 400 });
    const reasons = [{ code: 'insecure', text: '接口不安全' }];
    expect(await city.post(zhongwei.bureau, `${at}/closure`, { reasons })).toMatchObject({
      ...{ status: 200, state: 'closed' },
    });
  });

  it.each([
    ['one criterion alone', [findings()[0]], 422, 'channelFindingsIncomplete'],
    ['one twice', [findings()[0], findings()[0]], 422, 'channelFindingsIncomplete'],
    ['an unknown one', [...findings(), { criterion: 'cheap', met: true }], 422, 'channelFindingsIncomplete'],
    ['none', [], 400, 'invalidRequest'],
  ])('findings of %s are refused', async (_, given, status, code) => {
    const at = await registered(zhongwei.department);
    const answer = await city.post(zhongwei.operator, `${at}/assessments`, { findings: given });
    expect(answer).toMatchObject({ status, code });
    expect(await city.get(zhongwei.bureau, at)).toMatchObject({ assessments: [] });
  });

  it('each party once; nobody else; another city finds none', async () => {
    const at = await registered(zhongwei.department);
    const assess = (who: Parameters<typeof city.post>[0]) =>
      city.post(who, `${at}/assessments`, { findings: findings() });
    expect(await assess(zhongwei.department)).toMatchObject({ status: 200 });
    expect(await assess(zhongwei.department)).toMatchObject({ code: 'channelAssessedAlready' });
    expect(await assess(zhongwei.other)).toMatchObject({ status: 404 });
    expect(await assess(wuhai.operator)).toMatchObject({ status: 404 });
    expect(await city.get(wuhai.bureau, at)).toMatchObject({ status: 404 });
    expect(await city.post(zhongwei.department, `${at}/merge`)).toMatchObject({ status: 403 });
  });

  it('the national text has none assessed: registered all the same, and refused to be merged', async () => {
    const at = await registered(national.department, { since: '2024-02-01' });
    expect(await city.post(national.bureau, `${at}/merge`)).toMatchObject({ code: 'channelsNotInPack' });
  });

  it('is listed as JSON and as CSV', async () => {
    const list = await city.get(zhongwei.operator, '/v1/supply-channels?limit=1');
    expect(list).toMatchObject({ status: 200, items: [{ department: 'dept-transport' }] });
    const csv = await city.call(zhongwei.bureau, 'GET', '/v1/supply-channels', {
      headers: { accept: 'text/csv' },
    });
    expect(csv.body).toContain('渠道编号');
  });
});

describe('one platform: what begins beside a mandate is refused', () => {
  it.each([
    {
      title: '[O11 zhongwei refuses] 十五: supply outside the platform, whoever approves it',
      ...{ seat: zhongwei, change: { approval: documentNo(2) }, article: '十五' },
    },
    {
      title: '[O11 shuozhou refuses] 五: operating on one’s own',
      ...{ seat: shuozhou, change: { kind: 'operatingDeal' }, article: '五' },
    },
    {
      title: '[O11 wuhai refuses] 十一: an operating agreement with a third party',
      ...{ seat: wuhai, change: { kind: 'operatingDeal' }, article: '十一' },
    },
    {
      title: 'Wuhai 十一: rights got by building a system',
      ...{ seat: wuhai, change: { kind: 'systemRights' }, article: '十一' },
    },
  ])('$title', async ({ seat, change, article }) => {
    const answer = await city.post(
      seat.department,
      '/v1/supply-channels',
      channel({ since: '2024-02-01', ...change }),
    );
    expect(answer).toMatchObject(refused(409, 'channelForbidden', article));
  });

  it('Wuhai 十一: with the government’s approval, by its document, it stands', async () => {
    const given = channel({ since: '2024-02-01', kind: 'operatingDeal', approval: documentNo(2) });
    expect(await city.post(wuhai.department, '/v1/supply-channels', given)).toMatchObject({
      ...{ status: 201, state: 'approved' },
    });
  });

  it.each([
    ['a document nobody uploaded', { ground: documentNo(6) }, 422, 'documentUnknown'],
    ['a day that lies ahead', { since: '2024-03-02' }, 422, 'dateAhead'],
    ['a day that is none', { since: '2024-02-30' }, 400, 'invalidRequest'],
    ['a NUL character', { recipient: 'a\u0000b' }, 400, 'textRefused'],
    ['another department', { department: 'dept-health' }, 404, 'notFound'],
  ])('%s is refused', async (_, change, status, code) => {
    const before = await city.count('supply_channel');
    expect(await city.post(zhongwei.department, '/v1/supply-channels', channel(change))).toMatchObject({
      ...{ status, code },
    });
    expect(await city.count('supply_channel')).toBe(before);
  });

  it('a body that is no department is none whose channel the bureau registers', async () => {
    const given = channel({ department: 'merchant-1' });
    expect(await city.post(zhongwei.bureau, '/v1/supply-channels', given)).toMatchObject({
      ...{ status: 422, code: 'departmentUnknown' },
    });
  });
});

describe('counties (O13)', () => {
  it('[O13 zhongwei] 五: the county’s bureau takes part in what concerns its county', async () => {
    const at = await registered(zhongwei.county);
    expect(await city.get(zhongwei.bureau, at)).toMatchObject({
      ...{ county: '甲县', assessors: ['county-1', 'operator'] },
    });
    expect(await city.post(zhongwei.county, `${at}/assessments`, { findings: findings() })).toMatchObject({
      status: 200,
    });
    // It supervises and coordinates; the implementing body is the city's.
    expect(
      await city.post(zhongwei.county, `${at}/closure`, { reasons: [{ code: 'x', text: 'x' }] }),
    ).toMatchObject({ status: 404 });
  });
  it('[O13 zhongwei unused] what concerns no county is not asked of its bureau', async () => {
    const at = await registered(zhongwei.department);
    expect(await city.get(zhongwei.bureau, at)).toMatchObject({ county: null });
    expect(await city.post(zhongwei.county, `${at}/assessments`, { findings: findings() })).toMatchObject({
      status: 404,
    });
  });
  it('[O13 shuozhou] 一: the county’s bureau, implementing body of its level, merges it itself', async () => {
    const at = await registered(shuozhou.county);
    for (const by of [shuozhou.county, shuozhou.operator])
      await city.post(by, `${at}/assessments`, { findings: findings() });
    expect(await city.post(shuozhou.county, `${at}/merge`)).toMatchObject({ status: 200, state: 'merged' });
  });
  it('[O13 shuozhou unused] where the county’s bureau does not, the city’s does', async () => {
    const at = await registered(shuozhou.county);
    for (const by of [shuozhou.county, shuozhou.operator])
      await city.post(by, `${at}/assessments`, { findings: findings() });
    expect(await city.post(shuozhou.bureau, `${at}/merge`)).toMatchObject({ status: 200, state: 'merged' });
  });
});
