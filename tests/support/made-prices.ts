/** A made-up law of prices, and ledgers and periods drawn at random, for the pure tests of the money engine. */
import type { PricingLaw } from '@gongshu/shared/pricing/law';
import fc from 'fast-check';

const made = <const V>(value: V, article: string) => ({
  value,
  article: { instrument: '示例办法', article },
});

export const madeLaw: PricingLaw = {
  freePurposes: made({ purposes: ['publicGovernance', 'publicWelfare'], unless: 'none' }, '一'),
  costKinds: made(['platformBuild', 'platformUpkeep', 'labour'], '二'),
  incomeKinds: made(['operationFees', 'merchantServices'], '三'),
  unrelatedCost: made('refused', '四'),
  costReport: made({ to: 'authority', audit: 'none' }, '四'),
  maximumPoints: made('6', '五'),
  trial: made('firstYear', '六'),
  excess: made({ to: 'nextPeriod', conflict: null }, '六'),
  earlyWarning: made('0.9', '七'),
  units: made(['item', 'call', 'hour'], '八'),
  ceilings: made({ setBy: 'authority', reportedTo: 'authority' }, '九'),
  tariffs: made({ differentiated: true, filedWith: 'none', published: true }, '十'),
  discounts: made(['smallFirm', 'welfare'], '十一'),
  leastDiscount: made('0.1', '十一'),
  serviceFees: made({ kinds: ['processing', 'computing'], sameForAll: true, tying: 'refused' }, '十二'),
  serviceMargin: made({ maximum: '0.05' }, '十三'),
  resourceFee: made({ to: 'treasury' }, '十四'),
  sharing: made({ parties: ['government', 'operator', 'partner'], factors: 'operatingAgreement' }, '十五'),
};

/** A decimal text below `most` with up to `places` digits after the point. */
export const decimals = (most: number, places: number): fc.Arbitrary<string> =>
  fc
    .tuple(
      fc.nat(most - 1),
      fc.string({
        unit: fc.constantFrom('0', '1', '2', '3', '4', '5', '6', '7', '8', '9'),
        maxLength: places,
      }),
    )
    .map(([whole, parts]) => (parts ? `${whole}.${parts}` : String(whole)));

/** Amounts from nothing to a hundred billion yuan. */
export const amounts: fc.Arbitrary<bigint> = fc.oneof(
  fc.bigInt({ min: 0n, max: 10n }),
  fc.bigInt({ min: 0n, max: 10_000_000n }),
  fc.bigInt({ min: 0n, max: 10_000_000_000_000n }),
);
