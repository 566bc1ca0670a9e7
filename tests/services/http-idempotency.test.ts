import { IdempotencyKey, purgeAnswers } from '@gongshu/infra/http/idempotency';
import { problems } from '@gongshu/infra/http/problems';
import { buildService, type Routes } from '@gongshu/infra/http/service';
import type { ServiceDeps } from '@gongshu/infra/http/types';
import { problem } from '@gongshu/shared/problems';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { type TestDatabase, testDatabase } from '../support/parts.ts';
import { serviceDeps } from '../support/service.ts';
import { testTokens } from '../support/tokens.ts';

let runs = 0;
let held: Promise<void> | undefined;
let outcome: 'done' | 'refused' | 'hidden' | 'fault' = 'done';

const routes: Routes = async (app) => {
  app.post(
    '/v1/acts',
    {
      config: { act: 'registerParty' },
      schema: {
        headers: IdempotencyKey,
        body: z.object({ text: z.string(), count: z.int().optional() }),
        response: { 201: z.object({ run: z.int(), key: z.string() }), ...problems(400, 404, 409, 422) },
      },
    },
    async (request, reply) => {
      request.mustBeAllowed({ jurisdiction: 'zhongwei' });
      runs += 1;
      await held;
      if (outcome === 'refused') throw problem('deadlinePassed');
      if (outcome === 'hidden') throw problem('notFound');
      if (outcome === 'fault') throw new Error('unforeseen');
      return reply
        .code(201)
        .header('location', '/v1/acts/1')
        .send({ run: runs, key: request.idempotencyKey });
    },
  );
};

describe('Idempotency-Key: the stored answer comes back', () => {
  let database: TestDatabase;
  let deps: ServiceDeps;
  let app: FastifyInstance;
  const bearers: Record<string, string> = {};

  beforeAll(async () => {
    database = await testDatabase();
    const tokens = await testTokens();
    for (const subject of ['one', 'two'])
      bearers[subject] = await tokens.bearer({ roles: ['bureau'], subject });
    const one = { roles: ['bureau' as const], subject: 'one' };
    bearers['elsewhere'] = await tokens.bearer({ ...one, jurisdiction: 'wuhai' });
    bearers['for another'] = await tokens.bearer({ ...one, organisation: 'another-body' });
    deps = serviceDeps('registry', { url: database.url, tokens });
    app = await buildService({ name: 'registry', title: 'test', routes: [routes], deps });
  });
  afterAll(async () => {
    await app.close();
    await deps.db.destroy();
    await database.drop();
  });
  beforeEach(() => {
    runs = 0;
    held = undefined;
    outcome = 'done';
  });

  const post = (key: string | undefined, payload: object = { text: 'a' }, who = 'one') =>
    app.inject({
      method: 'POST',
      url: '/v1/acts',
      payload,
      headers: { authorization: bearers[who] ?? '', ...(key !== undefined && { 'idempotency-key': key }) },
    });
  const age = (key: string, seconds: number) =>
    deps.db
      .updateTable('idempotency')
      .set({ created_at: new Date(Date.now() - seconds * 1000) })
      .where('key', '=', key)
      .execute();

  it.each([undefined, '', 'short', 'with a space', '鍵'.repeat(8), 'x'.repeat(129)])(
    'key %j is refused',
    async (key) => {
      const answer = await post(key === undefined ? undefined : encodeURI(key));
      expect([answer.statusCode, answer.json().code, runs]).toEqual([400, 'idempotencyKeyMissing', 0]);
    },
  );

  it('runs once, and answers the same, byte for byte', async () => {
    const [first, second] = [await post('same-key-1'), await post('same-key-1')];
    expect([first.statusCode, second.statusCode, runs]).toEqual([201, 201, 1]);
    expect(second.body).toBe(first.body);
    expect(second.headers).toMatchObject({ location: '/v1/acts/1', 'idempotency-replayed': 'true' });
    expect(first.json().key).toBe('same-key-1');
  });

  it('takes a body whose fields stand in another order for the same', async () => {
    await post('same-key-2', { text: 'a', count: 1 });
    const answer = await post('same-key-2', { count: 1, text: 'a' });
    expect([answer.statusCode, runs]).toEqual([201, 1]);
  });

  it('refuses another body under the same key', async () => {
    await post('other-body');
    const answer = await post('other-body', { text: 'b' });
    expect([answer.statusCode, answer.json().code, runs]).toEqual([422, 'idempotencyKeyReused', 1]);
  });

  it('keeps the keys of two actors apart', async () => {
    await post('shared-key');
    const other = await post('shared-key', { text: 'b' }, 'two');
    expect([other.statusCode, runs]).toEqual([201, 2]);
  });

  it.each(['elsewhere', 'for another'])('keeps the answer from the same subject %s', async (who) => {
    await post(`two-hats-${who.length}`);
    const other = await post(`two-hats-${who.length}`, { text: 'a' }, who);
    expect([other.statusCode, other.json().code, runs]).toEqual([422, 'idempotencyKeyReused', 1]);
  });

  it('refuses the second of two at the same moment, then gives it the answer', async () => {
    let release = () => {};
    held = new Promise((resolve) => (release = resolve));
    const first = post('at-once-1');
    while (runs === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    const during = await post('at-once-1');
    release();
    expect([during.statusCode, during.json().code]).toEqual([409, 'idempotencyInProgress']);
    expect((await post('at-once-1')).body).toBe((await first).body);
    expect(runs).toBe(1);
  });

  it('keeps a refusal of the act, and lets a fault or a missing object be tried again', async () => {
    outcome = 'refused';
    await post('refusal-1');
    outcome = 'done';
    expect((await post('refusal-1')).json().code).toBe('deadlinePassed');
    for (const failing of ['fault', 'hidden'] as const) {
      outcome = failing;
      await post(`again-${failing}`);
      outcome = 'done';
      expect((await post(`again-${failing}`)).statusCode).toBe(201);
    }
  });

  it('does not spend the key on a request that is not valid', async () => {
    expect((await post('invalid-1', { count: 1 })).statusCode).toBe(400);
    expect((await post('invalid-1')).statusCode).toBe(201);
  });

  it('lets a row that a dead process left be taken over after a minute, once', async () => {
    const row = 'crashed-1';
    await post(row);
    await deps.db
      .updateTable('idempotency')
      .set({ status: null, headers: null, body: null })
      .where('key', '=', row)
      .execute();
    await age(row, 30);
    expect((await post(row)).statusCode).toBe(409);
    await age(row, 61);
    const both = await Promise.all([post(row), post(row)]);
    // The other is told to wait, or reads the answer of the first: it never runs.
    for (const { statusCode } of both) expect([201, 409]).toContain(statusCode);
    expect(both.some(({ statusCode }) => statusCode === 201)).toBe(true);
    expect(runs).toBe(2);
  });

  it('forgets an answer after thirty days, no sooner', async () => {
    await post('kept-30-days');
    await post('kept-29-days');
    await age('kept-30-days', 30 * 86_400 + 60);
    await age('kept-29-days', 30 * 86_400 - 60);
    expect(await purgeAnswers(deps.db)).toBe(1);
    const rows = await deps.db
      .selectFrom('idempotency')
      .select('key')
      .where('key', 'like', 'kept-%')
      .execute();
    expect(rows).toEqual([{ key: 'kept-29-days' }]);
  });

  it('purges by itself when the service begins to listen', async () => {
    await post('kept-too-long');
    await age('kept-too-long', 31 * 86_400);
    const other = await buildService({ name: 'registry', title: 'test', routes: [], deps });
    await other.listen({ port: 0, host: '127.0.0.1' });
    await other.close();
    const rows = await deps.db
      .selectFrom('idempotency')
      .select('key')
      .where('key', '=', 'kept-too-long')
      .execute();
    expect(rows).toEqual([]);
  });
});
