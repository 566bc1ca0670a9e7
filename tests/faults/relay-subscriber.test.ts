// The reference subscriber on a real broker: every event once, in one transaction with its effect.
import { randomBytes, randomUUID } from 'node:crypto';
import { type Bus, type BusMessage, createBus } from '@gongshu/infra/bus';
import { connect } from '@gongshu/infra/database';
import { createSubscriber, type Subscriber, type SubscriberOptions } from '@gongshu/infra/subscriber';
import { type Kysely, sql } from 'kysely';
import { type TestDatabase, testDatabase, testKafka } from '../support/parts.ts';
import { message, until } from './relay-events.ts';

jest.setTimeout(120_000);
let database: TestDatabase;
let db: Kysely<any>;
let bus: Bus;
const running = new Set<Subscriber>();

beforeAll(async () => {
  const [{ brokers }, own] = await Promise.all([testKafka(), testDatabase()]);
  database = own;
  db = connect<any>(database.url, { schema: 'disclosure', max: 6 });
  bus = createBus({ brokers, clientId: 'subscriber-test' });
  await sql`create table effect (consumer text, event_id text)`.execute(db);
});
afterEach(async () => {
  await Promise.all([...running].map((subscriber) => subscriber.stop()));
  running.clear();
});
afterAll(async () => {
  await bus.close();
  await db.destroy();
  await database.drop();
});

const newTopic = async () => {
  const topic = `t-${randomUUID()}`;
  await bus.ensureTopics([topic]);
  return topic;
};
const subscribe = (topic: string, options: Partial<SubscriberOptions> = {}) => {
  const consumer = options.consumer ?? `c-${topic}`;
  const subscriber = createSubscriber({
    bus,
    db,
    consumer,
    topics: [topic],
    handle: async ({ id }, trx) => {
      await sql`insert into effect (consumer, event_id) values (${consumer}, ${id})`.execute(trx);
    },
    timing: { sessionTimeout: 6_000, heartbeatInterval: 500 },
    ...options,
  });
  running.add(subscriber);
  return subscriber;
};
const effects = async (topic: string) =>
  (
    await sql<{
      event_id: string;
    }>`select event_id from effect where consumer = ${`c-${topic}`} order by 1`.execute(db)
  ).rows.map(({ event_id }) => event_id);
const parked = async (topic: string) =>
  (
    await sql<{
      id: number;
      reason: string;
    }>`select id, reason from dead_letter where topic = ${topic} and released_at is null order by id`.execute(
      db,
    )
  ).rows;
const gaps = async (topic: string) =>
  (
    await sql<{
      kind: string;
      expected: number;
      received: number;
    }>`select kind, expected, received from event_gap where topic = ${topic} order by id`.execute(db)
  ).rows;

describe('the reference subscriber', () => {
  it('handles an event once however often it is delivered, also after a restart', async () => {
    const topic = await newTopic();
    const messages = [1, 2, 3].map((version) => message(topic, 'GS-1', version));
    await bus.publish([...messages, ...messages]);
    const first = subscribe(topic);
    await until(
      () => ({ ...first.counts }),
      ({ handled, duplicates }) => handled + duplicates === 6,
    );
    await first.stop();
    await bus.publish([...messages, message(topic, 'GS-1', 4)]);
    const second = subscribe(topic);
    await until(
      () => ({ ...second.counts }),
      ({ handled, duplicates }) => handled + duplicates === 4,
    );
    expect(first.counts).toMatchObject({ handled: 3, duplicates: 3, gaps: 0, inversions: 0 });
    expect(second.counts).toMatchObject({ handled: 1, duplicates: 3, gaps: 0, inversions: 0 });
    expect(await effects(topic)).toEqual(['GS-1-1', 'GS-1-2', 'GS-1-3', 'GS-1-4']);
  });

  it('finds a missing event and one that comes behind a later one, and no gap where the other topic has the number', async () => {
    const topic = await newTopic();
    const found: unknown[] = [];
    const subscriber = subscribe(topic, { report: (finding) => found.push(finding.kind) });
    await bus.publish([
      message(topic, 'GS-2', 1),
      message(topic, 'GS-2', 3, 1), // 2 went to the other topic
      message(topic, 'GS-2', 6, 5), // 4 and 5 are missing
      message(topic, 'GS-2', 5, 3),
      message(topic, 'GS-3', 1),
    ]);
    await until(
      () => subscriber.counts.handled,
      (handled) => handled === 5,
    );
    expect(found).toEqual(['gap', 'inversion']);
    expect(await gaps(topic)).toEqual([
      { kind: 'gap', expected: 5, received: 3 },
      { kind: 'inversion', expected: 3, received: 6 },
    ]);
    expect(subscriber.counts).toMatchObject({ gaps: 1, inversions: 1 });
  });

  it('parks what is no event or breaks its schema, skips types it does not know, and goes on', async () => {
    const topic = await newTopic();
    const good = message(topic, 'GS-4', 1);
    const spoilt = (changes: Partial<BusMessage>): BusMessage => ({ ...good, ...changes });
    const header = (name: string, text: string) => ({ headers: { ...good.headers, [name]: text } });
    const { ce_id: _, ...withoutId } = good.headers;
    await bus.publish([
      spoilt({ value: '{"caseNo": ' }),
      spoilt({ value: '{"caseNo": "GS-4"}', ...header('ce_id', 'incomplete') }),
      spoilt({ headers: withoutId }),
      spoilt({ headers: { 'x-\0': '\0' } }),
      spoilt(header('ce_subject', `GS\0${randomBytes(5_000).toString('hex')}`)),
      spoilt(header('ce_type', 'cn.gongshu.application.teleported.v1')),
      spoilt(header('ce_type', 'org.example.hello')),
      spoilt({
        value: JSON.stringify({ ...JSON.parse(good.value), laterField: 'added by a newer publisher' }),
      }),
      message(topic, 'GS-4', 2),
    ]);
    const subscriber = subscribe(topic);
    await until(
      () => ({ ...subscriber.counts }),
      ({ handled, skipped, parked: p }) => handled + skipped + p === 9,
    );
    expect(subscriber.counts).toMatchObject({ handled: 2, skipped: 2, parked: 5 });
    const reasons = (await parked(topic)).map(({ reason }) => reason.replace(/: .*/, ''));
    expect(reasons).toEqual([
      'the value is not JSON',
      'data breaks the schema of application.accepted.v1',
      'no id',
      'no specversion',
      'handler failed 5 times',
    ]);
  });

  it('parks a message whose handler keeps failing, leaves no half of its effect, and takes it again when told to', async () => {
    const topic = await newTopic();
    let broken = true;
    const subscriber = subscribe(topic, {
      tries: 2,
      handle: async ({ id, sequence }, trx) => {
        await sql`insert into effect (consumer, event_id) values (${`c-${topic}`}, ${id})`.execute(trx);
        if (broken && Number(sequence) === 2) throw new Error('a fault of ours');
      },
    });
    await bus.publish([1, 2, 3].map((version) => message(topic, 'GS-5', version)));
    await until(
      () => subscriber.counts.handled,
      (handled) => handled === 2,
    );
    expect(await effects(topic)).toEqual(['GS-5-1', 'GS-5-3']);
    const [waiting] = await parked(topic);
    await expect(subscriber.redeliver(waiting!.id, 'op-1')).rejects.toThrow('a fault of ours');
    broken = false;
    expect(await subscriber.redeliver(waiting!.id, 'op-1')).toBe(true);
    expect(await subscriber.redeliver(waiting!.id, 'op-1')).toBe(false);
    expect(await effects(topic)).toEqual(['GS-5-1', 'GS-5-2', 'GS-5-3']);
    expect(await parked(topic)).toEqual([]);
  });

  it('waits while its database is away, parks nothing for that, and loses nothing', async () => {
    const topic = await newTopic();
    const own = connect<any>(`${database.url}?lock_timeout=200`, { schema: 'disclosure' });
    const lock = await db.startTransaction().execute();
    // Parking would go through: a message set aside because the database was away would wait for an operator.
    await sql`lock table processed_event in access exclusive mode`.execute(lock);
    /** The tries to claim the message that wait now, by when each began. */
    const waiting = async () =>
      (
        await sql<{ began: string }>`
          select query_start::text as began from pg_stat_activity
          where datname = current_database() and wait_event_type = 'Lock'`.execute(db)
      ).rows.map(({ began }) => began);
    try {
      const subscriber = subscribe(topic, { db: own, tries: 1 });
      await bus.publish([message(topic, 'GS-6', 1)]);
      const [first] = await until(waiting, ({ length }) => length > 0);
      await until(
        async () => ({ again: (await waiting())[0], ...subscriber.counts }),
        ({ again, parked: p }) => p > 0 || (again !== undefined && again !== first), // turned away at least once
      );
      expect(subscriber.counts).toMatchObject({ handled: 0, parked: 0 });
      await lock.rollback().execute();
      await until(
        () => ({ ...subscriber.counts }),
        ({ handled, parked: p }) => handled + p === 1,
      );
      expect(subscriber.counts).toMatchObject({ handled: 1, parked: 0 });
      expect(await effects(topic)).toEqual(['GS-6-1']);
      await subscriber.stop();
    } finally {
      if (!lock.isRolledBack) await lock.rollback().execute();
      await own.destroy();
    }
  });
});
