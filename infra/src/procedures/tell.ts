import type { Transaction } from 'kysely';
import type { AuditActor } from '../audit.ts';
import { tellWorkflow } from '../intake/take.ts';

/**
 * An act on a procedure that follows from what was done elsewhere, written beside that change and as of its instant;
 * answers with its receipt.
 */
export const tellProcedure = (
  // biome-ignore lint/suspicious/noExplicitAny: whatever else the registry's schema holds
  trx: Transaction<any>,
  { jurisdiction, caseNo, act }: { jurisdiction: string; caseNo: string; act: { kind: string } },
  actor: AuditActor,
  at: Date,
): Promise<string> =>
  tellWorkflow(
    trx,
    {
      ...{ act: act.kind, jurisdiction, caseNo, workflowId: caseNo },
      payload: { procedure: true, act },
      actor,
    },
    at,
  );
