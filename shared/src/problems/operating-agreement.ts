import { problemRows } from './row.ts';

/** Refusals. The operating agreement (O5–O9), its mandate (O12), and what is brought in. */
export const operatingAgreementProblems = problemRows({
  operatingAgreementIncomplete: {
    status: 422,
    title: { zh: '授权运营协议内容不完整', en: 'The operating agreement lacks required items' },
    detail: { zh: '请补齐所列各项后再提交。', en: 'Add the items listed and send it again.' },
  },
  termOverMaximum: {
    status: 422,
    title: { zh: '协议期限超过最长期限', en: 'The term is longer than the maximum' },
    detail: { zh: '最长 {years} 年。', en: 'At most {years} years.' },
  },
  groundMissing: {
    status: 422,
    title: {
      zh: '超过原则上的最长期限，须记载理由',
      en: 'A term over the maximum in principle needs a recorded ground',
    },
    detail: {
      zh: '原则上最长 {years} 年；请上传理由文件并注明。',
      en: 'In principle at most {years} years: name the document with the ground.',
    },
  },
  termSetterMissing: {
    status: 422,
    title: {
      zh: '须列明共同确定期限的数源部门',
      en: 'The source departments that set the term with the authority are missing',
    },
  },
  termDiffers: {
    status: 409,
    title: { zh: '确认的期限与协议不符', en: 'The term confirmed is not that of the agreement' },
    detail: { zh: '协议期限为 {months} 个月。', en: 'The agreement runs for {months} months.' },
  },
  coSignatoryNotAllowed: {
    status: 422,
    title: { zh: '本地规定由实施机构独立签订', en: 'Here the authority signs alone' },
  },
  notADepartment: {
    status: 422,
    title: { zh: '所列单位不是本市数源部门', en: 'A body named is no source department of this city' },
    detail: { zh: '单位：{body}。', en: 'Body: {body}.' },
  },
  operatorNotAParty: {
    status: 422,
    title: { zh: '运营机构未登记', en: 'The operator is not registered' },
    detail: { zh: '请先登记：{body}。', en: 'Register {body} first.' },
  },
  selectionNotEnded: {
    status: 409,
    title: { zh: '遴选尚未选定运营机构', en: 'The selection has not chosen an operator' },
  },
  agreementExists: {
    status: 409,
    title: { zh: '已有据此订立的授权运营协议', en: 'An agreement stands on this already' },
    detail: { zh: '案件 {caseNo}。', en: 'Case {caseNo}.' },
  },
  renewalNotDecided: {
    status: 409,
    title: {
      zh: '尚未评估决定续期或重新授权',
      en: 'No evaluation has decided on renewal or re-authorisation',
    },
  },
  mandateNotSelected: {
    status: 422,
    title: { zh: '授权范围与遴选结果不符', en: 'The mandate is not the one that was selected for' },
  },
  mandateModeNotAllowed: {
    status: 422,
    title: { zh: '本地规定不允许此授权模式', en: 'This mode of authorisation is not allowed here' },
    detail: { zh: '授权模式：{mode}。', en: 'Mode: {mode}.' },
  },
  mandatesOverlap: {
    status: 409,
    title: { zh: '授权领域或场景与其他授权重叠', en: 'The mandate overlaps another in field or scenario' },
    detail: { zh: '与协议 {agreement} 重叠。', en: 'It overlaps agreement {agreement}.' },
  },
  mandatesTooMany: {
    status: 409,
    title: { zh: '授权数量已达上限', en: 'No further mandate may run' },
    detail: { zh: '同时至多 {atMost} 个。', en: 'At most {atMost} at once.' },
  },
  mandateModesNotCombined: {
    status: 409,
    title: { zh: '本地规定不结合不同授权模式', en: 'Mandates of different modes do not stand together here' },
    detail: { zh: '授权模式：{mode}。', en: 'Mode: {mode}.' },
  },
  nothingToFile: {
    status: 409,
    title: { zh: '没有须备案的文本', en: 'No text waits to be filed' },
  },
  amendmentPending: {
    status: 409,
    title: { zh: '已有正在签署的变更', en: 'An amendment waits for its signatures' },
    detail: { zh: '请先签署或撤回该变更。', en: 'Sign it or withdraw it first.' },
  },
  amendmentChangesTerm: {
    status: 422,
    title: { zh: '期限不以变更延长', en: 'An amendment does not change the term' },
    detail: { zh: '延长期限须经评估续期。', en: 'It is prolonged by renewal, which an evaluation decides.' },
  },
  amendmentSame: {
    status: 422,
    title: { zh: '变更与现行文本没有差异', en: 'The amendment differs in nothing' },
  },
  noAmendment: { status: 409, title: { zh: '没有正在签署的变更', en: 'No amendment waits' } },
  suspensionNotInPack: {
    status: 409,
    title: { zh: '本地规定没有暂停授权', en: 'The rules here know no suspension' },
  },
  agreementSuspended: {
    status: 409,
    title: { zh: '协议已经暂停', en: 'The agreement is suspended already' },
  },
  agreementNotSuspended: { status: 409, title: { zh: '协议没有暂停', en: 'The agreement is not suspended' } },
  agreementTermEnded: {
    status: 409,
    title: { zh: '协议期限已经届满', en: 'The term of the agreement has ended' },
    detail: { zh: '期限至 {until} 二十四时止。', en: 'It ended at 24:00 on {until}.' },
  },
  renewalTooEarly: {
    status: 409,
    title: { zh: '尚未到提交续期材料的时间', en: 'It is too early to ask for renewal' },
    detail: {
      zh: '应在 {from} 至 {until} 之间提交（含首尾两日）。',
      en: 'Hand it in from {from} to {until}, both days included.',
    },
  },
  renewalTooLate: {
    status: 409,
    title: { zh: '已过提交续期材料的时间', en: 'It is too late to ask for renewal' },
    detail: {
      zh: '应在 {from} 至 {until} 之间提交（含首尾两日）。',
      en: 'It was to be handed in from {from} to {until}, both days included.',
    },
  },
  renewalMaterialMissing: {
    status: 422,
    title: { zh: '续期材料不完整', en: 'The renewal material is incomplete' },
    detail: { zh: '缺少：{items}。', en: 'Missing: {items}.' },
  },
  renewalRequested: { status: 409, title: { zh: '已提出续期', en: 'Renewal was asked for already' } },
  renewalNotRequested: { status: 409, title: { zh: '尚未提出续期', en: 'Nobody has asked for renewal' } },
  renewalDecided: { status: 409, title: { zh: '续期已经决定', en: 'Renewal was decided already' } },
  renewalOutcomeNotInPack: {
    status: 422,
    title: { zh: '本地规定没有此续期结果', en: 'The rules here know no such outcome of renewal' },
    detail: { zh: '结果：{outcome}。', en: 'Outcome: {outcome}.' },
  },
  evaluationNotNamed: {
    status: 422,
    title: { zh: '须列明据以决定的评估', en: 'The evaluation it rests on must be named' },
  },
  scopeChangeNotEvaluated: {
    status: 422,
    title: {
      zh: '授权范围的调整须以评估结果为依据',
      en: 'A change of scope rests on an evaluation',
    },
    detail: {
      zh: '请注明本协议已有结果的年度评估。',
      en: 'Name an evaluation of this agreement that has its result.',
    },
  },
  evaluationUnknown: {
    status: 422,
    title: { zh: '所列评估不存在、未办结或不属本协议', en: 'No such evaluation of this agreement has ended' },
  },
  exitGroundNotInPack: {
    status: 422,
    title: { zh: '不是本地规定的退出情形', en: 'This is no ground of exit here' },
    detail: { zh: '情形：{ground}。', en: 'Ground: {ground}.' },
  },
  exitRequested: { status: 409, title: { zh: '已申请提前终止', en: 'Exit was asked for already' } },
  exitNotRequested: { status: 409, title: { zh: '没有提前终止申请', en: 'Nobody has asked for exit' } },
  handOverItemUnknown: {
    status: 422,
    title: { zh: '移交清单没有此项', en: 'The hand-over list has no such item' },
    detail: { zh: '项目：{item}。', en: 'Item: {item}.' },
  },
  handedOver: {
    status: 409,
    title: { zh: '此项已经移交', en: 'This item was handed over already' },
    detail: { zh: '项目：{item}。', en: 'Item: {item}.' },
  },
  broughtInExpired: {
    status: 422,
    title: { zh: '协议或授权已经届满，不再录入', en: 'What has expired is not brought in' },
    detail: { zh: '期限至 {until}。', en: 'It ran until {until}.' },
  },
  broughtInFuture: {
    status: 422,
    title: { zh: '签署或注册日期在今天之后', en: 'A day of signature or enrolment lies in the future' },
    detail: { zh: '日期 {on}。', en: 'Day {on}.' },
  },
  broughtInPartyMissing: {
    status: 422,
    title: { zh: '纸质协议须有各方签署', en: 'A party of the paper agreement is missing' },
    detail: { zh: '缺少：{body}。', en: 'Missing: {body}.' },
  },
  broughtInAlready: {
    status: 409,
    title: { zh: '已经录入', en: 'It was brought in already' },
    detail: { zh: '见 {subject}。', en: 'See {subject}.' },
  },
  rowsRefused: {
    status: 422,
    title: { zh: '部分行未通过，均未录入', en: 'Some rows were refused and none was kept' },
    detail: { zh: '请更正所列各行。', en: 'Mend the rows listed.' },
  },
});
