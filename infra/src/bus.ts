import { Kafka, type KafkaConfig, logLevel, Partitioners, type Producer } from 'kafkajs';
import { subscribe } from './bus-consumer.ts';

/** What is sent: Kafka's key, headers and bytes. */
export interface BusMessage {
  topic: string;
  key: string;
  headers: Record<string, string>;
  value: string;
}

/** What arrives, with its place. `value` is null where the message had none. */
export interface Delivery {
  topic: string;
  partition: number;
  offset: string;
  key: string | null;
  headers: Record<string, string>;
  value: Buffer | null;
}

/** The broker will never take this message, however often it is sent: too large, or an invalid record. */
export class BusRefused extends Error {
  override readonly name = 'BusRefused';
}
/** The broker could not be asked; nothing is wrong with the messages. Some of them may have arrived. */
export class BusUnavailable extends Error {
  override readonly name = 'BusUnavailable';
}

export interface SubscribeOptions {
  group: string;
  topics: string[];
  /** Called once at a time a partition; the place is committed after it resolves, and it is called again until it does. */
  each: (delivery: Delivery) => Promise<void>;
  /** Milliseconds: how long a member may be silent before its partitions go to another; 30,000 when left out. */
  sessionTimeout?: number;
  heartbeatInterval?: number;
}

export interface Subscription {
  /** Resolves when the group was joined for the first time. */
  joined: Promise<void>;
  /** Finishes the message in hand, commits and leaves. */
  stop(): Promise<void>;
}

/** The one way to Kafka; nothing of the client library shows. */
export interface Bus {
  /** Sends in the given order, acknowledged by all in-sync replicas. Throws BusRefused or BusUnavailable. */
  publish(messages: readonly BusMessage[]): Promise<void>;
  /** Creates what is missing, keeping everything for ever; throws where a topic has another number of partitions. */
  ensureTopics(
    topics: readonly string[],
    options?: { partitions?: number; replication?: number },
  ): Promise<void>;
  /** Joins a group and goes on through broker outages, until stopped. New groups begin at the oldest message. */
  subscribe(options: SubscribeOptions): Subscription;
  close(): Promise<void>;
}

export interface BusOptions {
  brokers: string[];
  clientId: string;
  /** For production: TLS and a user. */
  security?: {
    tls: boolean;
    mechanism: 'scram-sha-256' | 'scram-sha-512';
    username: string;
    password: string;
  };
  /** The client library's own words: warnings of substance, and the noise of reconnecting at debug. */
  log?: (level: 'debug' | 'warn', message: string) => void;
}

/** Larger than this is refused before it is sent: above the broker's request limit it would cut the connection. */
const largestMessage = 16 * 1024 * 1024;
const refusals = new Set([
  'MESSAGE_TOO_LARGE',
  'RECORD_LIST_TOO_LARGE',
  'INVALID_RECORD',
  'INVALID_TIMESTAMP',
]);
const noise = /^(Connection|BrokerPool|Producer|Cluster)$/;

/** A fault of the client library as one of ours, by the broker's code at the end of its chain of causes. */
function translated(error: unknown): BusRefused | BusUnavailable {
  if (error instanceof BusRefused || error instanceof BusUnavailable) return error;
  let type = '';
  for (let cause: unknown = error; cause instanceof Error; cause = cause.cause)
    if ('type' in cause && typeof cause.type === 'string') type = cause.type;
  const message = type || (error instanceof Error ? error.message : String(error));
  return refusals.has(type)
    ? new BusRefused(message, { cause: error })
    : new BusUnavailable(message, { cause: error });
}

function clientOf({ brokers, clientId, security, log = () => {} }: BusOptions): Kafka {
  const { tls, ...user } = security ?? { tls: false };
  return new Kafka({
    brokers,
    clientId,
    ssl: tls,
    ...('username' in user && { sasl: user as NonNullable<KafkaConfig['sasl']> }),
    connectionTimeout: 3_000,
    requestTimeout: 15_000,
    retry: { initialRetryTime: 100, maxRetryTime: 1_000, retries: 3 },
    logLevel: logLevel.WARN,
    logCreator: () => (entry) =>
      log(entry.level > logLevel.WARN || noise.test(entry.namespace) ? 'debug' : 'warn', entry.log.message),
  });
}

/** The idempotent producer, made on first use and made anew after a failure, so that its numbering starts clean. */
function createSender(kafka: Kafka) {
  let producer: Promise<Producer> | undefined;
  const open = async () => {
    const fresh = kafka.producer({
      idempotent: true,
      maxInFlightRequests: 1,
      allowAutoTopicCreation: false,
      createPartitioner: Partitioners.DefaultPartitioner, // murmur2 as the Java client: other clients agree
      retry: { initialRetryTime: 100, maxRetryTime: 1_000, retries: 3 }, // longer waits are the relay's
    });
    await fresh.connect();
    return fresh;
  };
  const discard = async () => {
    const old = producer;
    producer = undefined;
    await old?.then((o) => o.disconnect()).catch(() => {});
  };
  const send = async (messages: readonly BusMessage[]) => {
    if (messages.some(({ value }) => Buffer.byteLength(value) > largestMessage))
      throw new BusRefused(`larger than ${largestMessage} bytes`);
    const byTopic = Map.groupBy(messages, ({ topic }) => topic);
    const topicMessages = [...byTopic].map(([topic, list]) => ({ topic, messages: list }));
    try {
      producer ??= open();
      await (await producer).sendBatch({ acks: -1, topicMessages });
    } catch (error) {
      await discard();
      throw translated(error);
    }
  };
  return { send, discard };
}

/** A topic just made is not known to the whole broker at once; asked again for up to ten seconds. */
async function onceKnown<T>(ask: () => Promise<T>): Promise<T> {
  const until = Date.now() + 10_000;
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      const { type } = error as { type?: string };
      const making = type === 'UNKNOWN_TOPIC_OR_PARTITION' || type === 'LEADER_NOT_AVAILABLE';
      if (!making || Date.now() > until) throw error;
      await new Promise((go) => setTimeout(go, 100));
    }
  }
}

async function ensureTopics(
  kafka: Kafka,
  topics: readonly string[],
  partitions: number,
  replication: number,
) {
  const admin = kafka.admin();
  try {
    await admin.connect();
    const known = new Set(await admin.listTopics());
    const missing = topics.filter((topic) => !known.has(topic));
    await admin.createTopics({
      waitForLeaders: false,
      topics: missing.map((topic) => ({
        topic,
        numPartitions: partitions,
        replicationFactor: replication,
        configEntries: [{ name: 'retention.ms', value: '-1' }],
      })),
    });
    const described = await onceKnown(() => admin.fetchTopicMetadata({ topics: [...topics] }));
    for (const { name, partitions: found } of described.topics)
      if (found.length !== partitions)
        throw new RangeError(
          `Topic ${name} has ${found.length} partitions instead of ${partitions}: order by key would break`,
        );
  } catch (error) {
    throw error instanceof RangeError ? error : translated(error);
  } finally {
    await admin.disconnect().catch(() => {});
  }
}

/** Opens nothing until it is used. */
export function createBus(options: BusOptions): Bus {
  const kafka = clientOf(options);
  const sender = createSender(kafka);
  const subscriptions = new Set<Subscription>();
  return {
    publish: (messages) => (messages.length === 0 ? Promise.resolve() : sender.send(messages)),
    ensureTopics: (topics, { partitions = 4, replication = 1 } = {}) =>
      ensureTopics(kafka, topics, partitions, replication),
    subscribe: (wanted) => {
      const subscription = subscribe(kafka, wanted);
      subscriptions.add(subscription);
      return subscription;
    },
    close: async () => {
      await Promise.all([...subscriptions].map((subscription) => subscription.stop()));
      await sender.discard();
    },
  };
}
