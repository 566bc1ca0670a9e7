import { createServer, type Server } from 'node:http';
import { roles } from '@gongshu/shared/may';
import Provider, { type Adapter, errors, type KoaContextWithOIDC } from 'oidc-provider';
import { z } from 'zod';
import { audience } from './http/identity.ts';
import { type IssuerState, issuerClientId } from './issuer-state.ts';

/** The one resource tokens are made for (RFC 8707). */
export const resource = 'urn:gongshu';

/** A day's work by default, a month at most; these tokens are for development only. */
const defaultSeconds = 8 * 3600;
const mostSeconds = 31 * 24 * 3600;

/** What a developer asks a token for: beside `grant_type`, in the body of the token request. */
const Wanted = z.object({
  subject: z
    .string()
    .regex(/^[\x21-\x7e]{1,200}$/)
    .optional(),
  roles: z
    .string()
    .transform((text) => text.split(' '))
    .pipe(z.array(z.enum(roles)).min(1)),
  organisation: z
    .string()
    .regex(/^[\x21-\x7e]{1,100}$/)
    .optional(),
  jurisdiction: z.string().regex(/^[a-z][a-z0-9-]{0,63}$/),
  lifetime: z.coerce.number().int().min(1).max(mostSeconds).default(defaultSeconds),
});

const wanted = (ctx: KoaContextWithOIDC): z.output<typeof Wanted> => {
  const parsed = Wanted.safeParse(ctx.oidc.body ?? {});
  if (parsed.success) return parsed.data;
  const places = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  throw new errors.InvalidRequest(places.join('; '));
};

/** JWT access tokens are kept nowhere, and nothing else is given out. */
const nothingKept = (): Adapter => ({
  upsert: async () => {},
  find: async () => undefined,
  findByUserCode: async () => undefined,
  findByUid: async () => undefined,
  consume: async () => {},
  destroy: async () => {},
  revokeByGrantId: async () => {},
});

/**
 * A certified OpenID provider that gives JWT access tokens (RFC 9068) by client credentials, with whatever roles are
 * asked for: for development and tests. A city's own issuer takes its place by address alone.
 */
export const createIssuer = (issuerUrl: string, { clientSecret, cookieKey, keys }: IssuerState): Server => {
  const provider = new Provider(issuerUrl, {
    clients: [
      {
        client_id: issuerClientId,
        client_secret: clientSecret,
        grant_types: ['client_credentials'],
        redirect_uris: [],
        response_types: [],
        id_token_signed_response_alg: 'ES256',
      },
    ],
    adapter: nothingKept,
    jwks: { keys: keys as never },
    cookies: { keys: [cookieKey] },
    features: {
      clientCredentials: { enabled: true },
      devInteractions: { enabled: false },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => resource,
        getResourceServerInfo: (_ctx, indicator) => {
          if (indicator !== resource) throw new errors.InvalidTarget();
          return { scope: '', audience, accessTokenFormat: 'jwt', jwt: { sign: { alg: 'ES256' } } };
        },
      },
    },
    ttl: { ClientCredentials: (ctx) => wanted(ctx).lifetime },
    extraTokenClaims: (ctx) => {
      const { roles: held, organisation, jurisdiction } = wanted(ctx);
      return { roles: held, jurisdiction, ...(organisation && { organisation }) };
    },
    formats: {
      customizers: {
        jwt: (ctx, _token, jwt) => {
          const { subject, roles: held, organisation } = wanted(ctx);
          if (jwt.payload) jwt.payload['sub'] = subject ?? [held[0], organisation].filter(Boolean).join('@');
        },
      },
    },
  });
  const answer = provider.callback();
  return createServer((request, response) => {
    if (request.url === '/health')
      response.writeHead(200, { 'content-type': 'application/json' }).end('{"status":"ok"}');
    else void answer(request, response);
  });
};
