import { type Actor, anyone, rolesExclude, roles } from '@gongshu/shared/may';
import { Problem, problem } from '@gongshu/shared/problems';
import type { FastifyInstance } from 'fastify';
import { createRemoteJWKSet, errors, type JWTVerifyGetKey, jwtVerify } from 'jose';
import { z } from 'zod';

/** Turns a bearer token into an actor. Throws `unauthenticated`, `rolesExclude`, or `unavailable` (the issuer is away). */
export type VerifyToken = (token: string) => Promise<Actor>;

/** Who the platform's tokens are for. */
export const audience = 'gongshu';

/** Asymmetric only: a service holds no secret that could sign. */
const algorithms = ['ES256', 'ES384', 'EdDSA', 'PS256', 'RS256'];
const clockToleranceSeconds = 30;

const Claims = z.object({
  sub: z.string().regex(/^[\x21-\x7e]{1,200}$/),
  roles: z.array(z.enum(roles)).max(roles.length),
  organisation: z
    .string()
    .regex(/^[\x21-\x7e]{1,100}$/)
    .nullish(),
  jurisdiction: z.string().regex(/^[a-z][a-z0-9-]{0,63}$/),
});

/** The issuer's key set could not be had: late, not 200, not a key set. */
const issuerFaults = new Set(['ERR_JWKS_TIMEOUT', 'ERR_JWKS_INVALID', 'ERR_JOSE_GENERIC']);

/** Keys by OIDC discovery, fetched at the first token and cached; re-read when a token names a key not seen before. */
const discoveredKeys = (issuer: string): JWTVerifyGetKey => {
  let keys: JWTVerifyGetKey | undefined;
  return async (header, token) => {
    if (!keys) {
      const address = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
      const answer = await fetch(address, { signal: AbortSignal.timeout(5_000), redirect: 'error' });
      if (!answer.ok) throw new Error(`The issuer answered ${answer.status} to discovery`);
      const { jwks_uri } = z.object({ jwks_uri: z.url() }).parse(await answer.json());
      keys = createRemoteJWKSet(new URL(jwks_uri), { timeoutDuration: 5_000, cooldownDuration: 5_000 });
    }
    return keys(header, token);
  };
};

/** How long a verified token is known again without its signature being computed anew: less than keys are cached. */
const knownMillis = 10_000;
const mostKnown = 1_000;

/**
 * Remembers tokens just verified, so that a system asking hundreds of times a second costs one signature in ten
 * seconds; never past a token's own end. A refusal is not remembered.
 */
const remember = (verify: (token: string) => Promise<{ actor: Actor; expiresAt: number }>): VerifyToken => {
  const known = new Map<string, { actor: Actor; until: number }>();
  return async (token) => {
    const now = Date.now();
    const held = known.get(token);
    if (held && now < held.until) return held.actor;
    known.delete(token);
    const { actor, expiresAt } = await verify(token);
    if (known.size >= mostKnown) known.clear();
    known.set(token, { actor, until: Math.min(now + knownMillis, expiresAt) });
    return actor;
  };
};

/**
 * Checks signature, issuer, audience, type (`at+jwt`, RFC 9068), times and claims, the same for the development
 * issuer and for a city's own. `keys` stands in for the issuer's published keys where they are at hand.
 */
export const createVerifier = ({
  issuer,
  keys = discoveredKeys(issuer),
}: {
  issuer: string;
  keys?: JWTVerifyGetKey;
}): VerifyToken => {
  const options = { issuer, audience, algorithms, typ: 'at+jwt', clockTolerance: clockToleranceSeconds };
  return remember(async (token) => {
    const verified = await jwtVerify(token, keys, { ...options, requiredClaims: ['exp', 'sub'] }).catch(
      (fault: unknown) => {
        const away = !(fault instanceof errors.JOSEError) || issuerFaults.has(fault.code);
        throw away
          ? problem('unavailable', { cause: fault, headers: { 'retry-after': '5' } })
          : problem('unauthenticated', { cause: fault });
      },
    );
    const claims = Claims.safeParse(verified.payload);
    if (!claims.success) throw problem('unauthenticated', { cause: claims.error });
    const { sub, organisation, ...actor } = claims.data;
    if (rolesExclude(actor.roles)) throw problem('rolesExclude');
    const expiresAt = (verified.payload.exp ?? 0) * 1000;
    return { actor: { id: sub, organisation: organisation ?? null, ...actor }, expiresAt };
  });
};

const bearer = /^Bearer ([\w.~+/-]+=*)$/i;

/** Puts the actor on each request. A refused token is kept as such: the rate is counted before it is told. */
export const authenticate = (app: FastifyInstance, verify: VerifyToken): void => {
  app.decorateRequest('actor', null as unknown as Actor);
  app.decorateRequest('tokenRefusal', undefined);
  app.addHook('onRequest', async (request) => {
    request.actor = anyone;
    const { authorization } = request.headers;
    if (authorization === undefined) return;
    try {
      const token = bearer.exec(authorization)?.[1];
      if (!token) throw problem('unauthenticated');
      request.actor = await verify(token);
    } catch (fault) {
      if (!(fault instanceof Problem)) throw fault;
      request.tokenRefusal = fault;
    }
  });
};
