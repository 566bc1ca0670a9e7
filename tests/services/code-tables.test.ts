// Design 5: code tables. A code that the API or a table of the database knows and nobody has put into words fails here.
import { buildForDocument } from '@gongshu/cli/openapi';
import { codeTables } from '@gongshu/shared/code-tables';
import { serviceNames } from '@gongshu/shared/events';
import type { FastifyInstance } from 'fastify';
import pg from 'pg';
import { type TestDatabase, testDatabase } from '../support/parts.ts';

/** Lists of the API that are no codes of the platform: truth values, names of encodings, algorithms, media and versions. */
const noCodes = new Set([
  ...['true', 'false', 'utf-8', 'gb18030', 'big5'],
  ...['Ed25519', 'gongshu-fingerprint-2', 'gongshu-check-record-1'],
  ...['application/pdf', 'image/png', 'image/jpeg'],
]);

const tables = Object.entries(codeTables).map(([name, { codes }]) => ({
  name,
  codes: new Set(Object.keys(codes)),
}));

/** Lists, each with where it was found, that stand whole in no one code table. */
const withoutWords = (lists: readonly { codes: readonly string[]; at: string }[]) =>
  lists
    .map(({ codes, at }) => ({ at, codes: codes.filter((code) => !noCodes.has(code)) }))
    .filter(({ codes }) => !tables.some((table) => codes.every((code) => table.codes.has(code))))
    .map(({ codes, at }) => `${at}: ${codes.join(', ')}`);

const enumsIn = (value: unknown, at: string): { codes: string[]; at: string }[] => {
  if (value === null || typeof value !== 'object') return [];
  const own = (value as { enum?: unknown }).enum;
  const found = Array.isArray(own) && own.every((one) => typeof one === 'string') ? [{ codes: own, at }] : [];
  return [...found, ...Object.entries(value).flatMap(([key, inner]) => enumsIn(inner, `${at}/${key}`))];
};

describe('every closed list of codes has its words', () => {
  it.each(serviceNames)('in the API of %s', async (service) => {
    const app = await buildForDocument(service);
    const lists = enumsIn(app.swagger(), service);
    await app.close();
    expect(lists.length).toBeGreaterThan(0);
    expect(withoutWords(lists)).toEqual([]);
  });

  describe('in the database', () => {
    let database: TestDatabase;
    beforeAll(async () => {
      database = await testDatabase();
    });
    afterAll(() => database.drop());

    it('in every list that a column is held to', async () => {
      const client = new pg.Client({ connectionString: database.url });
      await client.connect();
      const { rows } = await client.query<{ at: string; rule: string }>(
        `select conrelid::regclass || '.' || conname as at, pg_get_constraintdef(oid) as rule
         from pg_constraint where contype = 'c' and pg_get_constraintdef(oid) like '%ARRAY[%'`,
      );
      await client.end();
      const lists = rows.flatMap(({ at, rule }) =>
        [...rule.matchAll(/ARRAY\[(.*?)\]/g)].map(([, list = '']) => ({
          at,
          codes: [...list.matchAll(/'([^']*)'::text/g)].map(([, code = '']) => code),
        })),
      );
      expect(lists.length).toBeGreaterThan(10);
      expect(withoutWords(lists)).toEqual([]);
    });
  });

  it('a list with one code that has none is found (sabotage)', () => {
    const lists = [
      { at: 'a', codes: ['acceptance', 'check'] },
      { at: 'b', codes: ['acceptance', 'check', 'egressCheck'] },
    ];
    expect(withoutWords(lists)).toEqual(['b: acceptance, check, egressCheck']);
  });

  it.each(tables.map(({ name }) => name))('%s: Chinese and English', (name) => {
    const table = codeTables[name]!;
    const words = Object.values(table.codes);
    expect(words.filter(({ zh, en }) => !/\p{Script=Han}/u.test(zh) || !/^[A-Z{]/i.test(en))).toEqual([]);
    expect([table.title.zh, words.length]).toEqual([
      expect.stringMatching(/\p{Script=Han}/u),
      expect.any(Number),
    ]);
  });
});

describe('GET /v1/code-tables', () => {
  let app: FastifyInstance;
  beforeAll(async () => {
    app = await buildForDocument('catalog');
  });
  afterAll(() => app.close());

  it('names every table, to anybody', async () => {
    const { items } = (await app.inject({ url: '/v1/code-tables' })).json();
    expect(items.map(({ name }: { name: string }) => name)).toEqual(Object.keys(codeTables));
    expect(items).toContainEqual(expect.objectContaining({ name: 'steps', codes: 3 }));
  });

  it('gives one in both languages, and as CSV that Excel opens in Chinese', async () => {
    const json = await app.inject({ url: '/v1/code-tables/steps' });
    expect(json.json().codes[0]).toEqual({ code: 'acceptance', zh: '受理', en: 'Acceptance' });
    const csv = await app.inject({ url: '/v1/code-tables/steps', headers: { accept: 'text/csv' } });
    expect(csv.headers['content-type']).toBe('text/csv; charset=utf-8');
    expect(csv.body).toBe(
      '\uFEFF代码,中文,英文\r\nacceptance,受理,Acceptance\r\ncheck,合规性核查,Compliance check\r\nreview,审核,Review\r\n',
    );
  });

  it('is tagged by content and form: 304 for who has it', async () => {
    const first = await app.inject({ url: '/v1/code-tables/steps' });
    const csv = await app.inject({ url: '/v1/code-tables/steps', headers: { accept: 'text/csv' } });
    const other = await app.inject({ url: '/v1/code-tables/roles' });
    const etag = String(first.headers['etag']);
    expect(new Set([etag, csv.headers['etag'], other.headers['etag']]).size).toBe(3);
    const again = await app.inject({
      url: '/v1/code-tables/steps',
      headers: { 'if-none-match': `"x", ${etag}` },
    });
    expect([again.statusCode, again.body, again.headers['etag']]).toEqual([304, '', etag]);
    const changed = await app.inject({ url: '/v1/code-tables/roles', headers: { 'if-none-match': etag } });
    expect(changed.statusCode).toBe(200);
  });

  it.each([
    ['/v1/code-tables/nothing', 404, 'notFound'],
    ['/v1/code-tables/toString', 404, 'notFound'],
    ['/v1/code-tables/a%00', 400, 'textRefused'],
    ['/v1/code-tables/a.b', 400, 'invalidRequest'],
  ])('%s: %i', async (url, status, code) => {
    const answer = await app.inject({ url });
    expect([answer.statusCode, answer.json().code]).toEqual([status, code]);
  });
});
