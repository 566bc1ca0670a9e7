import { randomBytes, randomUUID } from 'node:crypto';
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { exportJWK, generateKeyPair } from 'jose';
import { z } from 'zod';

/** The one client of the development issuer: whoever can read the data folder. */
export const issuerClientId = 'gongshu-development';

const IssuerState = z.object({
  clientSecret: z.string().min(32),
  cookieKey: z.string().min(32),
  keys: z.array(z.looseObject({ kid: z.string(), kty: z.literal('EC') })).min(1),
});
export type IssuerState = z.output<typeof IssuerState>;

const fileIn = (dataFolder: string): string => join(dataFolder, 'issuer', 'issuer.json');

const generate = async (): Promise<IssuerState> => {
  const { privateKey } = await generateKeyPair('ES256', { extractable: true });
  const jwk = await exportJWK(privateKey);
  return {
    clientSecret: randomBytes(32).toString('base64url'),
    cookieKey: randomBytes(32).toString('base64url'),
    keys: [{ ...jwk, kty: 'EC', kid: randomUUID(), alg: 'ES256', use: 'sig' }],
  };
};

/** Reads the issuer's keys and secret. Throws when there are none, or the file isn't whole. */
export const readIssuerState = async (dataFolder: string): Promise<IssuerState> =>
  IssuerState.parse(JSON.parse(await readFile(fileIn(dataFolder), 'utf8')));

const isCode = (error: unknown, code: string): boolean => (error as { code?: string }).code === code;

/** Keys and secret of this data folder, made at the first start and readable by their owner alone (0600). */
export const issuerState = async (dataFolder: string): Promise<IssuerState> => {
  try {
    return await readIssuerState(dataFolder);
  } catch (error) {
    if (!isCode(error, 'ENOENT')) throw error;
  }
  const file = fileIn(dataFolder);
  await mkdir(join(file, '..'), { recursive: true, mode: 0o700 });
  const draft = `${file}.${randomUUID()}`;
  await writeFile(draft, JSON.stringify(await generate()), { mode: 0o600, flag: 'wx' });
  try {
    await link(draft, file); // whole or not at all; of two first starts one wins
  } catch (error) {
    if (!isCode(error, 'EEXIST')) throw error;
  } finally {
    await rm(draft, { force: true });
  }
  return readIssuerState(dataFolder);
};
