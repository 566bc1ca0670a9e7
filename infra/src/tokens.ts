import type { Role } from '@gongshu/shared/may';
import { z } from 'zod';
import { issuerClientId, readIssuerState } from './issuer-state.ts';

export type TokenRequest = {
  roles: readonly Role[];
  jurisdiction: string;
  organisation?: string | undefined;
  subject?: string | undefined;
  /** How long it lasts, in seconds of real time; 8 hours when left out. */
  seconds?: number | undefined;
};

const Given = z.object({ access_token: z.string() });
const Refused = z.object({ error: z.string(), error_description: z.string().optional() });

/**
 * Asks the development issuer for a token, with the secret that it left in the data folder.
 * Throws an Error of one sentence when the issuer is away, unknown here, or refuses.
 */
export const requestToken = async (
  { issuerUrl, dataFolder }: { issuerUrl: string; dataFolder: string },
  { roles, jurisdiction, organisation, subject, seconds }: TokenRequest,
): Promise<string> => {
  const { clientSecret } = await readIssuerState(dataFolder).catch((cause: unknown) => {
    throw new Error(`There is no development issuer in ${dataFolder}; start it once with npm start.`, {
      cause,
    });
  });
  const form = new URLSearchParams({
    grant_type: 'client_credentials',
    roles: roles.join(' '),
    jurisdiction,
  });
  if (organisation) form.set('organisation', organisation);
  if (subject) form.set('subject', subject);
  if (seconds) form.set('lifetime', String(seconds));
  const answer = await fetch(`${issuerUrl.replace(/\/$/, '')}/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${btoa(`${issuerClientId}:${clientSecret}`)}` },
    body: form,
    signal: AbortSignal.timeout(10_000),
  }).catch((cause: unknown) => {
    throw new Error(`The issuer at ${issuerUrl} does not answer; is the platform started?`, { cause });
  });
  const body: unknown = await answer.json().catch(() => ({}));
  if (answer.ok) return Given.parse(body).access_token;
  const refused = Refused.safeParse(body);
  const why = refused.data?.error_description ?? refused.data?.error ?? `status ${answer.status}`;
  throw new Error(`The issuer refuses: ${why}.`);
};
