import { loadPacks } from '@gongshu/infra/packs';
import type { RegistryDeps } from '@gongshu/service-registry';

/** What the registry service needs of running cases, where a test is not about them: nothing runs. */
export const noOnboardings: Pick<RegistryDeps, 'packs' | 'deliver' | 'lookAgain' | 'calendarVersion'> = {
  packs: loadPacks(),
  deliver: async () => ({ state: 'taken', code: null }),
  lookAgain: async () => {},
  calendarVersion: async () => 'none',
};
