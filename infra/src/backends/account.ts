import { cpSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './command.ts';
import { PartUnavailable } from './part.ts';
import { ensureFolder, projectFolder, shortHash } from './places.ts';

/** A system account other than ours. */
export type Account = { uid: number; gid: number };

const idOf = async (flag: '-u' | '-g', user: string): Promise<number | undefined> => {
  const { out, failed } = await run('id', [flag, user]);
  return failed ? undefined : Number(out.trim());
};

/**
 * PostgreSQL refuses to run as root. Then it runs as `postgres`, or as `nobody` where there is no such user; nothing
 * is added to the system. `undefined` means: as ourselves.
 */
export const databaseAccount = async (): Promise<Account | undefined> => {
  if (process.getuid?.() !== 0) return undefined;
  for (const user of ['postgres', 'nobody']) {
    const uid = await idOf('-u', user);
    const gid = await idOf('-g', user);
    if (uid !== undefined && gid !== undefined) return { uid, gid };
  }
  throw new PartUnavailable(
    'PostgreSQL does not run as root and this system has neither a user postgres nor nobody; run npm start as an ordinary user',
  );
};

/** Whether that account can enter the folder or run the file. */
export const reachable = async (path: string, account: Account | undefined): Promise<boolean> =>
  account === undefined || !(await run('test', ['-x', path], { account, cwd: '/' })).failed;

const open = join('/var/lib/gongshu', shortHash(projectFolder));

/** A folder every account can enter, for a checkout that stands in a closed one (root's home). */
export const openFolder = (): string => ensureFolder(open);

/** Where the database cluster of a data folder stands when the account cannot enter that folder. */
export const openHome = (folder: string): string => join(open, shortHash(folder));

/** Copies the program folder to an open place, once; returns the copy. */
export const openCopy = (folder: string, name: string): string => {
  const copy = join(openFolder(), name);
  if (!existsSync(copy)) cpSync(folder, copy, { recursive: true, verbatimSymlinks: true });
  return copy;
};
