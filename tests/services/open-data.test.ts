// S1, S2: what can be downloaded of a city, judged by the standards' own schemas.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import Draft4 from 'ajv-draft-04';
import addFormats from 'ajv-formats';
import { openFeeds } from '@gongshu/service-disclosure/open/feeds';
import { openSets } from '@gongshu/service-disclosure/open/sets';
import { ocdsRelease } from '@gongshu/shared/selection/ocds';
import { type Portal, startPortal } from '../support/portal.ts';
import { faultsOf } from '../support/validate-open.ts';

const evil = `"><script>alert(1)</script>]]>&\u0001\u202e=1+1`;
let portal: Portal;
const get = async (path: string, headers: Record<string, string> = {}) =>
  portal.app.inject({ method: 'GET', url: path, headers });

const publish = async (number: string, kind: string, content: object) =>
  sql`insert into public_publication
    (number, jurisdiction, kind, subject, title_zh, title_en, document, hash, from_on, published_at)
    values (${number}, 'zhongwei', ${kind}, 'case', ${`公示 ${evil.replace('\u0001', '')}`}, 'Notice',
      ${JSON.stringify({ content })}, 'sha256:00', '2024-03-01', '2024-03-01T09:00:00+08:00')`.execute(
    portal.db,
  );

beforeAll(async () => {
  portal = await startPortal({ lawNow: async () => new Date('2024-05-07T10:00:00+08:00') });
  const at = '2024-03-01T09:00:00+08:00';
  const tender = { title: '遴选', mode: 'openTender', modeWords: '公开招标', status: 'active' } as const;
  const facts = { prefix: 'ocds-000000', caseNo: 'LX-1', authority: { id: 'city-bureau', name: '数据局' } };
  await publish(
    'GB-9',
    'ocdsRelease',
    ocdsRelease({ ...facts, tender }, { tags: ['tender'], number: 1, at }),
  );
  await publish('GB-10', 'selectionNotice', { winner: 'x' });
  await sql`update public_resource set title = ${evil.replace('\u0001', '')} where id = (select min(id) from public_resource)`.execute(
    portal.db,
  );
}, 60_000);
afterAll(() => portal?.stop());

describe('DCAT', () => {
  it('the catalog passes the shapes of DCAT-AP 3, an entry with hostile words too', async () => {
    const { statusCode, body, headers } = await get('/zhongwei/open-data/catalog.jsonld');
    expect([statusCode, headers['content-type']]).toEqual([200, 'application/ld+json']);
    const { dataset, publisher } = JSON.parse(body);
    expect(dataset.length).toBeGreaterThan(1);
    expect(publisher.name).toContain('中卫');
    expect(await faultsOf('dcat', body)).toEqual([]);
  }, 30_000);

  it('the judge can say no: an entry without its title, a catalog without its publisher', async () => {
    const whole = JSON.parse((await get('/zhongwei/open-data/catalog.jsonld')).body);
    const { publisher: _gone, ...without } = whole;
    const [{ title: _title, ...entry }, ...rest] = whole.dataset;
    const said = await faultsOf('dcat', JSON.stringify({ ...without, dataset: [entry, ...rest] }));
    expect(said.some((one) => one.includes('dc/terms/title'))).toBe(true);
    expect(said.some((one) => one.includes('dc/terms/publisher'))).toBe(true);
  }, 30_000);
});

describe('Atom', () => {
  it.each(openFeeds.map(({ name }) => name))('%s is a feed by the grammar of RFC 4287', async (name) => {
    const { statusCode, body, headers } = await get(`/zhongwei/feeds/${name}.atom`);
    expect([statusCode, headers['content-type']]).toEqual([200, 'application/atom+xml; charset=utf-8']);
    expect(await faultsOf('atom', body)).toEqual([]);
    const ids = [...body.matchAll(/<id>([^<]+)<\/id>/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(
      (await get(`/zhongwei/feeds/${name}.atom`, { 'if-none-match': String(headers['etag']) })).statusCode,
    ).toBe(304);
  });

  it('the judge can say no: an entry without its instant, a title that is markup', async () => {
    const { body } = await get('/zhongwei/feeds/notices.atom');
    expect(body).toContain('<entry>');
    expect(
      await faultsOf('atom', body.replace(/(<entry>[\s\S]*?)<updated>[^<]*<\/updated>/, '$1')),
    ).not.toEqual([]);
    expect(await faultsOf('atom', body.replaceAll('&lt;', '<'))).not.toEqual([]);
  });
});

describe('OCDS', () => {
  const read = (name: string) =>
    JSON.parse(
      readFileSync(join(import.meta.dirname, '../oracle/ocds', `${name}-1.1.5.json`), 'utf8'),
    ) as object;
  const ajv = new Draft4.default({ allErrors: true, strict: false });
  addFormats.default(ajv);
  ajv.compile(read('release-schema')); // the package's refers to it
  const valid = ajv.compile(read('release-package-schema'));

  it('the published releases are one package by the schema; what else was published is not in it', async () => {
    const { statusCode, body } = await get('/zhongwei/open-data/ocds.json');
    expect(statusCode).toBe(200);
    const file = JSON.parse(body);
    expect(valid(file) ? [] : valid.errors).toEqual([]);
    expect(file.releases.map(({ ocid }: { ocid: string }) => ocid)).toEqual(['ocds-000000-LX-1']);
    expect(valid({ ...file, releases: [{ ocid: 'x' }] })).toBe(false);
  });
});

describe('CSV and JSON', () => {
  it.each(openSets.map(({ name }) => name))('%s says the same in both', async (name) => {
    const csv = await get(`/zhongwei/open-data/${name}.csv`);
    const json = await get(`/zhongwei/open-data/${name}.json`);
    expect([csv.statusCode, json.statusCode]).toEqual([200, 200]);
    expect(csv.body.startsWith('\uFEFF')).toBe(true);
    const { items } = JSON.parse(json.body) as { items: unknown[] };
    const lines = csv.body.split('\r\n').length - 2; // titles, and the end of the last line
    expect(lines).toBe(items.length);
  });

  it('no cell of a download is a formula', async () => {
    await sql`update public_resource set abstract = '=1+1' where id = (select min(id) from public_resource)`.execute(
      portal.db,
    );
    const { body } = await get('/zhongwei/open-data/catalog.csv');
    expect(body).toContain(`"'=1+1"`);
  });

  it('more entries than a page go out whole, each once', async () => {
    await sql`
      insert into public_resource (id, jurisdiction, provider, provider_name, title, described_at, open, fields)
      select 'RES-MANY-' || lpad(n::text, 5, '0'), 'wuhai', 'dept', '交通局', '条目 ' || n, now(), true, '[]'
      from generate_series(1, 2500) as n`.execute(portal.db);
    const { items } = JSON.parse((await get('/wuhai/open-data/catalog.json')).body) as {
      items: { id: string }[];
    };
    expect(new Set(items.map(({ id }) => id)).size).toBe(2_500);
    const { dataset } = JSON.parse((await get('/wuhai/open-data/catalog.jsonld')).body);
    expect(dataset).toHaveLength(2_500);
  });

  it.each<[string, string, string]>([
    [
      'tariffs',
      'tariff',
      `insert into public_tariff (tariff, jurisdiction, product, operator, unit, class, purpose, fen, discount, from_on, published_at)
       select 'TF-' || n, 'wuhai', 'P-' || n / 50, 'operator', 'call', 'general', 'industry', 100, '0', '2024-01-01', now()
       from generate_series(1, 2001) as n`,
    ],
    [
      'ceilings',
      'caseNo',
      `insert into public_ceiling (case_no, unit, jurisdiction, product, operator, fen, from_on, set_at)
       select 'SX-' || n, 'call', 'wuhai', 'P-' || n / 50, 'operator', 100, '2025-01-01', '2024-01-01T00:00:00Z'
       from generate_series(1, 2001) as n`,
    ],
    [
      'fees',
      'fee',
      `insert into public_service_fee (fee, jurisdiction, operator, item, version, fen, from_on, withdrawn)
       select 'F-' || n, 'wuhai', 'operator', 'item-' || n, 1, 100, '2024-01-01', false
       from generate_series(1, 2001) as n`,
    ],
    [
      'mandates',
      'agreement',
      `insert into public_mandate (agreement, jurisdiction, operator, mode, fields, scenarios, from_on, until_on, state, told_at, sequence)
       select 'XY-' || n, 'wuhai', 'operator', 'whole', '{}', '{}', '2024-01-01', '2027-01-01', 'inForce', now(), 1
       from generate_series(1, 2001) as n`,
    ],
  ])('%s: 2,001 lines are 2,001 in the file, each once', async (name, key, insert) => {
    await sql.raw(insert).execute(portal.db);
    const { items } = JSON.parse((await get(`/wuhai/open-data/${name}.json`)).body) as {
      items: Record<string, string>[];
    };
    expect([items.length, new Set(items.map((item) => item[key])).size]).toEqual([2_001, 2_001]);
  });

  it('what a notice, a report, a bulletin says is in its file, beside what replaced it', async () => {
    const itemsOf = async (name: string) =>
      (JSON.parse((await get(`/zhongwei/open-data/${name}.json`)).body) as { items: object[] }).items;
    expect(await itemsOf('notices')).toContainEqual(
      expect.objectContaining({ number: 'GB-10', content: { winner: 'x' } }),
    );
    expect(await itemsOf('reports')).toMatchObject([
      { document: '640500-PL-2024-000001', content: { figures: [] }, withdrawnAt: null },
    ]);
    expect(await itemsOf('bulletins')).toMatchObject([{ withdrawnCode: 'replaced', replacedBy: 'TB-2' }]);
    expect(await itemsOf('selections')).toHaveLength(3);
    expect(await itemsOf('evaluations')).toMatchObject([{ year: 2024, outcome: 'pass' }]);
    expect(await itemsOf('figures')).toContainEqual(
      expect.objectContaining({ of: 'complaints', measure: 'overdue', count: 1 }),
    );
  });

  it('another city’s file has none of it; an unknown city, file or feed is not found', async () => {
    expect(JSON.parse((await get('/shuozhou/open-data/catalog.json')).body)).toEqual({ items: [] });
    for (const path of [
      ...['/nowhere/open-data/catalog.csv', '/zhongwei/open-data/secrets.csv', '/zhongwei/feeds/x.atom'],
      ...['/national/open-data/catalog.json', `/zhongwei/feeds/${'a'.repeat(150)}`],
    ])
      expect([path, [404, 400].includes((await get(path)).statusCode)]).toEqual([path, true]);
  });
});
