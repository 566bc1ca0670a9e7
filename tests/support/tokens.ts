import type { webcrypto } from 'node:crypto';
import { audience, createVerifier, type VerifyToken } from '@gongshu/infra/http/identity';
import type { Role } from '@gongshu/shared/may';
import { createLocalJWKSet, exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';

export type TestClaims = {
  roles: readonly Role[];
  subject?: string;
  organisation?: string;
  jurisdiction?: string;
};

export type TestTokens = {
  /** The platform's own verifier, given this issuer's keys. */
  verify: VerifyToken;
  /** A signed access token, as the header's value: `Bearer …`. Zhongwei when no city is named. */
  bearer: (claims: TestClaims) => Promise<string>;
  /** A token with whatever payload, header or key a test wants to be refused. */
  sign: (
    payload: JWTPayload,
    change?: { typ?: string; alg?: 'ES256'; key?: webcrypto.CryptoKey },
  ) => Promise<string>;
};

const issuer = 'https://issuer.example';

/** An issuer in memory: real keys and the verifying code of production, no port. */
export const testTokens = async (): Promise<TestTokens> => {
  const { privateKey, publicKey } = await generateKeyPair('ES256');
  const jwk = { ...(await exportJWK(publicKey)), kid: 'test', alg: 'ES256' };
  const sign: TestTokens['sign'] = (payload, { typ = 'at+jwt', key = privateKey } = {}) => {
    const now = Math.floor(Date.now() / 1000);
    const claims = { iss: issuer, aud: audience, iat: now, exp: now + 600, sub: 'someone', ...payload };
    return new SignJWT(claims).setProtectedHeader({ alg: 'ES256', typ, kid: 'test' }).sign(key);
  };
  return {
    verify: createVerifier({ issuer, keys: createLocalJWKSet({ keys: [jwk] }) }),
    sign,
    bearer: async ({ roles, organisation, jurisdiction = 'zhongwei', subject }) => {
      const sub = subject ?? [roles[0] ?? 'none', organisation].filter(Boolean).join('@');
      return `Bearer ${await sign({ sub, roles, jurisdiction, ...(organisation && { organisation }) })}`;
    },
  };
};
