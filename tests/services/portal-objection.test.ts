// O4, S4: the objection form hands on to the registry; its receipt can be verified, and no refusal loses what was written.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Portal, startPortal, tokenOf } from '../support/portal.ts';

const path = '/zhongwei/notices/GB-640500-2024-000001/objections';
const hash = `sha256:${'ab'.repeat(32)}`;
const receipt = 'SJ-00000000-0000-4000-8000-000000000001';
let registry: Server;
let portal: Portal;
let answer: { status: number; body: unknown; headers?: Record<string, string> };
const asked: { key: unknown; language: unknown }[] = [];
beforeAll(async () => {
  registry = createServer((request, response) => {
    asked.push({
      key: request.headers['idempotency-key'],
      language: request.headers['accept-language'],
    });
    request.resume();
    response.writeHead(answer.status, { 'content-type': 'application/json', ...answer.headers });
    response.end(JSON.stringify(answer.body));
  });
  await new Promise<void>((go) => registry.listen(0, '127.0.0.1', go));
  const { port } = registry.address() as AddressInfo;
  portal = await startPortal({
    lawNow: async () => new Date('2024-03-07T10:00:00+08:00'),
    registryUrl: `http://127.0.0.1:${port}`,
  });
}, 60_000);
afterAll(async () => {
  await portal?.stop();
  registry?.close();
});

const written = {
  text: '得分与公开的标准不符，请核对。',
  name: '某某公司',
  phone: '0955-7000000',
  email: '',
};
let address = 0;
const object = (prefix = '', token = `token-${++address}-of-a-form`) =>
  portal.post(
    `${prefix}${path}`,
    { ...written, token },
    { 'x-forwarded-for': `203.0.113.${(address += 1)}` },
  );

it('what was taken in shows number and hash of its receipt', async () => {
  answer = { status: 200, body: { receipt, hash, receivedAt: '2024-03-07T10:00:00+08:00' } };
  const { statusCode, body } = await object();
  expect(statusCode).toBe(200);
  expect(body).toContain(receipt);
  expect(body).toContain(hash);
});

it.each([
  { name: 'closed', status: 409, code: 'objectionsClosed', says: '异议期已过' },
  { name: 'of another kind', status: 422, code: 'invalidRequest', says: '内容不符' },
  { name: 'too many', status: 429, code: 'tooManyRequests', says: '请求过于频繁', retry: '40' },
  { name: 'gone', status: 404, code: 'notFound', says: '没有这一公示' },
])(
  'a refusal ($name) is told on the form, with all that was written',
  async ({ status, code, says, retry }) => {
    answer = {
      ...{ status, body: { code, title: says, detail: '请核对后再次提交。' } },
      headers: retry === undefined ? {} : { 'retry-after': retry },
    };
    for (const [prefix, language] of [
      ['', 'zh'],
      ['/en', 'en'],
    ] as const) {
      const { statusCode, body, headers } = await object(prefix);
      expect(statusCode).toBe(status);
      expect(body).toContain('role="alert"');
      for (const words of [says, '请核对后再次提交。', written.text, written.name, written.phone])
        expect(body).toContain(words);
      expect(headers['retry-after']).toBe(retry);
      expect(asked.at(-1)?.language).toBe(language);
    }
  },
);

it('a registry that fails loses nothing either: the same token is sent again, and counts once', async () => {
  answer = { status: 502, body: 'no problem document' };
  const { statusCode, body, headers } = await object('', 'token-kept-by-the-form');
  expect([statusCode, headers['retry-after']]).toEqual([503, '60']);
  expect(body).toContain(written.text);
  expect(tokenOf(body)).toBe('token-kept-by-the-form');
  answer = { status: 200, body: { receipt, hash, receivedAt: '2024-03-07T10:00:00+08:00' } };
  expect((await object('', tokenOf(body))).body).toContain(receipt);
  expect(asked.slice(-2).map(({ key }) => key)).toEqual(['token-kept-by-the-form', 'token-kept-by-the-form']);
});

it('after a refusal that stands the form has a new token', async () => {
  answer = { status: 409, body: { code: 'objectionsTooMany', title: '异议过多' } };
  const { body } = await object('', 'token-that-was-refused');
  expect([tokenOf(body) === '', tokenOf(body) === 'token-that-was-refused']).toEqual([false, false]);
});
