import closeWithGrace from 'close-with-grace';
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';

/** Longer than any answer may take would hold a deployment up; what is cut off is retried under its key. */
const graceMillis = 10_000;

/**
 * Listens, and stops in order on SIGTERM, SIGINT or an uncaught fault: no new connections, answers under way finished
 * within ten seconds, then `after` (pools, clients) in turn. A service in development is heard on this machine alone.
 */
export const serve = async (
  app: FastifyInstance,
  { port, mode, logger }: { port: number; mode: 'development' | 'production'; logger: Logger },
  ...after: readonly (() => Promise<unknown>)[]
): Promise<void> => {
  closeWithGrace({ delay: graceMillis, logger: false }, async ({ err, signal }) => {
    if (err) logger.fatal({ err }, 'stopping on a fault');
    else logger.info({ signal }, 'stopping');
    await app.close();
    for (const close of after) await close();
  });
  await app.listen({ port, host: mode === 'production' ? '0.0.0.0' : '127.0.0.1' });
  logger.info({ port: app.server.address() }, 'listening');
};
