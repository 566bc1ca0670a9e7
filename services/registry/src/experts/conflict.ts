import { randomUUID } from 'node:crypto';
import type { ExpertTables } from '@gongshu/infra/experts/tables';
import { record } from '@gongshu/infra/record';
import { toInstantText } from '@gongshu/shared/business-date';
import type { ConflictGround } from '@gongshu/shared/experts/codes';
import { problem } from '@gongshu/shared/problems';
import type { Kysely, Selectable, Transaction } from 'kysely';
import type { ExpertBy, ExpertRow } from './pool.ts';

export type ConflictRow = Selectable<ExpertTables['expert_conflict']>;
export type Declared = { body: string; ground: ConflictGround; note?: string | undefined };

/** Records a declaration within a transaction; `undefined` where the same body is declared already. */
export const declareWithin = async (
  trx: Transaction<ExpertTables>,
  expert: Pick<ExpertRow, 'id' | 'organisation' | 'jurisdiction'>,
  { body, ground, note }: Declared,
  { id: actor, role, organisation, at }: ExpertBy,
): Promise<ConflictRow | undefined> => {
  const { jurisdiction } = expert;
  const row = await trx
    .insertInto('expert_conflict')
    .values({
      ...{ id: `LH-${randomUUID()}`, jurisdiction, expert: expert.id, body, ground, note: note ?? null },
      ...{ declared_by: actor, declared_at: at },
    })
    .onConflict((conflict) => conflict.columns(['jurisdiction', 'expert', 'body']).doNothing())
    .returningAll()
    .executeTakeFirst();
  if (!row) return undefined;
  await record(trx, 'registry', {
    key: `${row.id}/declared`,
    type: 'expert.conflictDeclared.v1',
    subject: `${jurisdiction}:${expert.id}`,
    jurisdiction,
    at,
    actor: { id: actor, role, organisation },
    data: {
      ...{ expert: expert.id, organisation: expert.organisation, conflict: row.id, body, ground },
      at: toInstantText(at.getTime()),
    },
  });
  return row;
};

/** An expert declares a conflict of interest with a body. Throws `conflictDeclared` (409) for one on record. */
export const declareConflict = (
  db: Kysely<ExpertTables>,
  expert: ExpertRow,
  declared: Declared,
  by: ExpertBy,
): Promise<ConflictRow> =>
  db.transaction().execute(async (trx) => {
    const row = await declareWithin(trx, expert, declared, by);
    if (!row) throw problem('conflictDeclared');
    return row;
  });
