import type { Transaction } from 'kysely';
import { receiptBeside } from '../intake/take-back.ts';
import type { ProcedureTables } from './tables.ts';

type Part = { organisation: string; role: string };
const isSame = (one: Part, other: Part): boolean =>
  one.organisation === other.organisation && one.role === other.role;

/**
 * Bodies that take part in a case beside the bureau, each as what; again, it changes nothing. They may read the case.
 * With `receipt` they do so by that act, and no more where it is refused.
 */
export const takePart = async (
  // biome-ignore lint/suspicious/noExplicitAny: whatever else the registry's schema holds
  trx: Transaction<any>,
  caseNo: string,
  bodies: readonly Part[],
  receipt: string | null = null,
): Promise<void> => {
  if (bodies.length === 0) return;
  await (trx as Transaction<ProcedureTables>)
    .insertInto('procedure_body')
    .values(
      bodies
        .filter((one, at) => at === bodies.findIndex((other) => isSame(one, other)))
        .map(({ organisation, role }) => ({ case_no: caseNo, organisation, role, receipt })),
    )
    .onConflict((conflict) =>
      conflict
        .columns(['case_no', 'organisation', 'role'])
        .doUpdateSet({ receipt: receiptBeside('procedure_body') }),
    )
    .execute();
};
