import { buildRegistry } from '@gongshu/service-registry';
import type { RegistryTables } from '@gongshu/service-registry/tables';
import type { LightMyRequestResponse } from 'fastify';
import type { Kysely } from 'kysely';
import type { Who } from '../services/resources-support.ts';
import { noCases } from './catalog.ts';
import { testDatabase } from './parts.ts';
import { serviceDeps } from './service.ts';
import { testTokens } from './tokens.ts';

/** Bodies of a test city as they are registered. */
export const cityParties = [
  { id: 'city-bureau', kind: 'bureau', name: '示例市数据局', level: 'city' },
  { id: 'operator', kind: 'operator', name: '示例运营公司' },
  {
    id: 'dept-transport',
    kind: 'sourceDepartment',
    name: '示例市交通局',
    level: 'city',
    parentId: 'city-bureau',
  },
  { id: 'dept-health', kind: 'sourceDepartment', name: '示例市卫健委', level: 'city' },
  { id: 'dept-mobility', kind: 'sourceDepartment', name: '示例市交通运输局', level: 'city' },
  { id: 'merchant-1', kind: 'merchant', name: '示例数商公司' },
] as const;

/** The registry on a database of its own, with the bodies of two cities; the law stands where `clock` says. */
export const startRegistry = async () => {
  const database = await testDatabase();
  const tokens = await testTokens();
  const clock = { now: new Date('2024-03-01T10:00:00+08:00') };
  const deps = {
    ...serviceDeps('registry', { url: database.url, tokens, lawNow: async () => clock.now }),
    documents: noCases.documents,
  };
  const app = await buildRegistry(deps as never);
  const db = deps.db as Kysely<RegistryTables>;
  let calls = 0;
  const call = async (
    who: Who,
    method: 'GET' | 'POST' | 'PATCH',
    url: string,
    { body, headers = {} }: { body?: unknown; headers?: Record<string, string> } = {},
  ): Promise<LightMyRequestResponse> => {
    calls += 1;
    const key = `registry-call-${calls}`;
    return app.inject({
      method,
      url,
      headers: {
        ...(who && { authorization: await tokens.bearer(who) }),
        ...(method === 'POST' && { 'idempotency-key': key }),
        ...headers,
      },
      ...(body === undefined ? {} : { payload: body as object }),
    });
  };
  for (const jurisdiction of ['zhongwei', 'wuhai']) {
    const bureau = { roles: ['bureau'], organisation: 'city-bureau', jurisdiction } as const;
    const answer = await call(bureau, 'POST', '/v1/parties/imports', { body: { parties: cityParties } });
    if (answer.statusCode !== 201) throw new Error(answer.body);
  }
  /** Data of the events of a type, oldest first. */
  const told = async (type: string): Promise<Record<string, unknown>[]> => {
    const rows = await (deps.db as Kysely<any>)
      .selectFrom('outbox')
      .select('payload')
      .where('type', '=', type)
      .orderBy('seq')
      .execute();
    return rows.map(({ payload }) => payload as Record<string, unknown>);
  };
  const stop = async (): Promise<void> => {
    await app.close();
    await deps.db.destroy();
    await database.drop();
  };
  return { app, db, clock, call, told, stop };
};
