import { problemRows } from './row.ts';

/** Refusals. Selection of the operator (O1–O4). */
export const selectionProblems = problemRows({
  selectionWithoutPlan: {
    status: 409,
    title: { zh: '没有生效的实施方案，不得启动遴选', en: 'No implementation plan is in force' },
    detail: { zh: '请先完成实施方案并填写其案件编号。', en: 'Bring a plan into force and name its case.' },
  },
  selectionModeNotAllowed: {
    status: 422,
    title: { zh: '本地规定不允许这种选择方式', en: 'The rules here do not know this mode of selection' },
    detail: { zh: '可用：{modes}。', en: 'Known here: {modes}.' },
  },
  selectionModeOtherwise: {
    status: 409,
    title: { zh: '这种选择方式不这样发出', en: 'This mode is not issued this way' },
    detail: { zh: '选择方式：{mode}。', en: 'The mode is {mode}.' },
  },
  tooFewInvitees: {
    status: 422,
    title: { zh: '受邀机构不足', en: 'Too few are invited' },
    detail: {
      zh: '至少邀请 {needed} 家，现为 {found} 家。',
      en: 'At least {needed} are invited; {found} are named.',
    },
  },
  inviteesNotAsked: {
    status: 422,
    title: { zh: '公告方式不列受邀机构', en: 'A selection by announcement invites nobody' },
  },
  bidderUnknown: {
    status: 422,
    title: { zh: '不是已登记的申报机构或运营机构', en: 'Not a registered bidder or operator' },
  },
  rerunNotFailed: {
    status: 422,
    title: { zh: '所称的前次遴选并未失败', en: 'The case named has not failed' },
    detail: { zh: '只有失败的遴选可重新组织。', en: 'Only a failed selection is run again.' },
  },
  criteriaInvalid: {
    status: 422,
    title: { zh: '评审因素不成立', en: 'The criteria do not hold' },
  },
  announcementIncomplete: {
    status: 422,
    title: { zh: '公告或邀请内容不完整', en: 'The announcement or invitation lacks required contents' },
    detail: { zh: '请补齐所列各项。', en: 'Add the items listed.' },
  },
  closeTooEarly: {
    status: 422,
    title: { zh: '截止日早于规定期限', en: 'The close is earlier than the period allows' },
    detail: { zh: '最早为 {earliest}。', en: 'The earliest day is {earliest}.' },
  },
  bidLate: {
    status: 409,
    title: { zh: '申报已截止，不予接收', en: 'Bids have closed; this one is refused' },
    detail: { zh: '截止时间：{closedAt}。', en: 'They closed at {closedAt}.' },
  },
  notInvited: {
    status: 409,
    title: { zh: '未受邀请，不得申报', en: 'This body was not invited to bid' },
  },
  noBid: { status: 404, title: { zh: '没有您的申报', en: 'There is no bid of yours' } },
  bidHashDiffers: {
    status: 422,
    title: { zh: '文件与所报哈希不符', en: 'A file does not match the hash given' },
  },
  bidsNotClosed: {
    status: 409,
    title: { zh: '申报尚未截止，不得开启', en: 'Bids have not closed; they may not be opened' },
  },
  bidsSealed: {
    status: 409,
    title: { zh: '申报在开启前密封，任何人不得查阅', en: 'Bids are sealed until the opening' },
  },
  bidsTooMany: { status: 409, title: { zh: '申报过多', en: 'Too many bids' } },
  seedCommittedAlready: { status: 409, title: { zh: '抽取种子已登记', en: 'A seed has been committed' } },
  seedNotCommitted: {
    status: 409,
    title: { zh: '尚未登记抽取种子', en: 'No seed has been committed' },
    detail: { zh: '先登记种子的哈希，再抽取。', en: 'Commit the hash of the seed, then draw.' },
  },
  seedDiffers: {
    status: 409,
    title: { zh: '种子与登记的哈希不符', en: 'The seed is not the one committed' },
  },
  committeeDrawnAlready: {
    status: 409,
    title: { zh: '评审委员会已抽取', en: 'The committee has been drawn' },
  },
  committeeNotDrawn: {
    status: 409,
    title: { zh: '评审委员会尚未抽取', en: 'The committee has not been drawn' },
    detail: { zh: '先抽取评审委员会，再开启。', en: 'Draw the committee before the opening.' },
  },
  committeeCannotBeDrawn: {
    status: 422,
    title: { zh: '不能抽取评审委员会', en: 'No committee can be drawn' },
    detail: { zh: '专家库或部门代表不足。', en: 'The pool or the departments do not suffice.' },
  },
  bidFindingsIncomplete: {
    status: 422,
    title: { zh: '资格审查须逐家逐项', en: 'Each bid is examined, each condition' },
  },
  notOnPanel: { status: 403, title: { zh: '不在评审委员会', en: 'Not on the panel' } },
  expertInConflict: {
    status: 409,
    title: { zh: '有利害关系的专家退出整个评审', en: 'An expert in conflict leaves the whole panel' },
  },
  sheetRefused: {
    status: 422,
    title: { zh: '评分表不予接收', en: 'The sheet is refused' },
    detail: { zh: '请按所列各处更正。', en: 'Correct the places listed.' },
  },
  sheetGiven: { status: 409, title: { zh: '该专家已交评分表', en: 'This expert has handed in a sheet' } },
  sheetsMissing: {
    status: 409,
    title: { zh: '评分表尚未交齐', en: 'Not every sheet is in' },
    detail: { zh: '尚缺 {count} 份。', en: '{count} are missing.' },
  },
  sheetsChanged: {
    status: 409,
    title: { zh: '评审委员会刚有变动，请重试', en: 'The panel has just changed; try again' },
  },
  feasibilityMissing: {
    status: 409,
    title: { zh: '尚无可行性论证意见', en: 'The opinion on feasibility is missing' },
  },
  feasibilityGiven: {
    status: 409,
    title: { zh: '可行性论证意见已登记', en: 'The opinion has been recorded' },
  },
  feasibilityNotAsked: {
    status: 409,
    title: { zh: '本地规定不要求可行性论证', en: 'The rules here ask for no opinion on feasibility' },
  },
  voteGiven: { status: 409, title: { zh: '该成员已表决', en: 'This member has voted' } },
  votesMissing: {
    status: 409,
    title: { zh: '表决尚未齐', en: 'Not every member has voted' },
    detail: { zh: '尚缺 {count} 人。', en: '{count} are missing.' },
  },
  notTied: { status: 422, title: { zh: '该机构不在并列之中', en: 'This bidder is not among those tied' } },
  coreAnnexMissing: {
    status: 422,
    title: { zh: '缺少作为协议核心附件的运营方案', en: 'The plan that is the core annex is missing' },
  },
  coreAnnexNotAsked: {
    status: 409,
    title: { zh: '本地规定不设核心附件', en: 'The rules here know no core annex' },
  },
  noticeRunning: { status: 409, title: { zh: '公示已发布', en: 'The public notice has been issued' } },
  objectionsClosed: {
    status: 409,
    title: { zh: '公示期已满，不再受理异议', en: 'The public notice has ended; no objection is taken' },
  },
  objectionsTooMany: { status: 409, title: { zh: '异议过多', en: 'Too many objections' } },
  objectionsOpen: {
    status: 409,
    title: { zh: '异议尚未答复完毕', en: 'Objections are not answered yet' },
    detail: { zh: '尚有 {count} 件未答复。', en: '{count} are open.' },
  },
  objectionNotOpen: {
    status: 409,
    title: { zh: '没有这一件待答复的异议', en: 'No such objection is open' },
  },
  upheldNeedsConsequence: {
    status: 422,
    title: { zh: '异议成立须写明后果', en: 'An objection upheld needs its consequence' },
    detail: {
      zh: '重新评审或宣布失败；不成立则不填。',
      en: 'Assess again, or fail; nothing where it is rejected.',
    },
  },
});
