/** Everything of a service's cases that is told, run or kept beside the tables of words: where no name may stand. */
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { type Kysely, sql } from 'kysely';
import type { Client } from '@temporalio/client';
import { runsOf } from './turns-history.ts';

/** Events, audit, entries, states, intake and notices of the schema, and the histories of its cases, as one text. */
export const sweepUp = async ({ db, client }: { db: Kysely<any>; client: Client }): Promise<string> => {
  const { rows } = await sql<{ all: string }>`
    select coalesce(string_agg(one, ' '), '') as all from (
      select payload::text as one from outbox
      union all select entry from audit_entry
      union all select data::text from procedure_entry
      union all select concat(start::text, state::text, opened_by) from procedure
      union all select concat(payload::text, actor_id) from intake
      union all select concat(data::text, addressee) from platform.notice
    ) as told`.execute(db);
  const { rows: cases } = await sql<{ case_no: string }>`select case_no from procedure`.execute(db);
  const histories: string[] = [];
  for (const { case_no } of cases)
    for (const run of await runsOf(client, case_no)) histories.push(historyToJSON(run));
  const decoded = histories
    .join(' ')
    .replaceAll(/"data":\s*"([A-Za-z0-9+/=]+)"/g, (_all, data: string) =>
      Buffer.from(data, 'base64').toString('utf8'),
    );
  return `${rows[0]?.all} ${decoded}`;
};
