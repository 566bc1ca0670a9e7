import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Children } from './children.ts';
import { run } from './command.ts';
import type { Say } from './download.ts';
import { brokerAnswers } from './kafka-answers.ts';
import { javaProgram, kafkaJars } from './kafka-programs.ts';
import { type Part, PartUnavailable } from './part.ts';
import { ensureFolder } from './places.ts';
import { waitUntil } from './ports.ts';

/** Settings for one machine: no waiting for a group's first members, no wide internal topics (KRaft, one node). */
export const brokerSettings = {
  'group.initial.rebalance.delay.ms': '0',
  'offsets.topic.num.partitions': '1',
  'offsets.topic.replication.factor': '1',
  'transaction.state.log.num.partitions': '1',
  'transaction.state.log.replication.factor': '1',
  'transaction.state.log.min.isr': '1',
  'share.coordinator.state.topic.num.partitions': '1',
  'share.coordinator.state.topic.replication.factor': '1',
  'share.coordinator.state.topic.min.isr': '1',
  'auto.create.topics.enable': 'false',
} as const;

const properties = (data: string, port: number, controllerPort: number): string =>
  Object.entries({
    'process.roles': 'broker,controller',
    'node.id': '1',
    'controller.quorum.voters': `1@127.0.0.1:${controllerPort}`,
    listeners: `PLAINTEXT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controllerPort}`,
    'advertised.listeners': `PLAINTEXT://127.0.0.1:${port}`,
    'listener.security.protocol.map': 'PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT',
    'controller.listener.names': 'CONTROLLER',
    'inter.broker.listener.name': 'PLAINTEXT',
    'log.dirs': data,
    ...brokerSettings,
  })
    .map(([key, value]) => `${key}=${value}\n`)
    .join('');

const logging = `status = error
appender.out.type = Console
appender.out.name = out
appender.out.layout.type = PatternLayout
appender.out.layout.pattern = %d{ISO8601} %-5p %c{1} %m%n
rootLogger.level = warn
rootLogger.appenderRef.out.ref = out
`;

const flags = [
  '-Xms128m',
  '-Xmx512m',
  '-XX:+UseSerialGC',
  '-XX:TieredStopAtLevel=1',
  '-Dfile.encoding=UTF-8',
];

const format = async (java: string, common: string[], data: string, settings: string): Promise<void> => {
  const bytes = randomBytes(16);
  bytes.writeUInt8(bytes.readUInt8(0) & 0x7f); // an id that begins with a hyphen is taken for an option
  const id = bytes.toString('base64url');
  rmSync(data, { recursive: true, force: true });
  const tool = ['kafka.tools.StorageTool', 'format', '-t', id, '-c', settings];
  const { failed } = await run(java, [...common, ...tool]);
  if (failed) throw new PartUnavailable(`Kafka could not format its data folder ${data}: ${failed}`);
};

/** Starts a broker from jars, on 127.0.0.1 alone; its data stays in the folder. A reason when no jars or no Java. */
export const nativeKafka = async (options: {
  children: Children;
  folder: string;
  say: Say;
  port: number;
  controllerPort: number;
}): Promise<Part | string> => {
  const { children, say, port, controllerPort } = options;
  const jars = await kafkaJars(say);
  if (typeof jars === 'string') return jars;
  const java = await javaProgram(say);
  if (typeof java === 'string') return java;
  const folder = ensureFolder(options.folder);
  const data = join(folder, 'kafka');
  const settings = join(folder, 'kafka.properties');
  const logSettings = join(folder, 'kafka-log4j2.properties');
  writeFileSync(settings, properties(data, port, controllerPort));
  writeFileSync(logSettings, logging);
  const common = [...flags, `-Dlog4j2.configurationFile=${logSettings}`, '-cp', join(jars.libs, '*')];
  const meta = join(data, 'meta.properties');
  if (!existsSync(meta) || !readFileSync(meta, 'utf8').includes('cluster.id'))
    await format(java.java, common, data, settings);
  const server = await children.start({
    name: 'Kafka',
    command: java.java,
    args: [...common, 'kafka.Kafka', settings],
    cwd: folder,
    logFile: join(folder, 'kafka.log'),
    graceMs: 20_000,
  });
  const address = `127.0.0.1:${port}`;
  await waitUntil('Kafka', () => brokerAnswers(address), {
    withinMs: 90_000,
    gaveUp: server.ended,
    everyMs: 100,
  });
  return { name: 'Kafka', address, from: jars.from, keepUp: server.keepUp, stop: server.stop };
};
