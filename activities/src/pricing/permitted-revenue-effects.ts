/** What entries of the permitted revenue of a year change beside their case (F2). */
import { foreseeRevenue } from '@gongshu/infra/revenues/due';
import { lockRevenues, lockUsage } from '@gongshu/infra/revenues/lock';
import { tellPosition } from '@gongshu/infra/revenues/position';
import type { RevenueTables } from '@gongshu/infra/revenues/tables';
import type { RevenueFacts } from '@gongshu/shared/permitted-revenue/machine';
import type { Transaction } from 'kysely';
import { packs } from '../packs.ts';
import type { EffectOf, Effects } from '../procedure/effects.ts';

type Trx = Transaction<RevenueTables>;

/**
 * One figure stands for an operator and a year; the one before is kept with what replaced it. What it takes off of earlier
 * years was kept for it from its decision on (`carriedExcess`): the figures that were told are those in force.
 */
const comeIntoForce = async (trx: Trx, { start, entry, actor }: EffectOf): Promise<void> => {
  const { caseNo, jurisdiction } = start;
  const { operator, year, trial } = start.facts as RevenueFacts;
  const at = new Date(entry.at);
  const pack = packs().resolve(jurisdiction);
  await lockUsage(trx, { jurisdiction, operator });
  await lockRevenues(trx, { jurisdiction, operator });
  await trx
    .updateTable('permitted_revenue')
    .set({ replaced_at: at, replaced_by: caseNo })
    .where('jurisdiction', '=', jurisdiction)
    .where('operator', '=', operator)
    .where('year', '=', year)
    .where('replaced_at', 'is', null)
    .execute();
  await trx
    .insertInto('permitted_revenue')
    .values({
      ...{ case_no: caseNo, jurisdiction, operator, year, trial, in_force_at: at },
      ...{ fen: Number(entry.data['fen']), consumed_fen: Number(entry.data['consumedFen']) },
      ...{ figures: String(entry.data['figures']), replaced_at: null, replaced_by: null },
    })
    .execute();
  await foreseeRevenue(trx, pack, operator, year + 1);
  // Revenue that was far from the cap before may be near it now.
  await tellPosition(trx, pack, { jurisdiction, operator }, year, { actor, at });
};

export const permittedRevenueEffects: Effects = async (untyped, of) => {
  const trx = untyped as unknown as Trx;
  const { kind } = of.entry;
  if (kind === 'inForce') await comeIntoForce(trx, of);
  if (kind === 'inForce' || kind === 'withdrawn')
    await trx
      .updateTable('revenue_case')
      .set({ ended: true })
      .where('case_no', '=', of.start.caseNo)
      .execute();
};
