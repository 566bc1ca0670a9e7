import { refusalOf } from './law-support.ts';
import { paper, peopleIn, type RegisterCity, type Registers, startRegisters } from './registers-support.ts';
import type { Who } from './resources-support.ts';

let r: Registers;
jest.setTimeout(60_000);
beforeAll(async () => {
  r = await startRegisters();
}, 60_000);
afterAll(() => r?.stop());

const shown = (...conditions: string[]) => conditions.map((condition) => ({ condition, evidence: [paper] }));
const draft = (conditions: object[], change: object = {}) => ({
  title: '商圈客流',
  source: '某商业综合体',
  ground: { kind: 'purchased', text: '采购合同', document: paper },
  content: '逐小时客流量，不含个人信息',
  resources: ['停车场实时车位'],
  conditions,
  ...change,
});
const bring = (who: Who, conditions: object[], change: object = {}) =>
  r.post(who, '/v1/social-data', draft(conditions, change));
const idOf = (answer: Awaited<ReturnType<typeof bring>>): string => {
  if (answer.statusCode !== 201) throw new Error(answer.body);
  return answer.json<{ socialData: string }>().socialData;
};
const use = (who: Who, id: string) =>
  r.post(who, `/v1/social-data/${id}/uses`, { subject: '640500-SY-2024-000001', purpose: '商圈停车诱导' });
const people = (city: RegisterCity) => peopleIn(city);
const reasons = [{ code: 'sourceDoubtful', text: '来源存疑' }];

describe('[D3 zhongwei] 二十六: secure, lawfully obtained and qualified, it is used at once', () => {
  it('each condition with its evidence; no approval is waited for', async () => {
    const { operator, merchant, bureau } = people('zhongwei');
    const id = idOf(await bring(operator, shown('securityKept', 'lawfullyObtained', 'qualified')));
    expect((await use(operator, id)).statusCode).toBe(201);
    expect((await r.call(bureau, 'GET', `/v1/social-data/${id}`)).json()).toMatchObject({
      ...{ state: 'usable', uses: [{ subject: '640500-SY-2024-000001', usedOn: '2024-03-01' }] },
    });
    const told = await r.events(id);
    expect(told.map(({ type }) => type)).toEqual(['socialData.broughtIn.v1', 'socialData.used.v1']);
    expect(told[0]?.data).toMatchObject({ article: '第二十六条' });
    expect(JSON.stringify(told)).not.toMatch(/客流|综合体/);
    expect((await r.call(merchant, 'GET', `/v1/social-data/${id}`)).statusCode).toBe(404);
    expect((await r.call(merchant, 'GET', '/v1/social-data')).json()).toMatchObject({ items: [] });
    const csv = await r.call(bureau, 'GET', '/v1/social-data', { headers: { accept: 'text/csv' } });
    expect(csv.body).toContain('商圈客流');
  });

  it('withdrawn, it is used no more', async () => {
    const { operator } = people('zhongwei');
    const id = idOf(await bring(operator, shown('securityKept', 'lawfullyObtained', 'qualified')));
    const out = await r.post(operator, `/v1/social-data/${id}/withdrawal`, { reasons });
    expect(out.json()).toMatchObject({ state: 'withdrawn' });
    expect(refusalOf(await use(operator, id))).toMatchObject({ status: 409, code: 'socialDataNotApproved' });
    expect(refusalOf(await r.post(operator, `/v1/social-data/${id}/withdrawal`, { reasons })).code).toBe(
      'socialDataStepNotReached',
    );
  });
});

describe('[D3 zhongwei refuses] 二十六', () => {
  it('without evidence that it is lawful, qualified and secure: every condition is named', async () => {
    const before = await r.count('social_data');
    expect(refusalOf(await bring(people('zhongwei').operator, shown('securityKept')))).toEqual({
      ...{ status: 422, code: 'socialDataConditionUnmet', article: '二十六' },
      pointers: ['/body/conditions/lawfullyObtained', '/body/conditions/qualified'],
    });
    expect(await r.count('social_data')).toBe(before);
  });
});

describe('[D3 wuhai] 八（三）: the implementing body approves it first', () => {
  it('approved, it is used', async () => {
    const { operator, bureau } = people('wuhai');
    const id = idOf(await bring(operator, shown('lawfullyObtained')));
    const yes = await r.post(bureau, `/v1/social-data/${id}/decision`, { outcome: 'approve' });
    expect(yes.json()).toMatchObject({ state: 'usable' });
    expect((await use(operator, id)).statusCode).toBe(201);
    expect((await r.events(id)).map(({ type }) => type)).toEqual([
      'socialData.submitted.v1',
      'socialData.approved.v1',
      'socialData.used.v1',
    ]);
  });
});

describe('[D3 wuhai refuses] 八（三）', () => {
  it('not approved, or refused, it may not be used', async () => {
    const { operator, bureau } = people('wuhai');
    const id = idOf(await bring(operator, shown('lawfullyObtained')));
    const notYet = { status: 409, code: 'socialDataNotApproved', article: '八（三）', pointers: [] };
    expect(refusalOf(await use(operator, id))).toEqual(notYet);
    expect(refusalOf(await r.post(bureau, `/v1/social-data/${id}/decision`, { outcome: 'refuse' }))).toEqual({
      ...{ status: 422, code: 'reasonsMissing', article: '八（三）', pointers: ['/body/reasons'] },
    });
    await r.post(bureau, `/v1/social-data/${id}/decision`, { outcome: 'refuse', reasons });
    expect(refusalOf(await use(operator, id))).toEqual(notYet);
    expect(
      refusalOf(await r.post(bureau, `/v1/social-data/${id}/decision`, { outcome: 'approve' })).code,
    ).toBe('socialDataStepNotReached');
    expect(await r.count('social_data_use')).toBe(2);
  });

  it('nobody but the bureau approves', async () => {
    const { operator, merchant, department } = people('wuhai');
    const id = idOf(await bring(operator, shown('lawfullyObtained')));
    for (const [who, status] of [
      [operator, 403],
      [department, 403],
      [merchant, 403],
      [people('zhongwei').bureau, 404],
    ] as const)
      expect((await r.post(who, `/v1/social-data/${id}/decision`, { outcome: 'approve' })).statusCode).toBe(
        status,
      );
  });
});

describe('elsewhere, and what cannot be taken', () => {
  it.each(['national', 'shuozhou'] as const)(
    '%s: its text sets no condition; ground and paper alone',
    async (city) => {
      const id = idOf(await bring(people(city).operator, []));
      expect((await use(people(city).operator, id)).statusCode).toBe(201);
    },
  );

  it('bad input is refused at its place', async () => {
    const { operator } = people('national');
    const unknown = { kind: 'purchased', text: '合同', document: `sha256:${'0'.repeat(64)}` };
    expect(refusalOf(await bring(operator, [], { ground: unknown }))).toMatchObject({
      code: 'documentUnknown',
      pointers: ['/body/ground/document'],
    });
    for (const change of [
      { ground: { kind: 'stolen', text: 'x', document: paper } },
      { resources: [] },
      { title: 'a\u0000' },
      { more: 1 },
      { conditions: [...shown('qualified'), ...shown('qualified')] },
    ])
      expect((await bring(operator, [], change)).statusCode).toBe(400);
    expect((await r.post(operator, '/v1/social-data/SH-x/uses', {})).statusCode).toBe(400);
  });
});
