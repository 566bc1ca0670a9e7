import type { BackendOptions } from './options.ts';
import type { Part } from './part.ts';
import { startContainer, volumeFor } from './docker.ts';
import { ensureDatabase, isReady } from './postgres-database.ts';

/** The image that docker-compose.yml names too. */
export const postgresImage = 'postgres:18';

/** PostgreSQL as a container; a reason when there is no engine or no image. */
export const containerPostgres = async (
  options: BackendOptions & { port: number; password: string; fast?: boolean },
): Promise<Part | string> => {
  const { folder, port, password, fast, say } = options;
  const admin = (host: string) => `postgres://postgres:${password}@${host}:${port}/postgres`;
  const started = await startContainer(
    () => ({
      name: 'postgres',
      image: postgresImage,
      inside: 5432,
      port,
      env: { POSTGRES_PASSWORD: password, POSTGRES_INITDB_ARGS: '--encoding=UTF8 --locale=C.UTF-8' },
      command: [
        'postgres',
        '-c',
        'max_connections=300',
        ...(fast ? ['-c', 'fsync=off', '-c', 'full_page_writes=off'] : []),
      ],
      ...(fast ? {} : { keep: { volume: volumeFor(folder, 'postgres'), path: '/var/lib/postgresql' } }),
      say,
    }),
    (host) => isReady(admin(host)),
  );
  if (typeof started === 'string') return started;
  return {
    name: 'PostgreSQL',
    address: await ensureDatabase(admin(started.host), password),
    from: `Docker image ${postgresImage}`,
    stop: started.stop,
  };
};
