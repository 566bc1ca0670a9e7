/** Bodies in JSON that hold files are held in memory whole: few at a time, so that a flood of them from anywhere fits. */
import { countedAddress } from '@gongshu/infra/http/address';
import { PassThrough, type Readable } from 'node:stream';
import { problem } from '@gongshu/shared/problems';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** What every other body may be: these are never counted. */
const smallBytes = 1024 * 1024;

export type LargeBodyBounds = {
  /** At once, from anywhere: each is about a hundred MiB while it is read. */
  readonly most: number;
  /** At once from one address. */
  readonly mostOfOne: number;
  /** In each window of `windowMs` milliseconds at least `windowBytes` arrive, else the place is given back. */
  readonly windowMs: number;
  readonly windowBytes: number;
};
/** A slow telephone line (16 KiB a second) is fast enough; who announces a body and sends nothing holds no place. */
export const largeBodyBounds: LargeBodyBounds = {
  ...{ most: 4, mostOfOne: 2, windowMs: 5_000, windowBytes: 80 * 1024 },
};

/** The body as it came, refused with `requestTimeout` (408) where it comes slower than the bounds say. */
const paced = (payload: Readable, { windowMs, windowBytes }: LargeBodyBounds): PassThrough => {
  const through = new PassThrough();
  let bytes = 0;
  let ended = false;
  payload.on('data', (chunk: Buffer) => (bytes += chunk.length));
  payload.once('end', () => (ended = true));
  const timer = setInterval(() => {
    if (!ended && bytes < windowBytes) through.destroy(problem('requestTimeout'));
    bytes = 0;
  }, windowMs);
  through.once('close', () => clearInterval(timer));
  payload.once('error', (fault) => through.destroy(fault));
  payload.once('close', () => ended || through.destroy(problem('requestTimeout'))); // it hung up
  return payload.pipe(through);
};

/**
 * A hook before a body is parsed, hence after the limit by address. Throws `tooManyRequests` (429) while one address has
 * its share under way, `unavailable` (503) while so many are from anywhere; who is refused was not counted.
 */
export const fewLargeBodies = (bounds: LargeBodyBounds = largeBodyBounds) => {
  const underWay = new Map<string, number>();
  let all = 0;
  return async (
    { headers, ip: address }: FastifyRequest,
    reply: FastifyReply,
    payload: Readable,
  ): Promise<Readable> => {
    const bytes = headers['content-length'];
    if (bytes !== undefined && Number(bytes) <= smallBytes) return payload;
    const ip = countedAddress(address);
    const ofOne = underWay.get(ip) ?? 0;
    if (ofOne >= bounds.mostOfOne) {
      reply.header('connection', 'close');
      throw problem('tooManyRequests', { params: { seconds: 5 }, headers: { 'retry-after': '5' } });
    }
    if (all >= bounds.most) {
      reply.header('connection', 'close');
      throw problem('unavailable', { headers: { 'retry-after': '5' } });
    }
    all += 1;
    underWay.set(ip, ofOne + 1);
    reply.raw.once('close', () => {
      all -= 1;
      const left = (underWay.get(ip) ?? 1) - 1;
      if (left > 0) underWay.set(ip, left);
      else underWay.delete(ip);
    });
    const body = paced(payload, bounds);
    // The rest of a body too slow is not waited for.
    body.once('error', () => void reply.header('connection', 'close'));
    return body;
  };
};
