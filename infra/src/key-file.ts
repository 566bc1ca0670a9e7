/** Keys of an installation: 32 bytes as 64 hexadecimal digits in a file that an operations person names, or one made once. */
import { randomBytes, randomUUID } from 'node:crypto';
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const keyPattern = /^[0-9a-f]{64}\s*$/;

const readKey = (file: string, variable: string): Buffer => {
  const text = readFileSync(file, 'utf8');
  if (!keyPattern.test(text)) throw new Error(`${variable} holds no key: 64 hexadecimal digits`);
  return Buffer.from(text.trim(), 'hex');
};

/**
 * A file that is made once and stands whole from its first moment: of processes that begin side by side none reads it
 * empty, and all go on with the same. Readable by its owner alone; nothing where it stands already.
 */
export const makeOnce = (file: string, make: () => string | Buffer): void => {
  if (existsSync(file)) return;
  mkdirSync(dirname(file), { recursive: true });
  const own = `${file}.${randomUUID()}`;
  writeFileSync(own, make(), { mode: 0o600, flush: true });
  try {
    linkSync(own, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(own);
  }
};

/** A key of its own for development, made once, beside the data. */
const developmentKey = (dataFolder: string, name: string, variable: string): Buffer => {
  const file = join(dataFolder, name);
  makeOnce(file, () => randomBytes(32).toString('hex'));
  return readKey(file, variable);
};

export type KeyPlace = {
  /** The environment variable that names the file. */
  variable: string;
  /** What the key does, after “in production it names the key that …”. */
  does: string;
  /** The development key's file in the data folder. */
  file: string;
};

/** The installation's key. Throws in production without the variable, and on a file that holds none. */
export const keyFrom = (
  { variable, does, file: name }: KeyPlace,
  { production, dataFolder }: { production: boolean; dataFolder: string },
  env: NodeJS.ProcessEnv = process.env,
): Buffer => {
  const file = env[variable];
  if (file) return readKey(file, variable);
  if (production) throw new Error(`${variable} is not set; in production it names the key that ${does}.`);
  return developmentKey(dataFolder, name, variable);
};
