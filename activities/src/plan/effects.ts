/** Versions of the implementation plan: one in force at a time; the one before is replaced, and stays on record (P2). */
import type { Effects } from '../procedure/effects.ts';

export const planEffects: Effects = async (trx, { start, entry }) => {
  if (entry.kind !== 'inForce') return [];
  const { caseNo, jurisdiction } = start;
  const at = new Date(entry.at);
  await trx
    .updateTable('plan')
    .set({ replaced_at: at, replaced_by: caseNo })
    .where('jurisdiction', '=', jurisdiction)
    .where('replaced_at', 'is', null)
    .execute();
  await trx
    .insertInto('plan')
    .values({
      ...{ case_no: caseNo, jurisdiction, in_force_at: at, replaced_at: null, replaced_by: null },
      version: Number(entry.data['version']),
      content_hash: String(entry.data['contentHash']),
    })
    .execute();
  return [];
};
