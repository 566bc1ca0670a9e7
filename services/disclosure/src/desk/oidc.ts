/** Signing in by OIDC authorisation code with PKCE, state and nonce, against the city's issuer. */
import { readFile } from 'node:fs/promises';
import { Problem, problem } from '@gongshu/shared/problems';
import * as oidc from 'openid-client';

export type OidcSettings = {
  issuerUrl: string;
  /** The desk as browsers reach it, without a slash at its end. */
  deskUrl: string;
  clientId: string;
  /** The client's secret at the issuer: the text, or a file that holds it. */
  secret: { text: string } | { file: string };
};

/** What an answer of the issuer is held against. */
export type Asked = { verifier: string; state: string; nonce: string };
export type Given = { accessToken: string; idToken: string | undefined; expiresIn: number | undefined };

export type Oidc = {
  /** Where to send the browser, and what to keep meanwhile. */
  begin: () => Promise<{ address: string; asked: Asked }>;
  /** The tokens for the code in the issuer's answer. Throws `signInFailed` where the answer is not the one asked for. */
  finish: (answerUrl: string, asked: Asked) => Promise<Given>;
  /** Where to sign out at the issuer too; `undefined` where it has no such place. */
  signOut: (idToken: string | undefined) => Promise<string | undefined>;
};

const away = (cause: unknown) => problem('unavailable', { cause, headers: { 'retry-after': '5' } });

const secretOf = async (secret: OidcSettings['secret']): Promise<string> =>
  'text' in secret ? secret.text : (await readFile(secret.file, 'utf8')).trim();

/** The issuer's part: discovered at the first sign-in, asked again after a failure. */
export const createOidc = (settings: OidcSettings): Oidc => {
  const { issuerUrl, deskUrl, clientId } = settings;
  let known: Promise<oidc.Configuration> | undefined;
  const discover = async (): Promise<oidc.Configuration> =>
    oidc.discovery(
      new URL(issuerUrl),
      clientId,
      {},
      oidc.ClientSecretBasic(await secretOf(settings.secret)),
      // Only the development issuer on this machine is reached without TLS.
      issuerUrl.startsWith('http:')
        ? { execute: [oidc.allowInsecureRequests], timeout: 10 }
        : { timeout: 10 },
    );
  const configuration = async (): Promise<oidc.Configuration> => {
    known ??= discover();
    try {
      return await known;
    } catch (fault) {
      known = undefined;
      throw away(fault);
    }
  };
  return {
    begin: async () => {
      const config = await configuration();
      const asked = {
        verifier: oidc.randomPKCECodeVerifier(),
        state: oidc.randomState(),
        nonce: oidc.randomNonce(),
      };
      const address = oidc.buildAuthorizationUrl(config, {
        redirect_uri: `${deskUrl}/desk/sign-in/return`,
        scope: 'openid',
        code_challenge: await oidc.calculatePKCECodeChallenge(asked.verifier),
        code_challenge_method: 'S256',
        ...{ state: asked.state, nonce: asked.nonce },
      });
      return { address: address.href, asked };
    },
    finish: async (answerUrl, { verifier, state, nonce }) => {
      const config = await configuration();
      try {
        const given = await oidc.authorizationCodeGrant(config, new URL(answerUrl), {
          ...{ pkceCodeVerifier: verifier, expectedState: state, expectedNonce: nonce },
          idTokenExpected: true,
        });
        return {
          accessToken: given.access_token,
          idToken: given.id_token,
          expiresIn: given.expiresIn(),
        };
      } catch (cause) {
        if (cause instanceof Problem) throw cause;
        throw cause instanceof TypeError ? away(cause) : problem('signInFailed', { cause });
      }
    },
    signOut: async (idToken) => {
      const config = await configuration();
      if (!config.serverMetadata().end_session_endpoint) return undefined;
      return oidc.buildEndSessionUrl(config, {
        post_logout_redirect_uri: `${deskUrl}/desk/signed-out`,
        ...(idToken && { id_token_hint: idToken }),
      }).href;
    },
  };
};
