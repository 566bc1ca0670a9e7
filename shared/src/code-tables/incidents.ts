import { codeTable } from './define.ts';

/** Incidents, contingency plans and drills (D1), what an order to suspend reaches, the review of a measure (X2). */
export const incidentTables = {
  contingencyPlanStates: codeTable('应急预案状态', 'States of a contingency plan', {
    submitted: ['待答复', 'Waiting for its answer'],
    inForce: ['有效', 'In force'],
    returned: ['已退回', 'Returned'],
    replaced: ['已被替代', 'Replaced'],
  }),
  drillStates: codeTable('应急演练状态', 'How a drill stands', {
    ahead: ['未到期', 'Not due yet'],
    due: ['即将到期', 'Due'],
    overdue: ['已逾期', 'Overdue'],
    recorded: ['已演练', 'Held and recorded'],
    recordedLate: ['逾期演练', 'Held late'],
  }),
  drillLooks: codeTable('应急演练到期检查', 'When a drill is looked at', {
    reminder: ['到期前提醒', 'Ahead of its day'],
    due: ['到期', 'On its day'],
  }),
  supplyOrderMoves: codeTable('责令暂停与恢复', 'Orders to suspend and to restore', {
    ordered: ['责令暂停', 'Suspension ordered'],
    lifted: ['责令恢复', 'Restoration ordered'],
  }),
  supplyOrderThings: codeTable('责令暂停的对象', 'What an order to suspend holds', {
    product: ['产品', 'A product'],
    agreement: ['运营协议', 'An operating agreement'],
    merchant: ['数商', 'A merchant'],
  }),
  sanctionReviewOutcomes: codeTable('惩戒复核决定', 'What a review of a measure decides', {
    uphold: ['维持', 'Upheld'],
    lift: ['解除', 'Lifted'],
  }),
};
