import { stale } from '@gongshu/infra/http/etag';
import { record } from '@gongshu/infra/record';
import { problem } from '@gongshu/shared/problems';
import { shortfalls } from '@gongshu/shared/resource-flow';
import type { Transaction } from 'kysely';
import {
  findResource,
  insertResource,
  lockResource,
  replaceFields,
  updateResource,
} from '../queries/resource.ts';
import { standingConsent } from '../queries/resource-consent.ts';
import type { ResourceRow } from '../queries/resource.ts';
import type { ResourceTables } from '../tables/resource.ts';
import { entryData, resourceEvent } from './resource-event.ts';
import { type Acting, catalogLaw, mustLackNothing, packOf, type ResourceDeps } from './resource-law.ts';
import { contentHash, editedRow, factsOf, rowOfDraft } from './resource-model.ts';
import type { EntryDraft, EntryPatch } from './resource-schema.ts';

type Trx = Transaction<ResourceTables>;

/** The entry, held until the end of the transaction. Throws `notFound`. */
export const heldResource = async (trx: Trx, id: string): Promise<ResourceRow> => {
  const row = await lockResource(trx, id);
  if (!row) throw problem('notFound');
  return row;
};

/**
 * A department compiles an entry (Zhongwei art. 8). The same entry again is the same entry; another one under the same
 * key is refused (`resourceKeyTaken`).
 */
export const compileResource = (
  { db, packs }: ResourceDeps,
  jurisdiction: string,
  draft: EntryDraft,
  acting: Acting,
): Promise<ResourceRow> => {
  const { areaCode } = packOf(packs, jurisdiction);
  return db.transaction().execute(async (trx) => {
    const row = rowOfDraft(draft, { jurisdiction, areaCode, at: acting.at });
    if (await insertResource(trx, row)) {
      await record(trx, 'catalog', resourceEvent(row, 'resource.compiled.v1', acting, entryData(row)));
      return row;
    }
    const known = await findResource(trx, row.id);
    if (known?.version !== 1 || contentHash(known) !== contentHash(row)) throw problem('resourceKeyTaken');
    return known;
  });
};

/** What other tables say about the entry: whether a consent of the sharing provider stands. */
export const factsIn = async (trx: Trx, row: ResourceRow) =>
  factsOf(row, row.obtained_by_sharing && (await standingConsent(trx, row.id)) !== undefined);

/** What an edit may not do, beside what the entry's state asks of its content. */
const mustStayLawful = async (
  trx: Trx,
  packs: ResourceDeps['packs'],
  before: ResourceRow,
  after: ResourceRow,
) => {
  const law = catalogLaw(packs, before.jurisdiction);
  if (before.state === 'suspended' && before.obtained_by_sharing && !after.obtained_by_sharing)
    throw problem('resourceUnconsented', { article: law.article('sharedDataConsent') });
  mustLackNothing(law, shortfalls(after.state, await factsIn(trx, after), law.rules));
};

/**
 * An edit by people, from version `expected`; `undefined` edits whatever stands (loading a sample). Throws
 * `versionStale`, and the shortfall that the entry's state does not allow. An edit that changes nothing counts no version.
 */
export const editResource = (
  { db, packs }: ResourceDeps,
  id: string,
  patch: EntryPatch,
  expected: number | undefined,
  acting: Acting,
): Promise<ResourceRow> =>
  db.transaction().execute(async (trx) => {
    const before = await heldResource(trx, id);
    if (expected !== undefined && before.version !== expected) throw stale(before.version);
    if (before.state === 'closed')
      throw problem('resourceStepRefused', { params: { state: 'closed', to: 'edited', next: 'compiled' } });
    const { row: after, changed } = editedRow(before, patch);
    if (changed.length === 0) return before;
    await mustStayLawful(trx, packs, before, after);
    const { fields, id: _, jurisdiction: __, version: ___, ...columns } = after;
    const written = await updateResource(trx, id, { ...columns, updated_at: acting.at });
    if (changed.includes('fields')) await replaceFields(trx, [{ id, fields }]);
    const row = { ...written, fields };
    await record(
      trx,
      'catalog',
      resourceEvent(row, 'resource.changed.v1', acting, { ...entryData(row), changedFields: changed }),
    );
    return row;
  });
