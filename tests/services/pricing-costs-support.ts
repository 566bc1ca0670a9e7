/** The pricing service over HTTP without workflows: ledgers and services need none. The law stands at 2024-03-01 10:00. */
import { sha256 } from '@gongshu/infra/hash';
import { loadPacks } from '@gongshu/infra/packs';
import { buildPricing } from '@gongshu/service-pricing';
import type { LightMyRequestResponse } from 'fastify';
import { type Kysely, sql } from 'kysely';
import { noCases } from '../support/catalog.ts';
import { testDatabase } from '../support/parts.ts';
import { pricingPeople } from '../support/pricing.ts';
import { serviceDeps } from '../support/service.ts';
import { testTokens } from '../support/tokens.ts';
import type { Who } from './resources-support.ts';
export { refusalOf } from './law-support.ts';

export const costCities = ['national', 'zhongwei', 'shuozhou', 'wuhai'] as const;
export type CostCity = (typeof costCities)[number];
export type Costs = Awaited<ReturnType<typeof startCosts>>;

const bodies = {
  'city-bureau': 'bureau',
  'price-office': 'price',
  'finance-office': 'finance',
  operator: 'operator',
  'merchant-1': 'merchant',
  'merchant-2': 'merchant',
};

export const startCosts = async () => {
  const database = await testDatabase();
  const tokens = await testTokens();
  const clock = { now: new Date('2024-03-01T10:00:00+08:00') };
  const deps = {
    ...serviceDeps('pricing', { url: database.url, tokens, lawNow: async () => clock.now }),
    packs: loadPacks(),
    documents: noCases.documents,
    deliver: noCases.deliver,
    lookAgain: noCases.lookAgain,
    calendarVersion: noCases.calendarVersion,
  };
  const app = await buildPricing(deps);
  const db = deps.db as Kysely<any>;
  for (const jurisdiction of costCities)
    for (const [id, kind] of Object.entries(bodies))
      await db.insertInto('body').values({ jurisdiction, id, kind }).execute();
  let calls = 0;
  const call = async (
    who: Who,
    method: 'GET' | 'POST',
    url: string,
    body?: object | string | Buffer,
    headers: Record<string, string> = {},
  ): Promise<LightMyRequestResponse> => {
    calls += 1;
    const key = `costs-call-${calls}`;
    return app.inject({
      ...{ method, url },
      headers: {
        ...(who && { authorization: await tokens.bearer(who) }),
        ...(method === 'POST' && { 'idempotency-key': key }),
        ...headers,
      },
      ...(body !== undefined && { payload: body }),
    });
  };
  const post = (who: Who, url: string, body: object = {}) => call(who, 'POST', url, body);
  const get = async (who: Who, url: string): Promise<Record<string, unknown> & { status: number }> => {
    const answer = await call(who, 'GET', url);
    return { ...answer.json<Record<string, unknown>>(), status: answer.statusCode };
  };
  const people = (city: CostCity) => pricingPeople(city);
  const cost = async (
    who: Who,
    body: object = {},
  ): Promise<{ status: number; cost: string; [key: string]: unknown }> => {
    const answer = await post(who, '/v1/costs', costBody(body));
    return { ...answer.json<{ cost: string }>(), status: answer.statusCode };
  };
  let made = 0;
  /** A listed product of the city; its number. */
  const product = async (jurisdiction: CostCity, state = 'listed'): Promise<string> => {
    made += 1;
    const number = `640500-CP-2023-${String(made).padStart(6, '0')}`;
    await db
      .insertInto('product_version')
      .values({
        ...{ jurisdiction, product: number, version: 1, owner: 'merchant-1', class: 'dataset' },
        ...{ purpose: 'industry', state, case_no: number.replace('CP', 'CY') },
      })
      .execute();
    return number;
  };
  /** A paper that the body has uploaded; its hash. */
  const paper = async (jurisdiction: CostCity, organisation: string): Promise<string> => {
    const hash = sha256(`${jurisdiction} ${organisation}`);
    await sql`
      insert into document
        (jurisdiction, organisation, hash, bytes, media_type, title, file_name, uploaded_by, uploaded_at)
      values (${jurisdiction}, ${organisation}, ${hash}, 1, 'application/pdf', '材料', 'a.pdf', 'someone', ${clock.now})
      on conflict do nothing`.execute(db);
    return hash;
  };
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
  return { app, db, clock, call, post, get, people, cost, product, paper, events, count, stop };
};

/** A cost that every city but Shuozhou and Wuhai takes, with what is changed of it. */
export const costBody = (change: object = {}) => ({
  ...{ year: 2023, kind: 'platformUpkeep', fen: 100, related: true, ground: '机房租金，专用于授权运营平台' },
  ...change,
});
export const costsOf = (the: Costs, who: Who, change: object) => the.post(who, '/v1/costs', costBody(change));
