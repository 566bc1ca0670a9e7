import pg from 'pg';
import { PartUnavailable, reason } from './part.ts';

/** Runs `act` on one connection and closes it. */
export const withClient = async <T>(url: string, act: (client: pg.Client) => Promise<T>): Promise<T> => {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5000 });
  client.on('error', () => {}); // a lost connection fails the query that runs on it
  await client.connect();
  try {
    return await act(client);
  } finally {
    await client.end();
  }
};

/** Whether the server takes queries. @throws PartUnavailable when it refuses the password: no waiting cures that. */
export const isReady = async (url: string): Promise<boolean> => {
  try {
    await withClient(url, (client) => client.query('select 1'));
    return true;
  } catch (error) {
    if ((error as { code?: string }).code !== '28P01') return false;
    throw new PartUnavailable(
      `PostgreSQL refuses the password kept in the data folder (${reason(error)}); restore secrets.json there, or remove the folder to begin anew`,
    );
  }
};

/**
 * Makes the role and the database `gongshu` when missing. The role owns the database but is no superuser.
 * @returns the role's connection URL.
 */
export const ensureDatabase = async (adminUrl: string, password: string): Promise<string> => {
  await withClient(adminUrl, async (client) => {
    const has = async (query: string) => (await client.query(query)).rowCount !== 0;
    const secret = client.escapeLiteral(password);
    if (!(await has(`select 1 from pg_roles where rolname = 'gongshu'`)))
      await client.query(`create role gongshu login createdb createrole password ${secret}`);
    if (!(await has(`select 1 from pg_database where datname = 'gongshu'`)))
      await client.query('create database gongshu owner gongshu');
  });
  const url = new URL(adminUrl);
  url.username = 'gongshu';
  url.password = password;
  url.pathname = '/gongshu';
  return url.toString();
};
