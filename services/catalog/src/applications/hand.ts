/** How an act of the intake reaches its workflow. The receipt is the update's id: a second hand-over changes nothing. */
import type { Hand, IntakeRow } from '@gongshu/infra/intake/deliver';
import { taskQueue } from '@gongshu/infra/temporal-client';
import type { ApplicationCase } from '@gongshu/shared/application/types';
import * as messages from '@gongshu/workflows/messages';
import { defineSearchAttributeKey } from '@temporalio/common';

const keyword = (name: string) => defineSearchAttributeKey(name, 'KEYWORD');

const updates = {
  recordDecision: messages.recordDecisionUpdate,
  returnForCorrection: messages.returnForCorrectionUpdate,
  resubmit: messages.resubmitUpdate,
  requestExtension: messages.requestExtensionUpdate,
  grantExtension: messages.grantExtensionUpdate,
  refuseExtension: messages.refuseExtensionUpdate,
  withdrawApplication: messages.withdrawUpdate,
} as const;

/** The acts that reach a workflow as an update. */
export type UpdateAct = keyof typeof updates;
const isUpdate = (act: string): act is UpdateAct => Object.hasOwn(updates, act);

const asAct = ({ payload, received_at, receipt }: IntakeRow) => ({
  ...(payload['act'] as object),
  at: received_at.getTime(),
  receipt,
});

export const hand: Hand = async (client, row) => {
  if (row.act === 'submitApplication') {
    const application = row.payload['application'] as ApplicationCase;
    return client.workflow.start('dataUseApplication', {
      workflowId: row.workflow_id,
      taskQueue,
      args: [{ ...application, submittedAt: row.received_at.getTime() }],
      workflowIdReusePolicy: 'REJECT_DUPLICATE',
      workflowIdConflictPolicy: 'FAIL',
      staticSummary: `${application.jurisdictionTitle} 公共数据使用申请 ${application.caseNo}`,
      typedSearchAttributes: [
        { key: keyword('GongshuJurisdiction'), value: application.jurisdictionTitle },
        { key: keyword('GongshuKind'), value: '使用申请' },
        { key: keyword('GongshuOrganisation'), value: application.applicant },
        { key: keyword('GongshuCaseNo'), value: application.caseNo },
      ],
    });
  }
  const handle = client.workflow.getHandle(row.workflow_id);
  if (row.act === 'calendarChanged')
    return handle.signal(messages.calendarChangedSignal, {
      at: row.received_at.getTime(),
      calendarVersion: String(row.payload['calendarVersion']),
    });
  if (!isUpdate(row.act)) throw new RangeError(`no workflow takes the act ${row.act}`);
  return handle.executeUpdate(updates[row.act].name, { args: [asAct(row)], updateId: row.receipt });
};
