import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Migration, Migrator } from 'kysely/migration';
import pg from 'pg';
import { connect } from './database.ts';

const root = join(import.meta.dirname, '..', '..');

/** In this order: what the services' tables rest on comes first. */
const folders = [
  { name: 'platform', path: join(root, 'infra', 'migrations') },
  ...['catalog', 'registry', 'pricing', 'disclosure'].map((name) => ({
    name,
    path: join(root, 'services', name, 'migrations'),
  })),
];

/** Any number will do, as long as every migrate takes the same one. */
const advisoryLock = 7_106_421;

/** The database roles the migrations create, each without a login until it has a password. */
export const databaseRoles = [
  'gongshu_catalog',
  'gongshu_registry',
  'gongshu_pricing',
  'gongshu_disclosure',
  'gongshu_relay',
] as const;
export type DatabaseRole = (typeof databaseRoles)[number];

async function migrationsIn(path: string): Promise<Record<string, Migration>> {
  if (!existsSync(path)) return {};
  const files = (await readdir(path)).filter((file) => file.endsWith('.ts')).sort();
  const loaded = files.map(async (file) => [file.slice(0, -3), await import(join(path, file))] as const);
  return Object.fromEntries(await Promise.all(loaded));
}

async function migrateFolder(url: string, { name, path }: (typeof folders)[number]): Promise<string[]> {
  const db = connect<unknown>(url, { schema: name, max: 2 });
  try {
    const migrator = new Migrator({
      db,
      provider: { getMigrations: () => migrationsIn(path) },
      migrationTableSchema: 'platform',
      migrationTableName: `migration_${name}`,
      migrationLockTableName: `migration_lock_${name}`,
      allowUnorderedMigrations: true, // two branches of one day meet in either order
    });
    const { error, results = [] } = await migrator.migrateToLatest();
    const failed = results.find(({ status }) => status === 'Error');
    if (error) {
      const why = error instanceof Error ? error.message : JSON.stringify(error);
      throw new Error(`Migration ${name}/${failed?.migrationName ?? '?'} failed: ${why}`, { cause: error });
    }
    return results.map(({ migrationName }) => `${name}/${migrationName}`);
  } finally {
    await db.destroy();
  }
}

/**
 * Brings the database to the newest schema, as the owner that `databaseUrl` names (it must be able to
 * create schemas and roles). Safe to run twice and from several processes at once: one works, the
 * others wait and find nothing to do. Returns what was run, as `folder/name`; a failed migration
 * leaves nothing of its folder's run behind and throws with its name.
 */
export async function migrate(databaseUrl: string): Promise<string[]> {
  const guard = new pg.Client({ connectionString: databaseUrl, application_name: 'gongshu-migrate' });
  await guard.connect();
  try {
    await guard.query('select pg_advisory_lock($1)', [advisoryLock]);
    const done: string[] = [];
    for (const folder of folders) done.push(...(await migrateFolder(databaseUrl, folder)));
    return done;
  } finally {
    await guard.end(); // the lock goes with the session
  }
}

/**
 * Lets the roles log in, each with its own password. Run by the starter, as the owner, on every start:
 * passwords never stand in a migration. Roles belong to the whole server, so two databases of one
 * server share them; a clash of two setters is tried again.
 */
export async function setServicePasswords(
  databaseUrl: string,
  passwords: Partial<Record<DatabaseRole, string>>,
): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl, application_name: 'gongshu-migrate' });
  await client.connect();
  try {
    for (const role of databaseRoles) {
      const password = passwords[role];
      if (password === undefined) continue;
      const statement = `alter role ${role} login password ${client.escapeLiteral(password)}`;
      for (let tries = 1; ; tries += 1) {
        try {
          await client.query(statement);
          break;
        } catch (error) {
          if (tries === 5) throw new Error(`Could not set the password of ${role}`, { cause: error });
          await sleep(50 * tries);
        }
      }
    }
  } finally {
    await client.end();
  }
}
