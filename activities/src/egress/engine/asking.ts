import type { DuckDBConnection } from '@duckdb/node-api';
import { asRefusal } from './faults.ts';
import { mustGoOn } from './refused.ts';

/** Runs one statement and gives its rows. @throws Refused when stopped, or when memory or room do not suffice. */
export type Ask = (sql: string) => Promise<unknown[][]>;

/** Does a work of many statements; a stop reaches into the statement that is running. */
export const whileAsking = async <T>(
  connection: DuckDBConnection,
  signal: AbortSignal | undefined,
  work: (ask: Ask) => Promise<T>,
): Promise<T> => {
  const interrupt = () => connection.interrupt();
  signal?.addEventListener('abort', interrupt);
  try {
    return await work(async (sql) => {
      mustGoOn(signal);
      try {
        return (await connection.runAndReadAll(sql)).getRows();
      } catch (error) {
        throw asRefusal(error, signal);
      }
    });
  } finally {
    signal?.removeEventListener('abort', interrupt);
  }
};
