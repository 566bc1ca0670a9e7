import { createServer, type Server } from 'node:http';
import Provider, { errors, type KoaContextWithOIDC } from 'oidc-provider';
import { z } from 'zod';
import { audience } from './http/identity.ts';
import { type Person, personClaims, personOf } from './issuer-people.ts';
import { answerSignIn, signInPath, signOutPage } from './issuer-sign-in.ts';
import { deskClientId, type IssuerState, issuerClientId } from './issuer-state.ts';
import { createIssuerStore } from './issuer-store.ts';

/** The one resource tokens are made for (RFC 8707). */
export const resource = 'urn:gongshu';

/** A day's work by default, a month at most; these tokens are for development only. */
const defaultSeconds = 8 * 3600;
const mostSeconds = 31 * 24 * 3600;

/** What a developer asks a token for: beside `grant_type`, in the body of the token request. */
const Wanted = z.object({
  ...personClaims,
  lifetime: z.coerce.number().int().min(1).max(mostSeconds).default(defaultSeconds),
});

const wanted = (ctx: KoaContextWithOIDC): z.output<typeof Wanted> => {
  const parsed = Wanted.safeParse(ctx.oidc.body ?? {});
  if (parsed.success) return parsed.data;
  const places = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  throw new errors.InvalidRequest(places.join('; '));
};

/** The claims of a token: of whoever chose on the page, or as the token request says. */
const claimsOf = (ctx: KoaContextWithOIDC, account: string | undefined): Person => {
  const person = account === undefined ? undefined : personOf(account);
  if (person) return person;
  const { subject, roles, organisation, jurisdiction } = wanted(ctx);
  const named = subject ?? [roles[0], organisation].filter(Boolean).join('@');
  return { subject: named, roles, organisation, jurisdiction };
};

const accountIn = (token: object | undefined): string | undefined =>
  (token as { accountId?: string } | undefined)?.accountId;

/** The work desk as a client: authorisation code with PKCE, and its own secret. */
const deskClient = ({ url, secret }: IssuerDesk) => ({
  client_id: deskClientId,
  client_secret: secret,
  grant_types: ['authorization_code'],
  response_types: ['code' as const],
  redirect_uris: [`${url}/desk/sign-in/return`],
  post_logout_redirect_uris: [`${url}/desk/signed-out`],
  id_token_signed_response_alg: 'ES256' as const,
});

/** Where the work desk stands, and the secret it shows. */
export type IssuerDesk = { url: string; secret: string };

/**
 * A certified OpenID provider that gives JWT access tokens (RFC 9068), with whatever roles are asked for: by client
 * credentials, and to people at the work desk, who choose on a page whom they are. For development and tests; a city's
 * own issuer takes its place by address alone.
 */
export const createIssuer = (
  issuerUrl: string,
  { clientSecret, cookieKey, keys }: IssuerState,
  desk?: IssuerDesk,
): Server => {
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
      ...(desk ? [deskClient(desk)] : []),
    ],
    adapter: createIssuerStore(),
    interactions: { url: (_ctx, { uid }) => `/sign-in/${uid}` },
    findAccount: (_ctx, account) =>
      personOf(account) && { accountId: account, claims: async () => ({ sub: account }) },
    // The desk is ours: nobody is asked whether it may act for them.
    loadExistingGrant: async ({ oidc }) => {
      const grant = new oidc.provider.Grant({
        clientId: oidc.client?.clientId,
        accountId: oidc.session?.accountId,
      });
      grant.addOIDCScope('openid');
      await grant.save();
      return grant;
    },
    pkce: { required: (_ctx, { clientId }) => clientId === deskClientId },
    jwks: { keys: keys as never },
    cookies: { keys: [cookieKey] },
    features: {
      clientCredentials: { enabled: true },
      devInteractions: { enabled: false },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: (ctx, form) => {
          const page = signOutPage(form);
          ctx.set('content-security-policy', page.csp);
          ctx.type = 'html';
          ctx.body = page.body;
        },
      },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => resource,
        useGrantedResource: () => true,
        getResourceServerInfo: (_ctx, indicator) => {
          if (indicator !== resource) throw new errors.InvalidTarget();
          return { scope: '', audience, accessTokenFormat: 'jwt', jwt: { sign: { alg: 'ES256' } } };
        },
      },
    },
    ttl: {
      ClientCredentials: (ctx) => wanted(ctx).lifetime,
      AccessToken: defaultSeconds,
      AuthorizationCode: 60,
      IdToken: 3600,
      Interaction: 3600,
      Session: defaultSeconds,
      Grant: defaultSeconds,
    },
    extraTokenClaims: (ctx, token) => {
      const { roles, organisation, jurisdiction } = claimsOf(ctx, accountIn(token));
      return { roles, jurisdiction, ...(organisation && { organisation }) };
    },
    formats: {
      customizers: {
        jwt: (ctx, token, jwt) => {
          if (jwt.payload) jwt.payload['sub'] = claimsOf(ctx, accountIn(token)).subject;
        },
      },
    },
  });
  const answer = provider.callback();
  return createServer((request, response) => {
    if (request.url === '/health')
      response.writeHead(200, { 'content-type': 'application/json' }).end('{"status":"ok"}');
    else if (signInPath.test(request.url ?? ''))
      answerSignIn(provider, request, response).catch(() => response.destroy());
    else void answer(request, response);
  });
};
