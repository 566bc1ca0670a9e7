/** How entries of the cost ledger are told: ids, codes, hashes, amounts in fen; never the ground. */
import type { Change } from '@gongshu/infra/record';
import type { EventType } from '@gongshu/shared/events';
import type { ResolvedPack } from '@gongshu/shared/packs/pack';
import { restsOn } from '@gongshu/shared/packs/resting-on';
import type { PricingRules } from '@gongshu/shared/packs/topics/pricing';
import type { Acting } from '@gongshu/infra/http/acting';
import type { Period } from './tables.ts';

/** One change of a ledger; `rule` is what the pack has it rest on. */
export const costChange = (
  pack: ResolvedPack,
  { jurisdiction, operator, year }: Period,
  { actor, at }: Acting,
  told: {
    type: EventType;
    subject: string;
    key?: string;
    rule: keyof PricingRules;
    data: object;
  },
): Change => ({
  key: told.key ?? `${told.subject}/${told.type}`,
  ...{ type: told.type, subject: told.subject, jurisdiction, at, actor },
  data: { operator, year, ...restsOn(pack, 'pricing', told.rule), ...told.data },
});
