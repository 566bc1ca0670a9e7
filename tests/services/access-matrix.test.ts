// Design 6: one function answers every question of permission, and no route goes round it.
import { buildService } from '@gongshu/infra/http/service';
import { anyone, may, type Role, roles } from '@gongshu/shared/may';
import { z } from 'zod';
import { type AllServices, type AnyRoute, buildAllServices } from '../support/all-services.ts';
import { checksums } from '../support/checksum.ts';
import { sampleRoutes } from '../support/sample-routes.ts';

let all: AllServices;
beforeAll(async () => {
  all = await buildAllServices();
}, 120_000);
afterAll(() => all.stop());

let calls = 0;
/** Calls a route as somebody with this role alone; what stands in address and body does not matter to a role. */
const call = async ({ service, method, url }: AnyRoute, role: Role | null) => {
  calls += 1;
  const token = role && {
    authorization: await all.tokens.bearer({ roles: [role], organisation: 'some-body' }),
  };
  const answer = await all.apps[service].inject({
    method: method as 'POST',
    url: url.replaceAll(/:\w+/g, 'some-one').replace('*', 'some-one'),
    headers: { ...token, 'idempotency-key': `matrix-call-${calls}` },
    ...(method === 'GET' || method === 'HEAD' ? {} : { payload: {} }),
  });
  return answer;
};

describe('every route of every service', () => {
  it('is walked over: the four services have routes of their own', () => {
    const services = new Set(
      all.routes.filter(({ url }) => url.startsWith('/v1/')).map(({ service }) => service),
    );
    expect([...services].sort()).toEqual(['catalog', 'disclosure', 'pricing', 'registry']);
    expect(all.routes.length).toBeGreaterThan(100);
  });

  it('refuses who has no token with 401, unless the act is open to everyone; and changes nothing', async () => {
    const before = await checksums(all.database.url);
    const wrong: string[] = [];
    let refused = 0;
    for (const route of all.routes) {
      if (may(anyone, route.act) === 'yes') continue;
      const { statusCode } = await call(route, null);
      refused += 1;
      if (statusCode !== 401) wrong.push(`${route.name}: ${statusCode}`);
    }
    expect(wrong).toEqual([]);
    expect(refused).toBeGreaterThan(50);
    expect(await checksums(all.database.url)).toEqual(before);
  });

  it.each(roles)(
    'refuses %s with 403 wherever may() gives the role no reach; and changes nothing',
    async (role) => {
      const before = await checksums(all.database.url);
      const wrong: string[] = [];
      for (const route of all.routes) {
        const actor = { id: 'someone', roles: [role], organisation: 'some-body', jurisdiction: 'zhongwei' };
        if (may(actor, route.act) === 'yes') continue;
        const answer = await call(route, role);
        const code = route.method === 'HEAD' ? 'forbidden' : answer.json().code;
        if (answer.statusCode !== 403 || code !== 'forbidden')
          wrong.push(`${route.name}: ${answer.statusCode}`);
      }
      expect(wrong).toEqual([]);
      expect(await checksums(all.database.url)).toEqual(before);
    },
  );

  it('a role that has reach is not refused as a role: the table above can fail', async () => {
    const open = all.routes.find(({ name }) => name === 'registry GET /v1/parties') as AnyRoute;
    expect([(await call(open, 'auditor')).statusCode, (await call(open, 'public')).statusCode]).toEqual([
      200, 403,
    ]);
  });
});

describe('a route that forgets (sabotage)', () => {
  const service = (config: object) =>
    buildService({
      name: 'catalog',
      title: 'test',
      deps: all.deps.catalog,
      routes: [
        async (app) => {
          app.get(
            '/v1/forgets',
            { config, schema: { summary: 'forgets', response: { 200: z.object({}) } } },
            async () => ({}),
          );
        },
      ],
    });

  it.each([
    ['declares no act', {}],
    ['declares one that may() does not know', { act: 'doAsOneLikes' }],
  ])('%s: the service does not start', async (_name, config) => {
    await expect(service(config)).rejects.toThrow('declares no act');
  });

  it('does not ask about its object: the answer is a 500 and not the object', async () => {
    const app = await buildService({
      name: 'catalog',
      title: 'test',
      routes: [sampleRoutes],
      deps: all.deps.catalog,
    });
    const headers = { authorization: await all.tokens.bearer({ roles: ['auditor'] }) };
    const answer = await app.inject({ url: '/v1/unasked', headers });
    expect([answer.statusCode, answer.json().code]).toEqual([500, 'internalError']);
    await app.close();
  });
});
