import { toInstantText } from '@gongshu/shared/business-date';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { ServiceDeps } from './types.ts';

/** Every answer of a sandbox says so, with the instant that the law runs on; `unknown` while the clock can't be read. */
export const markSandbox = (app: FastifyInstance, { sandbox, lawNow }: ServiceDeps): void => {
  app.decorateRequest('lawNow', null as unknown as FastifyRequest['lawNow']);
  app.addHook('onRequest', async (request) => {
    request.lawNow = lawNow;
  });
  if (!sandbox) return;
  // Answers sent while the clock is being read share the reading: it is a mark, and rules nothing.
  let reading: Promise<string> | undefined;
  const read = (): Promise<string> => {
    reading ??= lawNow()
      .then(
        (now) => toInstantText(now.getTime()),
        () => 'unknown',
      )
      .finally(() => {
        reading = undefined;
      });
    return reading;
  };
  app.addHook('onSend', async (_request, reply, payload) => {
    const instant = await read();
    reply.header('gongshu-sandbox', instant);
    return payload;
  });
};
