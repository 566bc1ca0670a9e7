/** How procedures reach their workflows: one act opens a case, every other is an update of its own name. */
import { procedures } from '@gongshu/shared/procedure/kinds';
import type { ProcedureStart } from '@gongshu/shared/procedure/machine';
import type { Start } from '../cases/hand.ts';
import type { IntakeRow } from '../intake/deliver.ts';

/** The act that opens a procedure, whatever its kind. */
export const openingAct = 'openProcedure';

/** The start of a procedure, as it was taken in: it begins at the instant of its receipt. */
export const procedureStart = ({ payload, received_at }: IntakeRow): Start => {
  const start = payload['start'] as ProcedureStart;
  const { caseNo, procedure, jurisdictionTitle, authority } = start;
  const { workflow, title } = procedures[procedure];
  return {
    workflow,
    argument: { ...start, startedAt: received_at.getTime() },
    summary: `${jurisdictionTitle} ${title} ${caseNo}`,
    jurisdictionTitle,
    kind: title,
    organisation: authority,
    caseNo,
  };
};

/** The act as its machine takes it. */
export const procedureAct = (row: IntakeRow): object => ({
  ...(row.payload['act'] as object),
  at: row.received_at.getTime(),
  receipt: row.receipt,
  by: { account: row.actor_id, organisation: row.actor_organisation, role: row.actor_role },
});

/** Whether a row of the intake is an act on a running procedure. */
export const isProcedureAct = (row: Pick<IntakeRow, 'payload'>): boolean => row.payload['procedure'] === true;
