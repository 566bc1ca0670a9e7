/** Where a version of a product stands, kept beside its case: under way, on the list, off it (E4). */
import type { ProductState, ProductTables } from '@gongshu/infra/products/tables';
import type { Transaction } from 'kysely';
import type { Effects } from '../procedure/effects.ts';

const states: Readonly<Record<string, ProductState>> = {
  listed: 'listed',
  released: 'released',
  suspended: 'suspended',
  recalled: 'recalled',
  retired: 'retired',
  withdrawn: 'withdrawn',
  lapsed: 'lapsed',
  reopened: 'underWay',
};

export const listEffects: Effects = async (trx, { start, state, entry }) => {
  const next = entry.kind === 'restored' ? (state as { stage: ProductState }).stage : states[entry.kind];
  if (!next) return;
  const at = new Date(entry.at);
  const ended = ['recalled', 'retired', 'withdrawn', 'lapsed'].includes(next);
  await (trx as unknown as Transaction<ProductTables>)
    .updateTable('product_version')
    .set({
      state: next,
      ...(entry.kind === 'listed' && { listed_at: at }),
      ...(entry.kind === 'released' && { released_at: at }),
      ...(entry.kind === 'reopened' && { listed_at: null, released_at: null }),
      ...(ended && { ended_at: at }),
    })
    .where('case_no', '=', start.caseNo)
    .execute();
};
