import type { CatalogDeps } from '@gongshu/service-catalog/app';

/** What the catalog service needs of running cases, where a test is not about them: nothing runs, nothing falls due. */
export const noCases: Pick<
  CatalogDeps,
  'deliver' | 'lookAgain' | 'calendarVersion' | 'calendarChanged' | 'due'
> = {
  deliver: async () => ({ state: 'taken', code: null }),
  lookAgain: async () => {},
  calendarVersion: async () => 'none',
  calendarChanged: async () => {},
  due: { nextDue: async () => null, wake: async () => {}, settled: async () => true },
};
