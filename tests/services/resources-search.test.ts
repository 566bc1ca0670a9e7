import { readSampleCity } from '@gongshu/infra/sample-city';
import { countResources, resourcesForApplication } from '@gongshu/service-catalog/queries/resource-open';
import { seedResources } from '@gongshu/service-catalog/resources/resource-seed';
import { bodiesOf, type Catalog, startCatalog, type Who } from './resources-support.ts';

let catalog: Catalog;
jest.setTimeout(60_000);
const { city, catalogue } = readSampleCity();
const sample = {
  jurisdiction: city.jurisdiction,
  bytes: catalogue,
  import: city.import,
  entries: city.entries,
};
const by = { id: 'sample-city', bureau: 'city-bureau', at: new Date('2024-03-01T08:00:00+08:00') };
const seed = () => seedResources(catalog.deps, sample, by);
const goal = (name: string) => city.entries.filter((entry) => entry.goal === name).length;

beforeAll(async () => {
  catalog = await startCatalog();
  await seed();
  everything = await all(zhongwei.bureau, 'jurisdiction=zhongwei');
}, 60_000);
let everything: Item[];
afterAll(() => catalog?.stop());

const zhongwei = bodiesOf('zhongwei');
type Item = {
  id: string;
  title: string;
  abstract: string;
  fields: { name: string }[];
  state: string;
  provider: { organisation: string };
};
const search = async (who: Who, query: string): Promise<{ items: Item[]; next: string | null }> => {
  const answer = await catalog.call(who, 'GET', `/v1/resources?${query}`);
  if (answer.statusCode !== 200) throw new Error(answer.body);
  return answer.json();
};
const all = async (who: Who, query: string, limit = 200): Promise<Item[]> => {
  const items: Item[] = [];
  for (let cursor: string | null = ''; cursor !== null; ) {
    const page: { items: Item[]; next: string | null } = await search(
      who,
      `${query}&limit=${limit}${cursor && `&cursor=${cursor}`}`,
    );
    items.push(...page.items);
    cursor = page.next;
  }
  return items;
};
const textOf = ({ title, abstract, fields }: Item) =>
  [title, abstract, ...fields.map(({ name }) => name)].join('\n');

describe('the sample city, loaded through the same acts as the routes', () => {
  it('stands where its overlay says; again, nothing changes', async () => {
    const counts = await countResources(catalog.deps.db, 'zhongwei');
    const inState = (state: string) =>
      counts.states.filter((one) => one.state === state).reduce((sum, { count }) => sum + count, 0);
    expect([inState('public'), inState('closed')]).toEqual([goal('public'), goal('closed')]);
    expect([inState('submitted'), inState('collected')]).toEqual([goal('submitted'), goal('collected')]);
    expect(inState('compiled')).toBe(1414 - city.entries.length + goal('waiting'));
    expect(counts.compiledLacking.grade).toBe(inState('compiled'));
    const events = await catalog.count('outbox');
    expect(await seed()).toBeNull();
    expect(await catalog.count('outbox')).toBe(events);
  });

  it('what is asked for in its applications is open, with the bodies that review it', async () => {
    for (const { resources, needs } of city.applications) {
      const ids = resources.map((key) => `640500-RES-${key}`);
      const { open, notOpen } = await resourcesForApplication(catalog.deps.db, 'zhongwei', [...ids, 'none']);
      expect(notOpen).toEqual(['none']);
      expect(open.map(({ id }) => id)).toEqual(ids);
      expect(new Set(open.map(({ reviewerOrganisation }) => reviewerOrganisation))).toEqual(new Set(needs));
    }
  });
});

describe('search', () => {
  it.each(['停', '停车', '停車', '公车', '地價', '１', 'csv', '座标', '%', '_', '\\', "'"])(
    '%s',
    async (q) => {
      const found = await all(zhongwei.bureau, `q=${encodeURIComponent(q)}`);
      const { foldChinese } = await import('@gongshu/shared/chinese-text');
      const everything = await all(zhongwei.bureau, 'jurisdiction=zhongwei');
      const expected = everything.filter((item) => foldChinese(textOf(item)).includes(foldChinese(q)));
      expect(found.map(({ id }) => id)).toEqual(expected.map(({ id }) => id));
    },
  );

  it('simplified and traditional find the same, and something', async () => {
    const simplified = await all(zhongwei.bureau, `q=${encodeURIComponent('停车')}`);
    expect(simplified.length).toBeGreaterThan(5);
    expect(await all(zhongwei.bureau, `q=${encodeURIComponent('停車')}`)).toEqual(simplified);
  });

  it('everyone sees what is public; a department its own besides; the bureau and nobody else the whole city', async () => {
    expect(await all(null, 'q=')).toHaveLength(goal('public'));
    const own = await all(zhongwei.other, 'q=');
    const foreign = own.filter(
      ({ state, provider }) => state !== 'public' && provider.organisation !== 'dept-health',
    );
    expect(foreign).toEqual([]);
    expect(own.length).toBeGreaterThan(goal('public'));
    const county = await all(zhongwei.county, 'q=');
    expect(county.length).toBe(
      goal('public') +
        city.entries.filter((e) => e.authority === 'county-bureau-1' && e.goal !== 'public').length,
    );
    expect(everything).toHaveLength(1414);
    expect(await all(bodiesOf('wuhai').bureau, 'q=')).toHaveLength(goal('public'));
    expect(await all(zhongwei.operator, 'q=')).toHaveLength(goal('public'));
  });

  it('pages by key: every entry once, however small the page', async () => {
    const whole = await all(null, 'q=');
    expect((await all(null, 'q=', 7)).map(({ id }) => id)).toEqual(whole.map(({ id }) => id));
    expect(new Set(whole.map(({ id }) => id)).size).toBe(whole.length);
  });

  it.each([
    ['provider=dept-transport', (item: Item) => item.provider.organisation === 'dept-transport'],
    ['state=closed', ({ state }: Item) => state === 'closed'],
    ['level=county', (item: Item) => (item as unknown as { level: string }).level === 'county'],
    [
      'frequency=yearly',
      (item: Item) => (item as unknown as { updateFrequency: string }).updateFrequency === 'yearly',
    ],
    [
      `grade=${encodeURIComponent('一般数据2级')}`,
      (item: Item) => (item as unknown as { grade: string }).grade === '一般数据2级',
    ],
  ])('filter %s', async (query, fits) => {
    const found = await all(zhongwei.bureau, query);
    expect(found.length).toBeGreaterThan(0);
    expect(found).toEqual(everything.filter(fits));
  });

  it('as CSV', async () => {
    const answer = await catalog.call(null, 'GET', '/v1/resources?limit=3', {
      headers: { accept: 'text/csv' },
    });
    expect(answer.headers['content-type']).toBe('text/csv; charset=utf-8');
    expect(answer.headers['link']).toContain('rel="next"');
    expect(answer.body.split('\r\n')[0]).toContain('数据目录名称');
  });

  it.each([
    'limit=0',
    'limit=201',
    'state=open',
    'cursor=x',
    'frequency=often',
    'level=state',
    'stale=maybe',
    'q=%00',
  ])('refuses %s', async (query) => {
    const answer = await catalog.call(null, 'GET', `/v1/resources?${query}`);
    expect(answer.statusCode).toBe(400);
  });
});
