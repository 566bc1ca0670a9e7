/** The registry as it runs: its routes, a real PostgreSQL, the real activities and workflows on a time-skipping server. */
import { createSealing } from '@gongshu/infra/selections/sealing';
import { buildRegistry } from '@gongshu/service-registry';
import { hand } from '@gongshu/service-registry/onboardings/hand';
import { type RunsGiven, startServiceRuns } from './service-runs.ts';

export type { Answer } from './service-runs.ts';

export const startRegistryRuns = (given: RunsGiven = {}) =>
  startServiceRuns(
    {
      ...{ service: 'registry', hand },
      build: (deps) => buildRegistry({ ...deps, sealing: createSealing(Buffer.alloc(32, 7)) }),
    },
    given,
  );
