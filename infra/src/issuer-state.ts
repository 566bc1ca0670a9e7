import { randomBytes, randomUUID } from 'node:crypto';
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { exportJWK, generateKeyPair } from 'jose';
import { z } from 'zod';

/** The one client of the development issuer: whoever can read the data folder. */
export const issuerClientId = 'gongshu-development';
/** The work desk, where people sign in. */
export const deskClientId = 'gongshu-desk';

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

/** A file readable by its owner alone (0600), whole or not at all; of two first starts one wins. */
const keepOnce = async (file: string, content: string): Promise<void> => {
  await mkdir(join(file, '..'), { recursive: true, mode: 0o700 });
  const draft = `${file}.${randomUUID()}`;
  await writeFile(draft, content, { mode: 0o600, flag: 'wx' });
  try {
    await link(draft, file);
  } catch (error) {
    if (!isCode(error, 'EEXIST')) throw error;
  } finally {
    await rm(draft, { force: true });
  }
};

/** Where the work desk's secret at the development issuer lies. */
export const deskSecretFile = (dataFolder: string): string => join(dataFolder, 'issuer', 'desk-secret');

/** The work desk's secret, made at the first start. */
export const deskSecret = async (dataFolder: string): Promise<string> => {
  const file = deskSecretFile(dataFolder);
  await keepOnce(file, randomBytes(32).toString('base64url'));
  return (await readFile(file, 'utf8')).trim();
};

/** Keys and secret of this data folder, made at the first start and readable by their owner alone (0600). */
export const issuerState = async (dataFolder: string): Promise<IssuerState> => {
  try {
    return await readIssuerState(dataFolder);
  } catch (error) {
    if (!isCode(error, 'ENOENT')) throw error;
  }
  await keepOnce(fileIn(dataFolder), JSON.stringify(await generate()));
  return readIssuerState(dataFolder);
};
