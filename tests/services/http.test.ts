import {
  ServiceError,
  WorkflowUpdateFailedError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
} from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import { connect as connectSocket } from 'node:net';
import { expectedVersion, mustBeCurrent, tag } from '@gongshu/infra/http/etag';
import { decodeCursor, PageQuery, page, pageOf } from '@gongshu/infra/http/page';
import { problems } from '@gongshu/infra/http/problems';
import { buildService, type Routes } from '@gongshu/infra/http/service';
import type { ServiceDeps } from '@gongshu/infra/http/types';
import { createLogger } from '@gongshu/infra/logger';
import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from 'fastify';
import { z } from 'zod';
import { serviceDeps } from '../support/service.ts';
import { type TestTokens, testTokens } from '../support/tokens.ts';

const away = () => Object.assign(new Error('connect ECONNREFUSED 10.0.0.1:5432'), { code: 'ECONNREFUSED' });
const fromPostgres = (code: string) =>
  Object.assign(new Error('value "张三" refused'), { code, severity: 'ERROR' });
const inUpdate = (type: string, details: unknown[] = []) =>
  new WorkflowUpdateFailedError(
    'Workflow Update failed',
    ApplicationFailure.create({ type, details, nonRetryable: true }),
  );

const faults: Record<string, () => unknown> = {
  databaseAway: away,
  databaseStops: () => fromPostgres('57P01'),
  duplicate: () => fromPostgres('23505'),
  refusedValue: () => fromPostgres('22P05'),
  updateTimedOut: () => new WorkflowUpdateRPCTimeoutOrCancelledError('timed out'),
  temporalAway: () =>
    new ServiceError('unavailable', { cause: Object.assign(new Error('14 UNAVAILABLE'), { code: 14 }) }),
  refusedByWorkflow: () =>
    inUpdate('deadlinePassed', [
      { params: { deadline: '2024-03-15T24:00' }, article: { instrument: '中卫', article: '二十一' } },
    ]),
  strangeFailure: () => inUpdate('SomethingElse'),
  unforeseen: () => new Error('张三 13800000000 is in the message'),
};

const routes: Routes = async (app) => {
  app.post(
    '/v1/things/:thingId',
    {
      config: { act: 'previewDeadline', changes: false },
      schema: {
        summary: 'a body that is checked',
        params: z.object({ thingId: z.string() }),
        body: z.object({ count: z.int(), names: z.array(z.object({ text: z.string().min(2) })).optional() }),
        response: { 200: z.object({ id: z.string() }), ...problems(400) },
      },
    },
    async (request) => ({ id: request.params.thingId }),
  );
  app.get(
    '/v1/things',
    {
      config: { act: 'readPolicies' },
      schema: {
        summary: 'pages',
        querystring: PageQuery,
        response: { 200: pageOf(z.int()), ...problems(400) },
      },
    },
    async (request, reply) => {
      const after = decodeCursor(z.tuple([z.int()]), request.query.cursor)?.[0] ?? 0;
      const { limit } = request.query;
      const rows = Array.from({ length: Math.min(limit + 1, 7 - after) }, (_, at) => after + at + 1);
      return page(request, reply, rows, limit, (row) => [row]);
    },
  );
  app.put(
    '/v1/things/:thingId',
    {
      config: { act: 'editResource' },
      schema: {
        summary: 'an edit',
        response: { 200: z.object({ version: z.int() }), ...problems(412, 428) },
      },
    },
    async (request, reply) => {
      request.mustBeAllowed({ jurisdiction: 'zhongwei', owner: 'dept' });
      mustBeCurrent(request, 3);
      return tag(reply, 4).send({ version: expectedVersion(request) + 1 });
    },
  );
  app.get(
    '/v1/faults/:fault',
    { config: { act: 'readPolicies' }, schema: { summary: 'throws', response: { 200: z.object({}) } } },
    async (request) => {
      throw faults[(request.params as { fault: string }).fault]?.();
    },
  );
  app.get(
    '/v1/wrong-answer',
    {
      config: { act: 'readPolicies' },
      schema: { summary: 'breaks its schema', response: { 200: z.object({ a: z.int() }) } },
    },
    async () => ({ a: 'text' }) as never,
  );
  app.get(
    '/v1/unasked',
    {
      config: { act: 'readParties' },
      schema: { summary: 'forgets to ask', response: { 200: z.object({}) } },
    },
    async () => ({}),
  );
};

const lines: string[] = [];
const logger = createLogger('catalog', { destination: { write: (line) => void lines.push(line) } });
let tokens: TestTokens;
let deps: ServiceDeps;
let app: FastifyInstance;
const nowhere = 'postgres://nobody@127.0.0.1:1/none';

beforeAll(async () => {
  tokens = await testTokens();
  deps = serviceDeps('catalog', { url: nowhere, tokens, logger, sandbox: true });
  app = await buildService({ name: 'catalog', title: 'test', routes: [routes], deps });
});
afterAll(async () => {
  await app.close();
  await deps.db.destroy();
});
beforeEach(() => {
  lines.length = 0;
});

const json = (payload: string): InjectOptions => ({
  method: 'POST',
  url: '/v1/things/t1',
  payload,
  headers: { 'content-type': 'application/json' },
});

describe('a bad request is refused with a problem document and never with a fault', () => {
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

describe('faults of parts, and refusals of workflows', () => {
  it.each<[string, number, string]>([
    ['databaseAway', 503, 'unavailable'],
    ['databaseStops', 503, 'unavailable'],
    ['duplicate', 409, 'alreadyExists'],
    ['refusedValue', 400, 'invalidRequest'],
    ['updateTimedOut', 503, 'unavailable'],
    ['temporalAway', 503, 'unavailable'],
    ['refusedByWorkflow', 409, 'deadlinePassed'],
    ['strangeFailure', 500, 'internalError'],
    ['unforeseen', 500, 'internalError'],
  ])('%s: %d %s', async (fault, status, code) => {
    const answer = await app.inject({ url: `/v1/faults/${fault}` });
    expect(answer.json()).toMatchObject({ status, code });
    expect(answer.statusCode).toBe(status);
    expect(answer.headers['retry-after'] !== undefined).toBe(status === 503);
  });

  it('tells the article that a workflow refused by, and fills in its words', async () => {
    const answer = await app.inject({ url: '/v1/faults/refusedByWorkflow' });
    expect(answer.json()).toMatchObject({
      article: { instrument: '中卫', article: '二十一' },
      detail: expect.stringContaining('2024-03-15T24:00'),
    });
  });

  it('hides the words of a fault from the caller and logs it under the trace that the caller is given', async () => {
    const traceId = 'a'.repeat(32);
    const headers = { traceparent: `00-${traceId}-${'b'.repeat(16)}-01` };
    const answer = await app.inject({ url: '/v1/faults/unforeseen?q=张三', headers });
    expect(answer.body).not.toMatch(/张三|13800000000/);
    expect(answer.json().traceId).toBe(traceId);
    const logged = lines.map((line) => JSON.parse(line)).filter((line) => line.traceId === traceId);
    expect(logged).toEqual([
      expect.objectContaining({
        level: 'error',
        code: 'internalError',
        err: expect.objectContaining({ stack: expect.any(String) }),
      }),
      expect.objectContaining({ level: 'info', route: '/v1/faults/:fault', status: 500 }),
    ]);
    expect(logged[1]).not.toHaveProperty('url');
  });

  it('logs no value that PostgreSQL quotes', async () => {
    await app.inject({ url: '/v1/faults/refusedValue' });
    expect(lines.join('')).not.toMatch(/张三/);
  });

  it('answers 500 rather than what breaks its schema', async () => {
    const answer = await app.inject({ url: '/v1/wrong-answer' });
    expect([answer.statusCode, answer.json().code]).toEqual([500, 'internalError']);
  });
});

describe('conventions of every answer', () => {
  it('carries the sandbox instant, the trace and the safe headers', async () => {
    const { headers } = await app.inject({ url: '/v1/none' });
    expect(headers).toMatchObject({
      'gongshu-sandbox': '2024-03-01T10:00:00+08:00',
      traceparent: expect.stringMatching(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/),
      'content-security-policy': "default-src 'none';frame-ancestors 'none'",
      'x-content-type-options': 'nosniff',
    });
  });

  it('pages by cursor to the end, each row once', async () => {
    const seen: number[] = [];
    let url: string | undefined = '/v1/things?limit=3';
    while (url) {
      const answer: LightMyRequestResponse = await app.inject({ url });
      seen.push(...answer.json().items);
      url = /<(.+)>; rel="next"/.exec(String(answer.headers['link'] ?? ''))?.[1];
    }
    expect(seen).toEqual([1, 2, 3, 4, 5, 6, 7]);
  });

  it.each([
    ['without If-Match', undefined, 428],
    ['with any version', '*', 428],
    ['with a weak tag', 'W/"3"', 428],
    ['from an older version', '"2"', 412],
    ['from the current version', '"3"', 200],
  ])('an edit %s', async (_name, ifMatch, status) => {
    const authorization = await tokens.bearer({ roles: ['sourceDepartment'], organisation: 'dept' });
    const headers = { authorization, ...(ifMatch && { 'if-match': ifMatch }) };
    const answer = await app.inject({ method: 'PUT', url: '/v1/things/t1', headers });
    expect([answer.statusCode, answer.headers['etag']]).toEqual([status, { 200: '"4"', 412: '"3"' }[status]]);
  });

  it('serves health, figures, document and docs without a token and without another host', async () => {
    const urls = [
      '/health/live',
      '/health/ready',
      '/metrics',
      '/openapi.json',
      '/docs',
      '/docs/static/swagger-ui.css',
    ];
    const answers = await Promise.all(urls.map((url) => app.inject({ url })));
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 200, 200, 200, 200, 200]);
    expect(answers[2]?.body).toContain('gongshu_http_request_seconds_bucket');
    expect(answers[4]?.headers['content-security-policy']).toContain("script-src 'self'");
    expect(answers[4]?.body).not.toMatch(/(src|href)="https?:/);
  });

  it('is not ready while a part does not answer, and live all the same', async () => {
    const checks = { database: async () => Promise.reject(away()), law: async () => {} };
    const other = await buildService({
      name: 'catalog',
      title: 'test',
      routes: [],
      deps: { ...deps, checks },
    });
    const [live, ready] = [
      await other.inject({ url: '/health/live' }),
      await other.inject({ url: '/health/ready' }),
    ];
    expect([live.statusCode, ready.statusCode]).toEqual([200, 503]);
    expect(ready.json()).toEqual({ status: 'failed', checks: { database: 'failed', law: 'ok' } });
    await other.close();
  });
});

describe('permission', () => {
  it('does not register a route without an act, or with one that may() does not know', async () => {
    const bare =
      (config: object): Routes =>
      async (instance) => {
        instance.get('/v1/bare', { config, schema: { response: { 200: z.object({}) } } }, async () => ({}));
      };
    for (const config of [{}, { act: 'doAnything' }])
      await expect(
        buildService({ name: 'catalog', title: 'test', routes: [bare(config)], deps }),
      ).rejects.toThrow('/v1/bare declares no act');
  });

  it('makes an answer that forgot to ask about its object a fault, not a leak', async () => {
    const authorization = await tokens.bearer({ roles: ['bureau'] });
    const answer = await app.inject({ url: '/v1/unasked', headers: { authorization } });
    expect([answer.statusCode, answer.json().code]).toEqual([500, 'internalError']);
    expect(lines.join('')).toContain('without mustBeAllowed');
  });
});
