/** A play on a server of its own, with nothing on standard output. */
import type { PlayedStep, Scenario } from '@gongshu/shared/clock/scenario';
import { DefaultLogger, makeTelemetryFilterString, Runtime } from '@temporalio/worker';
import { type PlayOptions, playScenarios } from './play.ts';
import { startPlayServer } from './server.ts';

/** Plays and takes the server down again. Of the SDK only errors are heard, on standard error. Once a process. */
export const playQuietly = async (
  scenarios: Scenario[],
  options: Omit<PlayOptions, 'address'>,
): Promise<Record<string, PlayedStep[]>> => {
  Runtime.install({
    logger: new DefaultLogger('ERROR'),
    telemetryOptions: { logging: { filter: makeTelemetryFilterString({ core: 'ERROR', other: 'ERROR' }) } },
  });
  const server = await startPlayServer((text) => process.stderr.write(`${text}\n`));
  try {
    return await playScenarios(scenarios, { ...options, address: server.address });
  } finally {
    await server.stop();
  }
};
