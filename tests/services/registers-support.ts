import { loadPacks } from '@gongshu/infra/packs';
import { buildRegistry, type RegistryDeps } from '@gongshu/service-registry';
import type { LightMyRequestResponse } from 'fastify';
import { type Kysely, sql } from 'kysely';
import { noCases } from '../support/catalog.ts';
import { testDatabase } from '../support/parts.ts';
import { noOnboardings } from '../support/registry-deps.ts';
import { serviceDeps } from '../support/service.ts';
import { testTokens } from '../support/tokens.ts';
import { bodiesOf, type Who } from './resources-support.ts';

export const registerCities = ['national', 'zhongwei', 'shuozhou', 'wuhai'] as const;
export type RegisterCity = (typeof registerCities)[number];
export const paper = `sha256:${'e'.repeat(64)}`;

/** Who acts in a city's registers. */
export const peopleIn = (jurisdiction: RegisterCity) => ({
  ...bodiesOf(jurisdiction),
  merchant: { roles: ['merchant'], organisation: 'merchant-1', jurisdiction } as const,
  partner: { roles: ['partner'], organisation: 'partner-1', jurisdiction } as const,
  auditor: { roles: ['auditor'], jurisdiction } as const,
});

export type Registers = Awaited<ReturnType<typeof startRegisters>>;

/** The registry with the bodies of every city, each of which has uploaded `paper`. The law stands at 2024-03-01 10:00. */
export const startRegisters = async (more: Pick<RegistryDeps, 'fingerprintKeyId'> = {}) => {
  const database = await testDatabase();
  const tokens = await testTokens();
  const clock = { now: new Date('2024-03-01T10:00:00+08:00') };
  const deps = {
    ...serviceDeps('registry', { url: database.url, tokens, lawNow: async () => clock.now }),
    ...noOnboardings,
    packs: loadPacks(),
    documents: noCases.documents,
    ...more,
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
        ...(method === 'POST' && { 'idempotency-key': `registers-call-${calls}` }),
        ...headers,
      },
      ...(body && { payload: body }),
    });
  };
  const post = (who: Who, url: string, body?: object) =>
    call(who, 'POST', url, body === undefined ? {} : { body });
  const kinds = {
    'city-bureau': 'bureau',
    operator: 'operator',
    'merchant-1': 'merchant',
    'partner-1': 'partner',
    'partner-2': 'partner',
    'dept-transport': 'sourceDepartment',
  };
  for (const city of registerCities)
    for (const [id, kind] of Object.entries(kinds)) {
      await sql`
        insert into party (jurisdiction, id, kind, name, registered_at)
        values (${city}, ${id}, ${kind}, ${id}, ${clock.now})`.execute(db);
      await sql`
        insert into document
          (jurisdiction, organisation, hash, bytes, media_type, title, file_name, uploaded_by, uploaded_at)
        values (${city}, ${id}, ${paper}, 1, 'application/pdf', '材料', 'a.pdf', 'someone', ${clock.now})`.execute(
        db,
      );
    }
  /** Types and data of what was recorded of a subject, in order. */
  const events = async (subject: string): Promise<{ type: string; data: Record<string, unknown> }[]> => {
    const { rows } = await sql<{ type: string; data: Record<string, unknown> }>`
      select type, payload as data from outbox where aggregateid = ${subject} order by aggregate_version`.execute(
      db,
    );
    return rows;
  };
  const count = async (table: string): Promise<number> => {
    const { rows } = await sql<{ n: number }>`select count(*) as n from ${sql.table(table)}`.execute(db);
    return Number(rows[0]?.n);
  };
  const stop = async (): Promise<void> => {
    await app.close();
    await deps.db.destroy();
    await database.drop();
  };
  return { app, db, clock, call, post, events, count, stop };
};
