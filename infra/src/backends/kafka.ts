import { startContainer, volumeFor } from './docker.ts';
import { brokerAnswers } from './kafka-answers.ts';
import { brokerSettings, nativeKafka } from './kafka-native.ts';
import { type BackendOptions, waysInOrder } from './options.ts';
import { firstThatWorks, type Part, PartUnavailable } from './part.ts';

export type KafkaOptions = BackendOptions & {
  port: number;
  /** KRaft's own port; nobody else speaks to it. */
  controllerPort: number;
  keep: boolean;
};

/** The image that docker-compose.yml names too. */
export const kafkaImage = 'apache/kafka:4.1.0';

const container = async ({ folder, port, keep, say }: KafkaOptions): Promise<Part | string> => {
  const own = Object.entries(brokerSettings).map(([key, value]) => [
    `KAFKA_${key.replaceAll('.', '_').toUpperCase()}`,
    value,
  ]);
  const started = await startContainer(
    (host) => ({
      name: 'kafka',
      image: kafkaImage,
      inside: 9092,
      port,
      env: {
        KAFKA_NODE_ID: '1',
        KAFKA_PROCESS_ROLES: 'broker,controller',
        KAFKA_CONTROLLER_QUORUM_VOTERS: '1@localhost:9093',
        // The broker calls itself by INSIDE: the address it tells others is not one it can reach.
        KAFKA_LISTENERS: 'PLAINTEXT://0.0.0.0:9092,CONTROLLER://localhost:9093,INSIDE://localhost:9094',
        KAFKA_ADVERTISED_LISTENERS: `PLAINTEXT://${host}:${port},INSIDE://localhost:9094`,
        KAFKA_LISTENER_SECURITY_PROTOCOL_MAP: 'PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT,INSIDE:PLAINTEXT',
        KAFKA_CONTROLLER_LISTENER_NAMES: 'CONTROLLER',
        KAFKA_INTER_BROKER_LISTENER_NAME: 'INSIDE',
        KAFKA_LOG_DIRS: '/var/lib/kafka/data',
        ...Object.fromEntries(own),
      },
      ...(keep ? { keep: { volume: volumeFor(folder, 'kafka'), path: '/var/lib/kafka/data' } } : {}),
      say,
    }),
    (host) => brokerAnswers(`${host}:${port}`),
  );
  if (typeof started === 'string') return started;
  return {
    name: 'Kafka',
    address: `${started.host}:${port}`,
    from: `Docker image ${kafkaImage}`,
    stop: started.stop,
  };
};

/**
 * Kafka (KRaft, no ZooKeeper) at GONGSHU_KAFKA_BROKERS, in a container, or from jars. Its address is host:port,….
 * @throws PartUnavailable in one sentence.
 */
export const startKafka = async (options: KafkaOptions): Promise<Part> => {
  const address = process.env['GONGSHU_KAFKA_BROKERS'];
  if (address) {
    if (await brokerAnswers(address))
      return { name: 'Kafka', address, from: 'GONGSHU_KAFKA_BROKERS', stop: async () => {} };
    throw new PartUnavailable(
      `Kafka does not answer at GONGSHU_KAFKA_BROKERS (${address}); start it, or unset the variable and one is started here`,
    );
  }
  return await firstThatWorks(
    'Kafka',
    waysInOrder(options, 'kafka', {
      container: () => container(options),
      native: { called: 'the Kafka broker', find: () => nativeKafka(options) },
    }),
    'apt-get install -y maven python3-pip, or set KAFKA_HOME to an unpacked Kafka 4',
  );
};
