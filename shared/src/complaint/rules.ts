/** What a complaint is handled under, carried for its whole life (S4). */
import type { ResolvedPack } from '../packs/pack.ts';
import { ruled } from '../procedure/ruled.ts';

const keys = [
  ...(['handledBy', 'mayComplain', 'anonymous', 'acceptanceLimit', 'refusalGrounds'] as const),
  ...(['correctionLimit', 'answerLimit', 'extension', 'departmentLimit'] as const),
  ...(['reviewedBy', 'reviewRequestLimit', 'reviewLimit'] as const),
] as const;
/** Rules that a case opened before they stood in the packs has not: there nothing is asked. */
const later = ['noDepartmentGrounds'] as const;

/** @throws RangeError where the pack holds no complaints. */
export const complaintRules = (pack: ResolvedPack): ComplaintRules => ({
  ...ruled(pack, 'complaint', keys),
  ...ruled(pack, 'complaint', later),
});
export type ComplaintRules = ReturnType<typeof ruled<'complaint', typeof keys>> &
  Partial<ReturnType<typeof ruled<'complaint', typeof later>>>;
