// The relay on a real broker that goes away and comes back. The figures it prints are the bar's: 0 lost, 0 inverted.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { projectFolder } from '@gongshu/infra/backends/places';
import { freePort } from '@gongshu/infra/backends/ports';
import { type Bus, createBus, type Delivery } from '@gongshu/infra/bus';
import { connect } from '@gongshu/infra/database';
import { listParked, release } from '@gongshu/infra/parked';
import { record, recordAll } from '@gongshu/infra/record';
import { type Relay, startRelay } from '@gongshu/infra/relay';
import { allTopics, createRelayProcess } from '@gongshu/infra/relay-process';
import { replayTopic } from '@gongshu/infra/replay';
import { Kafka, logLevel } from 'kafkajs';
import { type Kysely, sql } from 'kysely';
import { createLogger } from '@gongshu/infra/logger';
import { type TestDatabase, testDatabase } from '../support/parts.ts';
import { ownBroker } from './own-broker.ts';
import { change, judge, until } from './relay-events.ts';

jest.setTimeout(300_000);
const caseTopic = 'gongshu.catalog.case.v1';
const quiet = createLogger('relay', { level: 'silent' });

let broker: Awaited<ReturnType<typeof ownBroker>>;
let database: TestDatabase;
let db: Kysely<any>;
let bus: Bus;
let groups = 0;
const arrived: Delivery[] = [];

beforeAll(async () => {
  [broker, database] = await Promise.all([ownBroker('relay'), testDatabase()]);
  db = connect<any>(database.url, { schema: 'catalog', max: 12 });
  bus = createBus({ brokers: broker.brokers, clientId: 'test' });
});
afterAll(async () => {
  await bus.close();
  await db.destroy();
  await Promise.all([broker.remove(), database.drop()]);
});

const write = (caseNo: string, n: number | string) =>
  db.transaction().execute((trx) => record(trx, 'catalog', change(caseNo, n)));
const running = new Set<Relay>();
afterEach(async () => {
  await Promise.all([...running].map((relay) => relay.stop()));
  running.clear();
});
const start = () => {
  const relay = startRelay({
    databaseUrl: database.url,
    service: 'catalog',
    bus,
    pollMs: 200,
    longestWaitMs: 1_000,
  });
  running.add(relay);
  return relay;
};
/** Everything on the case topic, from the beginning. */
const listen = (into: Delivery[]) => {
  groups += 1;
  const each = async (delivery: Delivery) => {
    into.push(delivery);
  };
  return bus.subscribe({
    group: `reader-${groups}`,
    topics: [caseTopic],
    each,
    sessionTimeout: 6_000,
    heartbeatInterval: 500,
  });
};
const pending = async () =>
  (
    await sql<{
      n: number;
    }>`select count(*) as n from outbox where published_at is null and skipped_at is null`.execute(db)
  ).rows[0]!.n;

describe('a relay process', () => {
  it('starts without a broker, says degraded, and begins with topics that keep everything when it comes', async () => {
    const own = createBus({ brokers: broker.brokers, clientId: 'relay-process' });
    const relay = createRelayProcess({ databaseUrl: database.url, bus: own, logger: quiet, replication: 1 });
    const health = async () => (await relay.app.inject('/health')).statusCode;
    expect(await health()).toBe(503);
    await broker.start();
    await until(health, (code) => code === 200);
    expect((await relay.app.inject('/metrics')).body).toContain('gongshu_relay_pending{service="catalog"} 0');
    expect((await relay.app.inject('/asyncapi.json')).json()).toMatchObject({ asyncapi: '3.0.0' });
    await relay.close();

    const admin = new Kafka({ brokers: broker.brokers, logLevel: logLevel.NOTHING }).admin();
    await admin.connect();
    const { topics } = await admin.fetchTopicMetadata({ topics: allTopics });
    const { resources } = await admin.describeConfigs({
      includeSynonyms: false,
      resources: [{ type: 2, name: caseTopic, configNames: ['retention.ms'] }],
    });
    await admin.disconnect();
    expect(topics.map(({ partitions }) => partitions.length)).toEqual(Array(8).fill(4));
    expect(resources[0]?.configEntries[0]).toMatchObject({ configName: 'retention.ms', configValue: '-1' });
  });

  it('is a program that becomes healthy, serves the schemas of its events, and ends on SIGTERM with code 0', async () => {
    const port = await freePort();
    const program = spawn(process.execPath, [join(projectFolder, 'infra/src/relay-server.ts')], {
      stdio: 'ignore',
      env: {
        ...process.env,
        GONGSHU_MODE: 'development',
        GONGSHU_DATABASE_URL: database.url,
        GONGSHU_KAFKA_BROKERS: broker.brokers.join(),
        GONGSHU_PORT: String(port),
      },
    });
    const ended = once(program, 'exit');
    const status = (path: string) =>
      fetch(`http://127.0.0.1:${port}${path}`).then(
        (answer) => answer.status,
        () => 0,
      );
    await until(
      () => status('/health'),
      (code) => code === 200,
    );
    expect(await status('/v1/event-schemas/application.accepted.v1')).toBe(200);
    expect(await status('/v1/event-schemas/application.teleported.v1')).toBe(404);
    program.kill('SIGTERM');
    expect(await ended).toEqual([0, null]);
  });

  it('refuses a topic whose partitions are not the number that the keys were spread over', async () => {
    await expect(bus.ensureTopics(allTopics, { partitions: 8 })).rejects.toThrow(
      'has 4 partitions instead of 8',
    );
  });
});

describe('10,000 events of concurrent transactions, the broker stopped in the middle', () => {
  it('arrive: none lost, none of one subject inverted, pub_seq without a gap', async () => {
    const [transactions, each] = [2_000, 5];
    const reader = listen(arrived);
    await reader.joined;
    const began = performance.now();
    let relay = start();
    let next = 0;
    const writer = async () => {
      while (next < transactions) {
        const n = next++;
        const changes = Array.from({ length: each }, (_, k) =>
          change(`GS-${(n * 7 + k * 13) % 150}`, `${n}-${k}`),
        );
        await db.transaction().execute((trx) => recordAll(trx, 'catalog', changes));
      }
    };
    const writers = Promise.all(Array.from({ length: 8 }, writer));
    await until(
      () => next,
      (n) => n > 600,
    );
    await broker.stop();
    await until(
      () => relay.health(),
      ({ state }) => state === 'degraded',
    );
    await relay.stop(); // and the relay is restarted while there is no broker
    relay = start();
    await writers;
    const waiting = await pending();
    await broker.start();
    await until(pending, (n) => n === 0);
    const seconds = (performance.now() - began) / 1000;
    expect(waiting).toBeGreaterThan(0);
    expect(
      await until(
        () => relay.health(),
        ({ state }) => state === 'running',
      ),
    ).toMatchObject({ pending: 0, failures: 0 });
    await relay.stop();

    const { rows } = await sql<{
      id: string;
      pub_seq: number;
    }>`select id, pub_seq from outbox order by pub_seq`.execute(db);
    const ids = rows.map(({ id }) => id);
    await until(
      () => judge(arrived).ids.size,
      (n) => n >= ids.length,
      60_000,
    );
    await reader.stop();
    const { ids: got, duplicates, inversions, scattered } = judge(arrived);
    const lost = ids.filter((id) => !got.has(id)).length;
    process.stdout.write(
      `relay: ${ids.length} events in ${seconds.toFixed(1)} s with an outage, ${waiting} waited, ${lost} lost, ${inversions} inverted, ${duplicates} sent twice\n`,
    );
    expect({ events: ids.length, lost, inversions, scattered }).toEqual({
      events: transactions * each,
      lost: 0,
      inversions: 0,
      scattered: 0,
    });
    expect(rows.map(({ pub_seq }) => pub_seq)).toEqual(ids.map((_, n) => n + 1));
  });

  it('two relays of one service send each event once between them', async () => {
    const relays = [start(), start()];
    for (let n = 0; n < 40; n += 1) await write(`GS-TWO-${n % 4}`, n);
    await until(pending, (n) => n === 0);
    const published = (await Promise.all(relays.map((relay) => relay.health()))).map((one) => one.published);
    await Promise.all(relays.map((relay) => relay.stop()));
    expect(published.reduce((sum, n) => sum + n)).toBe(40);
  });
});

describe('an event that can never be sent', () => {
  const stateOf = async (caseNo: string) => {
    const { rows } = await sql<{ state: string }>`
      select case when published_at is not null then 'sent' when skipped_at is not null then 'skipped' else 'waits' end as state
      from outbox where aggregateid = ${caseNo} order by seq`.execute(db);
    return rows.map(({ state }) => state);
  };

  it.each([
    {
      name: 'is larger than the broker takes',
      caseNo: 'GS-LARGE',
      reason: /^refused by the broker: MESSAGE_TOO_LARGE/,
      spoil: sql`update outbox set payload = payload || jsonb_build_object('pad', repeat('x', 1200000)) where key = 'GS-LARGE:2'`,
    },
    {
      name: 'has no instant that can be written',
      caseNo: 'GS-ENDLESS',
      reason: /^cannot be written as an event/,
      spoil: sql`update outbox set occurred_at = 'infinity' where key = 'GS-ENDLESS:2'`,
    },
  ])(
    '$name: parked, its subject held, others go on, until an operator decides',
    async ({ caseNo, reason, spoil }) => {
      for (const n of [1, 2, 3]) await write(caseNo, n);
      await spoil.execute(db);
      await write(`${caseNo}-OTHER`, 1);
      const relay = start();
      await until(
        () => stateOf(`${caseNo}-OTHER`),
        ([state]) => state === 'sent',
      );
      const parked = await until(
        () => listParked(db),
        (list) => list.length === 1,
      );
      expect(parked[0]).toMatchObject({
        consumer: 'relay',
        subject: caseNo,
        reason: expect.stringMatching(reason),
      });
      expect(await stateOf(caseNo)).toEqual(['sent', 'waits', 'waits']);
      expect(await relay.health()).toMatchObject({ parked: 1, failures: 0 });

      await release(db, parked[0]!.id, { by: 'op-1', resolution: 'retry' }); // nothing was mended: it comes back
      const again = await until(
        () => listParked(db),
        ([one]) => one !== undefined && one.id !== parked[0]!.id,
      );
      expect(await stateOf(caseNo)).toEqual(['sent', 'waits', 'waits']);

      expect(await release(db, again[0]!.id, { by: 'op-1', resolution: 'skip' })).toBe(true);
      expect(await release(db, again[0]!.id, { by: 'op-1', resolution: 'skip' })).toBe(false);
      expect(
        await until(
          () => stateOf(caseNo),
          (states) => states[2] === 'sent',
        ),
      ).toEqual(['sent', 'skipped', 'sent']);
      expect(await listParked(db)).toEqual([]);
      await relay.stop();
    },
  );
});

describe('replay', () => {
  it('sends the events of a topic again from a pub_seq on, in order and with the same ids', async () => {
    const before: Delivery[] = [];
    const [first] = (
      await sql<{ pub_seq: number }>`select max(pub_seq) - 299 as pub_seq from outbox`.execute(db)
    ).rows;
    const sent = await replayTopic({
      db,
      bus,
      service: 'catalog',
      visibility: 'case',
      fromPubSeq: first!.pub_seq,
    });
    expect(sent).toBe(300);
    const reader = listen(before);
    const total = (
      await sql<{ n: number }>`select count(*) as n from outbox where pub_seq is not null`.execute(db)
    ).rows[0]!.n;
    await until(
      () => judge(before),
      ({ ids, duplicates }) => ids.size === total && duplicates >= 300,
      60_000,
    );
    await reader.stop();
    expect(judge(before).inversions).toBe(0);
  });
});
