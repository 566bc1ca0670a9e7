import { loadPacks } from '@gongshu/infra/packs';
import { buildRegistry, type RegistryDeps } from '@gongshu/service-registry';
import { usccCheckDigit } from '@gongshu/shared/uscc';
import type { LightMyRequestResponse } from 'fastify';
import { type Kysely, sql } from 'kysely';
import { noCases } from '../support/catalog.ts';
import { testDatabase } from '../support/parts.ts';
import { inOperation } from '../support/in-operation.ts';
import { noOnboardings } from '../support/registry-deps.ts';
import { serviceDeps } from '../support/service.ts';
import { testTokens } from '../support/tokens.ts';
import { bodiesOf, type Who } from './resources-support.ts';

export const usccNo = (n: number): string => {
  const first = `91640500${String(n).padStart(9, '0')}`;
  return first + usccCheckDigit(first);
};
export const merchantNo = (n: number, jurisdiction = 'zhongwei') =>
  ({ roles: ['merchant'], organisation: `merchant-${n}`, jurisdiction }) as const;
export const documentNo = (n: number): string => `sha256:${String(n).padStart(64, '0')}`;

const fields = ['dataSecurity', 'networkSecurity', 'personalInformation', 'tradeSecrets'];
/** The whole material of the n-th merchant. */
export const materialOf = (n: number, change: object = {}) => ({
  uscc: usccNo(n),
  legalPerson: '李某某',
  businessScope: '数据处理和存储支持服务',
  ...Object.fromEntries(fields.map((field) => [field, { text: '承诺落实安全责任制' }])),
  ...change,
});
export const reasons = [{ code: 'measuresInsufficient', text: '措施不足' }];

export type Told = { status: number; code?: string } & Record<string, any>;
export type RegistryCity = Awaited<ReturnType<typeof startRegistryCity>>;

/** The registry with operator, bureau and five merchants in Zhongwei and Wuhai; no workflow runs. */
export const startRegistryCity = async (given: Partial<RegistryDeps> = {}) => {
  const database = await testDatabase();
  const tokens = await testTokens();
  const clock = { now: new Date('2024-03-01T10:00:00+08:00') };
  const deps = {
    ...serviceDeps('registry', { url: database.url, tokens, lawNow: async () => clock.now }),
    ...noOnboardings,
    packs: loadPacks(),
    documents: noCases.documents,
    ...given,
  };
  const app = await buildRegistry(deps);
  const db = deps.db as Kysely<any>;
  let calls = 0;
  const call = async (
    who: Who,
    method: 'GET' | 'POST' | 'PUT',
    url: string,
    { body, headers = {} }: { body?: object; headers?: Record<string, string> } = {},
  ): Promise<LightMyRequestResponse> => {
    calls += 1;
    return app.inject({
      method,
      url,
      headers: {
        ...(who && { authorization: await tokens.bearer(who) }),
        ...(method === 'POST' && { 'idempotency-key': `registry-city-${calls}` }),
        ...headers,
      },
      ...(body && { payload: body }),
    });
  };
  const told = ({ statusCode, body }: LightMyRequestResponse): Told => ({
    ...(JSON.parse(body) as object),
    status: statusCode,
  });
  const post = async (who: Who, url: string, body: object = {}): Promise<Told> =>
    told(await call(who, 'POST', url, { body }));
  const get = async (who: Who, url: string): Promise<Told> => told(await call(who, 'GET', url));
  const parties = [
    { id: 'city-bureau', kind: 'bureau', name: '示例市数据局', level: 'city' },
    { id: 'operator', kind: 'operator', name: '示例运营公司' },
    { id: 'dept-transport', kind: 'sourceDepartment', name: '示例市交通局', level: 'city' },
    ...[1, 2, 3, 4, 5].map((n) => ({
      ...{ id: `merchant-${n}`, kind: 'merchant', name: `示例数商${n}`, uscc: usccNo(n) },
    })),
  ];
  for (const jurisdiction of ['zhongwei', 'wuhai']) {
    const { status } = await post(bodiesOf(jurisdiction).bureau, '/v1/parties/imports', { parties });
    if (status !== 201) throw new Error(`the parties of ${jurisdiction}`);
  }
  for (const jurisdiction of ['zhongwei', 'wuhai']) await inOperation(db, jurisdiction);
  /** A document that a body has uploaded. */
  const upload = (organisation: string, n: number, jurisdiction = 'zhongwei') =>
    sql`
      insert into document (jurisdiction, organisation, hash, bytes, media_type, title, file_name, uploaded_by, uploaded_at)
      values (${jurisdiction}, ${organisation}, ${documentNo(n)}, 1, 'application/pdf', '材料', 'a.pdf', 'someone', now())
      on conflict do nothing`.execute(db);
  for (const n of [1, 2, 3, 4, 5, 6]) await upload('operator', n);
  const norm = (version: number, change: object = {}) => ({
    ...{ kind: 'onboardingNorm', title: '数据商进驻规范', document: documentNo(1), version },
    ...change,
  });
  /** The onboarding norm, submitted and approved. */
  const approveNorm = async (version = 1): Promise<string> => {
    const city = bodiesOf('zhongwei');
    const { norm: id } = await post(city.operator, '/v1/norms', norm(version));
    const { status } = await post(city.bureau, `/v1/norms/${id}/decision`, { outcome: 'approve' });
    if (status !== 200) throw new Error('the norm was not approved');
    return String(id);
  };
  /** A merchant that stands so, however it came to. */
  const stands = (n: number, standing: string) =>
    sql`
      insert into merchant (jurisdiction, organisation, standing, since)
      values ('zhongwei', ${`merchant-${n}`}, ${standing}, '2024-02-01T09:00:00+08:00')
      on conflict (jurisdiction, organisation) do update set standing = excluded.standing`.execute(db);
  /** The events of a type, oldest first. */
  const events = async (type: string): Promise<Record<string, unknown>[]> => {
    const { rows } = await sql<{ payload: Record<string, unknown> }>`
      select payload from outbox where type = ${type} order by seq`.execute(db);
    return rows.map(({ payload }) => payload);
  };
  const count = async (table: string): Promise<number> => {
    const { rows } = await sql<{ n: string }>`select count(*) as n from ${sql.table(table)}`.execute(db);
    return Number(rows[0]?.n);
  };
  const stop = async (): Promise<void> => {
    await app.close();
    await deps.db.destroy();
    await database.drop();
  };
  return {
    ...{ app, db, clock, call, post, get, upload, norm, approveNorm, stands, events, count, stop },
  };
};
