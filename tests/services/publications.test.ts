// What is published is reachable by anyone, with a hash that anyone can check, from and until (O4, V2).
import { publish, withdrawPublication } from '@gongshu/infra/publications/publish';
import { sha256 } from '@gongshu/infra/hash';
import { sql } from 'kysely';
import { startRegistry } from '../support/registry.ts';

let registry: Awaited<ReturnType<typeof startRegistry>>;
beforeAll(async () => {
  registry = await startRegistry();
}, 60_000);
afterAll(() => registry?.stop());

const actor = { id: 'b-1', role: 'bureau', organisation: 'city-bureau' };
const published = (change: object = {}) =>
  registry.db.transaction().execute((trx) =>
    publish(trx, {
      ...{ jurisdiction: 'zhongwei', kind: 'selectionResult', subject: '640500-LX-2024-000001', actor },
      title: { zh: '遴选结果', en: 'Result of the selection' },
      content: { winner: '示例运营公司', score: '91.50' },
      ...{ from: '2024-03-01', until: '2024-03-07', at: registry.clock.now },
      rests: { instrument: '办法', article: '十三' },
      ...change,
    }),
  );
const listed = async (query = '') =>
  (await registry.call(null, 'GET', `/v1/publications${query}`))
    .json<{ items: { publication: string; state: string }[] }>()
    .items.map(({ publication, state }) => `${publication} ${state}`);

it('is numbered, told to the public, and read by anyone; its bytes have its hash', async () => {
  const { publication, hash } = await published();
  expect(publication).toBe('GB-640500-2024-000001');
  expect(await registry.told('publication.published.v1')).toEqual([
    {
      ...{ publication, hash, kind: 'selectionResult', subject: '640500-LX-2024-000001' },
      ...{ at: '2024-03-01T10:00:00+08:00', from: '2024-03-01', until: '2024-03-07' },
      ...{ article: '第十三条', articleInstrument: '办法' },
    },
  ]);
  const document = await registry.call(null, 'GET', `/v1/publications/${publication}/document`);
  expect(sha256(document.rawPayload)).toBe(hash);
  expect(document.headers).toMatchObject({
    etag: `"${hash}"`,
    'repr-digest': `sha-256=:${Buffer.from(hash.slice(7), 'hex').toString('base64')}:`,
  });
  expect(document.json()).toMatchObject({
    number: publication,
    from: '2024-03-01',
    content: { score: '91.50' },
  });
  const view = await registry.call(null, 'GET', `/v1/publications/${publication}`);
  expect(view.json()).toMatchObject({
    ...{ publication, hash, state: 'current', withdrawal: null },
    content: { winner: '示例运营公司', score: '91.50' },
  });
});

it('an altered word is another hash', async () => {
  const { publication, hash } = await published({ content: { score: '91.51' } });
  const document = await registry.call(null, 'GET', `/v1/publications/${publication}/document`);
  expect(sha256(document.rawPayload)).toBe(hash);
  expect(sha256(document.body.replace('91.51', '91.50'))).not.toBe(hash);
  const alter = registry.db.transaction().execute(async (trx) => {
    await sql`set local role gongshu_registry`.execute(trx);
    await sql`update publication set document = '{}' where number = ${publication}`.execute(trx);
  });
  await expect(alter).rejects.toThrow(/permission denied/);
});

it('is current from its first day to the end of its last, on the law’s clock, and stays reachable', async () => {
  const { publication } = await published({
    subject: '640500-LX-2024-000009',
    from: '2024-03-04',
    until: '2024-03-05',
  });
  const own = '?subject=640500-LX-2024-000009';
  const stateAt = async (at: string) => {
    registry.clock.now = new Date(`${at}+08:00`);
    const { state } = (await registry.call(null, 'GET', `/v1/publications/${publication}`)).json<{
      state: string;
    }>();
    return [state, (await listed(own)).length];
  };
  const seen = [];
  for (const at of [
    '2024-03-03T23:59:59',
    '2024-03-04T00:00:00',
    '2024-03-05T23:59:59',
    '2024-03-06T00:00:00',
  ])
    seen.push(await stateAt(at));
  expect(seen).toEqual([
    ['ahead', 0],
    ['current', 1],
    ['current', 1],
    ['expired', 0],
  ]);
  expect(await listed(`${own}&state=expired`)).toEqual([`${publication} expired`]);
  expect(await listed(`${own}&state=all`)).toEqual([`${publication} expired`]);
  registry.clock.now = new Date('2024-03-01T10:00:00+08:00');
});

it('is withdrawn by the bureau of its city, once, with the reason; it stays reachable, marked', async () => {
  const { publication, hash } = await published({ until: null });
  const withdraw = (who: object) =>
    registry.call(who as never, 'POST', `/v1/publications/${publication}/withdrawal`, {
      body: { reason: { code: 'error', text: '分数有误' } },
    });
  const bureau = { roles: ['bureau'], organisation: 'city-bureau', jurisdiction: 'zhongwei' };
  expect((await withdraw({ ...bureau, jurisdiction: 'wuhai' })).statusCode).toBe(404);
  expect((await withdraw({ ...bureau, roles: ['auditor'] })).statusCode).toBe(403);
  expect((await withdraw(bureau)).statusCode).toBe(200);
  expect((await withdraw(bureau)).json()).toMatchObject({ status: 409, code: 'publicationWithdrawn' });
  expect(await registry.told('publication.withdrawn.v1')).toMatchObject([
    { publication, hash, reasonCode: 'error' },
  ]);
  const view = await registry.call(null, 'GET', `/v1/publications/${publication}`);
  expect(view.json()).toMatchObject({
    state: 'withdrawn',
    withdrawal: { code: 'error', reason: '分数有误' },
  });
  expect((await listed('?limit=200')).join()).not.toContain(publication);
  await expect(
    registry.db.transaction().execute((trx) =>
      withdrawPublication(trx, {
        ...{ publication: 'GB-640500-2024-999999', reason: { code: 'error' }, actor },
        at: registry.clock.now,
      }),
    ),
  ).rejects.toMatchObject({ code: 'notFound' });
});

it('is listed over every city, by city and kind, page by page and as CSV', async () => {
  const { publication } = await published({
    ...{ jurisdiction: 'wuhai', subject: '150300-PG-2024-000001', kind: 'evaluationResult' },
  });
  expect(publication).toBe('GB-150300-2024-000001');
  const all = await listed('?state=all&limit=200');
  expect(all).toHaveLength(5);
  expect(await listed('?jurisdiction=wuhai')).toEqual([`${publication} current`]);
  expect(await listed('?kind=evaluationResult')).toEqual([`${publication} current`]);
  const pages: string[] = [];
  for (let url: string | null = '/v1/publications?state=all&limit=2'; url; ) {
    const answer = await registry.call(null, 'GET', url);
    const { items, next } = answer.json<{
      items: { publication: string; state: string }[];
      next: string | null;
    }>();
    pages.push(...items.map((one) => `${one.publication} ${one.state}`));
    url = next && `/v1/publications?state=all&limit=2&cursor=${next}`;
  }
  expect(pages).toEqual(all);
  const csv = await registry.call(null, 'GET', '/v1/publications', { headers: { accept: 'text/csv' } });
  expect(csv.body).toContain('150300-PG-2024-000001');
});

it.each([
  '/v1/publications?cursor=x',
  '/v1/publications?kind=%00',
  '/v1/publications?state=old',
  '/v1/publications/GB-%00',
])('%s is refused', async (url) => {
  expect((await registry.call(null, 'GET', url)).statusCode).toBe(400);
});

it('a number that nobody gave is unknown', async () => {
  expect((await registry.call(null, 'GET', '/v1/publications/GB-1')).statusCode).toBe(404);
  expect((await registry.call(null, 'GET', '/v1/publications/GB-1/document')).statusCode).toBe(404);
});
