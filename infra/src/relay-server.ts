import { z } from 'zod';
import { createBus } from './bus.ts';
import { ConfigError, readConfig } from './config.ts';
import { serve } from './http/serve.ts';
import { createLogger } from './logger.ts';
import { createRelayProcess } from './relay-process.ts';

const replicationVariable = 'GONGSHU_KAFKA_REPLICATION';

/** Copies of each topic; 1 where nothing is set, which suits one broker. @throws ConfigError in one sentence. */
function replicationFrom(env: NodeJS.ProcessEnv): number {
  const text = env[replicationVariable] || '1';
  const parsed = z.coerce.number().int().min(1).max(9).safeParse(text);
  if (parsed.success) return parsed.data;
  throw new ConfigError(`${replicationVariable} is "${text}"; it must be a whole number from 1 to 9.`);
}

try {
  const config = readConfig(['databaseUrl', 'kafkaBrokers', 'port', 'mode']);
  const logger = createLogger('relay');
  const bus = createBus({
    brokers: config.kafkaBrokers,
    clientId: 'gongshu-relay',
    log: (level, message) => logger[level]({ from: 'kafka', said: message }, 'broker client'),
  });
  const relay = createRelayProcess({
    databaseUrl: config.databaseUrl,
    bus,
    logger,
    replication: replicationFrom(process.env),
  });
  await serve(relay.app, { port: config.port, mode: config.mode, logger }, () => relay.close());
} catch (error) {
  if (!(error instanceof ConfigError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
