import { merchantNo, reasons, type RegistryCity, startRegistryCity } from './onboarding-support.ts';
import { bodiesOf } from './resources-support.ts';

const { operator, bureau, department } = bodiesOf('zhongwei');
let city: RegistryCity;
beforeAll(async () => {
  city = await startRegistryCity();
  for (const n of [1, 2, 3]) await city.stands(n, 'enrolled');
});
afterAll(() => city.stop());

type Act = 'suspension' | 'restoration' | 'exit';
const act = (n: number, path: Act, who: Parameters<RegistryCity['post']>[0], body: object = { reasons }) =>
  city.post(who, `/v1/merchants/merchant-${n}/${path}`, body);

describe('how a merchant stands (M1, 中卫 18)', () => {
  it('[M1 zhongwei] suspended, restored, exited: each with reasons, told by code', async () => {
    expect(await act(1, 'suspension', bureau)).toMatchObject({ status: 200, standing: 'suspended' });
    city.clock.now = new Date('2024-03-05T10:00:00+08:00');
    // What the authority suspended is no operator's to restore (中卫 5); its own is.
    expect(await act(1, 'restoration', operator)).toMatchObject({ code: 'merchantSuspensionByBureau' });
    expect(await act(1, 'restoration', bureau)).toMatchObject({ standing: 'enrolled' });
    expect(await act(3, 'suspension', operator)).toMatchObject({ standing: 'suspended' });
    expect(await act(3, 'restoration', operator)).toMatchObject({ standing: 'enrolled' });
    expect(await act(1, 'exit', merchantNo(1))).toMatchObject({ standing: 'exited' });
    const view = await city.get(bureau, '/v1/merchants/merchant-1');
    expect(view).toMatchObject({
      standing: 'exited',
      since: '2024-03-05T10:00:00+08:00',
      acts: [
        { act: 'suspended', reasons, by: 'city-bureau', at: '2024-03-01T10:00:00+08:00' },
        { act: 'restored', by: 'city-bureau' },
        { act: 'exited', by: 'merchant-1' },
      ],
    });
    for (const type of ['suspended', 'restored', 'exited'])
      expect(await city.events(`merchant.${type}.v1`)).toMatchObject([
        { merchant: 'merchant-1', reasonCodes: ['measuresInsufficient'] },
        ...(type === 'exited' ? [] : [{ merchant: 'merchant-3' }]),
      ]);
  });

  it.each<[string, number, Act]>([
    ['an exited one is not suspended', 1, 'suspension'],
    ['nor restored', 1, 'restoration'],
    ['nor does it exit again', 1, 'exit'],
    ['an enrolled one is not restored', 2, 'restoration'],
  ])('%s', async (_name, n, path) => {
    const before = await city.count('merchant_act');
    expect(await act(n, path, operator)).toMatchObject({ status: 409, code: 'merchantStandingDiffers' });
    expect(await city.count('merchant_act')).toBe(before);
  });

  it('reasons are required; one never enrolled is unknown', async () => {
    expect(await act(2, 'suspension', operator, { reasons: [] })).toMatchObject({ status: 400 });
    expect(await act(5, 'suspension', operator)).toMatchObject({ status: 404 });
    expect(await city.get(operator, '/v1/merchants/merchant-2')).toMatchObject({ standing: 'enrolled' });
  });

  it('not by whom it is not given: another merchant, a department, another city', async () => {
    expect(await act(2, 'exit', merchantNo(3))).toMatchObject({ status: 404 });
    expect(await act(2, 'suspension', merchantNo(2))).toMatchObject({ status: 403 });
    expect(await act(2, 'suspension', department)).toMatchObject({ status: 403 });
    expect(await act(2, 'suspension', bodiesOf('wuhai').operator)).toMatchObject({ status: 404 });
    expect(await city.get(operator, '/v1/merchants/merchant-2')).toMatchObject({
      standing: 'enrolled',
      acts: [],
    });
  });

  it('two at once: one takes effect', async () => {
    const both = await Promise.all([act(3, 'exit', operator), act(3, 'exit', merchantNo(3))]);
    expect(both.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409]);
  });

  it('the list by id, by page, by standing and as CSV; a merchant sees itself', async () => {
    const ids = ({ items }: Record<string, any>) => items.map((one: { merchant: string }) => one.merchant);
    expect(ids(await city.get(operator, '/v1/merchants'))).toEqual([
      'merchant-1',
      'merchant-2',
      'merchant-3',
    ]);
    const first = await city.get(operator, '/v1/merchants?limit=2');
    expect(ids(await city.get(operator, `/v1/merchants?limit=2&cursor=${first['next']}`))).toEqual([
      'merchant-3',
    ]);
    expect(ids(await city.get(operator, '/v1/merchants?standing=exited'))).toEqual([
      'merchant-1',
      'merchant-3',
    ]);
    expect(ids(await city.get(merchantNo(2), '/v1/merchants'))).toEqual(['merchant-2']);
    expect(await city.get(bodiesOf('wuhai').operator, '/v1/merchants')).toMatchObject({ items: [] });
    const csv = await city.call(bureau, 'GET', '/v1/merchants', { headers: { accept: 'text/csv' } });
    expect(csv.body.split('\r\n')[2]).toBe('merchant-2,enrolled,2024-02-01T09:00:00+08:00,');
  });
});
