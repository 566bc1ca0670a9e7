import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Children } from './children.ts';
import type { Say } from './download.ts';
import type { Way } from './part.ts';
import { ensureFolder } from './places.ts';

/** What every backend needs in order to start. */
export type BackendOptions = {
  children: Children;
  /** Its data and logs; kept from one start to the next. */
  folder: string;
  say: Say;
  /** May a Docker engine be used? `only` fails where there is none, `never` looks for none. */
  docker: 'try' | 'only' | 'never';
};

/** GONGSHU_DOCKER: `try` (the default), `only` or `never`. */
export const dockerWish = (): BackendOptions['docker'] => {
  const wish = process.env['GONGSHU_DOCKER'];
  return wish === 'only' || wish === 'never' ? wish : 'try';
};

/** The way a part came by in this data folder, the first time: its data lies there and nowhere else. */
const wayBefore = (file: string): string | undefined =>
  existsSync(file) ? readFileSync(file, 'utf8').trim() : undefined;

/**
 * First a container (when wished for), then the machine's own ways. Once a way has worked, the same data folder stays
 * with it: a Docker engine installed later must not hide yesterday's data behind an empty volume, nor the reverse.
 */
export const waysInOrder = <T>(
  { docker, folder }: Pick<BackendOptions, 'docker' | 'folder'>,
  part: string,
  ways: { container: () => Promise<T | string>; native: Way<T> },
): Way<T>[] => {
  const file = join(ensureFolder(folder), `${part}.way`);
  const before = wayBefore(file);
  const remembered = (called: 'container' | 'native', find: () => Promise<T | string>) => async () => {
    if (before && before !== called)
      return `the data in ${folder} belongs to the ${before} way; another folder: GONGSHU_DATA_DIR`;
    const found = await find();
    if (typeof found !== 'string') writeFileSync(file, `${called}\n`);
    return found;
  };
  return [
    ...(docker === 'never' ? [] : [{ called: 'Docker', find: remembered('container', ways.container) }]),
    ...(docker === 'only'
      ? []
      : [{ called: ways.native.called, find: remembered('native', ways.native.find) }]),
  ];
};
