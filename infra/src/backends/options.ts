import type { Children } from './children.ts';
import type { Say } from './download.ts';
import type { Way } from './part.ts';

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

/** First a container (when wished for), then the machine's own ways. */
export const waysInOrder = <T>(
  { docker }: Pick<BackendOptions, 'docker'>,
  { container, native }: { container: () => Promise<T | string>; native: Way<T> },
): Way<T>[] => [
  ...(docker === 'never' ? [] : [{ called: 'Docker', find: container }]),
  ...(docker === 'only' ? [] : [native]),
];
