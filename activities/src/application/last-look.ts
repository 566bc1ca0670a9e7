/** What is asked before silence speaks. */
import { lockCase } from '@gongshu/infra/intake/take';
import type { LastLook, TurnActivities } from '@gongshu/shared/application/types';
import { sql } from 'kysely';
import { type ApplicationDeps, serviceOf } from './deps.ts';
import { versionOf } from '@gongshu/shared/clock/ledger-calendars';

const minute = 60_000;
const twoHours = 120 * minute;

/** A minute, doubling, to an hour: acts on their way may take as long as an outage lasts. */
export const waitBeforeLook = (looks: number): number =>
  Math.min(60 * minute, minute * 2 ** Math.min(looks, 6));

/**
 * Reads only, but for the mark that a turn is held. In order: is it time, with the grace; is the calendar the newest;
 * is the turn still this body's (its row moves before its workflow hears of a merger); is an act still on its way that was taken in before the deadline; was intake down in the last two hours.
 */
export const createLastLook =
  (deps: ApplicationDeps): TurnActivities['lastLook'] =>
  async ({ turn, ledger, clock, wake, looks }): Promise<LastLook> => {
    const { inMillis, sinceMillis, now } = await deps.time();
    const ahead = inMillis(wake.at);
    if (ahead === null || ahead > 0) return { speak: false, lookAgainInMillis: Math.max(1, ahead ?? minute) };
    // On a clock that stands still the grace is what passes between the first look and the next.
    const since = sinceMillis(wake.at) ?? (looks === 0 ? 0 : deps.graceMillis);
    const grace = deps.graceMillis - since;
    if (grace > 0) return { speak: false, lookAgainInMillis: Math.ceil(grace) };

    const newest = await deps.calendars.newest(turn.jurisdiction);
    if (newest !== versionOf(ledger))
      return { speak: false, entry: { kind: 'calendarChanged', at: now, calendarVersion: newest } };

    const { organisation: to } = await deps.db[serviceOf(turn)]
      .selectFrom('turn')
      .select('organisation')
      .where('turn_id', '=', turn.turnId)
      .executeTakeFirstOrThrow();
    if (to !== turn.organisation)
      return { speak: false, entry: { kind: 'succeeded', at: now, from: turn.organisation, to } };

    const waiting = await deps.db[serviceOf(turn)].transaction().execute(async (trx) => {
      await lockCase(trx, turn.caseNo, 'silence');
      const found = await trx
        .selectFrom('intake')
        .select('receipt')
        .where('case_no', '=', turn.caseNo)
        .where('state', 'in', ['taken', 'parked'])
        .where('received_at', '<', new Date(wake.at))
        .where((eb) => eb.or([eb('turn_id', '=', turn.turnId), eb('act', '=', 'withdrawApplication')]))
        .executeTakeFirst();
      await trx
        .updateTable('turn')
        .set({ held: found !== undefined })
        .where('turn_id', '=', turn.turnId)
        .where('held', '=', sql<boolean>`${found === undefined}`)
        .execute();
      return found !== undefined;
    });
    if (waiting) {
      const told = ledger.some((entry) => entry.kind === 'heldForActs' && entry.at === wake.at);
      return told
        ? { speak: false, lookAgainInMillis: waitBeforeLook(looks) }
        : { speak: false, entry: { kind: 'heldForActs', at: wake.at } };
    }

    const { lastDay } = clock;
    const held = ledger.some((entry) => entry.kind === 'heldForIntake' && entry.lastDay === lastDay);
    if (
      wake.kind === 'deadline' &&
      lastDay !== null &&
      !held &&
      (await deps.intakeWasDown(serviceOf(turn), wake.at - twoHours, wake.at))
    )
      return { speak: false, entry: { kind: 'heldForIntake', at: wake.at, lastDay } };
    return { speak: true };
  };
