import { createHash } from 'node:crypto';
import { canonicalJson } from '@gongshu/shared/canonical-json';
import { problem } from '@gongshu/shared/problems';

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type Kysely, sql } from 'kysely';
import { z } from 'zod';

/** The header schema of a changing POST, for the document; the check itself is the kit's. */
export const IdempotencyKey = z.object({
  'idempotency-key': z
    .string()
    .regex(/^[\w.:-]{8,128}$/)
    .meta({ description: '8–128 letters, digits or . _ : -' }),
});

type Table = {
  idempotency: {
    actor: string;
    key: string;
    request_hash: string;
    status: number | null;
    headers: unknown;
    body: unknown;
    created_at: Date;
  };
};

/** An unanswered row older than this was left by a process that died: the next try takes it over. */
export const abandonedAfterSeconds = 60;

/** Far longer than any client tries again. Acts are found by their receipt after that, and are still done once. */
export const keptDays = 30;
const purgeMillis = 3_600_000;
/** Few enough that a purge of years holds no request up. */
const purgedAtOnce = 5_000;

/** Forgets answers kept for longer than `keptDays` of real time, a lot at a time; how many there were. */
export const purgeAnswers = async (untyped: Kysely<unknown>): Promise<number> => {
  const db = untyped as Kysely<Table>;
  const old = new Date(Date.now() - keptDays * 86_400_000);
  let purged = 0;
  for (;;) {
    const { numDeletedRows } = await db
      .deleteFrom('idempotency')
      .where(sql<boolean>`ctid in (
        select ctid from idempotency where created_at < ${old} order by created_at limit ${purgedAtOnce})`)
      .executeTakeFirstOrThrow();
    purged += Number(numDeletedRows);
    if (numDeletedRows < purgedAtOnce) return purged;
  }
};

/** Purges at the start and every hour of real time until the app closes. A purge that fails is made good by the next. */
export const keepPurging = (app: FastifyInstance, db: Kysely<unknown>): void => {
  let purging: Promise<unknown> = Promise.resolve();
  const purge = (): void => {
    purging = purgeAnswers(db).catch((err: unknown) => app.log.warn({ err }, 'kept answers were not purged'));
  };
  let timer: NodeJS.Timeout | undefined;
  app.addHook('onListen', async () => {
    purge();
    timer = setInterval(purge, purgeMillis);
    timer.unref();
  });
  app.addHook('onClose', async () => {
    clearInterval(timer);
    await purging;
  });
};

/** Answers that depend on who asks or on the moment: not kept, so that the same key may be tried again. */
const unkept = new Set([401, 403, 404, 408, 425, 428, 429]);
const keptHeaders = ['content-type', 'location', 'etag', 'content-language'] as const;

const isChanging = ({ method, routeOptions }: FastifyRequest): boolean =>
  method === 'POST' && routeOptions.config.changes !== false && !routeOptions.config.sealed;

/** City and body belong to the request: an issuer may give one subject tokens of two, and neither hears the other's answer. */
const hashOf = ({ method, url, body, actor }: FastifyRequest): string =>
  createHash('sha256')
    .update(canonicalJson([actor.jurisdiction, actor.organisation, method, url, body ?? null]))
    .digest('hex');

/** A form carries its key in a field, for a browser sends no header of ours: the one-time token it was drawn with. */
const keyOf = ({ headers, body, routeOptions }: FastifyRequest): string => {
  const { page } = routeOptions.config;
  const given = page ? { 'idempotency-key': (body as { token?: unknown } | null)?.token } : headers;
  const parsed = IdempotencyKey.safeParse(given);
  if (!parsed.success) throw problem(page ? 'formTokenMissing' : 'idempotencyKeyMissing');
  return parsed.data['idempotency-key'];
};

const parsedHeaders = z.record(z.string(), z.string());

/**
 * The stored answer comes back for the same key, method, address and body by the same actor; another body is refused
 * (422), a request still at work too (409). The row is committed before the handler runs, so a crash in between leaves
 * a row that may be retaken after 60 s; what the handler itself writes is keyed, so running it again adds nothing.
 */
export const keepAnswers = (app: FastifyInstance, untyped: Kysely<unknown>): void => {
  const db = untyped as Kysely<Table>;
  const rowOf = (request: FastifyRequest) => ({ actor: request.actor.id, key: request.idempotencyKey });

  app.decorateRequest('idempotencyRow', undefined);
  app.decorateRequest('idempotencyKey', {
    getter(this: FastifyRequest) {
      return keyOf(this);
    },
  });

  const take = async (request: FastifyRequest, hash: string): Promise<Date | undefined> => {
    const row = { ...rowOf(request), request_hash: hash, created_at: new Date() };
    const taken = await db
      .insertInto('idempotency')
      .values({ ...row, status: null, headers: null, body: null })
      .onConflict((conflict) => conflict.columns(['actor', 'key']).doNothing())
      .returning('created_at')
      .executeTakeFirst();
    return taken?.created_at;
  };

  const retake = (request: FastifyRequest) =>
    db
      .updateTable('idempotency')
      .set({ created_at: new Date() })
      .where('actor', '=', request.actor.id)
      .where('key', '=', request.idempotencyKey)
      .where('status', 'is', null)
      .where('created_at', '<', new Date(Date.now() - abandonedAfterSeconds * 1000))
      .returning('created_at')
      .executeTakeFirst();

  const replay = (request: FastifyRequest, reply: FastifyReply, row: Table['idempotency']): FastifyReply => {
    request.objectAsked = true; // asked when the answer was made, by the same actor
    return reply
      .code(row.status ?? 500)
      .headers(parsedHeaders.parse(row.headers))
      .header('idempotency-replayed', 'true')
      .send(row.body);
  };

  app.addHook('preHandler', async (request, reply) => {
    if (!isChanging(request)) return;
    const hash = hashOf(request);
    const startedAt = await take(request, hash);
    if (startedAt) {
      request.idempotencyRow = { startedAt };
      return;
    }
    const { actor, key } = rowOf(request);
    const row = await db
      .selectFrom('idempotency')
      .selectAll()
      .where('actor', '=', actor)
      .where('key', '=', key)
      .executeTakeFirst();
    if (row && row.request_hash !== hash)
      throw problem(request.routeOptions.config.page ? 'formUsed' : 'idempotencyKeyReused');
    if (row && row.status !== null) return replay(request, reply, row);
    const retaken = await retake(request);
    if (!retaken) throw problem('idempotencyInProgress', { headers: { 'retry-after': '2' } });
    request.idempotencyRow = { startedAt: retaken.created_at };
  });

  const store = (request: FastifyRequest, reply: FastifyReply, text: string, startedAt: Date) => {
    const headers = Object.fromEntries(
      keptHeaders.flatMap((name) => {
        const value = reply.getHeader(name);
        return value === undefined ? [] : [[name, String(value)]];
      }),
    );
    return db
      .updateTable('idempotency')
      .set({ status: reply.statusCode, headers: JSON.stringify(headers), body: JSON.stringify(text) })
      .where('actor', '=', request.actor.id)
      .where('key', '=', request.idempotencyKey)
      .where('created_at', '=', startedAt)
      .execute();
  };

  const release = (request: FastifyRequest, startedAt: Date) =>
    db
      .deleteFrom('idempotency')
      .where('actor', '=', request.actor.id)
      .where('key', '=', request.idempotencyKey)
      .where('created_at', '=', startedAt)
      .execute();

  app.addHook('onSend', async (request, reply, payload) => {
    const held = request.idempotencyRow;
    if (!held) return payload;
    request.idempotencyRow = undefined; // once, even if this answer turns into an error
    // What a person mended in a refused form is sent again under the same token.
    const limit = request.routeOptions.config.page ? 400 : 500;
    const kept = reply.statusCode < limit && !unkept.has(reply.statusCode);
    try {
      if (kept) await store(request, reply, typeof payload === 'string' ? payload : '', held.startedAt);
      else await release(request, held.startedAt);
    } catch (fault) {
      // The act stands; the row can be retaken in a minute, and the act's own key lets it through once only.
      request.log.error({ err: fault }, 'the answer could not be kept under its idempotency key');
    }
    return payload;
  });
};
