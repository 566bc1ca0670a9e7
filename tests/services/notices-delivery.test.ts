import { maxAttempts } from '@gongshu/infra/notices/backoff';
import { Webhook } from 'standardwebhooks';
import {
  bureau,
  type City,
  merchant,
  operator,
  type Received,
  startCity,
  startMailServer,
  startReceiver,
  stopListening,
  until,
} from './notices-support.ts';

jest.setTimeout(120_000);

let city: City;
beforeEach(async () => {
  city = await startCity();
});
afterEach(async () => {
  await city.stop();
  await stopListening();
});

describe('webhooks, signed as Standard Webhooks has it', () => {
  it('arrive with a signature that another’s library verifies, and a changed body does not', async () => {
    const receiver = await startReceiver(() => 204);
    const { secret } = await city.open(merchant, 'webhook', receiver.address('/in'));
    city.notify();
    await city.suspend('one');
    await until('the webhook', async () => (await city.settled('merchant-1', 'webhook', 'delivered')) === 1);
    const { headers, body } = receiver.received[0] as Received;
    const webhook = new Webhook(secret ?? '');
    expect(webhook.verify(body, headers as Record<string, string>)).toMatchObject({
      type: 'notice.issued',
      data: {
        addressee: 'merchant-1',
        kind: 'merchantSuspended',
        text: { zh: expect.stringContaining('暂停') },
      },
    });
    expect(() => webhook.verify(`${body} `, headers as Record<string, string>)).toThrow(
      'No matching signature found',
    );
    expect(await city.deliveries('merchant-1')).toEqual([
      expect.objectContaining({ kind: 'inbox', state: 'delivered' }),
      expect.objectContaining({ kind: 'webhook', state: 'delivered', attempts: 1, code: null }),
    ]);
    expect(headers['webhook-id']).toBe((await city.deliveries('merchant-1'))[0]?.notice);
  });

  it('are tried again after an error, each time under the same id, and recorded once', async () => {
    const receiver = await startReceiver((_path, times) => (times < 3 ? 500 : 200));
    await city.open(merchant, 'webhook', receiver.address('/flaky'));
    const waits: number[] = [];
    city.notify({ wait: (attempts) => waits.push(attempts) * 10 });
    await city.suspend('one');
    await until(
      'the third try',
      async () => (await city.settled('merchant-1', 'webhook', 'delivered')) === 1,
    );
    expect(waits).toEqual([1, 2, 3]);
    expect(new Set(receiver.received.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    expect(receiver.received).toHaveLength(3);
    const told = (await city.events('notice.delivered.v1')).filter(({ channel }) => channel === 'webhook');
    expect(told).toHaveLength(1);
  });

  it('are given up after the last try, with an event, and shown to the bureau; a redirect is not followed', async () => {
    const receiver = await startReceiver(() => 'redirect');
    await city.open(merchant, 'webhook', receiver.address('/moved'));
    city.notify({ wait: () => 0 });
    await city.suspend('one');
    await until('the last try', async () => (await city.settled('merchant-1', 'webhook', 'failed')) === 1);
    expect(receiver.received.map(({ path }) => path)).toEqual(Array(maxAttempts).fill('/moved'));
    expect(await city.events('notice.failed.v1')).toEqual([
      expect.objectContaining({
        channel: 'webhook',
        code: 'http302',
        attempts: maxAttempts,
        kind: 'merchantSuspended',
      }),
    ]);
    const failed = await city.call(bureau, 'GET', '/v1/notices?delivery=failed');
    expect(failed.json()).toMatchObject({ items: [{ addressee: 'merchant-1', told: true }] });
  });

  it('a target that hangs holds up itself alone', async () => {
    const receiver = await startReceiver((path) => (path === '/hang' ? 'hang' : 200));
    await city.open(merchant, 'webhook', receiver.address('/hang'));
    await city.open(operator, 'webhook', receiver.address('/well'));
    city.notify();
    for (let n = 0; n < 20; n += 1) await city.suspend(`change-${n}`);
    const began = performance.now();
    await until('the others', async () => (await city.settled('operator', 'webhook', 'delivered')) === 20);
    expect(performance.now() - began).toBeLessThan(4_500); // before one hanging try has ended
    await until('a try to be given up', async () =>
      (await city.deliveries('merchant-1')).some(({ code }) => code === 'timeout'),
    );
    expect(await city.settled('merchant-1', 'webhook', 'delivered')).toBe(0);
  });

  it('are replayed from an instant, or from the last notice received, under their old ids', async () => {
    const receiver = await startReceiver(() => 200);
    const { id } = await city.open(merchant, 'webhook', receiver.address('/in'));
    city.notify();
    for (const key of ['one', 'two', 'three']) await city.suspend(key);
    await until('three', async () => (await city.settled('merchant-1', 'webhook', 'delivered')) === 3);
    const ids = [...new Set((await city.deliveries('merchant-1')).map(({ notice }) => notice))];
    const replay = (after: string) => city.call(merchant, 'POST', `/v1/channels/${id}/replays`, { after });

    expect((await replay('2024-03-01T00:00:00+08:00')).json()).toEqual({
      deliveries: 3,
      last: ids[2],
      more: false,
    });
    await until('three more', async () => (await city.settled('merchant-1', 'webhook', 'delivered')) === 6);
    expect((await replay(ids[1] ?? '')).json()).toMatchObject({ deliveries: 1, last: ids[2] });
    await until('one more', async () => (await city.settled('merchant-1', 'webhook', 'delivered')) === 7);
    expect(
      receiver.received
        .slice(3, 6)
        .map(({ headers }) => String(headers['webhook-id']))
        .toSorted(),
    ).toEqual(ids.toSorted());
    expect(receiver.received[6]?.headers['webhook-id']).toBe(ids[2]);
    expect((await replay('2024-03-02T00:00:00+08:00')).json()).toMatchObject({ deliveries: 0, last: null });
    expect((await replay((await city.deliveries('operator'))[0]?.notice ?? '')).statusCode).toBe(404);
  });

  it('two notifiers share the work: nothing is sent twice', async () => {
    const receiver = await startReceiver(() => 200);
    await city.open(merchant, 'webhook', receiver.address('/in'));
    city.notify();
    city.notify();
    for (let n = 0; n < 15; n += 1) await city.suspend(`change-${n}`);
    await until('all', async () => (await city.settled('merchant-1', 'webhook', 'delivered')) === 15);
    expect(receiver.received).toHaveLength(15);
    expect(await city.settled('merchant-1', 'inbox', 'delivered')).toBe(15);
  });
});

describe('mail', () => {
  it('arrives at a real server after it said later, in both languages, and names nobody', async () => {
    const server = await startMailServer(1);
    await city.open(merchant, 'mail', 'duty@merchant.example');
    city.notify({ smtp: server.url });
    await city.suspend('one');
    await until('the mail', async () => (await city.settled('merchant-1', 'mail', 'delivered')) === 1);
    expect(server.mails.map(({ to }) => to)).toEqual([['duty@merchant.example']]);
    const text = server.mails[0]?.text ?? '';
    expect(text).toMatch(/^Subject: =\?UTF-8/m);
    expect(text).toContain((await city.deliveries('merchant-1'))[0]?.notice);
    const [mail] = (await city.deliveries('merchant-1')).filter(({ kind }) => kind === 'mail');
    expect(mail).toMatchObject({ attempts: 2, code: null });
  });

  it('waits with its reason where no mail server is set, and goes out once there is one', async () => {
    await city.open(merchant, 'mail', 'duty@merchant.example');
    const stop = city.notify();
    await city.suspend('one');
    await until('the record', async () => (await city.settled('merchant-1', 'mail', 'waiting')) === 1);
    expect((await city.deliveries('merchant-1')).at(-1)).toMatchObject({ code: 'smtpNotSet', attempts: 0 });
    await stop();
    const server = await startMailServer();
    city.notify({ smtp: server.url });
    await until('the mail', async () => server.mails.length === 1);
  });
});
