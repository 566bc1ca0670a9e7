import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { PartUnavailable } from '../backends/part.ts';
import { type DatabaseRole, databaseRoles } from '../migrate.ts';

const Password = z.string().min(16);
const Kept = z.object({
  /** Of the owner of the database, who runs the migrations. */
  databasePassword: Password,
  /** Of each role that a process works as. */
  servicePasswords: z.partialRecord(z.enum(databaseRoles), Password).default({}),
});
export type Secrets = { databasePassword: string; servicePasswords: Record<DatabaseRole, string> };

const password = (): string => randomBytes(24).toString('hex');

const kept = (file: string, folder: string): z.infer<typeof Kept> | undefined => {
  if (!existsSync(file)) return undefined;
  try {
    return Kept.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    throw new PartUnavailable(
      `${file} holds no passwords any more; restore it, or remove the folder ${folder} to begin anew`,
    );
  }
};

/**
 * The installation's passwords: made at the first start, kept in a file that only its owner may read. A role that came
 * with a newer version gets its password at the next start; what stands is never changed.
 * @throws PartUnavailable when the file can't be understood: new passwords would lock its owner out.
 */
export const loadSecrets = (folder: string): Secrets => {
  const file = join(folder, 'secrets.json');
  const before = kept(file, folder);
  const secrets: Secrets = {
    databasePassword: before?.databasePassword ?? password(),
    servicePasswords: Object.fromEntries(
      databaseRoles.map((role) => [role, before?.servicePasswords[role] ?? password()]),
    ) as Secrets['servicePasswords'],
  };
  if (!databaseRoles.every((role) => before?.servicePasswords[role])) {
    // Whole or not at all: a torn file would lock everybody out.
    writeFileSync(`${file}.new`, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 });
    renameSync(`${file}.new`, file);
  }
  return secrets;
};
