/** Sentences of the authority's procedures and of what surrounds them. */
import { auditSentences } from './audit-sentences.ts';
import { incidentSentences } from './incident-sentences.ts';
import { evidenceSentences } from './evidence-sentences.ts';
import { complaintSentences } from './complaint-sentences.ts';
import { pricingSentences } from './pricing-sentences.ts';
import { reportSentences } from './report-sentences.ts';
import { productSentences } from './product-sentences.ts';
import type { Sentence } from './sentences.ts';

const task = ['请在待办中办理', 'Act on it in your tasks'] as const;
const seeCase = ['详情见案件页', 'The case shows the rest'] as const;
const nothing = ['无需另行办理', 'Nothing is left for you to do'] as const;
const codes = ['[，理由代码 {reasonCodes}]', '[, reason codes {reasonCodes}]'] as const;

/** Under the names of the table's kinds. */
export const procedureSentences: Readonly<Record<string, Sentence>> = {
  ...pricingSentences,
  ...complaintSentences,
  ...reportSentences,
  ...evidenceSentences,
  ...incidentSentences,
  ...auditSentences,
  ...productSentences,
  procedureReminder: [
    '期限将满[，最后一日 {lastDay}]',
    'A period ends soon[, its last day is {lastDay}]',
    '请在最后一日 24:00 前办理',
    'Act before the end of that day',
  ],
  procedureHeld: [
    '收件中断，期限顺延[至 {lastDay}]',
    'Intake was down: the period is held[ until {lastDay}]',
    '请在顺延后的最后一日前办理',
    'Act before the end of the day it is held to',
  ],
  procedureOverdue: [
    '环节逾期[，原最后一日 {lastDay}]',
    'A step is overdue[; its last day was {lastDay}]',
    '该环节仍须办理，逾期计入记录',
    'It is still to be done, and recorded as late',
  ],
  procedureWithdrawn: [`已撤回${codes[0]}`, `It was withdrawn${codes[1]}`, ...nothing],
  planDeliberated: ['集体决策通过', 'It was carried by collective decision', ...task],
  governmentApproved: ['政府审定同意', 'The government approved', ...task],
  governmentRefused: [`政府审定未同意${codes[0]}`, `The government did not approve${codes[1]}`, ...task],
  planInForce: [
    '实施方案第 {version} 版生效',
    'Version {version} of the plan is in force',
    '后续遴选与协议依此版办理',
    'Selection and agreement follow this version',
  ],

  invited: [
    '邀请贵单位参加遴选[，申报至 {closesOn}]',
    'Your body is invited to the selection[, bids until {closesOn}]',
    '请在截止前提交密封申报',
    'Submit a sealed bid in time',
  ],
  bidsClose: [
    '申报即将截止[，最后一日 {lastDay}]',
    'Bids close soon[, the last day is {lastDay}]',
    '尚未申报的，请在截止前提交；已申报的无需再办',
    'Submit a bid in time if you have not',
  ],
  panelDrawn: [
    '贵单位有人员被抽取为评审成员或者候补',
    'People of your body were drawn for the panel or as substitutes',
    '请到案件页核对；有利害关系的，须申报回避',
    'See the case; declare any conflict of interest',
  ],
  biddingClosed: [
    '申报已截止[，最后一日 {lastDay}]',
    'Bids have closed[, the last day was {lastDay}]',
    '请抽取评审成员并开启申报',
    'Draw the panel and open the bids',
  ],
  expertLeft: [
    '评审成员 {expert} 退出[，来源 {source}]',
    'The member {expert} left the panel[, by {source}]',
    '由候补递补；不足的须重新抽取',
    'A substitute follows; draw again if none is left',
  ],
  selectionDeliberated: ['集体决策通过', 'It was carried by collective decision', ...task],
  resultNoticed: [
    '结果已公示[，公示 {workingDays} 个工作日]',
    'The result is on public notice[ for {workingDays} working days]',
    '有异议的，请在公示期内提出',
    'Object while the notice stands',
  ],
  objectionRaised: [
    '收到第 {objection} 号异议',
    'Objection {objection} was raised',
    '请在期限内核实并答复；未答复不得签约',
    'Answer it in time; nothing is signed before',
  ],
  objectionAnswered: [
    `第 {objection} 号异议已答复，结论 {outcome}${codes[0]}`,
    `Objection {objection} was answered: {outcome}${codes[1]}`,
    ...seeCase,
  ],
  objectionOverdue: [
    '第 {objection} 号异议答复逾期[，原最后一日 {lastDay}]',
    'The answer to objection {objection} is overdue[; its last day was {lastDay}]',
    '仍须答复，逾期计入记录',
    'It is still to be answered, and recorded as late',
  ],
  reassessed: [
    '异议成立，重新评审（第 {round} 轮）',
    'An objection was upheld and the assessment begins anew, round {round}',
    ...seeCase,
  ],
  selectionFailed: [
    '遴选失败[，原因代码 {reason}]',
    'The selection failed[, reason {reason}]',
    '重新遴选的，将另行公告或者邀请',
    'A new one is announced or invited to separately',
  ],
  selected: [
    '已选定 {winner} 为运营机构',
    '{winner} was selected as the operator',
    '后续由选定单位与主管部门签订授权运营协议',
    'The body selected and the authority sign the operating agreement next',
  ],

  operatingAgreementDrafted: [
    '协议已拟定，期限 {termMonths} 个月',
    'The agreement was drafted for {termMonths} months',
    '请核对文本，按待办确定期限或者签署',
    'Read it, and set its term or sign as your tasks say',
  ],
  operatingAgreementRevised: [
    '协议文本已修改[，此前 {signaturesVoid} 方签署失效]',
    'The text was revised[; {signaturesVoid} signatures are void]',
    '请核对新文本后再签署',
    'Read the new text before you sign',
  ],
  termConfirmed: ['{party} 已确定期限 {months} 个月', '{party} set a term of {months} months', ...seeCase],
  operatingAgreementSigned: [
    '{party} 已签署第 {version} 版',
    '{party} signed version {version}',
    '尚未签署的，请核对后签署',
    'Read and sign it if you have not',
  ],
  broughtIn: [
    '既有协议已录入，签订日 {signedOn}，最后一日 {lastDay}',
    'The agreement of {signedOn} was brought in, its last day is {lastDay}',
    '请核对录入内容；有误的请告知主管部门',
    'Check what was brought in; tell the authority of any mistake',
  ],
  mandateInForce: [
    '协议生效，授权期 {from} 至 {until}',
    'It is in force, the mandate runs from {from} to {until}',
    '请在授权范围内运营',
    'Operate within the mandate',
  ],
  agreementFiled: ['备案已回执', 'The filing was receipted', ...seeCase],
  agreementFilingReturned: [
    `备案被退回${codes[0]}`,
    `The filing was returned${codes[1]}`,
    '主管部门将修改后重新报送',
    'The authority changes it and files it again',
  ],
  amendmentProposed: [
    '提出协议变更（第 {version} 版）',
    'An amendment was proposed as version {version}',
    '请核对变更内容后签署',
    'Read what changes, and sign',
  ],
  amendmentWithdrawn: ['协议变更已撤回', 'The amendment was withdrawn', ...nothing],
  mandateAmended: [
    '协议变更生效，授权期 {from} 至 {until}',
    'The amendment is in force, the mandate runs from {from} to {until}',
    '请按新版运营',
    'Operate under the new version',
  ],
  mandateSuspended: [
    `{operator} 的授权运营已暂停${codes[0]}`,
    `The mandate of {operator} was suspended${codes[1]}`,
    '暂停期间不得受理新的申请；已有授权按主管部门要求执行',
    'No new application meanwhile; running grants follow the authority',
  ],
  mandateRestored: [
    '{operator} 的授权运营已恢复',
    'The mandate of {operator} was restored',
    '可以继续办理各项申请',
    'Applications may go on',
  ],
  renewalOpened: [
    '续期材料可以提交[，{from} 至 {until}]',
    'The renewal window is open[ from {from} to {until}]',
    '需要续期的，请在此期间提交材料',
    'Submit the material in that time if renewal is wanted',
  ],
  renewalClosed: [
    '续期材料提交期已过[，{from} 至 {until}]',
    'The renewal window has closed[; it was open from {from} to {until}]',
    '到期后按协议移交',
    'What was not renewed is handed over at its end',
  ],
  renewalRequested: [
    '运营机构提出续期',
    'The operator asked for renewal',
    '请依评估结果决定续期或者重新授权',
    'Decide on renewal or re-authorisation by the evaluation',
  ],
  renewalDecided: ['续期已决定，结果 {result}', 'Renewal was decided: {result}', ...seeCase],
  exitRequested: [
    '运营机构申请提前终止[，事由 {ground}]',
    'The operator asked to leave early[, ground {ground}]',
    ...task,
  ],
  exitRefused: [
    `提前终止未获同意${codes[0]}`,
    `Early exit was refused${codes[1]}`,
    '请继续履行协议',
    'The agreement is to be carried out',
  ],
  mandateEnded: [
    '{operator} 的授权运营终止[，事由 {ground}]',
    'The mandate of {operator} ended[, ground {ground}]',
    '移交数据、密钥与产品；在用授权的去向见案件页',
    'Data, keys and products are handed over; the case shows what becomes of running grants',
  ],
  handedOver: [
    '移交事项 {item} 已完成，尚余 {left} 项',
    'The item {item} was handed over, {left} are left',
    ...seeCase,
  ],
  agreementClosed: ['协议办结，结果 {result}', 'The agreement is closed: {result}', ...nothing],

  evaluationOpened: [
    '{year} 年度评估启动，评估期 {from} 至 {until}',
    'The evaluation of {year} was opened, for {from} to {until}',
    '请准备说明材料；结果确定前可以陈述申辩',
    'Prepare your material; you may reply before the result stands',
  ],
  participantNamed: [
    '贵单位会同评估',
    'Your body takes part in the evaluation',
    '请配合主管部门评估',
    'Help the authority with it',
  ],
  questionnaireSent: [
    '评估问卷已发出[，答复至 {until}]',
    'A questionnaire was sent[, to be answered until {until}]',
    '请在截止前填答',
    'Answer it in time',
  ],
  questionnaireCloses: [
    '评估问卷即将截止[，最后一日 {lastDay}]',
    'The questionnaire closes soon[, the last day is {lastDay}]',
    '尚未答复的，请在截止前填答；已答复的无需再办',
    'Answer it in time if you have not',
  ],
  questionnairesClosed: [
    '问卷已截止，收到 {answers} 份',
    'The questionnaires are closed with {answers} answers',
    '请评分并拟定结果',
    'Mark the indicators and propose a result',
  ],
  resultProposed: [
    '评估结果拟为 {outcome}[，整改至 {dueOn}]',
    'The result is proposed to be {outcome}[, to be rectified until {dueOn}]',
    '有异议的，请在期限内陈述申辩',
    'Reply in time if you disagree',
  ],
  evaluationReplied: [
    '运营机构已陈述申辩',
    'The operator replied',
    '请复核后确定结果',
    'Look into it, then confirm the result',
  ],
  resultStands: [
    '评估结果确定为 {outcome}[，整改至 {dueOn}]',
    'The result stands: {outcome}[, to be rectified until {dueOn}]',
    '须整改的，请在期限内完成并报告',
    'Rectify and report in time where it is asked for',
  ],
  rectificationOrdered: [
    '整改期限定为 {dueOn}',
    'The last day of rectification is {dueOn}',
    '请在期限内完成整改并报告',
    'Rectify and report in time',
  ],
  rectificationPlanned: ['整改方案已提交', 'The plan of rectification is in', ...seeCase],
  rectificationReported: [
    '整改完成已报告',
    'Rectification was reported done',
    '请再次评估',
    'Evaluate it again',
  ],
  evaluationTerminated: [
    '因评估终止协议[，原因 {cause}]',
    'The agreement ends for its evaluation[, cause {cause}]',
    '请按协议办理移交',
    'Hand over as the agreement says',
  ],

  scenarioProposed: ['应用场景已提出', 'A scenario was proposed', ...task],
  scenarioCollected: [
    '应用场景需求已收集',
    'A scenario was collected',
    '请按期汇总报送',
    'Report it with the others in time',
  ],
  scenarioReviewed: [
    '应用场景初审通过',
    'The scenario passed its first review',
    '等待论证',
    'Its appraisal follows',
  ],
  scenarioReturned: [
    `应用场景退回修改${codes[0]}`,
    `The scenario was returned for changes${codes[1]}`,
    '请修改后重新提交',
    'Change it and submit it again',
  ],
  scenarioRevised: ['应用场景已修改', 'The scenario was changed', ...task],
  scenarioAppraised: ['{appraisedBy} 已提出论证意见', '{appraisedBy} appraised the scenario', ...seeCase],
  scenarioApproved: [
    '应用场景论证通过',
    'The scenario was approved',
    '可以据此申请使用数据',
    'Data may be applied for under it',
  ],
  scenarioRefused: [
    `应用场景未通过${codes[0]}`,
    `The scenario was refused${codes[1]}`,
    '理由见场景页；调整后可以重新提出',
    'The scenario shows the reasons; it may be proposed anew',
  ],
  scenarioWithdrawn: ['应用场景已撤回', 'The scenario was withdrawn', ...nothing],
  scenariosReported: [
    '应用场景需求已报送，{scenarios} 项',
    'The scenarios collected were reported, {scenarios} of them',
    '请研究采纳',
    'Look into them',
  ],

  partnerFiled: ['合伙人已报备案', 'A partner was filed', '请收悉或者退回', 'Take note of it or return it'],
  partnerNoted: ['合伙人备案已收悉', 'The bureau took note of the partner', ...nothing],
  partnerReturned: [
    `合伙人备案退回${codes[0]}`,
    `The filing of the partner was returned${codes[1]}`,
    '请补齐后重新报备',
    'Complete it and file it again',
  ],
  partnerEnded: [`合伙人合作终止${codes[0]}`, `The partnership ended${codes[1]}`, ...nothing],
  socialDataSubmitted: [
    '社会数据待审核批准',
    'Social data wait for approval',
    '请审核批准或者不予批准',
    'Approve or refuse them',
  ],
  socialDataBroughtIn: ['社会数据已接入', 'Social data were brought in', ...nothing],
  socialDataApproved: [
    '社会数据已批准导入',
    'The social data were approved',
    '可以按登记用途融合使用',
    'They may be put to the use on record',
  ],
  socialDataRefused: [
    `社会数据未获批准${codes[0]}`,
    `The social data were refused${codes[1]}`,
    '补齐后可以重新报批',
    'Complete them and submit them again',
  ],
  socialDataWithdrawn: [`社会数据已撤出${codes[0]}`, `Social data were withdrawn${codes[1]}`, ...nothing],
  staffVetted: [
    '人员审查结果 {result}',
    'The vetting has its result: {result}',
    '未通过的不得从事数据加工',
    'Who failed it may not process data',
  ],

  expertsAsked: [
    '提请论证',
    'An opinion is asked for',
    '有利害关系的先申报回避，其余请出具意见',
    'Declare a conflict first; otherwise give your opinion',
  ],
  questionMemberLeft: [
    '专家 {expert} 回避[，事由 {ground}]',
    'The expert {expert} left the question[, ground {ground}]',
    ...seeCase,
  ],
  opinionGiven: [
    '专家 {expert} 已出具意见',
    'The expert {expert} gave an opinion',
    '意见齐备后请办结',
    'Close the question when all are in',
  ],
  questionClosed: [
    '论证办结，意见 {opinions} 份',
    'The question was closed with {opinions} opinions',
    ...nothing,
  ],

  channelRegistered: [
    '既有供数渠道已登记',
    'A channel that stood before was registered',
    '参与评估的单位请提出评估意见',
    'Bodies that assess it give their findings',
  ],
  channelAssessed: [
    '供数渠道评估完毕[，不符合项 {notMet}]',
    'The channel was assessed[, not met: {notMet}]',
    '请决定并入平台或者关闭',
    'Merge it into the platform or close it',
  ],
  channelMerged: [
    '供数渠道已并入平台',
    'The channel was merged into the platform',
    '此后通过平台供数',
    'Supply goes through the platform from now on',
  ],
  channelClosed: [
    `供数渠道已关闭${codes[0]}`,
    `The channel was closed${codes[1]}`,
    '不得再通过该渠道供数',
    'No supply through it any more',
  ],
  transferRefused: [
    '{operator} 提出转授权、分包或者变相转让，已拒绝',
    '{operator} asked to hand the mandate on and was refused',
    '请依监管职责处理',
    'Supervise it as the rules say',
  ],
};
