/** On the pack's day: a year without a permitted revenue is told to those who determine it (F2). */
import { record } from '@gongshu/infra/record';
import { foreseeRevenue } from '@gongshu/infra/revenues/due';
import { revenueInForce } from '@gongshu/infra/revenues/in-force';
import type { RevenueTables } from '@gongshu/infra/revenues/tables';
import { businessDateOf } from '@gongshu/shared/business-date';
import { restsOn } from '@gongshu/shared/packs/resting-on';
import type { RevenueYearActivities } from '@gongshu/shared/permitted-revenue/year';
import type { Kysely } from 'kysely';
import { type ApplicationDeps, time } from '../application/deps.ts';
import { packs } from '../packs.ts';

/** Runs at least once: the second run finds the year looked at. */
export const createLookAtRevenueYear =
  (deps: ApplicationDeps): RevenueYearActivities['lookAtRevenueYear'] =>
  async ({ jurisdiction, operator, year }) => {
    const db = deps.db.pricing as unknown as Kysely<RevenueTables>;
    const { now } = await deps.time();
    const pack = packs().resolve(jurisdiction);
    return db.transaction().execute(async (trx) => {
      const due = await trx
        .updateTable('revenue_due')
        .set({ state: 'opened', called_at: null })
        .where('jurisdiction', '=', jurisdiction)
        .where('operator', '=', operator)
        .where('year', '=', year)
        .where('state', '=', 'ahead')
        .returning('opens_at')
        .executeTakeFirst();
      if (!due) return { told: false };
      await foreseeRevenue(trx, pack, operator, year + 1);
      const standing = await revenueInForce(trx, { jurisdiction, operator, year });
      if (standing) return { told: false };
      const subject = `permitted-revenue-${jurisdiction}-${operator}-${year}`;
      await record(trx, 'pricing', {
        ...{ key: `${subject}/due`, type: 'permittedRevenue.yearDue.v1', subject, jurisdiction },
        ...{ at: new Date(now), actor: time },
        data: {
          ...{ operator, year, dueOn: businessDateOf(due.opens_at.getTime()) },
          ...restsOn(pack, 'pricing', 'revenueDate'),
        },
      });
      return { told: true };
    });
  };
