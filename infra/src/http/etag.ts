import { problem } from '@gongshu/shared/problems';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** Strong ETag of a row's version. */
export const etagOf = (version: number): string => `"${version}"`;

/** Puts the row's version on the answer. */
export const tag = (reply: FastifyReply, version: number): FastifyReply =>
  reply.header('etag', etagOf(version));

/** The version an edit was made from. Throws `ifMatchMissing` (428); `*` and weak tags guard nothing and count as missing. */
export const expectedVersion = (request: FastifyRequest): number => {
  const given = /^"(\d{1,15})"$/.exec(request.headers['if-match'] ?? '')?.[1];
  if (given === undefined) throw problem('ifMatchMissing');
  return Number(given);
};

/** Throws `versionStale` (412) when the row has moved on. The update's own `where version = …` settles a race. */
export const mustBeCurrent = (request: FastifyRequest, version: number): void => {
  if (expectedVersion(request) !== version) throw stale(version);
};

/** The refusal of an edit that came too late, with the version as it stands. */
export const stale = (version: number) =>
  problem('versionStale', { params: { etag: etagOf(version) }, headers: { etag: etagOf(version) } });
