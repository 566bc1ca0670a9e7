import type { ServiceName } from '@gongshu/shared/events';
import type { FastifyInstance } from 'fastify';
import { sql } from 'kysely';
import { readConfig } from '../config.ts';
import { connect } from '../database.ts';
import { lawNow } from '../law-clock.ts';
import { createLogger } from '../logger.ts';
import { createVerifier } from './identity.ts';
import { serve } from './serve.ts';
import type { ServiceDeps } from './types.ts';

/** What a service's process starts from: its dependencies out of the environment, and the way to run the app made of them. */
export type ServiceProcess = {
  deps: ServiceDeps;
  /** Listens until told to stop; then the app, `after` in turn, and the database connections are closed. */
  run: (app: FastifyInstance, ...after: readonly (() => Promise<unknown>)[]) => Promise<void>;
};

/** Reads the environment that every service needs. @throws ConfigError with a sentence for each wrong value. */
export const serviceProcess = (name: ServiceName): ServiceProcess => {
  const config = readConfig(['databaseUrl', 'issuerUrl', 'mode', 'port', 'trustedProxies']);
  const logger = createLogger(name);
  const db = connect<unknown>(config.databaseUrl, { schema: name });
  return {
    deps: {
      db,
      logger,
      verify: createVerifier({ issuer: config.issuerUrl }),
      lawNow: () => lawNow(db),
      sandbox: config.mode === 'development',
      trustedProxies: config.trustedProxies,
      checks: { database: () => sql`select 1`.execute(db) },
    },
    run: (app, ...after) =>
      serve(app, { port: config.port, mode: config.mode, logger }, ...after, () => db.destroy()),
  };
};

/** What a person can put right; everything else is a fault and keeps its stack. */
const told = new Set(['ConfigError', 'PacksRefused']);

/** Runs a process's `main`; a wrong environment or pack ends it with its sentences on standard error. */
export const start = async (main: () => Promise<void>): Promise<void> => {
  try {
    await main();
  } catch (error) {
    if (!(error instanceof Error) || !told.has(error.name)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
};
