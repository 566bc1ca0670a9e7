/** What is asked before the end of a period counts. */
import { lockCase } from '@gongshu/infra/intake/take';
import type { ProcedureTables } from '@gongshu/infra/procedures/tables';
import { procedures } from '@gongshu/shared/procedure/kinds';
import type { ProcedureActivities } from '@gongshu/shared/procedure/types';
import { type Kysely, sql } from 'kysely';
import type { ApplicationDeps } from '../application/deps.ts';
import { waitBeforeLook } from '../application/last-look.ts';

const minute = 60_000;
const twoHours = 120 * minute;

/**
 * Reads only, but for the mark that a case is held. In order: is it time, with the grace; is the calendar the newest;
 * is an act still on its way that was taken in before the end; was intake down in its last two hours.
 */
export const createLookAtPeriod =
  (deps: ApplicationDeps): ProcedureActivities['lookAtPeriod'] =>
  async ({ start: { caseNo, jurisdiction, procedure }, wake, calendarVersion, looks, held }) => {
    const { service } = procedures[procedure];
    const { inMillis, sinceMillis } = await deps.time();
    const ahead = inMillis(wake.at);
    if (ahead === null || ahead > 0) return { speak: false, lookAgainInMillis: Math.max(1, ahead ?? minute) };
    // On a clock that stands still the grace is what passes between the first look and the next.
    const since = sinceMillis(wake.at) ?? (looks === 0 ? 0 : deps.graceMillis);
    const grace = deps.graceMillis - since;
    if (grace > 0) return { speak: false, lookAgainInMillis: Math.ceil(grace) };
    if ((await deps.calendars.newest(jurisdiction)) !== calendarVersion)
      return { speak: false, readAgain: true, lookAgainInMillis: 1 };
    const db = deps.db[service] as unknown as Kysely<ProcedureTables>;
    const waiting = await db.transaction().execute(async (trx) => {
      await lockCase(trx as never, caseNo, 'silence');
      const found = await trx
        .selectFrom('intake')
        .select('receipt')
        .where('case_no', '=', caseNo)
        .where('state', 'in', ['taken', 'parked'])
        .where('act', '!=', 'calendarChanged')
        .where('received_at', '<', new Date(wake.at))
        .executeTakeFirst();
      await trx
        .updateTable('procedure')
        .set({ held: found !== undefined })
        .where('case_no', '=', caseNo)
        .where('held', '=', sql<boolean>`${found === undefined}`)
        .execute();
      return found !== undefined;
    });
    if (waiting) return { speak: false, lookAgainInMillis: waitBeforeLook(looks) };
    if (!held && (await deps.intakeWasDown(service, wake.at - twoHours, wake.at))) {
      // What is counted in hours is given back in hours: it would be no limit any more if it waited for a working day.
      if (wake.byHours) return { speak: false, heldUntilAt: wake.at + twoHours };
      const calendar = await deps.calendars.at(calendarVersion);
      const heldUntil = calendar.workingDayAfter(wake.lastDay, 1);
      if (heldUntil !== undefined) return { speak: false, heldUntil };
    }
    return { speak: true };
  };
