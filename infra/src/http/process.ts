import type { ServiceName } from '@gongshu/shared/events';
import type { FastifyInstance } from 'fastify';
import { type Kysely, sql } from 'kysely';
import { readConfig } from '../config.ts';
import { connect } from '../database.ts';
import { createLogger } from '../logger.ts';
import { createVerifier } from './identity.ts';
import { serve } from './serve.ts';
import type { ServiceDeps } from './types.ts';

/** The law's instant where no sandbox moves it: the database's clock, one for all processes. */
const databaseNow = async (db: Kysely<unknown>): Promise<Date> => {
  const { rows } = await sql<{ now: Date }>`select clock_timestamp() as now`.execute(db);
  const now = rows[0]?.now;
  if (!now) throw new Error('The database gave no time');
  return now;
};

/** What a service's process starts from: its dependencies out of the environment, and the way to run the app made of them. */
export type ServiceProcess = {
  deps: ServiceDeps;
  /** Listens until told to stop; then the app, `after` in turn, and the database connections are closed. */
  run: (app: FastifyInstance, ...after: readonly (() => Promise<unknown>)[]) => Promise<void>;
};

/** Reads the environment that every service needs. @throws ConfigError with a sentence for each wrong value. */
export const serviceProcess = (name: ServiceName): ServiceProcess => {
  const config = readConfig(['databaseUrl', 'issuerUrl', 'mode', 'port', 'sandboxStart']);
  const logger = createLogger(name);
  const db = connect<unknown>(config.databaseUrl, { schema: name });
  return {
    deps: {
      db,
      logger,
      verify: createVerifier({ issuer: config.issuerUrl }),
      lawNow: () => databaseNow(db),
      sandbox: config.sandboxStart !== undefined,
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
