/** What the Schedule of a drill does (X2): reminds, and once its day has passed tells that nothing was recorded. */
import { drillMonths, foreseeDrill } from '@gongshu/infra/incidents/drills';
import type { IncidentTables } from '@gongshu/infra/incidents/tables';
import { operatesNoMore } from '@gongshu/infra/mandates/running';
import { record } from '@gongshu/infra/record';
import { addDays, businessDateOf } from '@gongshu/shared/business-date';
import { type DrillActivities, missedBetween } from '@gongshu/shared/incident/drills';
import { restsOn } from '@gongshu/shared/packs/resting-on';
import type { Kysely } from 'kysely';
import { type ApplicationDeps, time } from '../application/deps.ts';
import { packs } from '../packs.ts';

/** Runs at least once: the second run finds it looked at. Periods missed meanwhile are told with the one that is due. */
export const createLookAtDrill =
  (deps: ApplicationDeps): DrillActivities['lookAtDrill'] =>
  async ({ drill, look }) => {
    const db = deps.db.disclosure as unknown as Kysely<IncidentTables>;
    const { now } = await deps.time();
    return db.transaction().execute(async (trx) => {
      const due = await trx
        .updateTable('drill_due')
        .set({ state: 'opened', called_at: null })
        .where('drill', '=', drill)
        .where('look', '=', look)
        .where('state', '=', 'ahead')
        .returning('drill')
        .executeTakeFirst();
      if (!due) return { told: false };
      const row = await trx
        .selectFrom('drill')
        .selectAll()
        .where('drill', '=', drill)
        .forUpdate()
        .executeTakeFirstOrThrow();
      const { jurisdiction, body, due_on } = row;
      // It operates nothing more, or went into another: it holds no drills.
      if (await operatesNoMore(trx, { jurisdiction, body })) return { told: false };
      const pack = packs().resolve(jurisdiction);
      const at = new Date(now);
      const today = businessDateOf(now);
      const months = pack.rules['incident']
        ? (drillMonths(pack, 'operator') ?? drillMonths(pack, 'bureau'))
        : undefined;
      // What was missed while nothing ran is caught up once: the next drill is that of the period that runs.
      if (look === 'due' && months !== undefined)
        await foreseeDrill(trx, { pack, body, months }, today > due_on ? today : addDays(due_on, 1));
      if (row.recorded_at !== null || (look === 'reminder' && today > due_on)) return { told: false };
      await trx
        .updateTable('drill')
        .set(look === 'reminder' ? { reminded_at: at } : { overdue_at: at })
        .where('drill', '=', drill)
        .execute();
      const missed = look === 'due' && months !== undefined ? missedBetween(due_on, today, months) : 0;
      await record(trx, 'disclosure', {
        ...{ key: `${drill}/${look}`, type: look === 'reminder' ? 'drill.due.v1' : 'drill.overdue.v1' },
        ...{ subject: drill, jurisdiction, at, actor: time },
        data: {
          ...{ drill, body, dueOn: due_on, ...(look === 'due' && { missed: missed + 1 }) },
          ...restsOn(pack, 'incident', 'drill'),
        },
      });
      return { told: true };
    });
  };
