import { randomUUID } from 'node:crypto';
import { readConfig } from '@gongshu/infra/config';
import { requestToken } from '@gongshu/infra/tokens';
import type { ServiceName } from '@gongshu/shared/events';
import type { Role } from '@gongshu/shared/may';
import { z } from 'zod';

const Refusal = z.object({
  title: z.string(),
  detail: z.string().optional(),
  code: z.string(),
  errors: z.array(z.object({ pointer: z.string(), message: z.string() })).optional(),
});

const told = (service: CalledService, answer: unknown, status: number): string => {
  const refusal = Refusal.safeParse(answer).data;
  if (!refusal) return `the ${service} service answered ${status}`;
  const { title, detail, code, errors = [] } = refusal;
  const places = errors.map(({ pointer, message }) => `\n  ${pointer}: ${message}`).join('');
  return `${title} (${code})${detail ? `: ${detail}` : ''}${places}`;
};

/** The services that the commands read from. */
export type CalledService = ServiceName;
const ports: Record<CalledService, number> = {
  ...{ catalog: 7101, registry: 7102 },
  ...{ pricing: 7103, disclosure: 7104 },
};

const urlOf = (service: CalledService): string => {
  const name = `GONGSHU_${service.toUpperCase()}`;
  return process.env[`${name}_URL`] || `http://127.0.0.1:${process.env[`${name}_PORT`] || ports[service]}`;
};

const bearer = ({
  role,
  jurisdiction,
  organisation,
  subject,
}: NonNullable<CatalogCall['as']>): Promise<string> => {
  const { dataFolder, issuerUrl } = readConfig(['dataFolder', 'issuerUrl'], {
    GONGSHU_ISSUER_URL: `http://127.0.0.1:${process.env['GONGSHU_ISSUER_PORT'] || 7105}`,
    ...process.env,
  });
  return requestToken(
    { issuerUrl, dataFolder },
    { roles: [role], jurisdiction, organisation, subject, seconds: 3600 },
  );
};

export type CatalogCall = {
  /** The catalog when left out. */
  service?: CalledService;
  method: 'GET' | 'POST';
  path: string;
  body?: object;
  /** Asked for with a token of the development issuer; nobody's call when left out. */
  as?: { role: Role; jurisdiction: string; organisation?: string | undefined; subject?: string | undefined };
};

/**
 * Calls the catalog, or another service, of a started platform. Throws an Error of a few lines when it does not answer, or refuses:
 * title, code and each wrong place.
 */
export const callCatalog = async <T>(
  answer: z.ZodType<T>,
  { service = 'catalog', method, path, body, as }: CatalogCall,
): Promise<T> => {
  const response = await fetch(`${urlOf(service)}${path}`, {
    method,
    headers: {
      'accept-language': 'en',
      ...(body && { 'content-type': 'application/json', 'idempotency-key': randomUUID() }),
      ...(as && { authorization: `Bearer ${await bearer(as)}` }),
    },
    ...(body && { body: JSON.stringify(body) }),
  }).catch((cause: unknown) => {
    if (cause instanceof Error && cause.name !== 'TypeError') throw cause;
    throw new Error(`The ${service} service at ${urlOf(service)} does not answer; is the platform started?`, {
      cause,
    });
  });
  const said: unknown = await response.json().catch(() => undefined);
  if (!response.ok) throw new Error(told(service, said, response.status));
  return answer.parse(said);
};
