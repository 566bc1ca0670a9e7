import { roles as tokenRoles } from '@gongshu/shared/may';
import { type Catalog, startCatalog } from './resources-support.ts';

let catalog: Catalog;
beforeAll(async () => {
  catalog = await startCatalog();
}, 60_000);
afterAll(() => catalog?.stop());

type Roles = {
  instrument: string;
  roles: {
    role: string;
    articles: string[];
    duties: { duty: string; acts: string[]; later: string | null }[];
  }[];
};
const read = async (city: string) => catalog.call(null, 'GET', `/v1/policies/${city}/roles`);

describe('who does what by a city’s text is open to everyone (G1)', () => {
  it.each(['national', 'zhongwei', 'shuozhou', 'wuhai'])('%s: the twelve roles, each once', async (city) => {
    const { roles } = (await read(city)).json<Roles>();
    const names = roles.map(({ role }) => role);
    expect(new Set(names).size).toBe(12);
    expect(names).toHaveLength(12);
    expect(names.filter((one) => !tokenRoles.some((role) => role === one))).toEqual([]);
  });

  it('duties with their acts, and none where the text is silent', async () => {
    const { roles, instrument } = (await read('shuozhou')).json<Roles>();
    expect(instrument).toContain('朔州');
    const of = (name: string) => roles.find(({ role }) => role === name);
    expect(of('price')).toEqual({
      ...{ role: 'price', articles: ['十一（五）'] },
      duties: [
        {
          duty: 'setPricePolicy',
          acts: [
            ...['readOperatingAgreements', 'readEvaluations', 'readCosts', 'adjustCost'],
            ...['openRevenue', 'decideRevenue', 'readRevenues', 'readCeilingCases', 'receiptCeiling'],
            'readBusinessReports',
          ],
          never: [],
          later: null,
        },
      ],
    });
    const duty = (role: string, name: string) => of(role)?.duties.find((one) => one.duty === name);
    expect(duty('finance', 'superviseAssets')).toMatchObject({ later: null });
    expect(duty('finance', 'superviseAssets')?.acts).toContain('confirmSettlement');
    expect(duty('public', 'complain') ?? duty('supervision', 'superviseMarket')).toMatchObject({
      later: null,
    });
    expect(of('partner')).toEqual({ role: 'partner', articles: [], duties: [] });
  });

  it('a city nobody knows is 404', async () => {
    expect((await read('nowhere')).statusCode).toBe(404);
    expect((await read('NO%00')).statusCode).toBe(400);
  });
});
