import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Children } from '../backends/children.ts';
import { mustHaveRoom } from '../backends/disk.ts';
import { startKafka } from '../backends/kafka.ts';
import { kafkaVersion } from '../backends/kafka-programs.ts';
import { dockerEngine } from '../backends/docker.ts';
import { dockerWish } from '../backends/options.ts';
import { type Part, PartUnavailable, reason } from '../backends/part.ts';
import { cacheFolder } from '../backends/places.ts';
import { mustBeFree } from '../backends/ports.ts';
import { startPostgres } from '../backends/postgres.ts';
import { startTemporal } from '../backends/temporal.ts';
import { portOf, portVariable } from './processes.ts';
import { elapsed, say } from './progress.ts';

export type Backends = { postgres: Part; temporal: Part; kafka: Part };

const fetchedBefore = (): boolean => existsSync(join(cacheFolder, `kafka-${kafkaVersion}`));

/** Looked at together and first, so that nothing is started in vain. */
const portsMustBeFree = async (): Promise<void> => {
  const needed = [
    { name: 'postgres', purpose: 'PostgreSQL', address: 'GONGSHU_DATABASE_URL' },
    { name: 'temporal', purpose: 'Temporal', address: 'GONGSHU_TEMPORAL_ADDRESS' },
    { name: 'temporal_ui', purpose: 'the Temporal UI', address: 'GONGSHU_TEMPORAL_ADDRESS' },
    { name: 'kafka', purpose: 'Kafka', address: 'GONGSHU_KAFKA_BROKERS' },
    { name: 'kafka_controller', purpose: "Kafka's controller", address: 'GONGSHU_KAFKA_BROKERS' },
  ] as const;
  for (const { name, purpose, address } of needed)
    if (!process.env[address]) await mustBeFree(portOf(name), purpose, portVariable(name));
};

/**
 * Brings up PostgreSQL, Temporal and Kafka side by side. `keep` takes each as soon as it runs, so that the caller can
 * stop it whatever happens to the others.
 * @throws PartUnavailable with one sentence for each that cannot be had.
 */
export const startBackends = async (
  children: Children,
  folder: string,
  password: string,
  keep: (part: Part) => void,
): Promise<Backends> => {
  mustHaveRoom(folder, 500);
  if (dockerWish() !== 'never') await dockerEngine(); // which removes containers that a killed start left
  await portsMustBeFree();
  if (!fetchedBefore()) mustHaveRoom(cacheFolder, 1000);
  const options = { children, folder, say, docker: dockerWish() };
  const up = async (starting: Promise<Part>): Promise<Part> => {
    const part = await starting;
    keep(part);
    say(`${part.name} ready 就绪 (${part.from})`);
    return part;
  };
  say('starting PostgreSQL, Temporal and Kafka 启动三个后端');
  const begun = await Promise.allSettled([
    up(startPostgres({ ...options, port: portOf('postgres'), password })),
    up(startTemporal({ ...options, port: portOf('temporal'), uiPort: portOf('temporal_ui'), keep: true })),
    up(
      startKafka({
        ...options,
        port: portOf('kafka'),
        controllerPort: portOf('kafka_controller'),
        keep: true,
      }),
    ),
  ]);
  const failed = begun.flatMap((one) => (one.status === 'rejected' ? [one.reason as unknown] : []));
  const unexpected = failed.find((error) => !(error instanceof PartUnavailable));
  if (unexpected) throw unexpected;
  if (failed.length > 0)
    throw new PartUnavailable(failed.map((error) => (error as Error).message).join('\n'));
  const [postgres, temporal, kafka] = begun.map((one) => (one as PromiseFulfilledResult<Part>).value);
  if (!postgres || !temporal || !kafka) throw new Error(`backends after ${elapsed()} s: ${reason(failed)}`);
  return { postgres, temporal, kafka };
};
