/** Every artefact of a case, with what was said of it: the first stands from the beginning, others once they count (E1). */
import type { ProductTables } from '@gongshu/infra/products/tables';
import type { Transaction } from 'kysely';
import type { Effects } from '../procedure/effects.ts';

export const artefactEffects: Effects = async (caseTrx, { start, entry, actor }) => {
  if (entry.kind !== 'artefactReplaced') return;
  const trx = caseTrx as unknown as Transaction<ProductTables>;
  const { attempt, artefact, contents } = entry.data as {
    attempt: number;
    artefact: string;
    contents: string;
  };
  const { caseNo } = start;
  const kept = await trx
    .selectFrom('product_content')
    .select('contents')
    .where('case_no', '=', caseNo)
    .where('content_hash', '=', contents)
    .executeTakeFirstOrThrow();
  await trx
    .insertInto('product_artefact')
    .values({
      ...{ case_no: caseNo, attempt, artefact, contents_hash: contents, author: actor.id },
      contents: JSON.stringify(kept.contents) as never,
      given_at: new Date(entry.at),
    })
    .execute();
};
