import { problemRows } from './row.ts';

/** Refusals about metered use, bills, sharing and settlements (F2, F5). */
export const settlementProblems = problemRows({
  usageMalformed: {
    status: 422,
    title: { zh: '用量记录格式不符', en: 'The record of use is not well formed' },
    detail: { zh: '请按列说明更正该行。', en: 'Correct the row as the columns say.' },
  },
  usageColumns: {
    status: 422,
    title: { zh: '用量文件表头不符', en: 'The header of the file of use is not as it must be' },
    detail: { zh: '表头须含：{columns}。', en: 'The header must hold: {columns}.' },
  },
  usageMerchantUnknown: {
    status: 422,
    title: { zh: '使用单位未登记', en: 'Whoever used it is no registered body' },
    detail: { zh: '请先登记该单位。', en: 'Register the body first.' },
  },
  usageOperatorUnknown: {
    status: 422,
    title: { zh: '运营机构未登记', en: 'No such operator is registered' },
  },
  usageQtyNotWhole: {
    status: 422,
    title: { zh: '按项、按次计量须为整数', en: 'Items and calls are counted in whole numbers' },
  },
  usageInFuture: {
    status: 422,
    title: { zh: '使用日期晚于今日', en: 'The day of use lies ahead' },
    detail: { zh: '使用发生后再登记。', en: 'Record it once it has happened.' },
  },
  usagePeriodClosed: {
    status: 409,
    title: { zh: '该月已出账', en: 'The month has been billed' },
    detail: {
      zh: '已出账至 {until}。请以更正（correction）登记，随下一期账单计费。',
      en: 'Billed up to {until}. Record it as a correction: it is billed with the next period.',
    },
  },
  usageReversed: {
    status: 409,
    title: { zh: '该用量记录已冲销', en: 'The record of use was taken back before' },
  },
  usageIsReversal: {
    status: 409,
    title: { zh: '冲销记录不得再冲销', en: 'What takes a record back is not itself taken back' },
    detail: { zh: '请以新编号重新登记。', en: 'Record the use anew, under another id.' },
  },
  periodNotEnded: {
    status: 409,
    title: { zh: '该期尚未结束', en: 'The period has not ended' },
    detail: { zh: '{lastDay} 过后方可办理。', en: 'It may be done once {lastDay} has passed.' },
  },
  periodBilledBeyond: {
    status: 409,
    title: { zh: '其后月份已出账', en: 'A later month was billed before' },
    detail: {
      zh: '已出账至 {until}；未计费用量随下一期账单计费。',
      en: 'Billed up to {until}; what is left is billed with the next period.',
    },
  },
  billDisputeOpen: {
    status: 409,
    title: { zh: '该账单已有异议待答复', en: 'A dispute of this bill waits for its answer' },
  },
  disputeAnswered: {
    status: 409,
    title: { zh: '异议已答复', en: 'The dispute was answered before' },
  },
  disputeReversalMissing: {
    status: 422,
    title: { zh: '异议成立须列明冲销的用量', en: 'To uphold a dispute, name the use that is taken back' },
  },
  usageNotOfBill: {
    status: 422,
    title: { zh: '用量记录不属于该账单', en: 'The record of use is not of this bill' },
  },
  sharingPartyTwice: {
    status: 422,
    title: { zh: '分配主体重复', en: 'A party is listed twice' },
  },
  sharingWithoutPublicPart: {
    status: 422,
    title: {
      zh: '没有用于公共事业或反哺数据来源的份额',
      en: 'No part goes to public good or back to the sources of the data',
    },
    detail: {
      zh: '请为规定的主体之一约定大于零的份额。',
      en: 'Give one of the parties that the rules name a part above nought.',
    },
  },
  sharingTermsUsed: {
    status: 409,
    title: { zh: '该分配约定已用于结算，不得变更', en: 'A settlement was made by these terms: they stand' },
    detail: { zh: '变更自下一年度起约定。', en: 'Agree on other terms for a later year.' },
  },
  sharingTermsNotProposed: {
    status: 409,
    title: { zh: '该分配约定不在待确认状态', en: 'These terms do not wait for agreement' },
  },
  sharingTermsMissing: {
    status: 409,
    title: {
      zh: '该年度没有经运营机构确认的分配约定',
      en: 'The operator has agreed to no terms of sharing for this year',
    },
    detail: {
      zh: '请由主管部门登记协议约定并由运营机构确认。',
      en: 'The bureau records what the agreement says, and the operator agrees.',
    },
  },
  yearNotEnded: {
    status: 409,
    title: { zh: '该年度尚未结束', en: 'The year has not ended' },
    detail: {
      zh: '年度终了后结算；授权提前终止的，由主管部门附材料提前结算。',
      en: 'It is settled after its end; earlier only by the bureau, with the document that ended the mandate.',
    },
  },
  monthsUnbilled: {
    status: 409,
    title: { zh: '尚有月份未出账', en: 'The year has not been billed to its end' },
    detail: { zh: '请先出具 {period} 账单。', en: 'Issue the bills of {period} first.' },
  },
  permittedRevenueMissing: {
    status: 409,
    title: {
      zh: '该年度最高准许收入尚未生效',
      en: 'No permitted revenue is in force for this year',
    },
  },
  settlementCostUnreported: {
    status: 409,
    title: {
      zh: '该年度成本报告尚未报送',
      en: 'The cost report of the year has not been filed',
    },
    detail: {
      zh: '结算以已报送的成本为准：请运营机构先报送 {year} 年度成本报告。',
      en: 'A year is settled on cost that was reported: the operator files the cost report of {year} first.',
    },
  },
  settlementExists: {
    status: 409,
    title: { zh: '该年度已启动结算', en: 'The year is being settled, or was' },
    detail: { zh: '见案件 {caseNo}。', en: 'See case {caseNo}.' },
  },
  yearSettled: {
    status: 409,
    title: {
      zh: '该年度已启动结算，不再出账或计收',
      en: 'The year is being settled: nothing of it is billed or charged any more',
    },
    detail: { zh: '未计费的计入下一年度。', en: 'What is left is billed or charged in the next year.' },
  },
  settlementFiguresMoved: {
    status: 409,
    title: { zh: '结算数据已变动', en: 'The figures are not those that stand' },
    detail: { zh: '请按案件现有数据办理。', en: 'Act on the figures that the case shows now.' },
  },
  settlementBooksMoved: {
    status: 409,
    title: { zh: '账目在核定后已变动', en: 'The books have moved since the figures were frozen' },
    detail: {
      zh: '成本、收入或最高准许收入已调整：请退回并重新核定后再确认。',
      en: 'Cost, revenue or the permitted revenue was adjusted: return them, freeze anew, then confirm.',
    },
  },
  settlementUnchanged: {
    status: 409,
    title: { zh: '重新核定的数据与退回前相同', en: 'The figures are the same as those returned' },
    detail: {
      zh: '请先更正账目（冲销、成本调整或分配约定）。',
      en: 'Correct the books first: reversals, cost, terms of sharing.',
    },
  },
  paymentNotDue: {
    status: 409,
    title: { zh: '该项无须支付或已支付', en: 'This is not due, or was paid before' },
  },
  paymentDiffers: {
    status: 422,
    title: { zh: '支付金额与应付不符', en: 'The amount paid is not the amount due' },
    detail: { zh: '应付 {fen} 分。', en: '{fen} fen are due.' },
  },
});
