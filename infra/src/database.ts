import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';

const int8 = 20;
const date = 1082;

/** int8 as a number when it is safe; past 2^53 an error rather than a rounded number. */
function safeInteger(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`int8 ${text} is past the safe integers`);
  return value;
}

/** How PostgreSQL values arrive: int8 as number, date as 'YYYY-MM-DD', timestamptz as Date, numeric as string. */
const types: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') => {
    if (format !== 'binary' && oid === int8) return safeInteger;
    if (format !== 'binary' && oid === date) return (text: string) => text;
    return pg.types.getTypeParser(oid, format);
  }) as typeof pg.types.getTypeParser,
};

export interface ConnectOptions {
  /** The one schema this process works in; it becomes the search path. */
  schema: string;
  /** Connections at most; 10 when left out. */
  max?: number;
}

/**
 * A pool of connections bound to one schema. Lazy: nothing is opened before the first query.
 * A connection is given up on after 5 s, a statement after 30 s, a lock after 10 s, a forgotten
 * transaction after 60 s: a stuck database becomes an error, never a hang. Close with `destroy()`.
 */
export function connect<DB>(url: string, { schema, max = 10 }: ConnectOptions): Kysely<DB> {
  const pool = new pg.Pool({
    connectionString: url,
    max,
    types,
    application_name: `gongshu-${schema}`,
    connectionTimeoutMillis: 5_000,
    statement_timeout: 30_000,
    lock_timeout: 10_000,
    idle_in_transaction_session_timeout: 60_000,
    options: `-c search_path=${schema}`,
  });
  // An idle connection that the server drops is already out of the pool; the next query opens another.
  pool.on('error', () => {});
  return new Kysely<DB>({ dialect: new PostgresDialect({ pool }) });
}

/** The same database as another user: `url` with user and password replaced. */
export function urlAs(url: string, user: string, password: string): string {
  const other = new URL(url);
  other.username = encodeURIComponent(user);
  other.password = encodeURIComponent(password);
  return other.href;
}
