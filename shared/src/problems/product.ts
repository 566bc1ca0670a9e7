import { problemRows } from './row.ts';

/** Refusals about products and their egress (E1–E5, O10). */
export const productProblems = problemRows({
  artefactSame: {
    status: 409,
    title: { zh: '产品文件与说明均未变更', en: 'Artefact and contents are those that stand' },
    detail: { zh: '请上传修改后的文件或说明。', en: 'Send an artefact or contents that differ.' },
  },
  artefactChanged: {
    status: 409,
    title: { zh: '产品文件已更换', en: 'The artefact was replaced meanwhile' },
    detail: { zh: '请以最新文件为准重新办理。', en: 'Go on with the newest one.' },
  },
  findingUnknown: {
    status: 422,
    title: { zh: '没有该项检测发现', en: 'There is no such finding' },
    detail: {
      zh: '没有第 {item} 项，请从检测结果中选择。',
      en: 'There is no {item}: choose from the evidence.',
    },
  },
  notJudged: {
    status: 409,
    title: { zh: '检测引擎未能判定该文件', en: 'The engine refused to judge the file' },
    detail: { zh: '未能判定的文件不得例外放行，请更换文件。', en: 'No exception helps: replace the file.' },
  },
  consentIsNoGround: {
    status: 422,
    title: {
      zh: '本地规定要求脱敏，主体同意不能代替',
      en: 'The rules here have data desensitised; consent does not replace it',
    },
    detail: { zh: '请更换文件，或者另列理由。', en: 'Replace the file, or name another ground.' },
  },
  checkersWrong: {
    status: 422,
    title: { zh: '核查人员数不符', en: 'The number of checkers is wrong' },
    detail: { zh: '须指定 {number} 名不同的人员。', en: 'Name {number} different people.' },
  },
  checkerIsAuthor: {
    status: 422,
    title: { zh: '产品制作人不得核查本产品', en: 'The author does not check the product' },
    detail: { zh: '请改派他人。', en: 'Name someone else.' },
  },
  checkerRelated: {
    status: 422,
    title: { zh: '核查人员与产品方存在关联', en: 'The checker is related to who made the product' },
    detail: { zh: '请改派无关联人员。', en: 'Name someone who is not related.' },
  },
  checkerUnfit: {
    status: 422,
    title: { zh: '该人员不能担任核查人员', en: 'This person cannot check' },
    detail: {
      zh: '须为运营机构登记在册并经审查的人员。',
      en: 'A vetted person on the operator’s register is needed.',
    },
  },
  notChecker: {
    status: 403,
    title: { zh: '您不是本产品的核查人员', en: 'You are not a checker of this product' },
  },
  voteDropped: {
    status: 409,
    title: { zh: '核查轮次已变更，此前意见作废', en: 'The round has changed and earlier votes are dropped' },
    detail: { zh: '请查看变更后重新表决。', en: 'Look at what changed and vote again.' },
  },
  alreadyVoted: {
    status: 409,
    title: { zh: '本轮已表决', en: 'You have voted in this round' },
  },
  votesNotOpened: {
    status: 409,
    title: { zh: '两份意见未能一并开启', en: 'The votes were not opened together' },
    detail: { zh: '请重新表决。', en: 'Vote again.' },
  },
  voteIncomplete: {
    status: 422,
    title: { zh: '表决不完整', en: 'The vote lacks items' },
    detail: {
      zh: '每一核查领域、例外与公开来源均须逐项表决，不通过须写明理由。',
      en: 'Vote on each field, exception and public source; give reasons where you refuse.',
    },
  },
  notChecked: {
    status: 409,
    title: { zh: '尚未通过出域核查与备案两道关口', en: 'It has not passed both locks' },
  },
  grantNotRunning: {
    status: 422,
    title: { zh: '使用授权不在有效期内', en: 'A grant is not running' },
    detail: {
      zh: '授权 {grant}：产品须在有效的使用授权之下开发。',
      en: 'Grant {grant}: a product is built under running grants.',
    },
  },
  productClassNotAllowed: {
    status: 422,
    title: { zh: '本地不允许以该形式提供产品', en: 'Products of this form are not allowed here' },
  },
  fieldOutsideGrant: {
    status: 422,
    title: { zh: '产品字段超出使用授权的范围', en: 'A field lies beyond the grants' },
    detail: {
      zh: '请只使用所列授权载明的资源与信息项，或另行申请。',
      en: 'Use the resources and fields of these grants, or apply for more.',
    },
  },
  publicSourceNotAllowed: {
    status: 422,
    title: { zh: '公开来源的依据不被认可', en: 'This ground does not make a source public here' },
    detail: {
      zh: '请核对依据与日期，或删去该来源。',
      en: 'Correct ground and date, or leave the source out.',
    },
  },
  productDiffers: {
    status: 422,
    title: { zh: '新版本的类别或用途与产品不同', en: 'Class or purpose is not that of the product' },
    detail: { zh: '类别或用途变更的，请作为新产品提交。', en: 'Submit it as a product of its own.' },
  },
  submitterNotAllowed: {
    status: 403,
    title: { zh: '本地不由该主体提交产品', en: 'This body does not submit products here' },
  },
  notSeparated: {
    status: 422,
    title: { zh: '提交方与运营机构存在关联，违反运商分离', en: 'Submitter and operator are related' },
    detail: { zh: '关联链见所列各项。', en: 'The chain of links is listed.' },
  },
  operatorRedevelops: {
    status: 422,
    title: {
      zh: '运营机构不得参与已交付产品的再开发',
      en: 'The operator does not re-develop delivered products',
    },
    detail: { zh: '请由无关联的数商提交。', en: 'A merchant that is not related submits it.' },
  },
  productUnknown: {
    status: 422,
    title: { zh: '没有这一产品', en: 'There is no such product' },
    detail: { zh: '请填写本地登记的产品编号。', en: 'Name products of this city by their numbers.' },
  },
  versionUnderWay: {
    status: 409,
    title: { zh: '该产品已有版本正在办理', en: 'A version of this product is under way' },
    detail: { zh: '案件 {caseNo} 办结后方可提交新版本。', en: 'Go on once {caseNo} has ended.' },
  },
  retireInstead: {
    status: 409,
    title: { zh: '产品曾列入清单，不得撤回', en: 'It was on the list and is not withdrawn' },
    detail: { zh: '请办理下架或召回。', en: 'Retire or recall it instead.' },
  },
  notOnList: {
    status: 409,
    title: { zh: '不在产品清单之内', en: 'It is not on the product list' },
    detail: {
      zh: '清单外的产品不得提供、定价或发布。',
      en: 'Nothing outside the list is offered, priced or released.',
    },
  },
  notReleased: {
    status: 409,
    title: { zh: '该版本尚未发布', en: 'This version is not released' },
    detail: { zh: '发布后方可交付。', en: 'It is delivered once it is released.' },
  },
  nationalCodeRecorded: {
    status: 409,
    title: { zh: '国家登记编码已记录', en: 'Its national code is on record' },
    detail: { zh: '已记录的编码为 {nationalCode}，不作更改。', en: 'It is {nationalCode} and stays.' },
  },
  nationalCodeTaken: {
    status: 409,
    title: { zh: '该国家登记编码已属于其他产品', en: 'Another product has this national code' },
    detail: { zh: '请核对登记平台的编码。', en: 'Compare it with the registration platform.' },
  },
  notRegistered: {
    status: 409,
    title: { zh: '该产品尚未登记编码', en: 'The product is not registered yet' },
    detail: { zh: '主管部门同意后取得登记编码。', en: 'It is registered once the authority has agreed.' },
  },
  holderUnknown: {
    status: 422,
    title: { zh: '使用单位代码有误', en: 'The holder’s code is wrong' },
    detail: {
      zh: '请填写在册单位编号，或者正确的统一社会信用代码。',
      en: 'Name a registered body, or a unified social credit code that is right.',
    },
  },
  holderTold: {
    status: 409,
    title: { zh: '该使用单位已获告知', en: 'This holder has been told' },
  },
  nothingToTell: {
    status: 409,
    title: { zh: '该版本未被召回', en: 'This version was not recalled' },
    detail: { zh: '召回后逐一告知使用单位。', en: 'Holders are told one by one after a recall.' },
  },
  productIncomplete: {
    status: 422,
    title: { zh: '产品说明不完整', en: 'The contents of the product lack items' },
    detail: { zh: '请补齐所列各项后再提交。', en: 'Add the items listed and send it again.' },
  },
});
