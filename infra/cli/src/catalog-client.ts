import { randomUUID } from 'node:crypto';
import { readConfig } from '@gongshu/infra/config';
import { requestToken } from '@gongshu/infra/tokens';
import type { Role } from '@gongshu/shared/may';
import { z } from 'zod';

const Refusal = z.object({
  title: z.string(),
  detail: z.string().optional(),
  code: z.string(),
  errors: z.array(z.object({ pointer: z.string(), message: z.string() })).optional(),
});

const told = (answer: unknown, status: number): string => {
  const refusal = Refusal.safeParse(answer).data;
  if (!refusal) return `the catalog service answered ${status}`;
  const { title, detail, code, errors = [] } = refusal;
  const places = errors.map(({ pointer, message }) => `\n  ${pointer}: ${message}`).join('');
  return `${title} (${code})${detail ? `: ${detail}` : ''}${places}`;
};

const url = (): string =>
  process.env['GONGSHU_CATALOG_URL'] || `http://127.0.0.1:${process.env['GONGSHU_CATALOG_PORT'] || 7101}`;

const bearer = ({ role, jurisdiction, organisation }: NonNullable<CatalogCall['as']>): Promise<string> => {
  const { dataFolder, issuerUrl } = readConfig(['dataFolder', 'issuerUrl'], {
    GONGSHU_ISSUER_URL: `http://127.0.0.1:${process.env['GONGSHU_ISSUER_PORT'] || 7105}`,
    ...process.env,
  });
  return requestToken(
    { issuerUrl, dataFolder },
    { roles: [role], jurisdiction, organisation, seconds: 3600 },
  );
};

export type CatalogCall = {
  method: 'GET' | 'POST';
  path: string;
  body?: object;
  /** Asked for with a token of the development issuer; nobody's call when left out. */
  as?: { role: Role; jurisdiction: string; organisation?: string | undefined };
};

/**
 * Calls the catalog service of a started platform. Throws an Error of a few lines when it does not answer, or refuses:
 * title, code and each wrong place.
 */
export const callCatalog = async <T>(
  answer: z.ZodType<T>,
  { method, path, body, as }: CatalogCall,
): Promise<T> => {
  const response = await fetch(`${url()}${path}`, {
    method,
    headers: {
      'accept-language': 'en',
      ...(body && { 'content-type': 'application/json', 'idempotency-key': randomUUID() }),
      ...(as && { authorization: `Bearer ${await bearer(as)}` }),
    },
    ...(body && { body: JSON.stringify(body) }),
  }).catch((cause: unknown) => {
    if (cause instanceof Error && cause.name !== 'TypeError') throw cause;
    throw new Error(`The catalog service at ${url()} does not answer; is the platform started?`, { cause });
  });
  const said: unknown = await response.json().catch(() => undefined);
  if (!response.ok) throw new Error(told(said, response.status));
  return answer.parse(said);
};
