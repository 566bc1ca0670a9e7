import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

const traceparent = /^00-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$/;

/** The trace a request belongs to: that of its W3C `traceparent` header, or a new one. 32 hex digits. */
export const traceIdOf = (request: IncomingMessage): string => {
  const given = request.headers.traceparent;
  const known = typeof given === 'string' ? traceparent.exec(given) : null;
  return known?.[1] ?? randomBytes(16).toString('hex');
};

/** The header that hands the trace on, with a span of our own. */
export const traceparentOf = (traceId: string): string =>
  `00-${traceId}-${randomBytes(8).toString('hex')}-01`;
