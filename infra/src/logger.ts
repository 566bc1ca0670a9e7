import { toInstantText } from '@gongshu/shared/business-date';
import { type DestinationStream, type Logger, type LoggerOptions, pino } from 'pino';

/** Keys whose values never reach a log, at whatever depth: names, contacts, secrets, free text. */
const hidden = new Set(
  [
    [
      'name',
      'fullName',
      'contact',
      'contacts',
      'contactName',
      'phone',
      'mobile',
      'email',
      'address',
      'idCard',
    ],
    [
      'authorization',
      'cookie',
      'password',
      'secret',
      'token',
      'accessToken',
      'clientSecret',
      'connectionString',
    ],
    [
      'reason',
      'reasons',
      'comment',
      'text',
      'title',
      'description',
      'purpose',
      'abstract',
      'body',
      'payload',
      'q',
    ],
  ]
    .flat()
    .map((key) => key.toLowerCase()),
);
const removed = '[removed]';
const deepest = 8;

const redacted = (value: unknown, depth: number): unknown => {
  if (value === null || typeof value !== 'object' || value instanceof Error || value instanceof Date)
    return value;
  if (depth === deepest) return removed;
  if (Array.isArray(value)) return value.map((item) => redacted(item, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      key,
      hidden.has(key.toLowerCase()) ? removed : redacted(item, depth + 1),
    ]),
  );
};

/** The place of an error without its message: a database's words can quote the row that it refused. */
const frames = (error: Error): string =>
  (error.stack ?? '')
    .split('\n')
    .filter((line) => line.startsWith('    at '))
    .join('\n');

/** What may be logged of an error. PostgreSQL's message and detail quote values, so its code and constraint stand alone. */
export const errorRecord = (error: unknown, depth = 0): Record<string, unknown> => {
  if (!(error instanceof Error)) return { type: typeof error };
  const from = error as Error & { code?: unknown; severity?: unknown; constraint?: unknown; table?: unknown };
  const quotesRows = from.severity !== undefined;
  return {
    type: error.name,
    ...(from.code !== undefined && { code: from.code }),
    ...(quotesRows ? { constraint: from.constraint, table: from.table } : { message: error.message }),
    stack: frames(error),
    ...(error.cause instanceof Error && depth < 4 && { cause: errorRecord(error.cause, depth + 1) }),
  };
};

/**
 * The one logger of a process: JSON lines on standard output (or `destination`), times with +08:00.
 * Objects are stripped of names, contacts, secrets and free text at every depth; messages are ours and constant.
 */
export const createLogger = (
  service: string,
  {
    level = 'info',
    destination,
  }: { level?: string | undefined; destination?: DestinationStream | undefined } = {},
): Logger => {
  const options: LoggerOptions = {
    level,
    base: { service },
    timestamp: () => `,"time":"${toInstantText(Date.now())}"`,
    formatters: {
      level: (label) => ({ level: label }),
      log: (entry) => redacted(entry, 0) as Record<string, unknown>,
    },
    serializers: { err: (error: unknown) => errorRecord(error), req: () => undefined, res: () => undefined },
  };
  return destination ? pino(options, destination) : pino(options);
};
