import { sql } from 'kysely';
import { auditor, bureau, type City, merchant, operator, startCity, until } from './notices-support.ts';

jest.setTimeout(120_000);

let city: City;
beforeAll(async () => {
  city = await startCity();
  city.notify();
  await city.suspend('one');
  await city.suspend('unknown', 'merchant-9');
  await until('the inboxes', async () => (await city.settled('city-bureau', 'inbox', 'delivered')) === 2);
});
afterAll(() => city.stop());

type Item = { id: string; addressee: string; kind: string; told: boolean; readAt: string | null };
const list = async (who: Parameters<City['call']>[0], query = ''): Promise<Item[]> =>
  (await city.call(who, 'GET', `/v1/notices${query}`)).json<{ items: Item[] }>().items;
const one = async (): Promise<Item> => (await list(merchant))[0] as Item;

describe('the inbox', () => {
  it('each body reads its own; bureau and auditor the whole city', async () => {
    expect((await list(merchant)).map(({ addressee }) => addressee)).toEqual(['merchant-1']);
    expect((await list(operator)).map(({ addressee }) => addressee)).toEqual(['operator', 'operator']);
    const all = ['city-bureau', 'city-bureau', 'merchant-1', 'merchant-9', 'operator', 'operator'];
    for (const who of [bureau, auditor])
      expect((await list(who)).map(({ addressee }) => addressee).sort()).toEqual(all);
    expect(await list(merchant, '?addressee=operator')).toEqual([]);
    expect(await list({ ...bureau, jurisdiction: 'wuhai' })).toEqual([]);
    expect((await list(bureau, '?kind=merchantSuspended&addressee=operator')).length).toBe(2);
  });

  it('a notice says what happened and what to do, in both languages, with the record of its delivery', async () => {
    const { id } = await one();
    expect((await city.call(merchant, 'GET', `/v1/notices/${id}`)).json()).toMatchObject({
      issuedAt: '2024-03-01T09:30:00+08:00',
      title: { zh: '数商 merchant-1：已暂停资格', en: 'Merchant merchant-1: It was suspended' },
      text: {
        zh: '数商 merchant-1：已暂停资格，理由代码 directed。暂停期间不得提出新申请。',
        en: 'Merchant merchant-1: It was suspended, reason codes directed. No new application while it lasts.',
      },
      told: true,
      deliveredAt: '2024-03-01T10:00:00+08:00',
      deliveries: [
        { kind: 'inbox', channel: null, state: 'delivered', deliveredReallyAt: expect.any(String) },
      ],
    });
  });

  it('another organisation’s and another city’s notice is not there', async () => {
    const { id } = await one();
    for (const who of [
      operator,
      { ...merchant, organisation: 'merchant-2' },
      { ...bureau, jurisdiction: 'wuhai' },
    ])
      for (const [method, path] of [
        ['GET', ''],
        ['POST', '/read'],
      ] as const)
        expect((await city.call(who, method, `/v1/notices/${id}${path}`)).statusCode).toBe(404);
  });

  it('its addressee alone says that it was read', async () => {
    const { id } = await one();
    const read = (who: Parameters<City['call']>[0]) => city.call(who, 'POST', `/v1/notices/${id}/read`);
    expect((await read(auditor)).statusCode).toBe(403);
    expect((await read(bureau)).statusCode).toBe(403);
    expect((await list(merchant, '?unread=true')).length).toBe(1);
    for (let times = 0; times < 2; times += 1)
      expect((await read(merchant)).json()).toMatchObject({ readAt: '2024-03-01T10:00:00+08:00' });
    expect(await list(merchant, '?unread=true')).toEqual([]);
    expect(await city.events('notice.read.v1')).toHaveLength(1);
  });

  it('comes as CSV, page by page, and refuses what nobody knows', async () => {
    const csv = await city.call(bureau, 'GET', '/v1/notices?limit=2', undefined, 'text/csv');
    expect(csv.body.split('\r\n')).toHaveLength(4);
    expect(csv.headers['link']).toContain('cursor=');
    const seen: string[] = [];
    let cursor = '';
    do {
      const answer = await city.call(bureau, 'GET', `/v1/notices?limit=2${cursor}`);
      const page = answer.json<{ items: Item[]; next: string | null }>();
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.next === null ? '' : `&cursor=${page.next}`;
    } while (cursor !== '');
    expect(new Set(seen).size).toBe(6);
    for (const bad of ['?unread=yes', '?kind=%00', '?caseNo=..%2F', '?foo=1', '/not-an-id', '?cursor=x'])
      expect((await city.call(bureau, 'GET', `/v1/notices${bad}`)).statusCode).toBe(400);
  });
});

describe('a body that is not registered', () => {
  it('has no inbox: its notice is red until it is registered and the bureau delivers again', async () => {
    const [red] = await list(bureau, '?told=false');
    expect(red).toMatchObject({ addressee: 'merchant-9', told: false });
    expect(await city.deliveries('merchant-9')).toMatchObject([
      { state: 'failed', code: 'addresseeUnregistered' },
    ]);
    expect(await city.events('notice.failed.v1')).toMatchObject([
      { notice: red?.id, caseNo: null, channel: 'inbox', code: 'addresseeUnregistered' },
    ]);
    await city.register('merchant-9', 'merchant');
    const again = (who: Parameters<City['call']>[0]) =>
      city.call(who, 'POST', `/v1/notices/${red?.id}/deliveries`);
    expect((await again(merchant)).statusCode).toBe(403);
    expect((await again({ ...bureau, jurisdiction: 'wuhai' })).statusCode).toBe(404);
    expect((await again(bureau)).statusCode).toBe(202);
    await until('the inbox', async () => (await city.settled('merchant-9', 'inbox', 'delivered')) === 1);
    expect(await list(bureau, '?told=false')).toEqual([]);
    expect((await again(bureau)).statusCode).toBe(202); // what was delivered is not delivered again
    await until('it to be looked at', async () => {
      const { rows } = await sql`select id from platform.notice where not planned`.execute(city.db);
      return rows.length === 0;
    });
    expect(await city.deliveries('merchant-9')).toHaveLength(2);
  });
});

describe('written with the change', () => {
  const count = async (): Promise<number> => {
    const { rows } = await sql<{ count: number }>`select count(*) as count from platform.notice`.execute(
      city.db,
    );
    return rows[0]?.count ?? 0;
  };

  it('the same change recorded again tells nobody again', async () => {
    const before = await count();
    expect(await city.suspend('one')).toBe(0);
    expect(await count()).toBe(before);
    expect(await city.suspend('another')).toBe(1);
    expect(await count()).toBe(before + 3);
  });

  it('a transaction that fails tells nobody', async () => {
    const before = await count();
    const fail = () => {
      throw new Error('undone');
    };
    await expect(city.suspend('undone', 'merchant-1', fail)).rejects.toThrow('undone');
    expect(await count()).toBe(before);
  });
});
