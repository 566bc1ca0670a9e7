/** Whose a product's case is: its owner's, and the operator's that checks it; departments whose data it uses read it in part. */
import type { ProcedureRow } from '@gongshu/infra/procedures/acting';
import { handlersOf } from '@gongshu/infra/procedures/view';
import type { ProcedureTables } from '@gongshu/infra/procedures/tables';
import type { ObjectOf } from '@gongshu/infra/documents/readable';
import type { Actor, ActObject } from '@gongshu/shared/may';
import type { EgressFacts } from '@gongshu/shared/product/types';
import type { Kysely } from 'kysely';

export const factsOf = (row: Pick<ProcedureRow, 'start'>): EgressFacts => row.start.facts as EgressFacts;

/** Who acts on the case: its owner and the operator. */
export const caseObject = (row: Pick<ProcedureRow, 'start' | 'jurisdiction'>): ActObject => {
  const { owner, operator } = factsOf(row);
  return { jurisdiction: row.jurisdiction, owner, handlers: [operator] };
};

/** Who reads of it: the source departments too. */
export const readObject = async (db: Kysely<ProcedureTables>, row: ProcedureRow): Promise<ActObject> => ({
  ...caseObject(row),
  handlers: await handlersOf(db, row.case_no),
});

/**
 * Documents of a product's case: its owner's and the operator's, whose people check, beside bureau and auditor. A source
 * department reads no artefact of a merchant.
 */
export const egressDocumentObject =
  (db: Kysely<ProcedureTables>): ObjectOf =>
  async (caseNo) => {
    const row = await db
      .selectFrom('procedure')
      .select(['jurisdiction', 'start'])
      .where('case_no', '=', caseNo)
      .where('kind', '=', 'productEgress')
      .executeTakeFirst();
    return row && caseObject(row);
  };

/** How much of a case is shown: `inner` what the checkers work with, `whole` all but who checks, `outer` how it stands. */
export type Shown = 'inner' | 'whole' | 'outer';

export const shownTo = (actor: Actor, row: Pick<ProcedureRow, 'start'>): Shown => {
  const { owner, operator } = factsOf(row);
  const overseers = ['bureau', 'auditor', 'supervision'] as const;
  if (overseers.some((role) => actor.roles.includes(role))) return 'inner';
  if (actor.organisation === operator) return 'inner';
  return actor.organisation === owner ? 'whole' : 'outer';
};
