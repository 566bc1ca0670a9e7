import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import type { ReadLimits } from './table.ts';

export type Workspace = { folder: string; connection: DuckDBConnection; close: () => void };

/**
 * A DuckDB database in a folder of its own, with bounded memory; what does not fit goes to that folder.
 * Extensions are neither installed nor loaded, whatever a file asks for.
 */
export const openWorkspace = async (limits: ReadLimits, tempFolder = tmpdir()): Promise<Workspace> => {
  const folder = mkdtempSync(join(tempFolder, 'gongshu-egress-'));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  try {
    const instance = await DuckDBInstance.create(join(folder, 'tables.duckdb'), {
      memory_limit: `${Math.floor(limits.memoryBytes / 1024)}KiB`,
      threads: String(limits.threads),
      temp_directory: join(folder, 'spill'),
      max_temp_directory_size: `${Math.floor(limits.diskBytes / 1024)}KiB`,
      autoinstall_known_extensions: 'false',
      autoload_known_extensions: 'false',
      preserve_insertion_order: 'true',
    });
    const connection = await instance.connect();
    await connection.run("set force_compression = 'uncompressed'"); // written once, read a few times: half the time
    await connection.run("set TimeZone = 'UTC'");
    const close = () => {
      connection.closeSync();
      instance.closeSync();
      remove();
    };
    return { folder, connection, close };
  } catch (error) {
    remove();
    throw error;
  }
};
