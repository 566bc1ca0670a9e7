import { type BackendOptions, waysInOrder } from './options.ts';
import { firstThatWorks, type Part, PartUnavailable } from './part.ts';
import { containerPostgres } from './postgres-container.ts';
import { isReady } from './postgres-database.ts';
import { nativePostgres } from './postgres-native.ts';

export type PostgresOptions = BackendOptions & { port: number; password: string; fast?: boolean };

/**
 * PostgreSQL at GONGSHU_DATABASE_URL, in a container, or from binaries. Its address is the URL of a role that owns
 * the database. @throws PartUnavailable in one sentence.
 */
export const startPostgres = async (options: PostgresOptions): Promise<Part> => {
  const address = process.env['GONGSHU_DATABASE_URL'];
  if (address) {
    if (await isReady(address))
      return { name: 'PostgreSQL', address, from: 'GONGSHU_DATABASE_URL', stop: async () => {} };
    throw new PartUnavailable(
      'PostgreSQL does not answer at GONGSHU_DATABASE_URL; start it, or unset the variable and one is started here',
    );
  }
  return await firstThatWorks(
    'PostgreSQL',
    waysInOrder(options, 'postgres', {
      container: () => containerPostgres(options),
      native: { called: 'binaries', find: () => nativePostgres(options) },
    }),
    'rm -rf node_modules && npm start (it brings PostgreSQL along), or apt-get install -y postgresql',
  );
};
