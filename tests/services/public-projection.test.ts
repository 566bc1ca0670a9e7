// S1–S4, decision 0027: the public pages' tables follow from the events alone, in whatever order the topics come.
import { isDeepStrictEqual } from 'node:util';
import { toCloudEvent } from '@gongshu/infra/cloud-event';
import { takePublic, publicHandlers } from '@gongshu/service-disclosure/public/subscriber';
import { bodyNames } from '@gongshu/service-disclosure/public/queries/bodies';
import { frontFigures } from '@gongshu/service-disclosure/public/queries/figures';
import * as operators from '@gongshu/service-disclosure/public/queries/operators';
import * as papers from '@gongshu/service-disclosure/public/queries/papers';
import * as prices from '@gongshu/service-disclosure/public/queries/prices';
import * as products from '@gongshu/service-disclosure/public/queries/products';
import * as resources from '@gongshu/service-disclosure/public/queries/resources';
import type { DisclosureTables } from '@gongshu/service-disclosure/tables';
import { connect } from '@gongshu/infra/database';
import { type Kysely, sql } from 'kysely';
import { type TestDatabase, testDatabase } from '../support/parts.ts';
import { publicRows } from '../support/public-rows.ts';
import { type PublicEvent, publicStory } from '../support/public-story.ts';
import { publicTables } from '@gongshu/service-disclosure/public/tables';
import { bodiesOf, draft, startCatalog } from './resources-support.ts';

let database: TestDatabase;
let db: Kysely<DisclosureTables>;
beforeAll(async () => {
  database = await testDatabase();
  db = connect<DisclosureTables>(database.url, { schema: 'disclosure', max: 2 });
});
afterAll(async () => {
  await db?.destroy();
  await database?.drop();
});

const empty = async () => {
  for (const table of publicTables) await sql`truncate ${sql.table(table)}`.execute(db);
};
const build = async (told: readonly PublicEvent[], handlers = publicHandlers) => {
  await empty();
  await db.transaction().execute(async (trx) => {
    for (const { event } of told) await takePublic(handlers)(event, trx);
  });
  return publicRows(db);
};

/** The same records as topics and partitions may bring them: in order within a subject of a topic, else in any. */
const shuffled = (told: readonly PublicEvent[], seed: number): PublicEvent[] => {
  const lines = [...Map.groupBy(told, ({ topic, event }) => `${topic} ${event.subject}`).values()].map(
    (line) => [...line],
  );
  const result: PublicEvent[] = [];
  let state = seed;
  while (lines.some((line) => line.length > 0)) {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    const waiting = lines.filter((line) => line.length > 0);
    result.push(waiting[state % waiting.length]!.shift()!);
  }
  return result;
};

describe('the tables follow from the events', () => {
  const story = publicStory();
  let rows: Record<string, string[]>;
  beforeAll(async () => {
    rows = await build(story);
  });

  it('the story holds every event that a handler takes', () => {
    const types = new Set(story.map(({ event }) => event.type.replace('cn.gongshu.', '')));
    expect(Object.keys(publicHandlers).filter((type) => !types.has(type))).toEqual([]);
  });

  it('in any order of topics and subjects the rows are the same, and each table has some', async () => {
    expect(publicTables.filter((table) => rows[table]?.length === 0)).toEqual([]);
    for (const seed of [1, 2, 3, 4, 5]) expect(await build(shuffled(story, seed))).toEqual(rows);
  });

  it.each(Object.keys(publicHandlers))('a build that forgot %s is told from a whole one', async (type) => {
    const { [type]: _forgotten, ...others } = publicHandlers;
    expect(isDeepStrictEqual(await build(story, others), rows)).toBe(false);
  });

  it('a handler that took the last to arrive for the newest would be caught', async () => {
    const careless = {
      ...publicHandlers,
      'resource.closed.v1': async (trx: never, told: never) =>
        publicHandlers['resource.closed.v1']!(trx, { ...(told as object), sequence: 99 } as never),
      'resource.suspended.v1': async (trx: never, told: never) =>
        publicHandlers['resource.suspended.v1']!(trx, { ...(told as object), sequence: 99 } as never),
    };
    expect(isDeepStrictEqual(await build(story, careless as never), rows)).toBe(false);
  });
});

describe('what the pages read', () => {
  const city = 'zhongwei';
  beforeAll(() => build(publicStory()));

  it.each([
    ['one character', { q: '车' }, ['R-1', 'R-2']],
    ['two', { q: '登记' }, ['R-2']],
    ['traditional characters', { q: '停車' }, ['R-1']],
    ['a long word whose pairs stand elsewhere', { q: '登记许可' }, []],
    ['a longer word', { q: '不动产登记信息' }, ['R-2']],
    ['two words, both', { q: '行政 登记' }, ['R-2']],
    ['two words, one missing', { q: '停车 登记' }, []],
    ['signs of a pattern mean themselves', { q: '%' }, []],
    ['a name of a field', { q: '车位数' }, ['R-1', 'R-2']],
    ['a closed entry is not found', { q: '旧目录' }, []],
    ['by department', { provider: 'dept-transport' }, ['R-1', 'R-2']],
    ['by grade, and a word', { grade: '一般数据1级', q: '停车场即时' }, ['R-1']],
    ['by a frequency nobody has', { frequency: 'yearly' }, []],
  ])('the catalog: %s', async (_name, filter, ids) => {
    const { items, hits } = await resources.listResources(db, city, filter, { limit: 10 });
    expect(items.map(({ id }) => id)).toEqual(ids);
    expect(hits).toBe(ids.length);
  });

  it('the catalog in pages; an entry; a closed one with its last words; another city’s is none', async () => {
    const first = await resources.listResources(db, city, {}, { limit: 1 });
    expect([first.items.map(({ id }) => id), first.next, first.hits]).toEqual([['R-1'], 'R-1', null]);
    const second = await resources.listResources(db, city, { q: '车' }, { after: 'R-1', limit: 1 });
    expect([second.items.map(({ id }) => id), second.next]).toEqual([['R-2'], null]);
    expect(await resources.findResource(db, city, 'R-1')).toMatchObject({
      ...{ title: '公共停车场即时车位', providerName: '交通局', open: true, publishedOn: '2024-03-01' },
      fields: [{ name: '车位数', grade: 'general' }],
    });
    expect(await resources.findResource(db, city, 'R-3')).toMatchObject({ title: '旧目录', open: false });
    expect(await resources.findResource(db, 'wuhai', 'R-1')).toBeUndefined();
  });

  it('products with their codes; who is taken off the list is shown when asked for', async () => {
    const now = await products.listProducts(db, city, {}, { limit: 10 });
    expect(now.items).toMatchObject([{ product: 'P-1', registrationCode: 'GS-1', onList: true }]);
    const all = await products.listProducts(db, city, { withFormer: true, resource: 'R-1' }, { limit: 10 });
    expect(all.items.map(({ product }) => product)).toEqual(['P-1', 'P-2']);
    expect(await products.findProduct(db, city, 'GS-1')).toMatchObject({ title: '停车热力图' });
  });

  it.each([
    ['2024-05-15', ['T-1 2024-05-31', 'T-2 2024-08-31', 'T-3 2024-10-31']],
    ['2024-07-01', ['T-2 2024-08-31', 'T-3 2024-10-31']],
    ['2024-10-31', ['T-3 2024-10-31']],
    ['2024-11-01', []],
  ])('tariffs on %s: replaced, cut, ended, never applied', async (on, expected) => {
    const found = await prices.tariffsFrom(db, city, on, ['P-1']);
    expect(found.map(({ tariff, until }) => `${tariff} ${until}`)).toEqual(expected);
  });

  it.each([
    ['2024-08-31', [1_200, 700]],
    ['2024-09-01', [700]],
  ])('ceilings on %s and ahead', async (on, fen) => {
    const { items } = await prices.listCeilings(db, city, on, { limit: 10 });
    expect(items.map((one) => one.fen)).toEqual(fen);
    expect(await prices.ceilingsFrom(db, city, on, ['P-1'])).toEqual(items);
  });

  it.each([
    ['2024-03-31', []],
    ['2024-11-30', ['数据开发培训']],
    ['2024-12-01', []],
  ])('service fees on %s', async (on, titles) => {
    const { items } = await prices.listServiceFees(db, city, on, { limit: 10 });
    expect(items.map(({ title }) => title)).toEqual(titles);
  });

  it('mandates, selections, evaluations; names of bodies', async () => {
    const mandates = await operators.listMandates(db, city, '2024-05-01', { limit: 10 });
    expect(mandates.items.map(({ agreement, state }) => [agreement.slice(7), state])).toEqual([
      ['XY-2024-000001', 'inForce'],
      ['XY-2023-000001', 'ended'],
      ['XY-2022-000004', 'expired'],
      ['XY-2022-000003', 'expired'],
      ['XY-2022-000002', 'expired'],
    ]);
    expect((await operators.listMandates(db, city, '2027-04-01', { limit: 1 })).items[0]?.state).toBe(
      'expired',
    );
    const { items } = await operators.listSelections(db, city, { limit: 2 });
    expect(items.map(({ caseNo, stage }) => [caseNo.slice(-1), stage])).toEqual([
      ['3', 'withdrawn'],
      ['2', 'failed'],
    ]);
    expect(await operators.findSelection(db, city, '640500-XZ-2024-000001')).toMatchObject({
      ...{ stage: 'selected', winner: 'bidder-1', closesOn: '2024-03-31', noticeWorkingDays: 5 },
    });
    const evaluations = await operators.listEvaluations(db, city, { limit: 5 });
    expect(evaluations.items).toMatchObject([{ year: 2024, outcome: 'pass', shown: '83.5' }]);
    expect(await bodyNames(db, city, ['operator', 'bidder-1', null])).toEqual(
      new Map([['operator', '数据发展集团']]),
    );
  });

  it('notices with their days, reports, bulletins', async () => {
    const { items } = await papers.listNotices(db, city, {}, { limit: 5 });
    expect(items).toMatchObject([{ title: { zh: '评选结果公示' }, withdrawn: { code: 'replaced' } }]);
    const standing = await papers.listNotices(db, city, { on: '2024-03-06' }, { limit: 5 });
    expect(standing.items).toEqual([]);
    expect(await papers.findNotice(db, city, 'GB-640500-2024-000001')).toMatchObject({
      ...{ content: { winner: 'bidder-1' }, from: '2024-03-05', until: '2024-03-11', article: '第二十一条' },
    });
    expect((await papers.listDisclosed(db, 'public_report', city, { limit: 5 })).items).toMatchObject([
      { document: '640500-PL-2024-000001', year: 2024, withdrawn: null },
    ]);
    expect(await papers.findDisclosed(db, 'public_bulletin', city, 'TB-1')).toMatchObject({
      ...{ content: { figures: [] }, withdrawn: { code: 'replaced', by: 'TB-2' } },
    });
  });

  it.each([
    ['a certificate', 'MS-640500-SQ-2024-000001-review', '7', { result: 'genuine', kind: 'silence' }],
    ['a check record', 'CP-1-1', 'd', { result: 'genuine', kind: 'checkRecord' }],
    ['a publication', 'GB-640500-2024-000001', 'b', { result: 'genuine', withdrawn: true }],
    ['a receipt', 'SJ-pricing', '9', { result: 'genuine', kind: 'receipt' }],
    ['a receipt with another hash', 'SJ-pricing', '8', { result: 'differs' }],
    ['an altered one', 'CP-1-1', 'e', { result: 'differs' }],
    ['one nobody issued', 'CP-9-9', 'd', { result: 'unknown' }],
  ])('verified by number and hash: %s', async (_name, number, letter, expected) => {
    const given = { number: ` ${number}`, hash: letter.repeat(64).toUpperCase() };
    const proof = await papers.verifyPaper(db, city, given);
    expect(proof).toMatchObject(expected);
    expect(JSON.stringify(proof)).not.toContain('sha256');
    expect(await papers.verifyPaper(db, 'wuhai', given)).toEqual({ result: 'unknown' });
  });

  it('the state of the city in figures; complaints by their number alone', async () => {
    expect(await frontFigures(db, city, '2024-07-01')).toMatchObject({
      ...{ resources: 2, departments: 1, products: 1, mandates: 1, tariffs: 1 },
      // Of four that were named and enrolled, one is suspended and one has exited.
      merchants: 2,
      complaints: { overdue: 1 },
    });
  });
});

describe('acts of the catalog reach the pages as they are told (C1–C5)', () => {
  it('published, changed, closed: found with its newest words, then no more', async () => {
    const catalog = await startCatalog();
    try {
      const zhongwei = bodiesOf('zhongwei');
      const id = await catalog.compile(zhongwei.department, 'words');
      const told = async () => {
        const { rows } = await sql<any>`select * from catalog.outbox order by seq`.execute(catalog.db);
        return build(rows.map((row) => ({ topic: row.topic, event: toCloudEvent(row) })));
      };
      await catalog.move(zhongwei.department, id, 'submitted');
      await told();
      expect(await resources.findResource(db, 'zhongwei', id)).toBeUndefined();
      await catalog.move(zhongwei.bureau, id, 'collected');
      await catalog.move(zhongwei.bureau, id, 'public');
      await told();
      expect(await resources.findResource(db, 'zhongwei', id)).toMatchObject({
        ...{ title: draft('x').title, providerName: '交通局', open: true, updateFrequency: 'monthly' },
        fields: [
          { name: '停车场名称', grade: null },
          { name: '剩余车位', grade: 'general' },
        ],
      });
      const edited = await catalog.call(zhongwei.department, 'PATCH', `/v1/resources/${id}`, {
        ...{ body: { title: '公共充电桩\u3000位置' }, headers: { 'if-match': '"4"' } },
      });
      expect(edited.statusCode).toBe(200);
      await told();
      const { items } = await resources.listResources(db, 'zhongwei', { q: '充電桩' }, { limit: 5 });
      expect(items.map((one) => one.id)).toEqual([id]);
      const closed = await catalog.move(zhongwei.bureau, id, 'closed', { reason: 'discontinued' });
      expect(closed.statusCode).toBe(200);
      await told();
      expect(await resources.findResource(db, 'zhongwei', id)).toMatchObject({ open: false });
    } finally {
      await catalog.stop();
    }
  });
});
