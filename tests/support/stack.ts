import { join } from 'node:path';
import type { ApplicationTables } from '@gongshu/infra/cases/tables';
import { formOf, type SampleFile, sampleFile } from './documents.ts';
import { ensureShippedCalendar } from '@gongshu/infra/calendars';
import { connect } from '@gongshu/infra/database';
import { lawNow, moveLawClock, startLawClock } from '@gongshu/infra/law-clock';
import { deskSecretFile } from '@gongshu/infra/issuer-state';
import { requestToken } from '@gongshu/infra/tokens';
import type { Role } from '@gongshu/shared/may';
import type { Kysely } from 'kysely';
import { inOperation } from './in-operation.ts';
import { enrolled } from './enrolled.ts';
import { testDatabase } from './parts.ts';
import { parties, seedEntries } from './stack-city.ts';
import {
  ownBackends,
  ownFolder,
  processNames,
  processRun,
  type Run,
  type RunName,
  steadyPort,
} from './stack-parts.ts';

/** Someone at a desk of the platform; Zhongwei when no city is named. */
export type Seat = { role: Role; organisation?: string; jurisdiction?: string; subject?: string };
export type Answer<T = any> = { status: number; body: T; headers: Headers };
export type ServiceName = 'catalog' | 'registry' | 'pricing' | 'disclosure';

export type StackOptions = {
  /** Added to every process's environment. */
  env?: NodeJS.ProcessEnv;
  /** Over `env`, for one process alone. */
  envOf?: Partial<Record<RunName, NodeJS.ProcessEnv>>;
  /** Without bodies and entries: `npm start`'s own story brings its city. */
  empty?: boolean;
  /** Where the law stands when it begins; `beginning` when left out. */
  startsAt?: Date;
};

export type Stack = {
  db: Kysely<ApplicationTables>;
  /** Of database, Temporal, Kafka and each process. */
  urls: Record<string, string>;
  brokers: string[];
  folder: string;
  get: (seat: Seat | null, path: string, service?: ServiceName) => Promise<Answer>;
  /** `key`: the Idempotency-Key; one of its own when left out. */
  post: (
    seat: Seat | null,
    path: string,
    body?: unknown,
    more?: { key?: string; service?: ServiceName },
  ) => Promise<Answer>;
  /** Uploads a document, a small one when left out; its hash. */
  upload: (seat: Seat, service?: ServiceName, file?: SampleFile) => Promise<string>;
  start: (...names: RunName[]) => Promise<void>;
  stop: (...names: RunName[]) => Promise<void>;
  kill: (...names: RunName[]) => Promise<void>;
  now: () => Promise<Date>;
  /** Moves the law's clock past what falls due, each in its turn, over REST. */
  advance: (to: string | Date) => Promise<void>;
  /** Moves the law's clock alone; nobody is told. */
  jump: (to: string | Date) => Promise<void>;
  down: () => Promise<void>;
};

/** Where the law stands when a journey begins: a Friday. */
export const beginning = new Date('2024-03-01T08:00:00+08:00');

/** Asks again until `holds`; gives the last answer either way, for the test to judge. */
export const until = async <T>(
  ask: () => Promise<T>,
  holds: (value: T) => boolean,
  patienceMillis = 45_000,
): Promise<T> => {
  const end = performance.now() + patienceMillis;
  // Less and less often: five cities that ask all the time leave their services no time to answer.
  for (let pause = 50; ; pause = Math.min(pause * 1.5, 400)) {
    const value = await ask();
    if (holds(value) || performance.now() > end) return value;
    await new Promise((go) => setTimeout(go, pause));
  }
};

const client = (urls: Record<string, string>, dataFolder: string) => {
  const tokens = new Map<string, Promise<string>>();
  let calls = 0;
  const bearer = (seat: Seat) => {
    const { role, organisation, jurisdiction = 'zhongwei' } = seat;
    const { subject = `${role}-${organisation ?? 'nobody'}` } = seat;
    const id = JSON.stringify([role, organisation, jurisdiction, subject]);
    const known = tokens.get(id);
    if (known) return known;
    const made = requestToken(
      { issuerUrl: urls['issuer'] ?? '', dataFolder },
      { roles: [role], organisation, jurisdiction, subject },
    );
    tokens.set(id, made);
    return made;
  };
  const ask = async (
    seat: Seat | null,
    address: string,
    { headers = {}, ...init }: Omit<RequestInit, 'headers'> & { headers?: Record<string, string> },
  ): Promise<Answer> => {
    const authorization: Record<string, string> = seat
      ? { authorization: `Bearer ${await bearer(seat)}` }
      : {};
    const response = await fetch(address, {
      ...init,
      headers: { ...authorization, ...headers },
      signal: AbortSignal.timeout(300_000),
    });
    const text = await response.text();
    return {
      status: response.status,
      body: text === '' ? null : JSON.parse(text),
      headers: response.headers,
    };
  };
  const get: Stack['get'] = (seat, path, service = 'catalog') => ask(seat, `${urls[service]}${path}`, {});
  const post: Stack['post'] = async (seat, path, body = {}, { key, service = 'catalog' } = {}) => {
    calls += 1;
    const headers = {
      'content-type': 'application/json',
      'idempotency-key': key ?? `journey-call-${calls}`,
    };
    const call = () =>
      ask(seat, `${urls[service]}${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
    // Nothing was taken in and the answer asks to hand it in again: on a busy machine a journey does, as an agency would.
    let answer = await call();
    for (let more = 4; more > 0 && answer.body?.code === 'intakeTooSlow'; more -= 1) answer = await call();
    return answer;
  };
  const upload: Stack['upload'] = async (seat, service = 'catalog', file = sampleFile('pdf')) => {
    const { body, headers } = await formOf(file);
    const { status, body: said } = await ask(seat, `${urls[service]}/v1/documents`, {
      ...{ method: 'POST', headers, body },
    });
    if (status !== 201) throw new Error(`the upload was refused: ${JSON.stringify(said)}`);
    return said.hash;
  };
  return { get, post, upload };
};

const bureau: Seat = { role: 'bureau', organisation: 'city-bureau' };

/** The sample city's bodies over REST, until the catalog has heard of them from the registry's events. */
const registerBodies = async (post: Stack['post'], db: Stack['db']): Promise<void> => {
  const registered = await post(
    bureau,
    '/v1/parties/imports',
    { parties: parties() },
    { service: 'registry' },
  );
  if (registered.status !== 201) throw new Error(`no parties: ${JSON.stringify(registered.body)}`);
  await until(
    () => db.selectFrom('body').select('id').where('kind', 'in', ['operator', 'bureau']).execute(),
    (bodies) => bodies.length === 2,
  );
};

/**
 * The whole product for one test file: a database, a Temporal and a Kafka of its own, the processes of `npm start` on
 * free ports; the law's clock stands still at `beginning`. Bodies registered over REST, three entries public, unless
 * `empty`. `down` ends all and removes the data.
 */
export const startStack = async (
  name: string,
  { env = {}, envOf = {}, empty = false, startsAt = beginning }: StackOptions = {},
): Promise<Stack> => {
  const { folder, children, remove } = ownFolder(name);
  const database = await testDatabase();
  const db = connect<ApplicationTables>(database.url, { schema: 'catalog', max: 6 });
  const down = async () => {
    await remove();
    await db.destroy();
    await database.drop();
  };
  try {
    const backends = await ownBackends(children, folder);
    const urls: Record<string, string> = { ...backends.addresses, database: database.url };
    for (const one of processNames) urls[one] = `http://127.0.0.1:${await steadyPort()}`;
    const environment: NodeJS.ProcessEnv = {
      ...process.env,
      GONGSHU_MODE: 'development',
      GONGSHU_DATABASE_URL: database.url,
      GONGSHU_REGISTRY_DATABASE_URL: database.url,
      GONGSHU_PRICING_DATABASE_URL: database.url,
      GONGSHU_DISCLOSURE_DATABASE_URL: database.url,
      GONGSHU_TEMPORAL_ADDRESS: backends.addresses.temporal,
      GONGSHU_TEMPORAL_NAMESPACE: 'default',
      GONGSHU_KAFKA_BROKERS: backends.addresses.kafka,
      GONGSHU_ISSUER_URL: urls['issuer'],
      GONGSHU_DATA_DIR: folder,
      ...Object.fromEntries(processNames.map((one) => [`GONGSHU_${one.toUpperCase()}_URL`, urls[one] ?? ''])),
      GONGSHU_DESK_CLIENT_SECRET_FILE: deskSecretFile(folder),
      GONGSHU_SANDBOX_START: '',
      GONGSHU_SANDBOX_SPEED: '0',
      GONGSHU_GRACE_MILLIS: '1200',
      ...env,
    };
    const runs: Record<string, Run> = { temporal: backends.temporal, kafka: backends.kafka };
    for (const one of processNames)
      runs[one] = processRun(children, one, {
        folder,
        env: { ...environment, ...envOf[one] },
        url: urls[one] ?? '',
      });
    const each =
      (act: keyof Run) =>
      async (...names: RunName[]) => {
        await Promise.all(names.map(async (one) => runs[one]?.[act]()));
      };
    const start = each('start');
    const clock = await startLawClock(db, { mode: 'development', start: startsAt, speed: 0 });
    await clock.stop();
    await ensureShippedCalendar(db);
    await Promise.all([
      start('temporal').then(() => start('worker')),
      start('kafka', 'issuer').then(() => start('catalog', 'registry', 'pricing', 'disclosure', 'relay')),
      empty ? undefined : seedEntries(database.url, join(folder, 'registration')),
    ]);
    const { get, post, upload } = client(urls, folder);
    if (!empty) {
      await registerBodies(post, db);
      await enrolled(db, 'zhongwei', 'merchant-1');
      await inOperation(db, 'zhongwei');
    }
    return {
      ...{ db, folder, get, post, upload, start, down },
      urls,
      brokers: [backends.addresses.kafka],
      stop: each('stop'),
      kill: each('kill'),
      now: () => lawNow(db),
      advance: async (to) => {
        const answer = await post(bureau, '/v1/sandbox/clock/advance', { to: new Date(to).toISOString() });
        if (answer.status !== 200)
          throw new Error(`the clock does not advance: ${JSON.stringify(answer.body)}`);
      },
      jump: async (to) => {
        await moveLawClock(db, new Date(to));
      },
    };
  } catch (error) {
    await down();
    throw error;
  }
};
