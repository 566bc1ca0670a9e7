import { usccCheckDigit } from '@gongshu/shared/uscc';
import { buildRegistry } from '@gongshu/service-registry';
import type { ServiceDeps } from '@gongshu/infra/http/types';
import type { FastifyInstance } from 'fastify';
import { noCases } from '../support/catalog.ts';
import { type TestDatabase, testDatabase } from '../support/parts.ts';
import { noOnboardings } from '../support/registry-deps.ts';
import { serviceDeps, testInstant } from '../support/service.ts';
import { type TestTokens, testTokens } from '../support/tokens.ts';

const uscc = (n: number): string => {
  const first = `11640500${String(n).padStart(9, '0')}`;
  return first + usccCheckDigit(first);
};
const bureau = { id: 'zw-bureau', kind: 'bureau', name: '示例市数据局', uscc: uscc(1), level: 'city' };
const department = {
  id: 'zw-dept-1',
  kind: 'sourceDepartment',
  name: '示例市交通局',
  uscc: uscc(2),
  level: 'city',
  parentId: 'zw-bureau',
};
const firm = { id: 'zw-firm-1', kind: 'merchant', name: '示例数商公司', uscc: uscc(3) };

describe('G1: parties are registered by list', () => {
  let database: TestDatabase;
  let deps: ServiceDeps;
  let app: FastifyInstance;
  let tokens: TestTokens;
  let key = 0;

  beforeAll(async () => {
    database = await testDatabase();
    tokens = await testTokens();
    deps = serviceDeps('registry', { url: database.url, tokens });
    app = await buildRegistry({ ...deps, ...noOnboardings, documents: noCases.documents });
  });
  afterAll(async () => {
    await app.close();
    await deps.db.destroy();
    await database.drop();
  });

  const register = async (parties: object[], jurisdiction = 'zhongwei') =>
    app.inject({
      method: 'POST',
      url: '/v1/parties/imports',
      payload: { parties },
      headers: {
        authorization: await tokens.bearer({ roles: ['bureau'], organisation: 'zw-bureau', jurisdiction }),
        'idempotency-key': `import-${(key += 1)}-of-test`,
      },
    });
  const read = async (url: string, claims: Parameters<TestTokens['bearer']>[0] = { roles: ['auditor'] }) =>
    app.inject({ url, headers: { authorization: await tokens.bearer(claims) } });
  const events = () =>
    deps.db.selectFrom('outbox').select(['type', 'payload', 'occurred_at']).orderBy('seq').execute();

  it('all at once, with an event each that names nobody; bodies of government are named on the public topic, a firm is not', async () => {
    const first = await register([department, bureau, firm]);
    expect([first.statusCode, first.json()]).toEqual([201, { registered: 3, unchanged: 0 }]);
    expect((await register([department, bureau, firm])).json()).toEqual({ registered: 0, unchanged: 3 });
    const recorded = await events();
    const [own, named] = ['party.registered.v1', 'party.named.v1'].map((type) =>
      recorded.filter((one) => one['type'] === type),
    );
    expect([own?.length, named?.length, recorded.length]).toEqual([3, 2, 5]);
    expect(own?.[0]).toMatchObject({ occurred_at: testInstant });
    expect(JSON.stringify(own)).not.toMatch(/示例/);
    expect(named?.map(({ payload }) => payload['party']).toSorted()).toEqual(['zw-bureau', 'zw-dept-1']);
    expect(await deps.db.selectFrom('audit_entry').select('number').orderBy('number').execute()).toEqual([
      { number: 1 },
      { number: 2 },
      { number: 3 },
      { number: 4 },
      { number: 5 },
    ]);
  });

  it.each<[string, object[], number, { pointer: string; code: string }]>([
    [
      'a wrong check digit',
      [
        firm,
        { ...firm, id: 'zw-firm-9', uscc: `${uscc(9).slice(0, 17)}${uscc(9).endsWith('0') ? '1' : '0'}` },
      ],
      400,
      { pointer: '/body/parties/1/uscc', code: 'usccCheckDigit' },
    ],
    ['an id twice', [firm, firm], 400, { pointer: '/body/parties/1/id', code: 'repeated' }],
    [
      'a field nobody knows',
      [{ ...firm, phone: '1' }],
      400,
      { pointer: '/body/parties/0/phone', code: 'unrecognized_keys' },
    ],
    [
      'a control character in a name',
      [{ ...firm, id: 'c-1', uscc: uscc(4), name: '示例\u0007公司' }],
      400,
      { pointer: '/body/parties/0/name', code: 'unreadableCharacter' },
    ],
    [
      'a name of two lines',
      [{ ...firm, id: 'c-1', uscc: uscc(4), name: '示例\n公司' }],
      400,
      { pointer: '/body/parties/0/name', code: 'unreadableCharacter' },
    ],
    [
      'an id that no address could hold',
      [{ ...firm, id: 'dept:new', uscc: uscc(4) }],
      400,
      { pointer: '/body/parties/0/id', code: 'invalid_format' },
    ],
    [
      'a county body without its county',
      [{ ...firm, id: 'c-1', level: 'county' }],
      400,
      { pointer: '/body/parties/0/county', code: 'countyByLevel' },
    ],
    [
      'an unknown parent',
      [{ ...firm, id: 'c-1', uscc: uscc(4), parentId: 'none' }],
      400,
      { pointer: '/body/parties/0/parentId', code: 'parentUnknown' },
    ],
    [
      'other content under a known id',
      [{ ...firm, name: '另一家' }],
      409,
      { pointer: '/body/parties/0', code: 'partyDiffers' },
    ],
  ])('%s is refused by its place, and nothing of the list is kept', async (_name, parties, status, place) => {
    const answer = await register([...parties, { ...firm, id: 'new-1', uscc: uscc(8) }]);
    expect([answer.statusCode, answer.json().errors?.[0]]).toMatchObject([status, place]);
    expect(await events()).toHaveLength(5);
  });

  it("refuses another body's credit code", async () => {
    const answer = await register([{ ...firm, id: 'new-2' }]);
    expect([answer.statusCode, answer.json().code]).toEqual([409, 'alreadyExists']);
  });

  describe('one bureau a city, and as many operators as mandates ask for', () => {
    const operator = { id: 'yl-operator', kind: 'operator', name: '示例运营公司' };
    const cityBureau = { id: 'yl-bureau', kind: 'bureau', name: '示例市数据局', level: 'city' };
    const county = { kind: 'countyBureau', name: '县数据局', level: 'county' };
    const counties = [
      { ...county, id: 'yl-county-1', county: '甲县' },
      { ...county, id: 'yl-county-2', county: '乙县' },
    ];
    const second = (of: object) => [{ ...of, id: 'yl-second' }];

    it('a second is refused by its place, whichever list it comes in; the same again is unchanged', async () => {
      const twice = await register([cityBureau, { ...cityBureau, id: 'yl-second' }], 'yulin');
      expect([twice.statusCode, twice.json()]).toMatchObject([
        409,
        { code: 'bodyTaken', errors: [{ pointer: '/body/parties/1/kind', code: 'bodyTaken' }] },
      ]);
      const first = await register([operator, cityBureau, ...counties], 'yulin');
      expect(first.json()).toEqual({ registered: 4, unchanged: 0 });
      const answer = await register([counties[0] as object, ...second(cityBureau)], 'yulin');
      expect([answer.statusCode, answer.json().errors]).toMatchObject([
        409,
        [{ pointer: '/body/parties/1/kind' }],
      ]);
      const other = await register(second(operator), 'yulin');
      expect(other.json()).toEqual({ registered: 1, unchanged: 0 });
      const again = await register([operator, cityBureau, ...counties], 'yulin');
      expect(again.json()).toEqual({ registered: 0, unchanged: 4 });
      const elsewhere = await register([operator, cityBureau], 'wuhai');
      expect(elsewhere.json()).toEqual({ registered: 2, unchanged: 0 });
    });

    it('of many that come at once, one is taken', async () => {
      const answers = await Promise.all(
        Array.from({ length: 6 }, (_, n) => register([{ ...cityBureau, id: `bureau-${n}` }], 'race')),
      );
      expect(answers.map(({ statusCode }) => statusCode).toSorted((a, b) => a - b)).toEqual([
        201, 409, 409, 409, 409, 409,
      ]);
    });
  });

  it('is read by page; a merchant sees itself, another city nothing', async () => {
    const page = await read('/v1/parties?limit=2');
    expect(page.json()).toMatchObject({
      items: [{ id: 'zw-bureau' }, { id: 'zw-dept-1', parentId: 'zw-bureau' }],
    });
    const rest = await read(`/v1/parties?limit=2&cursor=${page.json().next}`);
    expect(rest.json()).toMatchObject({ items: [{ id: 'zw-firm-1' }], next: null });
    const own = await read('/v1/parties', { roles: ['merchant'], organisation: 'zw-firm-1' });
    expect(own.json().items).toHaveLength(1);
    expect(
      (await read('/v1/parties/zw-bureau', { roles: ['merchant'], organisation: 'zw-firm-1' })).statusCode,
    ).toBe(404);
    expect(
      (await read('/v1/parties/zw-bureau', { roles: ['bureau'], jurisdiction: 'wuhai' })).statusCode,
    ).toBe(404);
    expect((await read('/v1/parties/zw-bureau')).json()).toMatchObject({
      name: '示例市数据局',
      registeredAt: '2024-03-01T10:00:00+08:00',
    });
  });

  it('a misspelt filter is refused by its name', async () => {
    const answer = await read('/v1/parties?kinds=operator');
    expect([answer.statusCode, answer.json().errors]).toMatchObject([400, [{ pointer: '/query/kinds' }]]);
  });

  it('is refused to all but the bureau', async () => {
    for (const role of ['merchant', 'operator', 'auditor', 'sourceDepartment'] as const) {
      const authorization = await tokens.bearer({ roles: [role], organisation: 'zw-firm-1' });
      const headers = { authorization, 'idempotency-key': `refused-${role}` };
      const answer = await app.inject({
        method: 'POST',
        url: '/v1/parties/imports',
        payload: { parties: [firm] },
        headers,
      });
      expect([role, answer.statusCode]).toEqual([role, 403]);
    }
  });
});
