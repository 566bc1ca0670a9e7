import { sql } from 'kysely';
import type { HistoryItem } from './view.ts';
import { instant } from './view-time.ts';
import type { ApplicationReader } from './visible.ts';

/** Where a page of history ended: law instant in milliseconds, act (0) or event (1), number among those. */
export type HistoryKey = [number, number, number];
export type HistoryRow = { item: HistoryItem; key: HistoryKey };

type Row = {
  at: Date;
  rank: number;
  seq: number;
  name: string;
  actor_id: string;
  actor_role: string;
  actor_organisation: string | null;
  turn: string | null;
  receipt: string | null;
  state: string | null;
  code: string | null;
};

/**
 * What was taken in and what happened, in the order of the law's clock; at the same instant the act stands before the
 * event it led to. Who acted is read from the audit entry of the event. At most `limit` after `after`.
 */
export const historyOf = async (
  db: ApplicationReader,
  caseNo: string,
  { after, limit }: { after: HistoryKey | undefined; limit: number },
): Promise<HistoryRow[]> => {
  const [at, rank, seq] = after ?? [0, 0, 0];
  const { rows } = await sql<Row>`
    select *
    from (
      select date_trunc('milliseconds', received_at) as at, 0 as rank, seq, act as name,
             actor_id, actor_role, actor_organisation, turn_id as turn, receipt, state, code
      from intake
      where case_no = ${caseNo}
      union all
      select date_trunc('milliseconds', outbox.occurred_at), 1, outbox.seq, outbox.type,
             audit_entry.entry::jsonb #>> '{actor,id}',
             audit_entry.entry::jsonb #>> '{actor,role}',
             audit_entry.entry::jsonb #>> '{actor,organisation}',
             case
               when outbox.payload ->> 'turn' = 'review'
                 then substring(outbox.key from '^[^/]+/review/[^/]+') -- by its number: a successor's began as another's
               else outbox.aggregateid || '/' || (outbox.payload ->> 'turn')
             end,
             coalesce(audit_entry.entry::jsonb #>> '{details,receipt}', outbox.payload ->> 'receipt'),
             null,
             coalesce(outbox.payload ->> 'causeCode', outbox.payload ->> 'holdCode')
      from outbox
      join audit_entry on audit_entry.event_id = outbox.id
      where outbox.aggregateid = ${caseNo}
    ) as history
    where (at, rank, seq) > (${new Date(at)}::timestamptz, ${rank}::integer, ${seq}::bigint)
    order by at, rank, seq
    limit ${limit}`.execute(db);
  return rows.map((row) => ({
    item: {
      at: instant(row.at),
      kind: row.rank === 0 ? 'act' : 'event',
      name: row.name,
      actor: { id: row.actor_id, role: row.actor_role, organisation: row.actor_organisation },
      turn: row.turn,
      receipt: row.receipt,
      state: row.state,
      code: row.code,
    },
    key: [row.at.getTime(), row.rank, row.seq],
  }));
};
