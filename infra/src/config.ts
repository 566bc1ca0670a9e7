import { z } from 'zod';
import { startFolder } from './backends/places.ts';
import { isNetwork } from './http/address.ts';

const port = z.coerce
  .number('a number')
  .int('a whole number')
  .min(0, 'at least 0')
  .max(65_535, 'at most 65535');
const hostPort = z.string('host:port').regex(/^[^\s:/]+:\d{1,5}$/, 'host:port, like 127.0.0.1:7233');

const httpUrl = z
  .url({ protocol: /^https?$/, error: 'an http(s) address' })
  .transform((text) => text.replace(/\/+$/, ''));

/** One row a setting: its environment variable and what it must look like, in words that end "must be …". */
const settings = {
  databaseUrl: {
    from: 'GONGSHU_DATABASE_URL',
    read: z.string('a postgres:// address').regex(/^postgres(ql)?:\/\/\S+$/, 'a postgres:// address'),
  },
  /** Where the worker writes the registry's cases, as the registry's role. */
  registryDatabaseUrl: {
    from: 'GONGSHU_REGISTRY_DATABASE_URL',
    read: z.string('a postgres:// address').regex(/^postgres(ql)?:\/\/\S+$/, 'a postgres:// address'),
  },
  /** Where the worker writes the cases of pricing, as its role. */
  pricingDatabaseUrl: {
    from: 'GONGSHU_PRICING_DATABASE_URL',
    read: z.string('a postgres:// address').regex(/^postgres(ql)?:\/\/\S+$/, 'a postgres:// address'),
  },
  /** Where the worker writes the cases of disclosure, as its role. */
  disclosureDatabaseUrl: {
    from: 'GONGSHU_DISCLOSURE_DATABASE_URL',
    read: z.string('a postgres:// address').regex(/^postgres(ql)?:\/\/\S+$/, 'a postgres:// address'),
  },
  temporalAddress: { from: 'GONGSHU_TEMPORAL_ADDRESS', read: hostPort },
  temporalNamespace: { from: 'GONGSHU_TEMPORAL_NAMESPACE', read: z.string().min(1).default('default') },
  kafkaBrokers: {
    from: 'GONGSHU_KAFKA_BROKERS',
    read: z
      .string('host:port, or several with commas')
      .transform((text) => text.split(',').map((broker) => broker.trim()))
      .pipe(z.array(hostPort)),
  },
  issuerUrl: {
    from: 'GONGSHU_ISSUER_URL',
    read: z.url({ protocol: /^https?$/, error: 'the http(s) address of an OIDC issuer' }),
  },
  /** Where the four services are reached by the pages, which ask them as anybody else does. */
  catalogUrl: { from: 'GONGSHU_CATALOG_URL', read: httpUrl.optional() },
  registryUrl: { from: 'GONGSHU_REGISTRY_URL', read: httpUrl.optional() },
  pricingUrl: { from: 'GONGSHU_PRICING_URL', read: httpUrl.optional() },
  disclosureUrl: { from: 'GONGSHU_DISCLOSURE_URL', read: httpUrl.optional() },
  /** The portal as the public reaches it, for links in files that leave it; the disclosure service's own address when not set. */
  publicUrl: { from: 'GONGSHU_PUBLIC_URL', read: httpUrl.optional() },
  /** The work desk as people's browsers reach it; the disclosure service's own address when not set. */
  deskUrl: { from: 'GONGSHU_DESK_URL', read: httpUrl.optional() },
  /** What the work desk is called at the issuer, and the file or the text of its secret there. */
  deskClientId: { from: 'GONGSHU_DESK_CLIENT_ID', read: z.string().min(1).default('gongshu-desk') },
  deskClientSecretFile: { from: 'GONGSHU_DESK_CLIENT_SECRET_FILE', read: z.string().min(1).optional() },
  deskClientSecret: { from: 'GONGSHU_DESK_CLIENT_SECRET', read: z.string().min(16).optional() },
  mode: {
    from: 'GONGSHU_MODE',
    read: z.enum(['development', 'production'], 'development or production').default('production'),
  },
  sandboxStart: {
    from: 'GONGSHU_SANDBOX_START',
    read: z.iso
      .datetime({ offset: true, error: 'an instant with its offset, like 2024-03-01T08:00:00+08:00' })
      .transform((text) => new Date(text))
      .optional(),
  },
  sandboxSpeed: {
    from: 'GONGSHU_SANDBOX_SPEED',
    read: z.coerce.number('a number').min(0, 'at least 0').max(31_536_000, 'at most 31536000').optional(),
  },
  dataFolder: { from: 'GONGSHU_DATA_DIR', read: z.string().default(startFolder) },
  /** Packs of further cities, and the documents by which drafts were adopted. */
  packsFolder: { from: 'GONGSHU_PACKS_DIR', read: z.string().optional() },
  /** The largest document that is taken; 20 MB when not set. */
  documentMaxBytes: {
    from: 'GONGSHU_DOCUMENT_MAX_BYTES',
    read: z.coerce
      .number('a number')
      .int('a whole number')
      .min(1024, 'at least 1024')
      .max(1024 ** 3, 'at most 1073741824')
      .default(20 * 1024 * 1024),
  },
  /** The largest file of data (CSV, Parquet, JSON lines, XLSX) that is taken; 1 GB when not set. */
  dataFileMaxBytes: {
    from: 'GONGSHU_DATA_FILE_MAX_BYTES',
    read: z.coerce
      .number('a number')
      .int('a whole number')
      .min(1024, 'at least 1024')
      .max(4 * 1024 ** 3, 'at most 4294967296')
      .default(1024 ** 3),
  },
  /** How long an upload to the registry may take; 10 minutes when not set: 1 GB at 14 Mbit/s. */
  uploadSeconds: {
    from: 'GONGSHU_UPLOAD_SECONDS',
    read: z.coerce
      .number('a number')
      .int('a whole number')
      .min(30, 'at least 30')
      .max(7_200, 'at most 7200')
      .default(600),
  },
  /** Files of products that one worker scans at once. */
  egressScansAtOnce: {
    from: 'GONGSHU_EGRESS_SCANS_AT_ONCE',
    read: z.coerce
      .number('a number')
      .int('a whole number')
      .min(1, 'at least 1')
      .max(16, 'at most 16')
      .default(1),
  },
  /** The server that notices go out through by mail; without it mail waits. */
  smtpUrl: {
    from: 'GONGSHU_SMTP_URL',
    read: z
      .string()
      .regex(/^smtps?:\/\/[^\s/]+\/?$/, 'an smtp:// or smtps:// address of a mail server')
      .optional(),
  },
  /** The address they come from. */
  smtpFrom: {
    from: 'GONGSHU_SMTP_FROM',
    read: z.email('a mail address').default('gongshu@localhost.localdomain'),
  },
  /** Gateways whose X-Forwarded-For is believed, beside this machine itself; nobody else's is. */
  trustedProxies: {
    from: 'GONGSHU_TRUSTED_PROXIES',
    read: z
      .string()
      .default('')
      .transform((text) => text.split(',').map((one) => one.trim()))
      .transform((all) => all.filter((one) => one !== ''))
      .pipe(
        z.array(z.string().refine(isNetwork, 'addresses or networks of gateways, like 10.1.0.7,10.2.0.0/24')),
      ),
  },
  port: { from: 'GONGSHU_PORT', read: port },
} as const;

type Settings = typeof settings;
/** What a process may ask for. `sandboxSpeed`: law seconds per real second, 0 stands still. */
export type Config = { [K in keyof Settings]: z.output<Settings[K]['read']> };

/** Every wrong or missing setting, one sentence each. */
export class ConfigError extends Error {
  override name = 'ConfigError';
}

/**
 * Reads the named settings from the environment; the others are not looked at, save one: production refuses to start
 * with sandbox time set, whatever was asked for.
 * @throws ConfigError with one sentence for each value that is missing or wrong.
 */
export const readConfig = <K extends keyof Config>(
  names: readonly K[],
  env: NodeJS.ProcessEnv = process.env,
): Pick<Config, K> => {
  const wrong: string[] = [];
  const config: Partial<Record<keyof Config, unknown>> = {};
  for (const name of names) {
    const { from, read } = settings[name];
    const text = env[from] === '' ? undefined : env[from];
    const parsed = read.safeParse(text);
    if (parsed.success) config[name] = parsed.data;
    else {
      const must = parsed.error.issues[0]?.message ?? 'right';
      wrong.push(
        text === undefined
          ? `${from} is not set; it must be ${must}.`
          : `${from} is "${text}"; it must be ${must}.`,
      );
    }
  }
  const production = (env['GONGSHU_MODE'] || 'production') === 'production';
  for (const { from } of [settings.sandboxStart, settings.sandboxSpeed])
    if (production && env[from])
      wrong.push(`${from} is set, and production mode refuses sandbox time; unset it.`);
  if (wrong.length > 0) throw new ConfigError(wrong.join('\n'));
  return config as Pick<Config, K>;
};
