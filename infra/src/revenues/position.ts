/** Where a running year stands against its permitted revenue (F2): told once when it comes near, once when it is reached. */
import { businessDateOf, daysBetween } from '@gongshu/shared/business-date';
import type { ResolvedPack } from '@gongshu/shared/packs/pack';
import { restsOn } from '@gongshu/shared/packs/resting-on';
import type { IncomeKind } from '@gongshu/shared/packs/topics/pricing';
import { pricingLaw } from '@gongshu/shared/pricing/law';
import { atLeastZero, toFen } from '@gongshu/shared/pricing/money';
import { positionOf } from '@gongshu/shared/pricing/settlement';
import type { Kysely, Transaction } from 'kysely';
import { standingBody } from '../cases/bodies.ts';
import { type Change, recordAll } from '../record.ts';
import { revenueInForce } from './in-force.ts';
import { revenueOf } from './revenue.ts';

type Owner = { jurisdiction: string; operator: string };

/** All in fen. `permittedFen` and what follows from it are null while none is in force. */
export type RevenuePosition = {
  operator: string;
  year: number;
  revenueFen: number;
  revenueByKind: Partial<Record<IncomeKind, number>>;
  permittedFen: number | null;
  permittedBy: string | null;
  leftFen: number | null;
  /** Share of the permitted revenue in hundredths of a per cent, rounded down. */
  shareBasisPoints: number | null;
  /** The year's revenue if it goes on as it went up to today, rounded down; null on the year's first day. */
  projectedFen: number | null;
  projectedOverCap: boolean | null;
  warned: boolean;
  reached: boolean;
};

/** Linear, by days that have passed; a year that is over is what it is. */
const projected = (revenue: bigint, year: number, today: string): bigint | null => {
  if (today > `${year}-12-31`) return revenue;
  const passed = daysBetween(`${year}-01-01`, today);
  if (passed <= 0) return null;
  const days = daysBetween(`${year}-01-01`, `${year + 1}-01-01`);
  return (revenue * BigInt(days)) / BigInt(passed);
};

/** The position of a year at an instant; revenue is what was billed of its months, and charged for services. */
export const revenuePosition = async (
  // biome-ignore lint/suspicious/noExplicitAny: charges and revenues have tables of their own
  db: Kysely<any>,
  pack: ResolvedPack,
  { jurisdiction, operator }: Owner,
  year: number,
  at: Date,
): Promise<RevenuePosition> => {
  const law = pricingLaw(pack);
  const of = { jurisdiction, operator, year };
  const { all, kinds } = await revenueOf(db, law, of);
  const revenue = atLeastZero(all);
  const cap = await revenueInForce(db, of);
  const stands = cap && positionOf(revenue, cap.fen, law);
  const ahead = projected(revenue, year, businessDateOf(at.getTime()));
  return {
    ...{ operator, year, revenueFen: toFen(revenue) },
    revenueByKind: Object.fromEntries([...kinds].map(([kind, fen]) => [kind, toFen(fen)])),
    permittedFen: cap ? toFen(cap.fen) : null,
    permittedBy: cap?.caseNo ?? null,
    leftFen: stands ? toFen(stands.left) : null,
    shareBasisPoints: cap && cap.fen > 0n ? toFen((revenue * 10_000n) / cap.fen) : null,
    projectedFen: ahead === null ? null : toFen(ahead),
    projectedOverCap: cap && ahead !== null ? ahead > cap.fen : null,
    warned: stands?.warned ?? false,
    reached: stands !== undefined && revenue > 0n && revenue >= stands.permitted,
  };
};

/**
 * Tells the operator, the bureau and the price office, once a year each, that revenue has come near the permitted revenue
 * or reached it. Called by whatever adds revenue and whatever sets the cap, inside its transaction and under `lockUsage`, so
 * that neither misses the other; nothing is told while none is in force.
 */
export const tellPosition = async (
  // biome-ignore lint/suspicious/noExplicitAny: charges and revenues have tables of their own
  trx: Transaction<any>,
  pack: ResolvedPack,
  owner: Owner,
  year: number,
  { actor, at }: Pick<Change, 'actor' | 'at'>,
): Promise<void> => {
  const { jurisdiction, operator } = owner;
  const { revenueFen, permittedFen, permittedBy, warned, reached } = await revenuePosition(
    trx,
    pack,
    owner,
    year,
    at,
  );
  if (permittedFen === null || permittedBy === null || !warned) return;
  const price = await standingBody(trx, 'body', jurisdiction, 'price');
  const subject = `${jurisdiction}/${operator}/${year}`;
  const change = (name: 'capApproached' | 'capReached'): Change => ({
    ...{ key: `${subject}/${name}`, type: `settlement.${name}.v1`, subject, jurisdiction, at, actor },
    data: {
      ...{ caseNo: permittedBy, operator, price: price ?? null, year, revenueFen, permittedFen },
      ...restsOn(pack, 'pricing', name === 'capApproached' ? 'earlyWarning' : 'excess'),
    },
  });
  await recordAll(trx, 'pricing', [change('capApproached'), ...(reached ? [change('capReached')] : [])]);
};
