import { buildService, type Routes } from '@gongshu/infra/http/service';
import type { ServiceDeps } from '@gongshu/infra/http/types';
import { createLogger } from '@gongshu/infra/logger';
import type { FastifyInstance, LightMyRequestResponse } from 'fastify';
import { z } from 'zod';
import { away, sampleRoutes } from '../support/sample-routes.ts';
import { serviceDeps } from '../support/service.ts';
import { type TestTokens, testTokens } from '../support/tokens.ts';

const lines: string[] = [];
const logger = createLogger('catalog', { destination: { write: (line) => void lines.push(line) } });
let tokens: TestTokens;
let deps: ServiceDeps;
let app: FastifyInstance;
const nowhere = 'postgres://nobody@127.0.0.1:1/none';

beforeAll(async () => {
  tokens = await testTokens();
  deps = serviceDeps('catalog', { url: nowhere, tokens, logger, sandbox: true });
  app = await buildService({ name: 'catalog', title: 'test', routes: [sampleRoutes], deps });
});
afterAll(async () => {
  await app.close();
  await deps.db.destroy();
});
beforeEach(() => {
  lines.length = 0;
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

  it('refuses a query parameter nobody knows, by its name', async () => {
    const answer = await app.inject({ url: '/v1/things?limitt=1&limit=2&page=3' });
    expect([answer.statusCode, answer.json()]).toMatchObject([
      400,
      {
        code: 'invalidRequest',
        errors: [
          { pointer: '/query/limitt', code: 'unrecognized_keys' },
          { pointer: '/query/page', code: 'unrecognized_keys' },
        ],
      },
    ]);
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
