/** What a complaint is handled under, carried for its whole life (S4). */
import type { ResolvedPack } from '../packs/pack.ts';
import { ruled } from '../procedure/ruled.ts';

/** @throws RangeError where the pack holds no complaints. */
export const complaintRules = (pack: ResolvedPack) =>
  ruled(pack, 'complaint', [
    ...(['handledBy', 'mayComplain', 'anonymous', 'acceptanceLimit', 'refusalGrounds'] as const),
    ...(['correctionLimit', 'answerLimit', 'extension', 'departmentLimit'] as const),
    ...(['reviewedBy', 'reviewRequestLimit', 'reviewLimit'] as const),
  ] as const);
export type ComplaintRules = ReturnType<typeof complaintRules>;
