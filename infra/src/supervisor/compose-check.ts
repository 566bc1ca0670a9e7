import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { onPath, run } from '../backends/command.ts';
import { kafkaImage } from '../backends/kafka.ts';
import { projectFolder } from '../backends/places.ts';
import { postgresImage } from '../backends/postgres-container.ts';
import { searchAttributes, temporalImage } from '../backends/temporal.ts';

const Service = z.strictObject({
  image: z.string(),
  user: z.string().optional(),
  command: z.array(z.string()).optional(),
  restart: z.enum(['unless-stopped', 'no']),
  environment: z.record(z.string(), z.string()).optional(),
  ports: z.array(z.string()),
  volumes: z.array(z.string()),
  healthcheck: z.strictObject({
    test: z.array(z.string()).min(2),
    interval: z.string(),
    timeout: z.string(),
    retries: z.int().positive(),
    start_period: z.string(),
  }),
});
/** No top-level `name` or `version`: compose 1.29 and 2 both take the file. */
const Compose = z.strictObject({
  services: z.strictObject({ postgres: Service, temporal: Service, kafka: Service }),
  volumes: z.record(z.string(), z.null()),
});

/** The variable and the default of each port that is open to this machine. */
const ports = {
  postgres: [['GONGSHU_POSTGRES_PORT', '7132']],
  temporal: [
    ['GONGSHU_TEMPORAL_PORT', '7233'],
    ['GONGSHU_TEMPORAL_UI_PORT', '7243'],
  ],
  kafka: [['GONGSHU_KAFKA_PORT', '7192']],
} as const;

const images = { postgres: postgresImage, temporal: temporalImage, kafka: kafkaImage } as const;

/** What is wrong with the text of a docker-compose.yml, one sentence each. */
export const composeFaults = (text: string): string[] => {
  let document: unknown;
  try {
    document = parse(text, { version: '1.2' });
  } catch (error) {
    return [`it is no YAML: ${(error as Error).message}`];
  }
  const parsed = Compose.safeParse(document);
  if (!parsed.success)
    return parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'the file'}: ${message}`);
  const { services, volumes } = parsed.data;
  const faults: string[] = [];
  for (const name of ['postgres', 'temporal', 'kafka'] as const) {
    const service = services[name];
    if (service.image !== images[name])
      faults.push(`${name}: image is ${service.image}, npm start uses ${images[name]}`);
    const open = ports[name].map(([variable, usual]) => `127.0.0.1:\${${variable}:-${usual}}:`);
    for (const prefix of open)
      if (!service.ports.some((port) => port.startsWith(prefix))) faults.push(`${name}: no port ${prefix}…`);
    if (service.ports.length !== open.length) faults.push(`${name}: opens a port that npm start does not`);
    for (const [volume] of service.volumes.map((mount) => mount.split(':')))
      if (!volume || !(volume in volumes)) faults.push(`${name}: volume ${volume} is not declared`);
    for (const [key, value] of Object.entries(service.environment ?? {}))
      if (/PASSWORD/.test(key) && !/^\$\{\w+:\?[^}]+\}$/.test(value))
        faults.push(`${name}: ${key} must come from the environment, with no default`);
  }
  if (!services.postgres.environment?.['POSTGRES_PASSWORD'])
    faults.push('postgres: POSTGRES_PASSWORD is not required');
  const command = services.temporal.command ?? [];
  for (const [attribute, type] of Object.entries(searchAttributes))
    if (!command.includes(`${attribute}=${type}`))
      faults.push(`temporal: search attribute ${attribute}=${type} is missing`);
  return faults;
};

/** Faults of docker-compose.yml; where `docker compose` is installed it must accept the file, too. */
export const checkCompose = async (): Promise<string[]> => {
  const file = join(projectFolder, 'docker-compose.yml');
  const faults = composeFaults(readFileSync(file, 'utf8'));
  if (!onPath('docker') || (await run('docker', ['compose', 'version'])).failed) return faults;
  const { failed } = await run('docker', ['compose', '-f', file, 'config', '--quiet'], {
    env: { ...process.env, GONGSHU_DATABASE_PASSWORD: 'for-the-check-only' },
  });
  return failed ? [...faults, failed] : faults;
};
