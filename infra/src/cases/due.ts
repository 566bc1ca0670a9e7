/** What falls due in running cases of every service, for the sandbox's clock: it goes from one due instant to the next. */
import { signalNames } from '@gongshu/shared/application/messages';
import { type Client, WorkflowNotFoundError } from '@temporalio/client';
import { type Kysely, sql } from 'kysely';
import type { ApplicationTables } from './tables.ts';

type Db = Kysely<any>;

/** The earliest instant after `after`, up to and with `upTo`, at which a workflow wakes. */
export const nextDue = async (db: Db, after: Date, upTo: Date): Promise<Date | null> => {
  const { rows } = await sql<{ at: Date | null }>`
    select platform.sandbox_next(${after}::timestamptz, ${upTo}::timestamptz) as at`.execute(db);
  return rows[0]?.at ?? null;
};

/** Tells workflows to look again; one that ended a moment ago needs no word. */
const tell = (client: Client, workflows: readonly string[]): Promise<unknown> =>
  Promise.all(
    workflows.map((id) =>
      client.workflow
        .getHandle(id)
        .signal(signalNames.lawTimeMoved)
        .catch((error: unknown) => {
          if (!(error instanceof WorkflowNotFoundError)) throw error;
        }),
    ),
  );

/** Tells every workflow that is due that the clock has moved. */
export const wakeWorkflows = async (db: Db, client: Client, at: Date): Promise<void> => {
  const { rows } = await sql<{ id: string }>`
    select platform.sandbox_due(${at}::timestamptz) as id`.execute(db);
  await tell(
    client,
    rows.map(({ id }) => id),
  );
};

/** Tells the turns of a case that are held to look again: what they waited for was struck out. */
export const lookAgain = async (
  db: Kysely<ApplicationTables>,
  client: Client,
  caseNo: string,
): Promise<void> => {
  const turns = await db
    .selectFrom('turn')
    .select('turn_id')
    .where('case_no', '=', caseNo)
    .where('outcome', '=', 'open')
    .execute();
  await client.withDeadline(Date.now() + 5_000, () =>
    tell(
      client,
      turns.map(({ turn_id }) => turn_id),
    ),
  );
};

/** Whether everything due by now has been done, no act is on its way, and every open case stands at a turn. */
export const settled = async (db: Db, at: Date): Promise<boolean> => {
  const { rows } = await sql<{ unsettled: boolean }>`
    select platform.sandbox_unsettled(${at}::timestamptz) as unsettled`.execute(db);
  return rows[0]?.unsettled === false;
};
