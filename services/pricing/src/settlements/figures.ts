/** A year of an operator frozen: what was billed and charged, through the money engine (F2, F5). */
import { jsonHash } from '@gongshu/infra/hash';
import type { SettlementTables, TermsParty } from '@gongshu/infra/settlements/tables';
import { judgeCost } from '@gongshu/shared/pricing/cost';
import { type PricingLaw, refused } from '@gongshu/shared/pricing/law';
import { atLeastZero, type ExactText, rateOf, sumOf, toFen, weightOf } from '@gongshu/shared/pricing/money';
import { permittedRevenue } from '@gongshu/shared/pricing/permitted-revenue';
import { poolsExcess, settle, sharePool } from '@gongshu/shared/pricing/settlement';
import { problem } from '@gongshu/shared/problems';
import type { SettlementFigures, Share } from '@gongshu/shared/settlement/types';
import { type Kysely, sql } from 'kysely';
import { ledgerOf } from '../costs/ledger.ts';
import { revenueInForce } from '@gongshu/infra/revenues/in-force';
import { revenueOf } from '@gongshu/infra/revenues/revenue';
import { agreedTerms } from '../sharing/terms.ts';
import { carriedExcess } from './carried.ts';

export type YearOf = { jurisdiction: string; operator: string; year: number };
/** How revenue is split: the agreement's terms, or another split that is asked about. */
export type Split = { resourceFeeRate: string; parties: readonly TermsParty[] };

/** Net cost of the year, and the tax due on it: by the rate, points and tax that its permitted revenue was reckoned with. */
const costOf = async (
  db: Kysely<SettlementTables>,
  law: PricingLaw,
  of: YearOf,
  cap: string,
): Promise<{ accepted: bigint; net: bigint; taxDue: bigint }> => {
  const ledger = await ledgerOf(db, of);
  const counted = ledger.costs.filter((cost) => judgeCost(cost, law).length === 0);
  const { rows } = await sql<{ rate: string; tax: { mode: string; rate?: ExactText; fen?: number } }>`
    select parts ->> 'permittedRate' as rate, question -> 'tax' as tax
    from permitted_revenue
    join revenue_figures using (case_no)
    where case_no = ${cap}
      and revenue_figures.hash = permitted_revenue.figures`.execute(db);
  const { rate = '0', tax } = rows[0] ?? {};
  const accepted = sumOf(counted.map(({ fen }) => fen));
  const { net, taxDue } = permittedRevenue({
    ...{ accepted, subsidy: ledger.subsidyFen, rate: rateOf(rate), previousExcess: 0n },
    tax:
      tax?.mode === 'rate'
        ? { mode: 'rate', rate: rateOf(tax.rate ?? '0') }
        : { mode: 'amount', fen: BigInt(tax?.fen ?? 0) },
  });
  return { accepted, net, taxDue };
};

/** What a split of the figures comes to: the same code for the settlement and for a question about another split. */
export const splitOf = (
  law: PricingLaw,
  sums: { revenue: bigint; permitted: bigint; net: bigint; taxDue: bigint; carriedOn: bigint },
  { resourceFeeRate, parties }: Split,
): ReturnType<typeof settle> & { shares: Share[] } => {
  const { revenue, ...cap } = sums;
  const settled = settle(revenue, cap, rateOf(resourceFeeRate), poolsExcess(law));
  const split = sharePool(
    settled.pool,
    parties.map(({ id, kind, factor }) => ({ id, kind, factor: weightOf(factor) })),
    law,
  );
  if ('reasons' in split) throw refused(split.reasons);
  return {
    ...settled,
    shares: split.shares.map(({ party, fen }, at) => ({
      ...{ party, kind: parties[at]!.kind, factor: parties[at]!.factor, fen: toFen(fen) },
    })),
  };
};

/**
 * The figures of a year as the books stand. Throws `permittedRevenueMissing`, `sharingTermsMissing` (409), and the
 * engine's refusals (422).
 */
export const figuresOf = async (
  // biome-ignore lint/suspicious/noExplicitAny: ledger, revenues and charges have tables of their own
  db: Kysely<any>,
  law: PricingLaw,
  of: YearOf,
): Promise<SettlementFigures> => {
  const cap = await revenueInForce(db, of);
  if (!cap) throw problem('permittedRevenueMissing');
  const terms = await agreedTerms(db, of);
  if (!terms) throw problem('sharingTermsMissing', { article: law.sharing.article });
  const { all, kinds } = await revenueOf(db, law, of);
  const { accepted, net, taxDue } = await costOf(db, law, of, cap.caseNo);
  const revenue = atLeastZero(all);
  const carriedOn = atLeastZero((await carriedExcess(db, of)) - cap.consumedFen);
  const found = splitOf(
    law,
    { revenue, permitted: cap.fen, net, taxDue, carriedOn },
    { resourceFeeRate: terms.resource_fee_rate, parties: terms.parties },
  );
  const figures = {
    revenueFen: toFen(revenue),
    revenueByKind: Object.fromEntries([...kinds].map(([kind, fen]) => [kind, toFen(fen)])),
    ...{ permittedFen: toFen(cap.fen), permittedBy: cap.caseNo },
    ...{ withinCapFen: toFen(found.withinCap), excessFen: toFen(found.excess) },
    ...(found.pooled > 0n && { pooledFen: toFen(found.pooled) }),
    ...{ consumedFen: toFen(cap.consumedFen), carriedFen: toFen(found.carriedToNext) },
    ...{ acceptedCostFen: toFen(accepted), netCostFen: toFen(net), taxFen: toFen(taxDue) },
    ...{ resourceFeeRate: terms.resource_fee_rate, resourceFeeFen: toFen(found.resourceFee) },
    ...{ surplusFen: toFen(found.surplus), terms: terms.terms, shares: found.shares },
  };
  return { hash: jsonHash(figures), ...figures };
};
