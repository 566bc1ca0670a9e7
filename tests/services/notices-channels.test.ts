import { makeOut } from '@gongshu/infra/notices/plan';
import { postWebhook } from '@gongshu/infra/notices/webhook';
import { closeChannel } from '@gongshu/service-registry/queries/channel';
import { sql } from 'kysely';
import {
  bureau,
  type City,
  merchant,
  operator,
  startCity,
  startReceiver,
  stopListening,
  until,
} from './notices-support.ts';

jest.setTimeout(120_000);

let city: City;
let production: City;
beforeAll(async () => {
  city = await startCity();
  production = await startCity({ sandbox: false });
});
afterAll(() => Promise.all([city.stop(), production.stop(), stopListening()]));

const channels = async (who: Parameters<City['call']>[0]) =>
  (await city.call(who, 'GET', '/v1/channels')).json<{ items: Record<string, unknown>[] }>().items;

describe('channels of notices', () => {
  it('a secret is shown once and stands in no answer, event or log after; contacts in no event or log', async () => {
    const receiver = await startReceiver(() => 500);
    const target = receiver.address('/secret-path-of-merchant');
    const { id, secret } = await city.open(merchant, 'webhook', target);
    await city.open(merchant, 'mail', 'zhang.san@merchant.example');
    const stop = city.notify({ wait: () => 0 });
    await city.suspend('logged');
    await until('it to fail', async () => (await city.settled('merchant-1', 'webhook', 'failed')) === 1);
    await stop();
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    expect(await channels(merchant)).toMatchObject([
      { id, kind: 'webhook', target, closedAt: null },
      { kind: 'mail', target: 'zhang.san@merchant.example' },
    ]);
    const events = await city.db.selectFrom('outbox').select('payload').execute();
    const audit = await city.db.selectFrom('audit_entry').select('entry').execute();
    expect(city.lines.some((line) => line.includes('could not be delivered'))).toBe(true);
    expect(JSON.stringify(await channels(merchant))).not.toContain(secret);
    for (const word of [secret ?? '', 'secret-path-of-merchant', 'zhang.san', '某某'])
      expect(JSON.stringify([events, audit, city.lines])).not.toContain(word);
  });

  it('are each body’s own; the bureau sees all of its city', async () => {
    const own = await city.open(operator, 'mail', 'duty@operator.example');
    expect((await channels(operator)).map(({ id }) => id)).toEqual([own.id]);
    expect((await channels(bureau)).length).toBeGreaterThan(1);
    expect(await channels({ ...bureau, jurisdiction: 'wuhai' })).toEqual([]);
    const close = (who: Parameters<City['call']>[0]) =>
      city.call(who, 'POST', `/v1/channels/${own.id}/closing`);
    expect((await close(merchant)).statusCode).toBe(404);
    expect((await close({ ...bureau, jurisdiction: 'wuhai' })).statusCode).toBe(404);
    const others = { kind: 'mail', target: 'a@b.example', organisation: 'operator' };
    expect((await city.call(merchant, 'POST', '/v1/channels', others)).statusCode).toBe(404);
    expect((await close(operator)).json()).toMatchObject({ closedAt: '2024-03-01T10:00:00+08:00' });
    expect((await close(operator)).json()).toMatchObject({ code: 'channelClosed' });
  });

  it('closing one gives up what waits on it, with a record', async () => {
    const who = { ...merchant, organisation: 'merchant-2' };
    const { id } = await city.open(who, 'mail', 'duty@second.example');
    const stop = city.notify();
    await city.suspend('waits', 'merchant-2');
    await until('it to wait', async () => (await city.settled('merchant-2', 'mail', 'waiting')) === 1);
    await city.call(who, 'POST', `/v1/channels/${id}/closing`);
    expect((await city.deliveries('merchant-2')).at(-1)).toMatchObject({
      state: 'failed',
      code: 'channelClosed',
    });
    const replay = await city.call(who, 'POST', `/v1/channels/${id}/replays`, {
      after: '2024-03-01T00:00:00Z',
    });
    expect(replay.json()).toMatchObject({ code: 'channelClosed' });
    await stop();
  });

  it('what is made out while it closes is given up too', async () => {
    const who = { ...merchant, organisation: 'merchant-2' };
    const { id } = await city.open(who, 'webhook', 'http://127.0.0.1:1/closing');
    await city.suspend('while-closing', 'merchant-2');
    let closing: Promise<unknown> = Promise.resolve();
    await city.db.transaction().execute(async (trx) => {
      const { rows } = await sql<{ id: string }>`select id from platform.notice where not planned`.execute(
        trx,
      );
      const notices = rows.map((row) => row.id);
      await makeOut(trx, notices, { at: new Date('2024-03-01T10:00:00+08:00'), mail: false });
      await sql`update platform.notice set planned = true where id = any(${notices}::uuid[])`.execute(trx);
      closing = city.call(who, 'POST', `/v1/channels/${id}/closing`);
      await new Promise((go) => setTimeout(go, 300));
    });
    expect(await closing).toMatchObject({ statusCode: 200 });
    const { rows } = await sql<{ state: string; code: string }>`
      select state, code from platform.notice_delivery where channel_id = ${id}`.execute(city.db);
    expect(rows).toEqual([{ state: 'failed', code: 'channelClosed' }]);
  });

  it('a replay of one that closes meanwhile is refused, or given up with the rest', async () => {
    const who = { ...merchant, organisation: 'merchant-2' };
    const { id } = await city.open(who, 'webhook', 'http://127.0.0.1:1/replayed');
    let replay: Promise<{ json: () => unknown }> | undefined;
    await city.db.transaction().execute(async (trx) => {
      await closeChannel(trx, id, new Date('2024-03-01T10:00:00+08:00'));
      replay = city.call(who, 'POST', `/v1/channels/${id}/replays`, { after: '2024-03-01T00:00:00Z' });
      await new Promise((go) => setTimeout(go, 300));
    });
    expect((await replay)?.json()).toMatchObject({ code: 'channelClosed' });
    const { rows } = await sql`
      select id from platform.notice_delivery where channel_id = ${id} and state = 'waiting'`.execute(
      city.db,
    );
    expect(rows).toEqual([]);
  });

  it('at most five a body, each once', async () => {
    const who = { roles: ['sourceDepartment'], organisation: 'dept-1' } as const;
    const opening = (n: number) => ({ kind: 'mail', target: `duty${n}@dept.example` });
    expect((await city.call(who, 'POST', '/v1/channels', opening(0))).json()).toMatchObject({
      code: 'channelOwnerUnknown',
    });
    await city.register('dept-1', 'sourceDepartment');
    for (let n = 0; n < 4; n += 1) await city.open(who, 'mail', opening(n).target);
    expect((await city.call(who, 'POST', '/v1/channels', opening(0))).json()).toMatchObject({
      code: 'alreadyExists',
    });
    await city.open(who, 'mail', opening(4).target);
    expect((await city.call(who, 'POST', '/v1/channels', opening(5))).json()).toMatchObject({
      code: 'channelsTooMany',
    });
  });
});

describe('where a notice may not go', () => {
  it.each([
    ['http://merchant.example/in', 'notHttps'],
    ['https://localhost/in', 'thisMachine'],
    ['https://localhost./in', 'thisMachine'],
    ['https://127.0.0.1:8443/in', 'thisMachine'],
    ['https://[::1]/in', 'thisMachine'],
    ['https://[::ffff:127.0.0.1]/in', 'thisMachine'],
    ['https://169.254.169.254/latest', 'thisMachine'],
    ['https://user:pass@merchant.example/in', 'withPassword'],
    ['ftp://merchant.example/in', 'malformed'],
    ['not an address', 'malformed'],
  ])('%s: %s', async (target, code) => {
    const answer = await production.call(merchant, 'POST', '/v1/channels', { kind: 'webhook', target });
    expect([answer.statusCode, answer.json()]).toMatchObject([
      422,
      { code: 'channelTargetRefused', errors: [{ pointer: '/body/target', code }] },
    ]);
  });

  it('an agency’s own network is none of these', async () => {
    for (const target of ['https://10.1.2.3/in', 'https://merchant.example/in']) {
      const answer = await production.call(merchant, 'POST', '/v1/channels', { kind: 'webhook', target });
      expect(answer.statusCode).toBe(201);
    }
  });

  it('a name that leads to this machine is found out when it is sent to', async () => {
    const post = (production: boolean) =>
      postWebhook('https://localhost:1/in', { headers: {}, body: '', production });
    await expect(post(true)).rejects.toMatchObject({ code: 'targetRefused' });
    await expect(post(false)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });

  it.each([
    { kind: 'mail', target: 'no mail address' },
    { kind: 'mail', target: 'a@b.example\r\nbcc: c@d.example' },
    { kind: 'fax', target: '123' },
    { kind: 'webhook', target: 'x'.repeat(501) },
    { kind: 'webhook' },
  ])('%j is refused', async (body) => {
    const { statusCode } = await city.call(operator, 'POST', '/v1/channels', body);
    expect([400, 422]).toContain(statusCode);
  });
});
