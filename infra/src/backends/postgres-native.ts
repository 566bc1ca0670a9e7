import { chmodSync, chownSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Account, databaseAccount, openHome, reachable } from './account.ts';
import type { Children } from './children.ts';
import { run } from './command.ts';
import { type Part, PartUnavailable } from './part.ts';
import { ensureFolder } from './places.ts';
import { waitUntil } from './ports.ts';
import { ensureDatabase, isReady } from './postgres-database.ts';
import { type PostgresPrograms, postgresPrograms } from './postgres-programs.ts';

export type NativePostgres = {
  children: Children;
  /** The cluster stands in a folder `postgres` below it; logs beside. */
  folder: string;
  port: number;
  /** Of both the superuser and the role `gongshu`. */
  password: string;
  /** Durability switched off: only for data that may be lost (tests). */
  fast?: boolean;
};

const superuser = 'postgres';

/** The folder itself, or where the account cannot enter it, one in /var/lib/gongshu that belongs to the same data. */
const clusterHome = async (folder: string, account: Account | undefined): Promise<string> =>
  (await reachable(folder, account)) ? folder : ensureFolder(openHome(folder));

const locale = process.platform === 'linux' ? 'C.UTF-8' : 'en_US.UTF-8';

const initialise = async (
  programs: PostgresPrograms,
  data: string,
  account: Account | undefined,
  password: string,
) => {
  const passwordFile = `${data}.password`;
  mkdirSync(data, { mode: 0o700 });
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (account) for (const file of [data, passwordFile]) chownSync(file, account.uid, account.gid);
  const args = ['-D', data, '-U', superuser, '--auth=scram-sha-256', `--pwfile=${passwordFile}`];
  const { failed } = await run(programs.initdb, [...args, '--encoding=UTF8', `--locale=${locale}`], {
    account,
    cwd: '/',
    env: { PATH: process.env['PATH'], LC_ALL: 'C' },
  });
  rmSync(passwordFile);
  if (!failed) return;
  rmSync(data, { recursive: true, force: true });
  throw new PartUnavailable(`PostgreSQL could not make its data folder ${data}: ${failed}`);
};

const mustMatch = (programs: PostgresPrograms, data: string) => {
  const made = Number.parseInt(readFileSync(join(data, 'PG_VERSION'), 'utf8'), 10);
  if (made === programs.major) return;
  throw new PartUnavailable(
    `The data in ${data} was made by PostgreSQL ${made} and this machine has ${programs.major}; install ${made}, or give another folder: GONGSHU_DATA_DIR=.data/other npm start`,
  );
};

/** Starts PostgreSQL from binaries on this machine, on 127.0.0.1 alone. A reason (string) when there are none. */
export const nativePostgres = async (options: NativePostgres): Promise<Part | string> => {
  const { children, port, password } = options;
  const account = await databaseAccount();
  const programs = await postgresPrograms(account);
  if (typeof programs === 'string') return programs;
  const home = await clusterHome(ensureFolder(options.folder), account);
  const data = join(home, 'postgres');
  // A cluster without PG_VERSION is one whose making was interrupted.
  if (!existsSync(join(data, 'PG_VERSION'))) {
    rmSync(data, { recursive: true, force: true });
    await initialise(programs, data, account, password);
  } else mustMatch(programs, data);
  chmodSync(data, 0o700);
  const durability = options.fast ? ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off'] : [];
  const settings = [
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    'max_connections=300',
    'timezone=UTC',
    'log_timezone=UTC',
    ...durability,
  ];
  const server = await children.start({
    name: 'PostgreSQL',
    command: programs.postgres,
    args: ['-D', data, '-p', String(port), ...settings.flatMap((setting) => ['-c', setting])],
    account,
    cwd: '/',
    logFile: join(options.folder, 'postgres.log'),
    stopSignal: 'SIGINT',
    graceMs: 20_000,
  });
  const admin = `postgres://${superuser}:${password}@127.0.0.1:${port}/postgres`;
  await waitUntil('PostgreSQL', () => isReady(admin), { withinMs: 60_000, gaveUp: server.ended });
  return {
    name: 'PostgreSQL',
    address: await ensureDatabase(admin, password),
    from: `${programs.from}, version ${programs.major}`,
    keepUp: server.keepUp,
    stop: server.stop,
  };
};
