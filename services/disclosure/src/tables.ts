import type { Generated } from 'kysely';
import type { Measure } from './measures.ts';
import type { PublicTables } from './public/tables.ts';

/** Schema disclosure, as far as this service queries it itself; `event_gap` is the reference subscriber's. */
export type DisclosureTables = PublicTables & {
  figure: { jurisdiction: string; month: string; measure: Measure; count: number };
  resource_state: { resource: string; jurisdiction: string; open: boolean; sequence: number };
  event_gap: {
    id: Generated<number>;
    consumer: string;
    topic: string;
    subject: string;
    event_id: string;
    kind: 'gap' | 'inversion';
    expected: number;
    received: number;
    found_at: Date;
  };
};
