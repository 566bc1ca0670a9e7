import type { DebarmentPort } from '@gongshu/infra/debarment/folder';
import { buildService } from '@gongshu/infra/http/service';
import { loadPacks } from '@gongshu/infra/packs';
import { debarmentRoutes } from '@gongshu/service-registry/routes/debarment';
import { expertQuestionRoutes } from '@gongshu/service-registry/routes/expert-questions';
import { expertRoutes } from '@gongshu/service-registry/routes/experts';
import { ownershipRoutes } from '@gongshu/service-registry/routes/ownership';
import { partyRoutes } from '@gongshu/service-registry/routes/parties';
import { publicationRoutes } from '@gongshu/service-registry/routes/publications';
import type { Role } from '@gongshu/shared/may';
import type { PackSet } from '@gongshu/shared/packs/resolve';
import type { LightMyRequestResponse } from 'fastify';
import { type Kysely, sql } from 'kysely';
import { testDatabase } from '../support/parts.ts';
import { serviceDeps } from '../support/service.ts';
import { testTokens } from '../support/tokens.ts';
import { documentNo, type Told, usccNo } from './onboarding-support.ts';
import { bodiesOf, type Who } from './resources-support.ts';

/** An expert's token: the account is the subject. */
export const expertWho = (n: number, jurisdiction = 'zhongwei') => ({
  roles: ['expert'] as readonly Role[],
  organisation: `institute-${n}`,
  jurisdiction,
  subject: `expert-${n}`,
});
/** The n-th expert, of an institute of its own. */
export const expertNo = (n: number, change: object = {}) => ({
  ...{ id: `zj-${n}`, kind: 'outside', organisation: `institute-${n}`, institution: 'university' },
  ...{ account: `expert-${n}`, name: `专家${n}`, specialities: ['数据安全'] },
  ...change,
});
export const auditor = (jurisdiction = 'zhongwei') => ({
  roles: ['auditor'] as readonly Role[],
  jurisdiction,
  subject: 'auditor-1',
});
/** Two accounts of the bureau. */
export const bureauAccount = (account: string, jurisdiction = 'zhongwei') => ({
  ...bodiesOf(jurisdiction).bureau,
  subject: account,
});
export const people = bodiesOf('zhongwei');

const uscc = (n: number) => ({ uscc: usccNo(n) });
const parties = [
  { id: 'city-bureau', kind: 'bureau', name: '示例市数据局', level: 'city' },
  { id: 'operator', kind: 'operator', name: '示例运营公司' },
  { id: 'dept-transport', kind: 'sourceDepartment', name: '示例市交通局', level: 'city' },
  ...[1, 2, 3, 4, 5].map((n) => ({
    id: `merchant-${n}`,
    kind: 'merchant',
    name: `示例数商${n}`,
    ...uscc(n),
  })),
];

/** Experts, their questions, ownership and debarment over HTTP on a database of their own, with bodies in every city of the packs. */
export const startPool = async ({
  packs = loadPacks(),
  debarment,
}: {
  packs?: PackSet;
  debarment?: DebarmentPort;
} = {}) => {
  const database = await testDatabase();
  const tokens = await testTokens();
  const clock = { now: new Date('2024-03-01T10:00:00+08:00') };
  const deps = serviceDeps('registry', { url: database.url, tokens, lawNow: async () => clock.now });
  const db = deps.db as Kysely<any>;
  const app = await buildService({
    ...{ name: 'registry', title: 'test', deps },
    routes: [
      partyRoutes(db),
      expertRoutes(db),
      expertQuestionRoutes({ db, packs }),
      ownershipRoutes({ db, packs, deliver: async () => undefined }),
      debarmentRoutes({ db, packs, ...(debarment && { debarment }) }),
      publicationRoutes({ db }),
    ],
  });
  let calls = 0;
  const call = async (
    who: Who,
    method: 'GET' | 'POST' | 'PATCH',
    url: string,
    { body, headers = {} }: { body?: object; headers?: Record<string, string> } = {},
  ): Promise<LightMyRequestResponse> => {
    calls += 1;
    return app.inject({
      ...{ method, url },
      headers: {
        ...(who && { authorization: await tokens.bearer(who) }),
        ...(method === 'POST' && { 'idempotency-key': `pool-call-${calls}` }),
        ...headers,
      },
      ...(body && { payload: body }),
    });
  };
  const told = ({ statusCode, body }: LightMyRequestResponse): Told => ({
    ...(JSON.parse(body) as object),
    status: statusCode,
  });
  const post = async (who: Who, url: string, body: object = {}) =>
    told(await call(who, 'POST', url, { body }));
  const get = async (who: Who, url: string) => told(await call(who, 'GET', url));
  for (const jurisdiction of ['national', 'zhongwei', 'shuozhou', 'wuhai']) {
    const made = await post(bodiesOf(jurisdiction).bureau, '/v1/parties/imports', { parties });
    if (made.status !== 201) throw new Error(`${jurisdiction}: ${JSON.stringify(made)}`);
    await sql`
      insert into document (jurisdiction, organisation, hash, bytes, media_type, title, file_name, uploaded_by, uploaded_at)
      values (${jurisdiction}, 'city-bureau', ${documentNo(7)}, 1, 'application/pdf', '材料', 'a.pdf', 'someone', now())`.execute(
      db,
    );
  }
  const events = async (type: string): Promise<Record<string, unknown>[]> => {
    const { rows } = await sql<{ payload: Record<string, unknown> }>`
      select payload from outbox where type = ${type} order by seq`.execute(db);
    return rows.map(({ payload }) => payload);
  };
  const pool = (experts: object[], jurisdiction = 'zhongwei') =>
    post(bodiesOf(jurisdiction).bureau, '/v1/experts', { experts });
  /** A link that two accounts of the bureau stand for; recorded alone where it is not to be confirmed. */
  const own = async (
    owner: string,
    owned: string,
    { confirmed = true, ...change }: Record<string, unknown> = {},
  ): Promise<Told> => {
    const made = await post(bureauAccount('a-1'), '/v1/ownership-links', {
      ...{ owner, owned, kind: 'control', document: documentNo(7), from: '2024-01-01' },
      ...change,
    });
    if (!confirmed || made.status !== 201) return made;
    return post(bureauAccount('a-2'), `/v1/ownership-links/${made['link']}/confirmation`);
  };
  const stop = async (): Promise<void> => {
    await app.close();
    await deps.db.destroy();
    await database.drop();
  };
  return { app, db, clock, call, post, get, events, pool, own, stop };
};
export type Pool = Awaited<ReturnType<typeof startPool>>;
/** Code and places of a refusal. */
export const refusal = ({ status, code, errors = [], article }: Told) => ({
  ...{ status, code },
  at: errors.map((one: { pointer: string; code: string }) => `${one.pointer} ${one.code}`),
  article: article?.article,
});
