import { loadPacks } from '@gongshu/infra/packs';
import { createSealing } from '@gongshu/infra/selections/sealing';
import type { RegistryDeps } from '@gongshu/service-registry';

/** What the registry service needs of running cases, where a test is not about them: nothing runs. */
export const noOnboardings: Pick<
  RegistryDeps,
  'packs' | 'sealing' | 'deliver' | 'lookAgain' | 'calendarVersion'
> = {
  packs: loadPacks(),
  sealing: createSealing(Buffer.alloc(32, 7)),
  deliver: async () => ({ state: 'taken', code: null }),
  lookAgain: async () => {},
  calendarVersion: async () => 'none',
};
