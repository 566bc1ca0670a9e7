/** What entries of a demand change beside their case (C7): an entry that is public when a body names it keeps its word. */
import { tellProcedure } from '@gongshu/infra/procedures/tell';
import { isPublished, type ResourceState } from '@gongshu/shared/resource';
import { sql } from 'kysely';
import type { Effects } from '../procedure/effects.ts';

/**
 * The entry's row is held until the commit: one that is being published waits, and then finds who waits for it, so that
 * no word stays open that was kept.
 */
export const demandResponseEffects: Effects = async (trx, { start, entry, actor }) => {
  if (entry.kind !== 'bodyAnswered' && entry.kind !== 'entryNamed') return;
  const { resource } = entry.data;
  if (typeof resource !== 'string') return;
  const { rows } = await sql<{ state: ResourceState }>`
    select state from resource where id = ${resource} for share`.execute(trx);
  const [row] = rows;
  if (!row || !isPublished(row.state)) return;
  const { jurisdiction, caseNo } = start;
  const act = { kind: 'entryPublished', resource };
  await tellProcedure(trx, { jurisdiction, caseNo, act }, { ...actor, id: 'catalog' }, new Date(entry.at));
};
