import {
  documentNo,
  merchantNo,
  reasons,
  type RegistryCity,
  startRegistryCity,
} from './onboarding-support.ts';
import { bodiesOf } from './resources-support.ts';

const { operator, bureau, department } = bodiesOf('zhongwei');
let city: RegistryCity;
beforeAll(async () => {
  city = await startRegistryCity();
});
afterAll(() => city.stop());

const submit = (version: number, change: object = {}, who: Parameters<RegistryCity['post']>[0] = operator) =>
  city.post(who, '/v1/norms', city.norm(version, change));
const decide = (norm: string, body: object, who: Parameters<RegistryCity['post']>[0] = bureau) =>
  city.post(who, `/v1/norms/${norm}/decision`, body);

describe('norms stand before work begins (M2, 中卫 18)', () => {
  it('[M2 zhongwei] submitted by the operator, approved by the authority; a newer one replaces it once approved', async () => {
    const first = await submit(1);
    expect(first).toMatchObject({ status: 201, state: 'submitted', way: 'approved' });
    expect(await decide(first['norm'], { outcome: 'approve' })).toMatchObject({ state: 'approved' });
    const second = await submit(2, { document: documentNo(2) });
    expect(await city.get(operator, `/v1/norms/${first['norm']}`)).toMatchObject({ state: 'approved' });
    await decide(second['norm'], { outcome: 'approve' });
    const { items } = await city.get(bureau, '/v1/norms?kind=onboardingNorm');
    expect(items.map(({ version, state }: Record<string, unknown>) => [version, state])).toEqual([
      [2, 'approved'],
      [1, 'replaced'],
    ]);
    expect(await city.events('norm.replaced.v1')).toMatchObject([
      { norm: first['norm'], by: second['norm'] },
    ]);
    const told = await city.events('norm.approved.v1');
    expect(told).toMatchObject([{ version: 1 }, { version: 2, document: documentNo(2) }]);
    expect(JSON.stringify(told)).not.toMatch(/规范/);
  });

  it('refused with reasons: the one before stays in force', async () => {
    const third = await submit(3);
    expect(await decide(third['norm'], { outcome: 'refuse' })).toMatchObject({
      status: 422,
      code: 'reasonsMissing',
    });
    expect(await decide(third['norm'], { outcome: 'refuse', reasons })).toMatchObject({
      state: 'refused',
      reasons,
    });
    expect(await decide(third['norm'], { outcome: 'approve' })).toMatchObject({
      status: 409,
      code: 'normDecided',
    });
    const { items } = await city.get(operator, '/v1/norms?kind=onboardingNorm&state=approved');
    expect(items).toMatchObject([{ version: 2 }]);
    expect(await city.events('norm.refused.v1')).toMatchObject([{ reasonCodes: ['measuresInsufficient'] }]);
  });

  it('deposited ones stand on receipt, and need no decision', async () => {
    const norm = await submit(1, { kind: 'managementRules' });
    expect(norm).toMatchObject({ status: 201, state: 'deposited' });
    expect(await decide(norm['norm'], { outcome: 'approve' })).toMatchObject({
      status: 409,
      code: 'normDecided',
    });
  });

  it('issued ones are the authority’s', async () => {
    expect(await submit(1, { kind: 'reviewNorm' })).toMatchObject({ status: 403 });
    await city.upload('city-bureau', 8);
    expect(await submit(1, { kind: 'reviewNorm', document: documentNo(8) }, bureau)).toMatchObject({
      status: 201,
      state: 'issued',
    });
  });

  it.each([
    ['a version that stands already', 2, {}, 409, 'normVersionTaken'],
    ['an older version', 1, {}, 409, 'normVersionTaken'],
    ['a document the operator never uploaded', 9, { document: documentNo(77) }, 422, 'documentUnknown'],
    ['a kind the pack does not name', 9, { kind: 'danceNorm' }, 422, 'normKindUnknown'],
    ['version 0', 0, {}, 400, 'invalidRequest'],
    ['a huge version', 1e21, {}, 400, 'numberRefused'],
  ])('%s is refused', async (_name, version, change, status, code) => {
    const before = await city.count('norm');
    expect(await submit(version, change)).toMatchObject({ status, code });
    expect(await city.count('norm')).toBe(before);
  });

  it('nobody else submits or decides; another city sees none', async () => {
    for (const who of [department, merchantNo(1), bureau])
      expect(await submit(9, {}, who)).toMatchObject({ status: 403 });
    const fourth = await submit(4);
    for (const who of [operator, merchantNo(1)])
      expect(await decide(fourth['norm'], { outcome: 'approve' }, who)).toMatchObject({ status: 403 });
    const elsewhere = bodiesOf('wuhai').bureau;
    expect(await decide(fourth['norm'], { outcome: 'approve' }, elsewhere)).toMatchObject({ status: 404 });
    expect(await city.get(elsewhere, `/v1/norms/${fourth['norm']}`)).toMatchObject({ status: 404 });
    expect(await city.get(elsewhere, '/v1/norms')).toMatchObject({ items: [] });
  });
});
