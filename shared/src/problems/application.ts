import { problemRows } from './row.ts';

/** Refusals of acts on a data-use application. */
export const applicationProblems = problemRows({
  alreadyDecided: {
    status: 409,
    title: { zh: '已办结', en: 'Already decided' },
    detail: {
      zh: '此环节已经办结，结果不再更改；如需重新办理，请另行提出申请。',
      en: 'This step has ended and is not reopened; make a new application.',
    },
  },
  withdrawn: {
    status: 409,
    title: { zh: '申请已撤回', en: 'The application was withdrawn' },
  },
  suspended: {
    status: 409,
    title: { zh: '补正期间计时中止', en: 'Out for correction' },
    detail: {
      zh: '材料已退回补正，补正前不能作此办理。',
      en: 'The file is out for correction; this act waits until it is back.',
    },
  },
  notReturned: {
    status: 409,
    title: { zh: '没有待补正的通知', en: 'No such correction is open' },
  },
  alreadyReturned: {
    status: 409,
    title: { zh: '该补正通知已发出', en: 'This correction was asked for already' },
  },
  extensionPending: {
    status: 409,
    title: { zh: '已有待答复的延期申请', en: 'An extension request is pending' },
  },
  noExtensionPending: {
    status: 409,
    title: { zh: '没有待答复的延期申请', en: 'No extension request is pending' },
  },
  extensionLimit: {
    status: 409,
    title: { zh: '延期申请次数已满', en: 'No further extension may be requested' },
  },
  extensionTooLong: {
    status: 422,
    title: { zh: '申请延长的天数超过上限', en: 'The extension asked for is too long' },
  },
  grantExceedsRequest: {
    status: 422,
    title: { zh: '准予天数超过申请天数', en: 'More days granted than asked for' },
  },
  clockNotReady: {
    status: 503,
    title: { zh: '时限正在计算', en: 'The clock is being computed' },
    detail: { zh: '请稍后再试。', en: 'Try again in a moment.' },
  },
  intakeTooSlow: {
    status: 503,
    title: { zh: '收件未能及时完成', en: 'The act could not be taken in in time' },
    detail: {
      zh: '本次未收件，没有产生收件回执，请重新提交。',
      en: 'Nothing was taken in and no receipt given; send it again.',
    },
  },
  turnNotOpen: {
    status: 409,
    title: { zh: '该环节尚未开始', en: 'This step has not begun' },
  },
  applicationIncomplete: {
    status: 422,
    title: { zh: '申请材料不完整', en: 'The application is incomplete' },
    detail: {
      zh: '缺少的内容已逐项列出，请一次补齐。',
      en: 'Everything missing is listed; supply it all at once.',
    },
  },
  reasonsMissing: {
    status: 422,
    title: { zh: '须列明理由', en: 'A refusal lists its reasons' },
  },
  findingsIncomplete: {
    status: 422,
    title: { zh: '核查意见不完整', en: 'A finding in each field is needed' },
  },
  findingsContradict: {
    status: 422,
    title: { zh: '核查意见与结论不一致', en: 'Findings and outcome contradict each other' },
  },
  correctionItemVisibleBefore: {
    status: 422,
    title: {
      zh: '应一次性告知的内容不得再次要求补正',
      en: 'What was visible the first time cannot be asked for again',
    },
  },
  correctionKindUnknown: {
    status: 422,
    title: { zh: '补正类别不存在', en: 'Unknown kind of correction' },
  },
  notOverdue: {
    status: 409,
    title: { zh: '核查尚未逾期', en: 'The check is not overdue' },
  },
  directionNotAhead: {
    status: 422,
    title: { zh: '限办日期须在今日之后', en: 'The directed date must lie ahead' },
  },
  lifecycleNotInPack: {
    status: 409,
    title: { zh: '本地政策包尚无此项办理', en: 'The pack of this jurisdiction does not hold this lifecycle' },
    detail: {
      zh: '{jurisdiction} 的政策包没有此项办理的规则，暂不能提出申请。',
      en: 'The pack of {jurisdiction} holds no rules for it yet.',
    },
  },
  termPast: {
    status: 422,
    title: { zh: '使用期限已过', en: 'The term of use has ended already' },
  },
  operatorUnknown: {
    status: 409,
    title: { zh: '本地尚无运营机构', en: 'This jurisdiction has no operator yet' },
    detail: {
      zh: '运营机构登记后方可提出。',
      en: 'It can be brought once the operator is registered.',
    },
  },
  reviewerNotAllowed: {
    status: 409,
    title: { zh: '目录条目的审核方式与政策不符', en: 'The pack knows no such reviewer' },
  },
  intakeSettled: {
    status: 409,
    title: { zh: '该收件已处理', en: 'This act has been settled' },
  },
});
