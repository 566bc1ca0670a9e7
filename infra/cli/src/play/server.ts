/** A Temporal server for a play: the one at GONGSHU_TEMPORAL_ADDRESS, or one of its own that leaves nothing behind. */
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createChildren } from '@gongshu/infra/backends/children';
import { dockerWish } from '@gongshu/infra/backends/options';
import { cacheFolder, ensureFolder } from '@gongshu/infra/backends/places';
import { freePort } from '@gongshu/infra/backends/ports';
import { searchAttributes, startTemporal } from '@gongshu/infra/backends/temporal';
import { timeSkippingServerPath } from '@gongshu/infra/backends/test-server';
import { TestWorkflowEnvironment } from '@temporalio/testing';

export type PlayServer = { address: string; stop: () => Promise<void> };

/** Numbers of temporal.api.enums.v1.IndexedValueType. */
const valueTypes = { Keyword: 2, Bool: 5, Datetime: 6 } as const;

/** The time-skipping server; `undefined` where there is none for this machine. */
const timeSkipping = async (): Promise<PlayServer | undefined> => {
  const path = await timeSkippingServerPath();
  if (path === undefined) return undefined;
  const environment = await TestWorkflowEnvironment.createTimeSkipping({
    server: { executable: { type: 'existing-path', path } },
  });
  await environment.connection.operatorService.addSearchAttributes({
    namespace: environment.namespace ?? 'default',
    searchAttributes: Object.fromEntries(
      Object.entries(searchAttributes).map(([name, type]) => [name, valueTypes[type]]),
    ),
  });
  return { address: environment.address, stop: () => environment.teardown() };
};

/** The development server, or the one at GONGSHU_TEMPORAL_ADDRESS. */
const development = async (say: (text: string) => void): Promise<PlayServer> => {
  const folder = mkdtempSync(join(ensureFolder(cacheFolder), 'play-'));
  const children = createChildren();
  const away = () => rmSync(folder, { recursive: true, force: true });
  try {
    const part = await startTemporal({
      children,
      folder,
      say,
      docker: dockerWish(),
      port: await freePort(),
      uiPort: await freePort(),
      keep: false,
    });
    return {
      address: part.address,
      stop: async () => {
        await part.stop();
        await children.stopAll();
        away();
      },
    };
  } catch (error) {
    await children.stopAll();
    away();
    throw error;
  }
};

/** Starts a server that knows our search attributes; `say` is told what is being fetched. @throws PartUnavailable */
export const startPlayServer = async (say: (text: string) => void): Promise<PlayServer> =>
  (process.env['GONGSHU_TEMPORAL_ADDRESS'] ? undefined : await timeSkipping()) ?? (await development(say));
