import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A package of entries as the registration platform is given it. */
export type RegistrationPackage = { id: string; number: number; content: string };

/**
 * The way to the regional registration platform (公共数据资源登记平台). `send` may be called again with the same
 * package and then changes nothing; it rejects when the platform can't be reached, and is tried again by the next send.
 */
export type RegistrationPort = { send: (sent: RegistrationPackage) => Promise<void> };

/** Lays each package as `<id>.json` into a folder, whole or not at all; an officer carries it over. */
export const registrationFolder = (folder: string): RegistrationPort => ({
  async send({ id, content }) {
    await mkdir(folder, { recursive: true });
    const file = join(folder, `${id}.json`);
    await writeFile(`${file}.part`, content);
    await rename(`${file}.part`, file);
  },
});
