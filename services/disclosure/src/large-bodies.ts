/** Bodies in JSON that hold files are held in memory whole: few at a time, so that a flood of them from anywhere fits. */
import { problem } from '@gongshu/shared/problems';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** What every other body may be: these are never counted. */
const smallBytes = 1024 * 1024;
/** Each about a hundred MiB while it is read. */
const mostAtOnce = 4;

/** A hook before a body is read. Throws `unavailable` (503) while so many large ones are under way. */
export const fewLargeBodies = (most: number = mostAtOnce) => {
  let underWay = 0;
  return async ({ headers }: FastifyRequest, { raw }: FastifyReply): Promise<void> => {
    const bytes = headers['content-length'];
    if (bytes !== undefined && Number(bytes) <= smallBytes) return;
    if (underWay >= most) throw problem('unavailable');
    underWay += 1;
    raw.once('close', () => {
      underWay -= 1;
    });
  };
};
