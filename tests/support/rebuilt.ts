/** The public tables of a running installation, and the same built anew from its topics in an empty database. */
import { randomUUID } from 'node:crypto';
import { createBus } from '@gongshu/infra/bus';
import { connect } from '@gongshu/infra/database';
import { createFiguresSubscriber } from '@gongshu/service-disclosure/figures-subscriber';
import { createPublicSubscriber, publicTopics } from '@gongshu/service-disclosure/public/subscriber';
import type { DisclosureTables } from '@gongshu/service-disclosure/tables';
import { serviceNames } from '@gongshu/shared/events';
import { type Kysely, sql } from 'kysely';
import { testDatabase } from './parts.ts';
import { publicRows } from './public-rows.ts';
import { type Stack, until } from './stack.ts';

// biome-ignore lint/suspicious/noExplicitAny: any connection to the installation's database
type Db = Kysely<any>;

/** Ids of all events of the installation; those parked by the relay would never come. */
const written = async (db: Db): Promise<string[]> => {
  const parts = serviceNames.map((service) => sql`select id::text from ${sql.table(`${service}.outbox`)}`);
  const { rows } = await sql<{ id: string }>`${sql.join(parts, sql` union all `)}`.execute(db);
  return rows.map(({ id }) => id);
};

const taken = async (db: Db, consumer: string): Promise<Set<string>> => {
  const { rows } = await sql<{ id: string }>`
    select event_id as id
    from disclosure.processed_event
    where consumer = ${consumer}`.execute(db);
  return new Set(rows.map(({ id }) => id));
};

const untilWhole = async (from: Db, by: Db, consumer: string, types: 'all' | 'catalog'): Promise<void> => {
  const ids = async () => {
    if (types === 'all') return written(from);
    const { rows } = await sql<{ id: string }>`select id::text from catalog.outbox`.execute(from);
    return rows.map(({ id }) => id);
  };
  await until(
    async () => {
      const done = await taken(by, consumer);
      return (await ids()).filter((id) => !done.has(id));
    },
    (missing) => missing.length === 0,
    120_000,
  );
};

/**
 * Waits until the running service has taken every event, builds the tables anew with subscribers of their own from the
 * beginning of the topics, and answers with both. Let nothing happen meanwhile.
 */
export const rebuiltPublic = async (
  stack: Pick<Stack, 'db' | 'brokers'>,
): Promise<{
  running: Record<string, string[]>;
  rebuilt: Record<string, string[]>;
  gaps: number;
  again: (spoil: (db: Kysely<DisclosureTables>) => Promise<unknown>) => Promise<Record<string, string[]>>;
  drop: () => Promise<void>;
}> => {
  const source = stack.db as Db;
  const database = await testDatabase();
  const db = connect<DisclosureTables>(database.url, { schema: 'disclosure', max: 4 });
  const bus = createBus({ brokers: stack.brokers, clientId: 'rebuilt' });
  const name = `rebuilt-${randomUUID()}`;
  const [consumer, figures] = [`${name}-public`, `${name}-figures`];
  const subscribers = [
    createPublicSubscriber(db, bus, { consumer }),
    createFiguresSubscriber(db, bus, { consumer: figures }),
  ];
  await untilWhole(source, source, 'gongshu-disclosure-public', 'all');
  await untilWhole(source, source, 'gongshu-disclosure-figures', 'catalog');
  await untilWhole(source, db, consumer, 'all');
  await untilWhole(source, db, figures, 'catalog');
  await Promise.all(subscribers.map((one) => one.stop()));
  await bus.close();
  const { rows } = await sql<{ gaps: number }>`
    select count(*) as gaps
    from event_gap
    where topic = any(${[...publicTopics]}::text[])`.execute(db);
  return {
    running: await publicRows(source),
    rebuilt: await publicRows(db),
    gaps: rows[0]?.gaps ?? 0,
    again: async (spoil) => {
      await spoil(db);
      return publicRows(db);
    },
    drop: async () => {
      await db.destroy();
      await database.drop();
    },
  };
};
