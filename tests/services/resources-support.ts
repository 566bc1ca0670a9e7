import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDocumentStore } from '@gongshu/infra/documents/store';
import { formOf, type SampleFile, sampleFile } from '../support/documents.ts';
import { noCases } from '../support/catalog.ts';
import { loadPacks } from '@gongshu/infra/packs';
import { buildCatalog, type CatalogDeps } from '@gongshu/service-catalog';
import type { RegistrationPackage } from '@gongshu/service-catalog/resources/registration-port';
import type { Role } from '@gongshu/shared/may';
import type { FastifyInstance, LightMyRequestResponse } from 'fastify';
import { type Kysely, sql } from 'kysely';
import { testDatabase } from '../support/parts.ts';
import { serviceDeps } from '../support/service.ts';
import { testTokens } from '../support/tokens.ts';

/** Someone of a test city; `null` is anyone without a token. */
export type Who = {
  roles: readonly Role[];
  organisation?: string;
  jurisdiction?: string;
  /** The account, where a body has more than one in the test. */
  subject?: string;
} | null;

/** The bodies of a test city. */
export const bodiesOf = (jurisdiction: string) => ({
  department: { roles: ['sourceDepartment'], organisation: 'dept-transport', jurisdiction } as const,
  other: { roles: ['sourceDepartment'], organisation: 'dept-health', jurisdiction } as const,
  bureau: { roles: ['bureau'], organisation: 'city-bureau', jurisdiction } as const,
  county: { roles: ['countyBureau'], organisation: 'county-bureau-1', jurisdiction } as const,
  operator: { roles: ['operator'], organisation: 'operator', jurisdiction } as const,
});

/** An entry that lacks nothing in any of the cities. */
export const draft = (sourceKey: string, change: object = {}) => ({
  sourceKey,
  provider: { organisation: 'dept-transport', code: '380290000H', name: '交通局' },
  title: '公共停車場即時車位',
  abstract: '全市公共停车场剩余车位',
  fields: [{ name: '停车场名称' }, { name: '剩余车位', description: '个', grade: 'general' }],
  updateFrequency: 'monthly',
  dataQuality: '完整',
  scenario: '停车诱导',
  level: 'city',
  classification: '交通运输',
  grade: '一般数据1级',
  reviewer: { kind: 'sourceDepartment', organisation: 'dept-transport' },
  dataUpdatedOn: '2024-02-20',
  ...change,
});

export type Catalog = Awaited<ReturnType<typeof startCatalog>>;

/** The catalog service on a database of its own; the law stands at 2024-03-01 10:00 until `now` is moved. */
export const startCatalog = async (given: Partial<CatalogDeps> = {}) => {
  const database = await testDatabase();
  const tokens = await testTokens();
  const clock = { now: new Date('2024-03-01T10:00:00+08:00') };
  const sent: RegistrationPackage[] = [];
  const port = { away: false };
  const registration = {
    send: async (one: RegistrationPackage) => {
      if (port.away) throw new Error('away');
      sent.push(one);
    },
  };
  const folder = await mkdtemp(join(tmpdir(), 'gongshu-documents-'));
  const deps = {
    ...serviceDeps('catalog', { url: database.url, tokens, lawNow: async () => clock.now }),
    packs: loadPacks(),
    registration,
    ...noCases,
    documents: createDocumentStore(folder, { maxBytes: 20 * 1024 * 1024 }),
    ...given,
  };
  const app: FastifyInstance = await buildCatalog(deps);
  let calls = 0;

  const call = async (
    who: Who,
    method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE',
    url: string,
    { body, headers = {} }: { body?: unknown; headers?: Record<string, string> } = {},
  ): Promise<LightMyRequestResponse> => {
    calls += 1;
    const key = `test-call-${calls}`;
    return app.inject({
      method,
      url,
      headers: {
        ...(who && { authorization: await tokens.bearer(who) }),
        ...(method === 'POST' && { 'idempotency-key': key }),
        ...headers,
      },
      ...(body === undefined ? {} : { payload: body as string | object }),
    });
  };

  /** Uploads a file; answers its hash. Fails the test when refused. */
  const upload = async (who: Who, file: SampleFile = sampleFile('pdf'), title?: string): Promise<string> => {
    const form = await formOf(file, title);
    const answer = await call(who, 'POST', '/v1/documents', form);
    if (answer.statusCode !== 201) throw new Error(answer.body);
    return answer.json<{ hash: string }>().hash;
  };
  /** Compiles an entry; answers its number. Fails the test when refused. */
  const compile = async (who: Who, sourceKey: string, change: object = {}): Promise<string> => {
    const answer = await call(who, 'POST', '/v1/resources', { body: draft(sourceKey, change) });
    if (answer.statusCode !== 201) throw new Error(answer.body);
    return answer.json<{ id: string }>().id;
  };
  const move = (who: Who, id: string, to: string, more: object = {}) =>
    call(who, 'POST', `/v1/resources/${id}/transitions`, { body: { to, ...more } });
  const state = async (id: string): Promise<string | undefined> => {
    const { rows } = await sql<{ state: string }>`select state from resource where id = ${id}`.execute(
      deps.db,
    );
    return rows[0]?.state;
  };
  /** Types of the events recorded of a subject, in order. */
  const events = async (subject: string): Promise<string[]> => {
    const { rows } = await sql<{ type: string }>`
      select type from outbox where aggregateid = ${subject} order by aggregate_version`.execute(deps.db);
    return rows.map(({ type }) => type.slice('resource.'.length, -'.v1'.length));
  };
  const count = async (table: string): Promise<number> => {
    const { rows } = await sql<{ count: number }>`select count(*) as count from ${sql.table(table)}`.execute(
      deps.db,
    );
    return rows[0]?.count ?? 0;
  };
  const stop = async () => {
    await app.close();
    await deps.db.destroy();
    await database.drop();
    await rm(folder, { recursive: true });
  };
  const db = deps.db as Kysely<unknown>;
  return {
    app,
    db,
    deps,
    tokens,
    url: database.url,
    folder,
    clock,
    sent,
    port,
    call,
    upload,
    compile,
    move,
    state,
    events,
    count,
    stop,
  };
};
