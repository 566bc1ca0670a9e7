/** The desk's way to the services: their REST APIs, with the signed-in person's own token and nothing more. */
import { traceparentOf } from '@gongshu/infra/http/trace';
import type { ServiceName } from '@gongshu/shared/events';
import { problem } from '@gongshu/shared/problems';
import { z } from 'zod';
import { language } from './language.ts';
import type { Method } from './openapi.ts';

export type { ServiceName };

/** A refusal as a service told it (RFC 9457). */
export const Refusal = z.object({
  title: z.string(),
  detail: z.string().optional(),
  status: z.int(),
  code: z.string(),
  article: z.object({ instrument: z.string(), article: z.string() }).optional(),
  errors: z.array(z.object({ pointer: z.string(), code: z.string(), message: z.string() })).default([]),
  traceId: z.string().optional(),
});
export type Refusal = z.output<typeof Refusal>;

/** An answer: what was said, or why not. */
export type Answer<T> =
  | { ok: true; status: number; body: T; refusal?: undefined }
  | { ok: false; status: number; body?: undefined; refusal: Refusal };

/** Whose token, and under which trace. */
export type Asker = { accessToken: string; traceId: string };

export type Api = {
  get: <T>(asker: Asker, service: ServiceName, path: string) => Promise<Answer<T>>;
  /** `key` is the Idempotency-Key: the same form again is the same act. */
  post: <T>(
    asker: Asker,
    service: ServiceName,
    path: string,
    given: { key: string; body: unknown },
  ) => Promise<Answer<T>>;
  /** What stands, and its version as its ETag says it. */
  tagged: <T>(
    asker: Asker,
    service: ServiceName,
    path: string,
  ) => Promise<Answer<T> & { etag: string | null }>;
  /** Edits or discards what stands; `etag` names the version that was read, where it has versions. */
  edit: <T>(
    asker: Asker,
    service: ServiceName,
    path: string,
    given: { method: Exclude<Method, 'post'>; etag: string | null; body: unknown },
  ) => Promise<Answer<T>>;
  /** Files a document with a service; its hash is what acts name. */
  upload: (
    asker: Asker,
    service: ServiceName,
    file: File,
  ) => Promise<Answer<{ hash: string; title: string }>>;
  /** The bytes of an answer, passed on as they come. */
  raw: (asker: Asker, service: ServiceName, path: string) => Promise<Response>;
};

/** Longer than a service takes at most to answer (60 s). */
const answerMillis = 65_000;

const away = (cause: unknown) => problem('unavailable', { cause, headers: { 'retry-after': '5' } });

const refusalOf = (status: number, body: unknown): Refusal => {
  const said = Refusal.safeParse(body);
  if (said.success) return said.data;
  throw away(new Error(`a service answered ${status} without a problem document`));
};

/** The services by their addresses. A service that does not answer, or fails, is `unavailable` (503). */
export const createApi = (addresses: Readonly<Record<ServiceName, string>>): Api => {
  const ask = async (
    { accessToken, traceId }: Asker,
    service: ServiceName,
    path: string,
    init: { method?: string; headers?: Record<string, string>; body?: string | FormData } = {},
  ): Promise<Response> => {
    try {
      return await fetch(`${addresses[service]}${path}`, {
        ...init,
        headers: {
          authorization: `Bearer ${accessToken}`,
          'accept-language': language(),
          traceparent: traceparentOf(traceId),
          ...init.headers,
        },
        redirect: 'error',
        signal: AbortSignal.timeout(answerMillis),
      });
    } catch (cause) {
      throw away(cause);
    }
  };
  const told = async <T>(response: Response): Promise<Answer<T>> => {
    const { status, ok } = response;
    const text = await response.text().catch((cause: unknown) => {
      throw away(cause);
    });
    let body: unknown;
    try {
      body = text === '' ? null : JSON.parse(text);
    } catch (cause) {
      throw away(cause);
    }
    if (ok) return { ok, status, body: body as T };
    if (status >= 500 && status !== 503) throw away(new Error(`${status}`));
    return { ok: false, status, refusal: refusalOf(status, body) };
  };
  return {
    get: async (asker, service, path) => told(await ask(asker, service, path)),
    post: async (asker, service, path, { key, body }) =>
      told(
        await ask(asker, service, path, {
          method: 'POST',
          headers: { 'content-type': 'application/json', 'idempotency-key': key },
          body: JSON.stringify(body ?? {}),
        }),
      ),
    tagged: async (asker, service, path) => {
      const response = await ask(asker, service, path);
      return { ...(await told<never>(response)), etag: response.headers.get('etag') };
    },
    edit: async (asker, service, path, { method, etag, body }) =>
      told(
        await ask(asker, service, path, {
          method: method.toUpperCase(),
          headers: {
            ...(body !== undefined && { 'content-type': 'application/json' }),
            ...(etag !== null && { 'if-match': etag }),
          },
          ...(body !== undefined && { body: JSON.stringify(body) }),
        }),
      ),
    upload: async (asker, service, file) => {
      const body = new FormData();
      body.append('file', file, file.name);
      return told(await ask(asker, service, '/v1/documents', { method: 'POST', body }));
    },
    raw: ask,
  };
};
