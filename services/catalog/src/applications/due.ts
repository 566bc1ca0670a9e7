/** What falls due in running cases, for the sandbox's clock: it goes from one due instant to the next. */
import type { ApplicationTables } from '@gongshu/infra/application-tables';
import { lawTimeMovedSignal } from '@gongshu/workflows/messages';
import { type Client, WorkflowNotFoundError } from '@temporalio/client';
import { type Kysely, sql } from 'kysely';

type Db = Kysely<ApplicationTables>;

/** The earliest instant after `after`, up to and with `upTo`, at which an open turn wakes. */
export const nextDue = async (db: Db, after: Date, upTo: Date): Promise<Date | null> => {
  const row = await db
    .selectFrom('turn')
    .select((eb) => eb.fn.min('wake_at').as('at'))
    .where('outcome', '=', 'open')
    .where('wake_at', '>', after)
    .where('wake_at', '<=', upTo)
    .executeTakeFirst();
  return row?.at ?? null;
};

/** Tells turns to look again; one that ended a moment ago needs no word. */
const tell = (client: Client, turns: readonly { turn_id: string }[]): Promise<unknown> =>
  Promise.all(
    turns.map(({ turn_id }) =>
      client.workflow
        .getHandle(turn_id)
        .signal(lawTimeMovedSignal)
        .catch((error: unknown) => {
          if (!(error instanceof WorkflowNotFoundError)) throw error;
        }),
    ),
  );

/** Tells every open turn that is due that the clock has moved. */
export const wakeTurns = async (db: Db, client: Client, at: Date): Promise<void> => {
  const turns = await db
    .selectFrom('turn')
    .select('turn_id')
    .where('outcome', '=', 'open')
    .where('wake_at', '<=', at)
    .execute();
  await tell(client, turns);
};

/** Tells the turns of a case that are held to look again: what they waited for was struck out. */
export const lookAgain = async (db: Db, client: Client, caseNo: string): Promise<void> => {
  const turns = await db
    .selectFrom('turn')
    .select('turn_id')
    .where('case_no', '=', caseNo)
    .where('outcome', '=', 'open')
    .execute();
  await client.withDeadline(Date.now() + 5_000, () => tell(client, turns));
};

/**
 * Whether everything due by now has been done: no turn waits to be woken (held ones wait for acts, not for time), no
 * act is on its way, and every open case stands at a turn.
 */
export const settled = async (db: Db, at: Date): Promise<boolean> => {
  const { rows } = await sql<{ unsettled: boolean }>`
    select exists (
      select from catalog.turn where outcome = 'open' and wake_at <= ${at} and not held
    ) or exists (
      select from catalog.intake where state = 'taken' and attempts = 0 and fault is null
    ) or exists (
      select
      from catalog.application as application
      where application.outcome is null
        and not exists (
          select from catalog.turn where turn.case_no = application.case_no and turn.outcome = 'open'
        )
        and exists (
          select from catalog.intake
          where intake.case_no = application.case_no and act = 'submitApplication' and state = 'delivered'
        )
    ) as unsettled`.execute(db);
  return rows[0]?.unsettled === false;
};
