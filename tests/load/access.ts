/** Questions of access a second at a steady pace, over HTTP against a service process, and the parts it rests on. */
import { type ChildProcess, fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { Agent, request } from 'node:http';
import { join } from 'node:path';
import { connect } from '@gongshu/infra/database';
import { type Kysely, sql } from 'kysely';
import { testDatabase } from '../support/parts.ts';
import { type Figure, median } from './figures.ts';

/** What design asks: so many questions a second, answered within so many milliseconds at the 99th percentile. */
export const accessBar = { perSecond: 500, p99: 50 };

const purpose = '城市公共服务便民查询';
const kinds = ['active', 'active', 'active', 'suspended', 'expired'] as const;
const grants = 200;
const kindOf = (index: number) => kinds[index % kinds.length] ?? 'active';
const grantNo = (index: number): string => `640500-SY-2024-${String(index + 1).padStart(6, '0')}`;
const resourceOf = (index: number): string => `640500-RES-${index % 20}`;

/** Grants and supplies as rows: three of five run, one is suspended, one has expired. */
const seed = async (db: Kysely<never>): Promise<void> => {
  await sql`create table bench_row (id bigint generated always as identity primary key, body jsonb not null)`.execute(
    db,
  );
  await sql`
    insert into supply (supply_no, jurisdiction, resource_id, department, authorisation, fields, from_on, until_on,
      starts_at, ends_at, recorded_by, recorded_at)
    select '640500-GS-2024-' || lpad((n + 1)::text, 6, '0'), 'zhongwei', '640500-RES-' || n, 'dept', '{}',
      array['名称', '数量'], '2024-01-01', '2099-12-31', '2024-01-01', '2100-01-01', 'bench', now()
    from generate_series(0, 19) as n`.execute(db);
  await sql`
    insert into resource (id, jurisdiction, source_key, title, provider_organisation, provider_code, provider_name,
      abstract, state, search_text, created_at, updated_at)
    select '640500-RES-' || n, 'zhongwei', n::text, 't', 'dept', '1', 'd', 'a', 'public', '', now(), now()
    from generate_series(0, 19) as n`.execute(db);
  await sql`
    insert into application (case_no, jurisdiction, applicant_organisation, operator_organisation, pack_version, rules,
      calendar_version, stage, submitted_by, submitted_at)
    select 'case-' || n, 'zhongwei', 'merchant', 'operator', 'v', '{}', 'v', 'review', 'bench', now()
    from generate_series(0, ${grants - 1}::integer) as n`.execute(db);
  await sql`
    insert into agreement (agreement_no, case_no, jurisdiction, merchant, operator, version, items, terms, document, hash,
      state, rendered_by, rendered_at)
    select 'agreement-' || n, 'case-' || n, 'zhongwei', 'merchant', 'operator', 1, '{}', '{}', 'd', 'h', 'signed', 'bench',
      now()
    from generate_series(0, ${grants - 1}::integer) as n`.execute(db);
  for (let index = 0; index < grants; index += 1) {
    const kind = kindOf(index);
    const ends = kind === 'expired' ? '2024-06-01' : '2100-01-01';
    await sql`
      insert into use_grant (grant_no, jurisdiction, case_no, agreement_no, merchant, operator, authority, kind, purpose,
        conditions, from_on, until_on, starts_at, ends_at, granted_at)
      values (${grantNo(index)}, 'zhongwei', ${`case-${index}`}, ${`agreement-${index}`}, 'merchant', 'operator', 'bureau',
        'new', ${purpose}, '[]', '2024-01-01', '2099-12-31', '2024-01-01', ${ends}, now())`.execute(db);
    await sql`
      insert into use_grant_resource (grant_no, resource_id, reviewer_organisation, fields)
      values (${grantNo(index)}, ${resourceOf(index)}, 'dept', array['名称', '数量'])`.execute(db);
    if (kind === 'suspended')
      await sql`
        insert into use_grant_suspension (id, grant_no, cause, reasons, from_at)
        values (${`suspension-${index}`}, ${grantNo(index)}, 'overreach', '[]', now())`.execute(db);
  }
};

type Server = { address: string; bearer: string; process: ChildProcess };

const startServer = (kind: 'ours' | 'bare', url: string): Promise<Server> =>
  new Promise((ready, failed) => {
    const child = fork(join(import.meta.dirname, 'access-server.ts'), [kind, url]);
    child.once('message', (message) =>
      ready({ ...(message as { address: string; bearer: string }), process: child }),
    );
    child.once('exit', (code) => failed(new Error(`the server ended with ${code}`)));
  });

type Sent = (index: number) => Promise<void>;

/** Asks over kept connections; an answer that is not the one the grant's row calls for fails the bench. */
const askerOf = ({ address, bearer }: Server, checks: boolean): { ask: Sent; close: () => void } => {
  const agent = new Agent({ keepAlive: true, maxSockets: 128 });
  const ask: Sent = (index) => {
    const grant = index % grants;
    const body = JSON.stringify({
      fields: [{ resource: resourceOf(grant), fields: ['名称'] }],
      ...{ purpose, at: new Date().toISOString(), by: `account-${index % 50}` },
    });
    return new Promise((answered, failed) => {
      const asking = request(`${address}/v1/grants/${grantNo(grant)}/accesses`, {
        agent,
        method: 'POST',
        headers: {
          authorization: bearer,
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(body),
          'idempotency-key': randomUUID(),
        },
      });
      asking.on('response', (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (chunk: string) => {
          text += chunk;
        });
        response.on('end', () => {
          const right =
            !checks ||
            (response.statusCode === 200 && text.includes(`"permitted":${kindOf(grant) === 'active'}`));
          if (right) answered();
          else failed(new Error(`${response.statusCode} ${kindOf(grant)} ${text}`));
        });
      });
      asking.on('error', failed).end(body);
    });
  };
  return { ask, close: () => agent.destroy() };
};

/** Milliseconds from the instant each question was due, however late it could be sent: waiting is not hidden. */
const atPace = async (seconds: number, send: Sent): Promise<number[]> => {
  const count = seconds * accessBar.perSecond;
  const latencies: number[] = [];
  const under: Promise<void>[] = [];
  const begun = performance.now();
  let next = 0;
  while (next < count) {
    const due = Math.min(count, Math.floor(((performance.now() - begun) * accessBar.perSecond) / 1000) + 1);
    for (; next < due; next += 1) {
      const dueAt = begun + (next * 1000) / accessBar.perSecond;
      under.push(send(next).then(() => void latencies.push(performance.now() - dueAt)));
    }
    await new Promise((go) => setTimeout(go, 1));
  }
  await Promise.all(under);
  return latencies;
};

const percentile = (values: readonly number[], part: number): number =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * part))] ?? 0;

export type AccessFigure = Figure & { p50: number; p99: number; barePg: number };

/**
 * `seconds` at 500 a second against our service, then five short runs of ours, of bare Fastify with one insert a
 * request, and of bare inserts, one after the other: medians of their 99th percentiles.
 */
export const accessFigure = async (seconds: number, rounds = 5, short = 3): Promise<AccessFigure> => {
  const database = await testDatabase();
  const db = connect<never>(database.url, { schema: 'catalog' });
  await seed(db);
  const servers = await Promise.all([startServer('ours', database.url), startServer('bare', database.url)]);
  const [ours, bare] = [askerOf(servers[0], true), askerOf(servers[1], false)];
  const insert: Sent = async (index) => {
    await sql`insert into bench_row (body) values (${JSON.stringify({ index })}::jsonb)`.execute(db);
  };
  try {
    // A process just started compiles as it goes: five seconds of that are not what a running platform meets.
    for (const send of [ours.ask, bare.ask, insert]) await atPace(5, send);
    const long = await atPace(seconds, ours.ask);
    const runs: { ours: number; bare: number; pg: number }[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const p99 = async (send: Sent) => percentile(await atPace(short, send), 0.99);
      runs.push({ ours: await p99(ours.ask), bare: await p99(bare.ask), pg: await p99(insert) });
    }
    const [one, other] = [median(runs.map((run) => run.ours)), median(runs.map((run) => run.bare))];
    return {
      ...{ name: `access, ${accessBar.perSecond} a second`, unit: 'ms p99', ours: one, bare: other },
      ...{ ratio: one / other, runs, p50: percentile(long, 0.5), p99: percentile(long, 0.99) },
      barePg: median(runs.map((run) => run.pg)),
    };
  } finally {
    ours.close();
    bare.close();
    for (const { process: child } of servers) {
      child.removeAllListeners('exit');
      child.disconnect();
    }
    await db.destroy();
    await database.drop();
  }
};
