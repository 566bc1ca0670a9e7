/** The registry with its notifier on a database of its own; a mail server and webhook receivers that really listen. */
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { connect } from '@gongshu/infra/database';
import { createLogger } from '@gongshu/infra/logger';
import { type NotifierDeps, startNotifier } from '@gongshu/infra/notices/deliver';
import { createMailer } from '@gongshu/infra/notices/mail';
import { recordAll } from '@gongshu/infra/record';
import { buildRegistry } from '@gongshu/service-registry';
import { type Kysely, sql } from 'kysely';
import { SMTPServer } from 'smtp-server';
import { testDatabase } from '../support/parts.ts';
import { serviceDeps } from '../support/service.ts';
import { testTokens } from '../support/tokens.ts';
import type { Who } from './resources-support.ts';

export const bureau = { roles: ['bureau'], organisation: 'city-bureau' } as const;
export const operator = { roles: ['operator'], organisation: 'operator' } as const;
export const merchant = { roles: ['merchant'], organisation: 'merchant-1' } as const;
export const auditor = { roles: ['auditor'], organisation: 'city-bureau' } as const;

/** Asks again until it holds. @throws Error after twenty seconds. */
export const until = async (what: string, holds: () => Promise<boolean>): Promise<void> => {
  const end = performance.now() + 20_000;
  while (!(await holds())) {
    if (performance.now() > end) throw new Error(`waited in vain: ${what}`);
    await new Promise((go) => setTimeout(go, 20));
  }
};

const listening: (() => Promise<unknown>)[] = [];
/** Stops every receiver and mail server that a test began. */
export const stopListening = async (): Promise<void> => {
  for (const stop of listening.splice(0)) await stop();
};

export type Received = { path: string; headers: IncomingHttpHeaders; body: string };

/** A receiver of webhooks; `answer` says what a post to a path gets: a status, where to go, or nothing ever. */
export const startReceiver = async (
  answer: (path: string, times: number) => number | 'hang' | 'redirect',
) => {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      const path = request.url ?? '';
      received.push({ path, headers: request.headers, body });
      const said = answer(path, received.filter((one) => one.path === path).length);
      if (said === 'hang') return;
      if (said === 'redirect') response.writeHead(302, { location: '/elsewhere' }).end();
      else response.writeHead(said).end('an answer nobody reads');
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  listening.push(async () => {
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  });
  return { received, address: (path: string) => `http://127.0.0.1:${port}${path}` };
};

/** A mail server that keeps what it gets; refuses the first `refuse` mails for now. */
export const startMailServer = async (refuse = 0) => {
  const mails: { to: string[]; text: string }[] = [];
  let left = refuse;
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData: (stream, session, done) => {
      let text = '';
      stream.on('data', (chunk: Buffer) => (text += chunk.toString()));
      stream.on('end', () => {
        if (left > 0) {
          left -= 1;
          done(Object.assign(new Error('later'), { responseCode: 451 }));
          return;
        }
        mails.push({ to: session.envelope.rcptTo.map(({ address }) => address), text });
        done();
      });
    },
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.server.address() as AddressInfo;
  listening.push(() => new Promise<void>((done) => server.close(() => done())));
  return { mails, url: `smtp://127.0.0.1:${port}` };
};

export type City = Awaited<ReturnType<typeof startCity>>;

/** A registry whose law stands at 2024-03-01 10:00, with operator, bureau and two merchants registered. */
export const startCity = async ({ sandbox = true }: { sandbox?: boolean } = {}) => {
  const database = await testDatabase();
  const tokens = await testTokens();
  const lines: string[] = [];
  const logger = createLogger('registry', { destination: { write: (line) => void lines.push(line) } });
  const deps = serviceDeps('registry', { url: database.url, tokens, sandbox, logger });
  // No document passes here: the store stays away.
  const app = await buildRegistry({ ...deps } as Parameters<typeof buildRegistry>[0]);
  const db: Kysely<any> = deps.db;
  const notifierDb = connect<any>(database.url, { schema: 'registry', max: 6 });
  const stops: (() => Promise<unknown>)[] = [];
  let calls = 0;

  const register = (id: string, kind: string) =>
    sql`
      insert into party (jurisdiction, id, kind, name, registered_at, version)
      values ('zhongwei', ${id}, ${kind}, ${`某某${id}`}, now(), 1)`.execute(db);
  await register('operator', 'operator');
  await register('city-bureau', 'bureau');
  await register('merchant-1', 'merchant');
  await register('merchant-2', 'merchant');

  const call = async (who: Who, method: 'GET' | 'POST', url: string, body?: object, accept?: string) => {
    calls += 1;
    return app.inject({
      method,
      url,
      headers: {
        ...(who && { authorization: await tokens.bearer(who) }),
        ...(method === 'POST' && { 'idempotency-key': `notices-${calls}` }),
        ...(accept && { accept }),
      },
      ...(method === 'POST' && { payload: body ?? {} }),
    });
  };
  /** Opens a channel of a body. Fails the test when refused. */
  const open = async (who: Who, kind: 'mail' | 'webhook', target: string) => {
    const answer = await call(who, 'POST', '/v1/channels', { kind, target });
    if (answer.statusCode !== 201) throw new Error(answer.body);
    return answer.json<{ id: string; secret: string | null }>();
  };
  /** A change that merchant, operator and bureau hear of; the same key twice is the same change. `then`: what fails after it. */
  const suspend = (key: string, who = 'merchant-1', then?: () => never): Promise<number> =>
    db.transaction().execute(async (trx) => {
      const recorded = await recordAll(trx, 'registry', [
        {
          key,
          type: 'merchant.suspended.v1',
          subject: `zhongwei:${who}`,
          jurisdiction: 'zhongwei',
          at: new Date('2024-03-01T09:30:00+08:00'),
          actor: { id: 'someone', role: 'bureau', organisation: 'city-bureau' },
          data: { merchant: who, at: '2024-03-01T09:30:00+08:00', reasonCodes: ['directed'] },
        },
      ]);
      then?.();
      return recorded;
    });
  const notify = (more: Partial<NotifierDeps> & { smtp?: string } = {}) => {
    const { smtp, ...given } = more;
    const mailer = smtp === undefined ? undefined : createMailer({ url: smtp, from: 'gongshu@example.org' });
    const stop = startNotifier({
      ...{ db: notifierDb, logger, lawNow: deps.lawNow, production: false, mailer },
      pollMillis: 20,
      wait: () => 50,
      ...given,
    });
    stops.push(stop);
    return stop;
  };
  type Delivery = { notice: string; kind: string; state: string; attempts: number; code: string | null };
  /** The delivery records of a body's notices, oldest notice first. */
  const deliveries = async (organisation: string): Promise<Delivery[]> => {
    const { rows } = await sql<Delivery>`
      select notice_delivery.notice_id as notice, notice_delivery.kind, state, attempts, code
      from platform.notice_delivery
      join platform.notice on notice.id = notice_delivery.notice_id
      where addressee = ${organisation}
      order by notice.seq, notice_delivery.kind, round`.execute(db);
    return rows;
  };
  /** How many deliveries of a kind have come so far. */
  const settled = async (organisation: string, kind: string, state: string): Promise<number> =>
    (await deliveries(organisation)).filter((one) => one.kind === kind && one.state === state).length;
  const events = async (type: string): Promise<Record<string, unknown>[]> => {
    const { rows } = await sql<{ payload: Record<string, unknown> }>`
      select payload from outbox where type = ${type} order by seq`.execute(db);
    return rows.map(({ payload }) => payload);
  };
  const stop = async () => {
    for (const end of stops) await end();
    await app.close();
    await notifierDb.destroy();
    await deps.db.destroy();
    await database.drop();
  };
  return { db, lines, call, open, suspend, notify, register, deliveries, settled, events, stop };
};
