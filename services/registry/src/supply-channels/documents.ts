import type { ActObject } from '@gongshu/shared/may';
import type { Kysely } from 'kysely';
import { operatorsOn } from './law.ts';
import type { ChannelTables } from './tables.ts';

/** What `may()` asks about the documents of a channel: its department and the operators that assess it read them. */
export const channelObject =
  (db: Kysely<ChannelTables>, today: () => Promise<string>) =>
  async (id: string): Promise<ActObject | undefined> => {
    if (!id.startsWith('QD-')) return undefined;
    const row = await db
      .selectFrom('supply_channel')
      .select(['jurisdiction', 'department'])
      .where('id', '=', id)
      .executeTakeFirst();
    if (!row) return undefined;
    const operators = await operatorsOn(db, row.jurisdiction, await today());
    return {
      jurisdiction: row.jurisdiction,
      owner: row.department,
      handlers: [row.department, ...operators],
    };
  };
