/** What the pack says of services to merchants (F6), and of tying them to anything (M4). */
import type { Change } from '@gongshu/infra/record';
import type { EventType } from '@gongshu/shared/events';
import { clauseIn, type ResolvedPack } from '@gongshu/shared/packs/pack';
import { restsOn } from '@gongshu/shared/packs/resting-on';
import type { PricingRules } from '@gongshu/shared/packs/topics/pricing';
import { pricingLaw, refused } from '@gongshu/shared/pricing/law';
import { tyingRefused } from '@gongshu/shared/pricing/service-fee';
import type { Acting } from '@gongshu/infra/http/acting';

/**
 * Throws `serviceTied` (422) where an order or a charge names an application as what depends on it: under the article
 * on conduct (国家 六, 中卫 二十二) where the pack has one, else under that of the fees.
 */
export const mustNotTie = (
  pack: ResolvedPack,
  given: { conditionOf?: string | undefined; requiredFor?: string | undefined },
): void => {
  const tied = (['conditionOf', 'requiredFor'] as const).filter((one) => given[one] !== undefined);
  if (tied.length === 0) return;
  const reason = { ...tyingRefused(pricingLaw(pack)), ...clauseIn(pack, 'conduct', 'forbidden') };
  const [first = reason, ...more] = tied.map((one) => ({ ...reason, at: `/${one}` }));
  throw refused([first, ...more]);
};

export const serviceChange = (
  pack: ResolvedPack,
  { actor, at }: Acting,
  told: { type: EventType; subject: string; rule?: keyof PricingRules; data: object },
): Change => ({
  key: `${told.subject}/${told.type}`,
  ...{ type: told.type, subject: told.subject, jurisdiction: pack.jurisdiction, at, actor },
  data: { ...restsOn(pack, 'pricing', told.rule ?? 'serviceFees'), ...told.data },
});
