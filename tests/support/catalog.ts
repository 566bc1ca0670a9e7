import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDocumentStore } from '@gongshu/infra/documents/store';
import type { CatalogDeps } from '@gongshu/service-catalog/app';

/** What the catalog service needs of running cases, where a test is not about them: nothing runs, nothing falls due. */
export const noCases: Pick<
  CatalogDeps,
  'deliver' | 'lookAgain' | 'calendarVersion' | 'calendarChanged' | 'due' | 'documents'
> = {
  deliver: async () => ({ state: 'taken', code: null }),
  lookAgain: async () => {},
  calendarVersion: async () => 'none',
  calendarChanged: async () => {},
  documents: createDocumentStore(join(tmpdir(), 'gongshu-no-documents'), { maxBytes: 20 * 1024 * 1024 }),
  due: { nextDue: async () => null, wake: async () => {}, settled: async () => true },
};
