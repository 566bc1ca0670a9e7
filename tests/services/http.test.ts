import { connect as connectSocket } from 'node:net';
import { buildService } from '@gongshu/infra/http/service';
import type { ServiceDeps } from '@gongshu/infra/http/types';
import type { FastifyInstance, InjectOptions } from 'fastify';
import { sampleRoutes } from '../support/sample-routes.ts';
import { serviceDeps } from '../support/service.ts';
import { testTokens } from '../support/tokens.ts';

let deps: ServiceDeps;
let app: FastifyInstance;
const nowhere = 'postgres://nobody@127.0.0.1:1/none';

beforeAll(async () => {
  const tokens = await testTokens();
  deps = serviceDeps('catalog', { url: nowhere, tokens });
  app = await buildService({ name: 'catalog', title: 'test', routes: [sampleRoutes], deps });
});
afterAll(async () => {
  await app.close();
  await deps.db.destroy();
});

const json = (payload: string): InjectOptions => ({
  method: 'POST',
  url: '/v1/things/t1',
  payload,
  headers: { 'content-type': 'application/json' },
});

describe('a bad request is refused with a problem document and never with a fault', () => {
  it('a broken address is named as the place', async () => {
    for (const url of ['/v1/%zz', '/v1/things/%ED%A0%80', '/v1/things/%'])
      expect((await app.inject({ url })).json()).toMatchObject({
        errors: [{ pointer: '/address', code: 'percentEncoding' }],
      });
  });

  it.each<[string, InjectOptions, number, string]>([
    ['an unknown address', { url: '/v1/none' }, 404, 'notFound'],
    ['an unknown address with a broken body', { ...json('{'), url: '/v1/none' }, 404, 'notFound'],
    [
      'a known address with another method',
      { method: 'DELETE', url: '/v1/things/t1' },
      405,
      'methodNotAllowed',
    ],
    ['TRACE', { method: 'TRACE' as 'GET', url: '/v1/things' }, 405, 'methodNotAllowed'],
    ['QUERY', { method: 'QUERY' as 'GET', url: '/v1/things' }, 405, 'methodNotAllowed'],
    ['a broken address', { url: '/v1/%zz' }, 400, 'invalidRequest'],
    [
      'a path parameter too long',
      { ...json('{"count":1}'), url: `/v1/things/${'x'.repeat(300)}` },
      414,
      'addressTooLong',
    ],
    ['NUL in the path', { ...json('{"count":1}'), url: '/v1/things/%00' }, 400, 'textRefused'],
    ['NUL in the query', { url: '/v1/things?cursor=%00' }, 400, 'textRefused'],
    ['half a body', json('{"count":'), 400, 'malformedBody'],
    ['an empty body', json(''), 400, 'malformedBody'],
    ['no body', { method: 'POST', url: '/v1/things/t1' }, 400, 'invalidRequest'],
    [
      'a body that is not UTF-8',
      { ...json(''), payload: Buffer.from([0x22, 0xff, 0x22]) },
      400,
      'malformedBody',
    ],
    ['plain text', { ...json('a'), headers: { 'content-type': 'text/plain' } }, 415, 'unsupportedMediaType'],
    [
      'CSV where JSON is taken',
      { ...json('a'), headers: { 'content-type': 'text/csv' } },
      415,
      'unsupportedMediaType',
    ],
    ['a body of more than a megabyte', json(`"${'a'.repeat(1_100_000)}"`), 413, 'bodyTooLarge'],
    ['NUL in a text', json('{"count":1,"names":[{"text":"a\\u0000b"}]}'), 400, 'textRefused'],
    ['NUL in a field name', json('{"count":1,"a\\u0000":1}'), 400, 'textRefused'],
    ['half a surrogate pair', json('{"count":1,"names":[{"text":"\\ud800x"}]}'), 400, 'textRefused'],
    ['an infinite number', json('{"count":1e999}'), 400, 'numberRefused'],
    ['a number past 2^53', json('{"count":9007199254740993}'), 400, 'numberRefused'],
    ['half a million brackets', json('['.repeat(500_000)), 400, 'tooDeep'],
    ['__proto__', json('{"count":1,"__proto__":{"admin":true}}'), 400, 'invalidRequest'],
    ['constructor', json('{"count":1,"constructor":{"prototype":{}}}'), 400, 'invalidRequest'],
    ['null for an object', json('null'), 400, 'invalidRequest'],
    ['a limit of 0', { url: '/v1/things?limit=0' }, 400, 'invalidRequest'],
    ['a limit of words', { url: '/v1/things?limit=many' }, 400, 'invalidRequest'],
    [
      'a cursor of ours with other keys',
      { url: `/v1/things?cursor=${btoa('["a"]')}` },
      400,
      'cursorMalformed',
    ],
    ['a cursor of nobody', { url: '/v1/things?cursor=abc' }, 400, 'cursorMalformed'],
  ])('%s', async (_name, request, status, code) => {
    const answer = await app.inject(request);
    expect([answer.statusCode, answer.headers['content-type']]).toEqual([
      status,
      'application/problem+json; charset=utf-8',
    ]);
    expect(answer.json()).toMatchObject({
      type: `urn:gongshu:problem:${code}`,
      code,
      status,
      title: expect.stringMatching(/\p{Script=Han}/u),
      instance: expect.not.stringContaining('?'),
      traceId: expect.stringMatching(/^[0-9a-f]{32}$/),
    });
  });

  it('names the methods of the address', async () => {
    const { headers } = await app.inject({ method: 'PATCH', url: '/v1/things/t1' });
    expect(headers['allow']).toBe('POST, PUT');
  });

  it('names every wrong place by pointer, in the language asked for', async () => {
    const payload = { count: 1.5, names: [{ text: 'ok' }, { text: 'x' }] };
    const request = { method: 'POST', url: '/v1/things/t1', payload } as const;
    const english = await app.inject({
      ...request,
      headers: { 'accept-language': 'de, en;q=0.8, zh;q=0.5' },
    });
    expect(english.headers['content-language']).toBe('en');
    expect(english.json()).toMatchObject({
      title: 'The request is not valid',
      errors: [
        { pointer: '/body/count', code: 'invalid_type', message: expect.stringContaining('expected int') },
        { pointer: '/body/names/1/text', code: 'too_small' },
      ],
    });
    const chinese = await app.inject(request);
    expect(chinese.json().errors[0].message).toMatch(/期望/);
  });

  it('answers what the HTTP parser cannot read with a problem document', async () => {
    await app.listen({ port: 0, host: '127.0.0.1' });
    const { port } = app.server.address() as { port: number };
    const raw = await new Promise<string>((resolve, reject) => {
      let text = '';
      const socket = connectSocket(port, '127.0.0.1', () => socket.write('NO HTTP AT ALL\r\n\r\n'));
      socket.on('data', (data) => (text += data));
      socket.on('close', () => resolve(text)).on('error', reject);
    });
    expect(raw).toMatch(/^HTTP\/1\.1 400 [\s\S]*application\/problem\+json[\s\S]*"code":"invalidRequest"/);
  });
});
