/** How an act of the intake reaches its workflow. The receipt is the update's id: a second hand-over changes nothing. */
import {
  isUpdateAct,
  searchAttributeNames,
  signalNames,
  updateNames,
} from '@gongshu/shared/application/messages';
import type { Client } from '@temporalio/client';
import { defineSearchAttributeKey } from '@temporalio/common';
import type { Hand, IntakeRow } from '../intake/deliver.ts';
import { isProcedureAct, procedureAct } from '../procedures/hand.ts';
import { taskQueue } from '../temporal-client.ts';

const keyword = (name: string) => defineSearchAttributeKey(name, 'KEYWORD');

/** A case as its workflow is started with it. */
export type Start = {
  workflow: string;
  argument: object;
  /** The line the Temporal UI shows. */
  summary: string;
  jurisdictionTitle: string;
  kind: string;
  organisation: string;
  caseNo: string;
};

const startCase = (client: Client, row: IntakeRow, start: Start) =>
  client.workflow.start(start.workflow, {
    workflowId: row.workflow_id,
    taskQueue,
    args: [start.argument],
    workflowIdReusePolicy: 'REJECT_DUPLICATE',
    workflowIdConflictPolicy: 'FAIL',
    staticSummary: start.summary,
    typedSearchAttributes: [
      { key: keyword(searchAttributeNames.jurisdiction), value: start.jurisdictionTitle },
      { key: keyword(searchAttributeNames.kind), value: start.kind },
      { key: keyword(searchAttributeNames.organisation), value: start.organisation },
      { key: keyword(searchAttributeNames.caseNo), value: start.caseNo },
    ],
  });

/** The way of every act of a service: `starts` begin a case, by the act that submits it; the rest are updates and signals. */
export const createHand =
  (starts: Readonly<Record<string, (row: IntakeRow) => Start>>): Hand =>
  async (client, row) => {
    const start = starts[row.act];
    if (start) return startCase(client, row, start(row));
    const handle = client.workflow.getHandle(row.workflow_id);
    if (row.act === 'calendarChanged')
      return handle.signal(signalNames.calendarChanged, {
        at: row.received_at.getTime(),
        calendarVersion: String(row.payload['calendarVersion']),
      });
    if (row.act === 'grantChanged') return handle.signal(signalNames.grantChanged);
    if (row.act === 'bodySucceeded')
      return handle.signal(signalNames.bodySucceeded, {
        at: row.received_at.getTime(),
        from: String(row.payload['from']),
        to: String(row.payload['to']),
      });
    if (isProcedureAct(row))
      return handle.executeUpdate(row.act, { args: [procedureAct(row)], updateId: row.receipt });
    if (!isUpdateAct(row.act)) throw new RangeError(`no workflow takes the act ${row.act}`);
    const act = { ...(row.payload['act'] as object), at: row.received_at.getTime(), receipt: row.receipt };
    return handle.executeUpdate(updateNames[row.act], { args: [act], updateId: row.receipt });
  };
