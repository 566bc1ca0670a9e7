/** Writing what an event says: once, in any order, whatever came before it. */
import type { CloudEvent } from '@gongshu/infra/cloud-event';
import { businessDateOf } from '@gongshu/shared/business-date';
import type { Transaction } from 'kysely';
import type { DisclosureTables } from '../tables.ts';

export type Trx = Transaction<DisclosureTables>;
/** One event as a handler reads it: its data were checked against their schema. */
export type Told = {
  event: CloudEvent;
  // biome-ignore lint/suspicious/noExplicitAny: each handler knows its event's data, which their schema has checked
  data: any;
  jurisdiction: string;
  subject: string;
  sequence: number;
  /** When it happened, on the law's clock. */
  at: Date;
};
export type Handler = (trx: Trx, told: Told) => Promise<void>;

export const toldOf = (event: CloudEvent): Told => ({
  ...{ event, data: event.data, jurisdiction: event.jurisdiction, subject: event.subject },
  sequence: Number(event.sequence),
  at: new Date(event.lawtime),
});

/** What an act rests on, as the events name it. */
export const restsOf = ({ data }: Told): { article: string | null; instrument: string | null } => ({
  article: data.article ?? null,
  instrument: data.articleInstrument ?? null,
});

export const monthOf = ({ at }: Told): string => businessDateOf(at.getTime()).slice(0, 7);

/**
 * Puts a row's columns beside what stands under its key. With `newest`, the name of the column that holds the sequence of
 * what said them, an older event changes nothing.
 */
export const keep = async (
  trx: Trx,
  table: keyof DisclosureTables,
  key: object,
  columns: object,
  newest?: string,
): Promise<void> => {
  const told = { ...columns } as Record<string, unknown>;
  await trx
    .insertInto(table as 'public_body')
    .values({ ...key, ...told } as never)
    .onConflict((conflict) => {
      const update = conflict.columns(Object.keys(key) as never).doUpdateSet(told as never);
      return newest === undefined
        ? update
        : update.where(`${table}.${newest}` as never, '<', told[newest] as never);
    })
    .execute();
};
