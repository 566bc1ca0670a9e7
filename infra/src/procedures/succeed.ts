/** Procedures that name a body in their steps are told when it goes into another (G1): its part becomes the successor's. */
import type { ProcedureKind } from '@gongshu/shared/procedure/kinds';
import type { Transaction } from 'kysely';
import { intakeRow, receiptFor } from '../intake/take.ts';
import { lawNow } from '../law-clock.ts';
import type { ProcedureTables } from './tables.ts';

/** Kinds whose machine takes `succeedBody`. */
const told: readonly ProcedureKind[] = ['complaint', 'qualityFeedback', 'demandResponse'];

/** Inside the caller's transaction, once a case and succession; a case in which the body has no part is not told. */
export const tellSucceeded = async (
  trx: Transaction<ProcedureTables>,
  jurisdiction: string,
  { party: from, successor: to }: { party: string; successor: string },
): Promise<void> => {
  const cases = await trx
    .selectFrom('procedure')
    .innerJoin('procedure_body', 'procedure_body.case_no', 'procedure.case_no')
    .select('procedure.case_no')
    .distinct()
    .where('jurisdiction', '=', jurisdiction)
    .where('kind', 'in', told)
    .where('outcome', 'is', null)
    .where('organisation', '=', from)
    .orderBy('procedure.case_no')
    .execute();
  if (cases.length === 0) return;
  const receivedAt = await lawNow(trx as never);
  const act = { kind: 'succeedBody', from, to };
  const actor = { id: 'registry', role: 'system', organisation: null };
  await trx
    .insertInto('intake')
    .values(
      cases.map(({ case_no: caseNo }) =>
        intakeRow(
          {
            ...{ act: act.kind, jurisdiction, caseNo, turnId: null, workflowId: caseNo, actor },
            payload: { procedure: true, act },
          },
          { receipt: receiptFor('succession', `${from} ${to}`, caseNo), receivedAt },
        ),
      ),
    )
    .onConflict((conflict) => conflict.column('receipt').doNothing())
    .execute();
};
