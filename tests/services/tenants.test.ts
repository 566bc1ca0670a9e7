// Design 3: jurisdictions in one installation are tenants. Generated from the routes of all services: whatever stands
// in a table of one city is nobody's business in another, whoever asks and though their bodies bear the same ids.
import type { ServiceName } from '@gongshu/shared/events';
import { may, needsObject, type Role, roles } from '@gongshu/shared/may';
import { procedureKinds, procedures } from '@gongshu/shared/procedure/kinds';
import { sql } from 'kysely';
import pg from 'pg';
import { agreementNo, inOperation } from '../support/in-operation.ts';
import { type AllServices, type AnyRoute, buildAllServices } from '../support/all-services.ts';
import {
  bodyOf,
  type City,
  holds,
  marksOf,
  type Planted,
  plant,
  procedureNoOf,
  type Row,
  shuozhou,
  zhongwei,
} from '../support/planting.ts';
import { addressOf, type Chosen, plausible } from '../support/plausible.ts';

let all: AllServices;
let planted: Map<City, Planted>;
beforeAll(async () => {
  all = await buildAllServices();
  planted = new Map();
  for (const city of [zhongwei, shuozhou]) planted.set(city, await plant(all.database.url, city));
}, 120_000);
afterAll(() => all.stop());

const idName =
  /(Id|No)$|^(receipt|report|access|grant|merchant|norm|notice|channel|person|absence|case|subject|tariff|bill|dispute|terms|party|usage)$/;

/** Ids of one city's things by the names that addresses and bodies give them. */
const idsOf = (city: City, service: ServiceName, url: string): Chosen => {
  const snake = (name: string) => name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  const both = [...(planted.get(city) ?? [])];
  const isOwn = ([table]: [string, Row]) => table.startsWith(`${service}.`);
  const rows = [...both.filter(isOwn), ...both.filter((one) => !isOwn(one))];
  return (name, schema) => {
    if (name === 'jurisdiction' || name === 'other') return city.jurisdiction;
    if (name === 'organisation') return 'operator';
    if (name === 'hash' || /Hash$/.test(name)) return `sha256:${city.hex.repeat(8)}`;
    if (name === 'id' && String(schema['pattern']).startsWith('^MS-')) return `MS-${city.mark}`;
    if (schema['type'] !== 'string' || schema['enum']) return undefined;
    if (name === 'resources') return `${city.mark}-resource`;
    const procedure = procedureKinds.find((kind) => url.startsWith(procedures[kind].path));
    if (name === 'caseNo' && procedure) return procedureNoOf(procedure)(city);
    if (name === 'agreementId') return procedureNoOf('operatingAgreement')(city);
    if (name === 'filing') return `${procedureNoOf('plan')(city)}-BA1`;
    if (name === 'party' || name === 'usage') return `${city.mark}-${name}`;
    if (name === 'paper') return `BZ-${city.mark}-turn_id-1`;
    if (name === 'publication') return `GB-${city.mark}`;
    if (name === 'merchantId' || (name === 'merchant' && url.includes('/:merchant')))
      return `${city.mark}-merchant`;
    if (!idName.test(name)) return undefined;
    const fits = (value: unknown): value is string =>
      typeof value === 'string' && (!schema['pattern'] || new RegExp(schema['pattern']).test(value));
    const bare = snake(name).replace(/_(id|no)$/, '');
    const own = (same: (table: string) => boolean) =>
      rows.filter(([table]) => same(table.split('.')[1] ?? '')).map(([, row]) => row['id']);
    const candidates = [
      ...own((table) => table === bare),
      ...rows.map(([, row]) => row[snake(name)]),
      ...rows.map(([, row]) => row[bare]),
      ...own((table) => table.endsWith(`_${bare}`) || table.startsWith(`${bare}_`)),
    ];
    return candidates.find(fits);
  };
};

const actorOf = (role: Role, { jurisdiction }: City) => ({
  id: `${role}-of-${jurisdiction}`,
  roles: [role],
  organisation: bodyOf[role] ?? null,
  jurisdiction,
});

let calls = 0;
/** Somebody of one city asks for the things of another. */
const call = async (route: AnyRoute, role: Role, from: City, about: City) => {
  calls += 1;
  const { service, method, url, schema } = route;
  const { organisation, jurisdiction } = actorOf(role, from);
  const ids = idsOf(about, service, url);
  const query = method === 'GET' && /"jurisdiction"/.test(JSON.stringify(schema.querystring ?? {}));
  return all.apps[service].inject({
    method: method as 'POST',
    url: addressOf(url, schema.params, ids) + (query ? `?jurisdiction=${about.jurisdiction}` : ''),
    headers: {
      authorization: await all.tokens.bearer({
        roles: [role],
        ...(organisation && { organisation }),
        jurisdiction,
      }),
      'idempotency-key': `tenants-call-${calls}`,
      'if-match': '"1"',
    },
    ...(schema.body ? { payload: plausible(schema.body, ids) as object } : {}),
  });
};

/** Links of whichever body is named: of one that is unknown there are none. */
const asksOfAnyBody = '/v1/ownership-links/house/:body';
/** What only a case of this kind has: one row a table is planted, and it is the plan’s. */
const ofOtherKinds = new Set([
  'registry GET /v1/selections/:caseNo/papers',
  'registry GET /v1/selections/:caseNo/bids/own',
  'disclosure GET /v1/complaints/about/:caseNo',
  // The version that is planted is of a yearly disclosure, which answers by the same code.
  'disclosure GET /v1/bulletins/:caseNo/versions/:version',
  'disclosure GET /v1/bulletins/:caseNo/versions/:version/paper',
  // Figures, and pictures of them, by a name of a list; of what is planted there are none.
  'disclosure GET /v1/bulletins/:caseNo/charts/:chart',
  'disclosure GET /v1/work-reports/:report/figures/:figure',
  'disclosure GET /v1/yearly-disclosures/:caseNo/figures/:figure',
  'disclosure GET /v1/bulletins/:caseNo/figures/:figure',
  'disclosure GET /v1/fairness/charts/:by',
]);

/** What reads a case as its workflow leaves it: the row that is planted holds no more than the city’s marks. */
const ofWholeCases = new Set([
  'catalog GET /v1/applications/:caseNo/clock',
  'catalog GET /v1/grants/:grantNo',
  'catalog GET /v1/supplies/:supplyNo',
  'registry GET /v1/onboardings/:caseNo/clock',
  'registry GET /v1/evaluations/:caseNo/questionnaires',
  'registry GET /v1/evaluations/:caseNo/figures',
]);

/** Acts whose answer is the same for everybody: no object of a city is asked for. */
const isOpenToAll = ({ act, url }: AnyRoute) =>
  !needsObject(actorOf('public', shuozhou), act) || url === asksOfAnyBody;
const ours = (method: (one: string) => boolean) =>
  all.routes.filter((route) => route.url.startsWith('/v1/') && method(route.method) && !isOpenToAll(route));

/** What somebody notes down for himself may name anything; nothing is read by it. */
const notes = new Set(['catalog.application_draft', 'registry.application_draft']);

/** Checksum of all rows that hold anything of a city, save the stored answers to requests. */
const checksumOf = async (city: City): Promise<Record<string, string>> => {
  const client = new pg.Client({ connectionString: all.database.url });
  await client.connect();
  const { rows: tables } = await client.query<{ name: string }>(
    `select format('%I.%I', table_schema, table_name) as name from information_schema.tables
     where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')
       and table_name <> 'idempotency' order by 1`,
  );
  const pattern = `${marksOf(city)}|${city.jurisdiction}`;
  const { rows } = await client.query<{ name: string; sum: string }>(
    tables
      .map(
        ({ name }) =>
          `select '${name}' as name, count(*) || ' ' || coalesce(md5(string_agg(t::text, '' order by t::text)), '') as sum
           from ${name} t where t::text ~* '${pattern}'
           ${notes.has(name) ? `and jurisdiction = '${city.jurisdiction}'` : ''}`,
      )
      .join(' union all '),
  );
  await client.end();
  return Object.fromEntries(rows.map(({ name, sum }) => [name, sum]));
};

describe('what stands in the tables of Zhongwei is hidden from every role of Shuozhou', () => {
  it('is planted in every table with a jurisdiction, in both cities', () => {
    expect(planted.get(zhongwei)!.size).toBeGreaterThan(30);
    expect([...planted.get(zhongwei)!.keys()]).toEqual([...planted.get(shuozhou)!.keys()]);
  });

  it('and every id that an address takes names one of them', () => {
    const strangers = all.routes
      .filter(({ url, schema }) => url.startsWith('/v1/') && schema.params)
      .flatMap(({ service, url, schema }) =>
        [...url.matchAll(/:(\w+)/g)]
          .map(([, name = '']) => name)
          .filter((name) => idName.test(name))
          .filter(
            (name) => !holds(addressOf(`/:${name}`, schema.params, idsOf(zhongwei, service, url)), zhongwei),
          )
          .map((name) => `${url} ${name}`),
      );
    expect([...new Set(strangers)]).toEqual([]);
  });

  it.each(roles)(
    '%s: an address with an id of the other city is 404; a list holds nothing of it',
    async (role) => {
      const wrong: string[] = [];
      for (const route of ours((method) => method === 'GET')) {
        const answer = await call(route, role, shuozhou, zhongwei);
        const allowed = may(actorOf(role, shuozhou), route.act) === 'yes';
        // Where a query is required, its lack may be told first; a city’s pack may lack what a list is of.
        const expected = !allowed ? [403] : route.url.includes('/:') ? [404, 400] : [200, 400, 404, 409];
        if (
          !expected.includes(answer.statusCode) ||
          (answer.statusCode === 200 && holds(answer.body, zhongwei))
        )
          wrong.push(`${route.name}: ${answer.statusCode} ${answer.body.slice(0, 200)}`);
      }
      expect(wrong).toEqual([]);
    },
    120_000,
  );

  it.each(roles)(
    '%s: no act reaches across; nothing of the other city is changed',
    async (role) => {
      const before = await checksumOf(zhongwei);
      const wrong: string[] = [];
      for (const route of ours((method) => !['GET', 'HEAD'].includes(method))) {
        if (may(actorOf(role, shuozhou), route.act) !== 'yes') continue; // the access matrix has it: 403
        const { statusCode, body } = await call(route, role, shuozhou, zhongwei);
        // A body that JSON Schema cannot describe whole is refused as it came (400), before anything is looked for.
        const hidden = route.url.includes('/:')
          ? [400, 403, 404]
          : [200, 201, 202, 400, 403, 404, 409, 415, 422];
        if (!hidden.includes(statusCode)) wrong.push(`${route.name}: ${statusCode} ${body.slice(0, 300)}`);
      }
      expect(wrong).toEqual([]);
      expect(await checksumOf(zhongwei)).toEqual(before);
    },
    120_000,
  ); // every act of four services that the role may do
});

describe('an id of the other city in a body', () => {
  const contents = {
    scenario: '停车诱导',
    scope: '全市',
    manner: '接口调用',
    term: { from: '2024-07-01', until: '2025-06-30' },
    securityMeasures: '专网接入',
  };
  const apply = async (resource: string) => {
    calls += 1;
    const { jurisdiction } = shuozhou;
    return all.apps.catalog.inject({
      method: 'POST',
      url: '/v1/applications',
      payload: { resources: [resource], contents },
      headers: {
        authorization: await all.tokens.bearer({
          roles: ['merchant'],
          organisation: 'merchant-1',
          jurisdiction,
        }),
        'idempotency-key': `tenants-call-${calls}`,
      },
    });
  };

  it('a resource, though public in its own, is none to apply for; nothing is written', async () => {
    await sql`update resource set state = 'public' where jurisdiction = 'zhongwei'`.execute(
      all.deps.catalog.db,
    );
    await sql`
      insert into body (jurisdiction, id, kind)
      values ('shuozhou', 'operator', 'operator'), ('shuozhou', 'city-bureau', 'bureau')
      on conflict do nothing`.execute(all.deps.catalog.db);
    await inOperation(all.deps.catalog.db, 'shuozhou', { agreement: agreementNo('shuozhou', 7) });
    const before = await checksumOf(zhongwei);
    const theirs = await apply(`${zhongwei.mark}-resource`);
    const nobodys = await apply('no-such-resource');
    expect([theirs.statusCode, theirs.json().code]).toEqual([409, 'resourceNotOpen']);
    expect([nobodys.statusCode, nobodys.json().code]).toEqual([409, 'resourceNotOpen']);
    expect(await checksumOf(zhongwei)).toEqual(before);
  });
});

describe('in their own city the same things are seen: the tests above can fail', () => {
  it('nearly every address finds its thing for somebody, and shows it', async () => {
    const seen: string[] = [];
    const hidden: string[] = [];
    const broken: string[] = [];
    for (const route of ours((method) => method === 'GET')) {
      const answers = [];
      for (const role of roles)
        if (may(actorOf(role, zhongwei), route.act) === 'yes')
          answers.push(await call(route, role, zhongwei, zhongwei));
      if (answers.some(({ statusCode, body }) => statusCode === 200 && holds(body, zhongwei)))
        seen.push(route.name);
      const fault = answers.find(({ statusCode }) => statusCode >= 500);
      if (fault && !ofWholeCases.has(route.name)) broken.push(`${route.name}: ${fault.body.slice(0, 200)}`);
      if (answers.every(({ statusCode }) => statusCode === 404) && !ofOtherKinds.has(route.name))
        hidden.push(route.name);
    }
    expect(hidden).toEqual([]);
    expect(broken).toEqual([]);
    expect(seen.length).toBeGreaterThan(20);
    // Every address for every role that may, papers set as PDF among them.
  }, 240_000);
});
