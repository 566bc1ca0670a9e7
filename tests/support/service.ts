import { connect } from '@gongshu/infra/database';
import type { ServiceDeps } from '@gongshu/infra/http/types';
import { createLogger } from '@gongshu/infra/logger';
import type { ServiceName } from '@gongshu/shared/events';
import type { TestTokens } from './tokens.ts';

/** The law's instant in tests of services: a Friday morning in Zhongwei. */
export const testInstant = new Date('2024-03-01T10:00:00+08:00');

/** What a service is built from, on a test's own database. Close `db` after the app. */
export const serviceDeps = (
  schema: ServiceName,
  { url, tokens, ...others }: { url: string; tokens: TestTokens } & Partial<ServiceDeps>,
): ServiceDeps => ({
  db: connect(url, { schema, max: 4 }),
  logger: createLogger(schema, { level: 'silent' }),
  verify: tokens.verify,
  lawNow: async () => testInstant,
  sandbox: false,
  checks: {},
  ...others,
});
