import { randomUUID } from 'node:crypto';
import pg from 'pg';

const ask = async (part: string): Promise<Record<string, string>> => {
  const keeper = process.env['GONGSHU_TEST_KEEPER'];
  if (!keeper) throw new Error('no keeper of test parts: run this file with jest from the project folder');
  const response = await fetch(`${keeper}/${part}`);
  const body = (await response.json()) as Record<string, string>;
  if (!response.ok) throw new Error(body['sentence'] ?? `the test part ${part} cannot be had`);
  return body;
};

const must = (body: Record<string, string>, key: string): string => {
  const value = body[key];
  if (value === undefined) throw new Error(`the keeper named no ${key}`);
  return value;
};

/** 55006: another clone of the template is being made, or a session that was cut is not quite gone. */
const busy = (error: unknown): boolean => (error as { code?: string }).code === '55006';

/** Statements on a connection of their own, each again while it finds the database busy. */
const execute = async (url: string, ...statements: string[]): Promise<void> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    for (const statement of statements)
      for (let tries = 1; ; tries++) {
        try {
          await client.query(statement);
          break;
        } catch (error) {
          if (!busy(error) || tries === 20) throw error;
          await new Promise((resolve) => setTimeout(resolve, 250));
        }
      }
  } finally {
    await client.end();
  }
};

export type TestDatabase = {
  /** Connection URL of an own, fully migrated, empty database. */
  url: string;
  /** Drops it, cutting whoever is still connected. */
  drop: () => Promise<void>;
};

/** A migrated database for this test file alone: a clone of the run's template (20–130 ms). */
export const testDatabase = async (): Promise<TestDatabase> => {
  const server = await ask('postgres');
  const url = must(server, 'url');
  const name = `t_${randomUUID().replaceAll('-', '')}`;
  await execute(url, `create database ${name} template ${must(server, 'template')} strategy file_copy`);
  const own = new URL(url);
  own.pathname = `/${name}`;
  return {
    url: own.toString(),
    // Not `with (force)`: that would cut the server's own vacuum too, which only its superuser may; a plain drop ends it.
    drop: () =>
      execute(
        url,
        `alter database ${name} with allow_connections false`,
        `select pg_terminate_backend(pid) from pg_stat_activity
         where datname = '${name}' and backend_type = 'client backend'`,
        `drop database ${name}`,
      ),
  };
};

/** The run's Kafka broker. Topics are not made by use: create them, with names and group ids of your own. */
export const testKafka = async (): Promise<{ brokers: string[] }> => ({
  brokers: must(await ask('kafka'), 'brokers').split(','),
});

/** The run's Temporal dev server (visibility, schedules, UI). Take your own task queue and workflow ids. */
export const testTemporal = async (): Promise<{
  address: string;
  namespace: string;
  page: string | undefined;
}> => {
  const server = await ask('temporal');
  return { address: must(server, 'address'), namespace: 'default', page: server['page'] };
};

/**
 * What `TestWorkflowEnvironment.createTimeSkipping` takes. Without a server on this machine the SDK loads its own.
 */
export const timeSkippingServer = async (): Promise<
  { server: { executable: { type: 'existing-path'; path: string } } } | Record<string, never>
> => {
  const { path } = await ask('timeskipping');
  return path ? { server: { executable: { type: 'existing-path', path } } } : {};
};

/** `Worker.create({ workflowBundle: await workflowBundle(), … })`: the workflows, bundled once a run. */
export const workflowBundle = async (): Promise<{ codePath: string }> => ({
  codePath: must(await ask('bundle'), 'path'),
});
