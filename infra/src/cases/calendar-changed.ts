/** A new calendar reaches every running clock: one intake row a turn, delivered exactly once, outage or not. */
import type { ApplicationTables } from './tables.ts';
import { takeIn } from '../intake/take.ts';
import type { ProcedureTables } from '../procedures/tables.ts';
import type { Kysely } from 'kysely';

/** Tells the open turns of the jurisdictions; a turn whose workflow looks first finds the newest calendar itself. */
export const tellCalendarChanged = async (
  db: Kysely<ApplicationTables>,
  jurisdictions: string[],
  calendarVersion: string,
): Promise<void> => {
  const turns = await db
    .selectFrom('turn')
    .select(['turn_id', 'case_no', 'jurisdiction'])
    .where('outcome', '=', 'open')
    .where('jurisdiction', 'in', jurisdictions.length > 0 ? jurisdictions : [''])
    .where('calendar_version', '!=', calendarVersion)
    .orderBy('turn_id')
    .execute();
  for (const { turn_id, case_no, jurisdiction } of turns)
    await takeIn(db, case_no, async () => ({
      act: 'calendarChanged',
      jurisdiction,
      caseNo: case_no,
      turnId: turn_id,
      workflowId: turn_id,
      payload: { calendarVersion },
      actor: { id: 'calendar', role: 'system', organisation: null },
    }));
};

/** The same to open procedures, which read the newest calendar themselves: they are told to look again. */
export const tellProceduresCalendarChanged = async (
  db: Kysely<ProcedureTables>,
  jurisdictions: string[],
  calendarVersion: string,
): Promise<void> => {
  const rows = await db
    .selectFrom('procedure')
    .select(['case_no', 'jurisdiction'])
    .where('outcome', 'is', null)
    .where('jurisdiction', 'in', jurisdictions.length > 0 ? jurisdictions : [''])
    .where('calendar_version', '!=', calendarVersion)
    .orderBy('case_no')
    .execute();
  for (const { case_no: caseNo, jurisdiction } of rows)
    await takeIn(db as never, caseNo, async () => ({
      ...{ act: 'calendarChanged', jurisdiction, caseNo, turnId: null, workflowId: caseNo },
      payload: { calendarVersion },
      actor: { id: 'calendar', role: 'system', organisation: null },
    }));
};
