/** What a demand for data is co-ordinated under, carried for its whole life (C7). */
import type { ResolvedPack } from '../packs/pack.ts';
import { ruled } from '../procedure/ruled.ts';

/** @throws RangeError where the pack holds no response to demands. */
export const demandResponseRules = (pack: ResolvedPack) =>
  ruled(pack, 'demandResponse', [
    ...(['coordinatedBy', 'mayAsk', 'asked', 'acceptanceLimit', 'answerLimit'] as const),
    ...(['resultLimit', 'results', 'escalation'] as const),
  ] as const);
export type DemandResponseRules = ReturnType<typeof demandResponseRules>;
