/** What an agreement's entries mean to its evaluations: they fall due with its term, and end with it (V1). */
import { foresee, foreseeNoMore, type InForce } from '@gongshu/infra/evaluations/due';
import { valuesOf } from '@gongshu/shared/packs/pack';
import type { Effects } from '../procedure/effects.ts';
import { packs } from '../packs.ts';

/** Months between evaluations; none where this installation's packs do not speak of them. */
const monthsIn = (jurisdiction: string): number | undefined => {
  const known = packs();
  if (!known.jurisdictions.includes(jurisdiction)) return undefined;
  const pack = known.resolve(jurisdiction);
  return pack.rules['evaluation'] ? valuesOf(pack, 'evaluation').period.months : undefined;
};

export const evaluationsOfAgreement: Effects = async (trx, { start, entry }) => {
  const { caseNo: agreement, jurisdiction } = start;
  if (entry.kind === 'ended') await foreseeNoMore(trx as never, agreement, new Date(entry.at));
  if (entry.kind !== 'inForce' && entry.kind !== 'amended') return;
  const months = monthsIn(jurisdiction);
  const { operator, from, until } = entry.data as Pick<InForce, 'operator' | 'from' | 'until'>;
  if (months !== undefined)
    await foresee(trx as never, { agreement, jurisdiction, operator, from, until }, { months, at: entry.at });
};
