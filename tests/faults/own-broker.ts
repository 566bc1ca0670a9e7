import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createChildren } from '@gongshu/infra/backends/children';
import { startKafka } from '@gongshu/infra/backends/kafka';
import type { Part } from '@gongshu/infra/backends/part';
import { freePort } from '@gongshu/infra/backends/ports';
import { ownFolderName, testFolder } from '../support/test-folder.ts';

/** A broker that a test may stop and start again on the same data, apart from the run's shared one. */
export async function ownBroker(name: string) {
  const folder = join(testFolder, ownFolderName(`broker-${name}`));
  mkdirSync(folder, { recursive: true });
  const children = createChildren();
  const [port, controllerPort] = [await freePort(), await freePort()];
  let part: Part | undefined;
  return {
    brokers: [`127.0.0.1:${port}`],
    start: async () => {
      part = await startKafka({
        children,
        folder,
        port,
        controllerPort,
        keep: true,
        say: () => {},
        docker: 'never',
      });
    },
    stop: async () => {
      await part?.stop();
      part = undefined;
    },
    remove: async () => {
      await children.stopAll();
      rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}
