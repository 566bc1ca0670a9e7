/** A city with one case, a store with a small limit (so that tests need not send megabytes), and its documents. */
import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createDocumentStore } from '@gongshu/infra/documents/store';
import { sql } from 'kysely';
import { formOf, type SampleFile } from '../support/documents.ts';
import { at, startReading } from './application-read-support.ts';
import type { Who } from './resources-support.ts';

const merchantOf = (organisation: string, jurisdiction = 'zhongwei') =>
  ({ roles: ['merchant'], organisation, jurisdiction }) as const;
export const merchant = merchantOf('merchant-1');
export const rival = merchantOf('merchant-2');
export const namesake = merchantOf('merchant-1', 'wuhai');
export const auditor = { roles: ['auditor'], jurisdiction: 'zhongwei' } as const;
export const caseNo = '640500-SQ-2024-000001';
export const maxBytes = 256 * 1024;

export const hashOf = (bytes: Buffer): string => `sha256:${createHash('sha256').update(bytes).digest('hex')}`;

export const startDocuments = async () => {
  const city = await startReading();
  Object.assign(city.deps.documents, createDocumentStore(city.folder, { maxBytes }));
  await city.submit(caseNo, { reviewers: ['dept-transport'] });
  city.clock.now = new Date(at('03-01T12:00:00'));

  const send = async (who: Who, file: SampleFile | undefined, title?: string) =>
    city.call(who, 'POST', '/v1/documents', await formOf(file, title));
  const get = (who: Who, hash: string, content = false) =>
    city.call(who, 'GET', `/v1/documents/${hash}${content ? '/content' : ''}`);
  const placeOf = (hash: string): string => join(city.folder, hash.slice(7, 9), hash.slice(7));
  /** Names of all files of the store, half received ones too. */
  const files = async (): Promise<string[]> => {
    const found = await readdir(city.folder, { recursive: true, withFileTypes: true });
    return found.flatMap((entry) => (entry.isFile() ? [entry.name] : [])).toSorted();
  };
  /** The merchant's upload belongs to the case, as an act that names it files it. */
  const file = (hash: string) =>
    sql`insert into document_link (jurisdiction, case_no, hash, role, organisation, linked_at)
      values ('zhongwei', ${caseNo}, ${hash}, 'application', 'merchant-1', ${city.clock.now})`.execute(
      city.db,
    );
  return { ...city, send, get, placeOf, files, file };
};
