import type { Child } from './children.ts';

/** A backend that answers. `stop` ends what was started here and is nothing for a backend found at an address. */
export type Part = {
  /** PostgreSQL, Temporal, Kafka */
  name: string;
  /** A connection URL for PostgreSQL, host:port for Temporal, host:port,… for Kafka. */
  address: string;
  /** Where it came from, one clause for people. */
  from: string;
  /** A page for people, if it has one. */
  page?: string;
  /** From now on it is started again when it ends by itself (only what runs as our child). */
  keepUp?: Child['keepUp'];
  stop: () => Promise<void>;
};

/** One sentence for people: what is missing or in the way, and what to do. Never a stack trace. */
export class PartUnavailable extends Error {
  override name = 'PartUnavailable';
}

/** A way to have a part. `undefined` or a reason (string) means: not this way, try the next. */
export type Way<T> = { called: string; find: () => Promise<T | string> };

/**
 * Tries the ways in order and returns the first that works.
 * @throws PartUnavailable with every way tried, why it failed, and the one command that would help.
 */
export const firstThatWorks = async <T extends object>(
  part: string,
  ways: readonly Way<T>[],
  remedy: string,
): Promise<T> => {
  const tried: string[] = [];
  for (const way of ways) {
    const found = await way.find();
    if (typeof found !== 'string') return found;
    tried.push(`${way.called} (${found})`);
  }
  throw new PartUnavailable(`${part} cannot be had; tried ${tried.join(', ')}. To fix it: ${remedy}`);
};

/** The message of whatever was thrown, on one line and of bounded length. */
export const reason = (error: unknown): string => {
  const text = error instanceof Error ? error.message || error.name : String(error);
  const line = text.replaceAll(/\s+/g, ' ').trim();
  return line.length > 300 ? `${line.slice(0, 297)}…` : line;
};
