import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { PartUnavailable } from '../backends/part.ts';

const Secrets = z.object({ databasePassword: z.string().min(16) });
export type Secrets = z.infer<typeof Secrets>;

/** The installation's passwords: made at the first start, kept in a file that only its owner may read. */
export const loadSecrets = (folder: string): Secrets => {
  const file = join(folder, 'secrets.json');
  if (!existsSync(file)) {
    const made: Secrets = { databasePassword: randomBytes(24).toString('hex') };
    writeFileSync(file, `${JSON.stringify(made, null, 2)}\n`, { mode: 0o600, flag: 'wx' });
  }
  try {
    return Secrets.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    throw new PartUnavailable(
      `${file} holds no passwords any more; restore it, or remove the folder ${folder} to begin anew`,
    );
  }
};
