import type { DepartmentFigureName } from '../bulletin/figures.ts';
import type { DueKind, DueStep } from '../disclosure-facts/due.ts';
import { type ItemGround, itemStates, type StatedGround } from '../yearly-disclosure/items.ts';
import type { FigureName } from '../yearly-disclosure/figures.ts';
import type { DisclosurePart } from '../yearly-disclosure/rules.ts';
import type { CorrectionGround, YearlyState } from '../yearly-disclosure/types.ts';
import type { BulletinState } from '../bulletin/machine.ts';
import type { MerchantFigure, WorkReportKind } from '../work-report/figures.ts';
import type { FairnessStage, merchantRelations, StatedSize } from '../fairness/report.ts';
import { codeTable } from './define.ts';

/** Disclosures, bulletins, the operator's reports, fairness (S1–S3, M3–M5). */
export const reportTables = {
  disclosureParts: codeTable<DisclosurePart>('披露部分', 'Parts of a disclosure', {
    implementingBody: ['实施机构披露', 'Of the implementing body'],
    operator: ['运营机构披露', 'Of the operator'],
    overallReport: ['授权运营总体情况', 'On operation as a whole'],
  }),
  disclosureStages: codeTable<YearlyState['stage']>('年度披露环节', 'Stages of a disclosure', {
    gathering: ['归集披露事项', 'Being gathered'],
    published: ['已披露', 'Published'],
    closed: ['已归档', 'Closed'],
  }),
  itemStates: codeTable<(typeof itemStates)[number]>('披露事项状态', 'How an item stands', {
    present: ['已具备', 'There'],
    missing: ['缺', 'Missing'],
    empty: ['无内容', 'Empty'],
  }),
  itemGrounds: codeTable<ItemGround>('披露事项说明', 'Why an item is missing or empty', {
    notStated: ['责任单位尚未填报', 'The body has not said it'],
    notSet: ['应制定而未制定', 'It was to be set and is not'],
    noMandate: ['当年无授权', 'No mandate ran in the year'],
    noResources: ['无公布的资源', 'No resources stand published'],
    noProducts: ['清单内无产品和服务', 'Nothing is on the list'],
    nothingCharged: ['无收费的产品', 'Nothing is charged for'],
    noUse: ['当年无使用', 'Nothing was used in the year'],
    noEvaluation: ['当年无公布的评估结果', 'No evaluation was published in the year'],
    nothingToDisclose: ['责任单位说明无内容', 'The body states there is nothing'],
    stateSecret: ['涉密不予公开', 'A secret, not to be laid open'],
    heldElsewhere: ['已在其他载体公开', 'Laid open elsewhere'],
  }),
  statedGrounds: codeTable<StatedGround>('说明无内容的理由', 'Grounds a body may state', {
    nothingToDisclose: ['无应披露内容', 'There is nothing'],
    stateSecret: ['涉密不予公开', 'A secret, not to be laid open'],
    heldElsewhere: ['已在其他载体公开', 'Laid open elsewhere'],
  }),
  correctionGrounds: codeTable<CorrectionGround>('披露更正理由', 'Why a disclosure is corrected', {
    itemSupplied: ['补充缺项', 'A missing item was supplied'],
    figuresChanged: ['数据变动', 'Figures changed'],
    errorFound: ['发现错误', 'An error was found'],
    directed: ['主管部门要求', 'As the authority directed'],
  }),
  disclosureFigures: codeTable<FigureName>('披露指标', 'Figures of a disclosure', {
    mandates: ['授权运营协议', 'Mandates'],
    resourcesPublished: ['当年公布的资源', 'Resources published in the year'],
    resourcesOpen: ['年末在册资源', 'Resources open at its end'],
    resourcesSupplied: ['年末已供数资源', 'Resources supplied at its end'],
    applicationsSubmitted: ['使用申请', 'Applications'],
    applicationsApproved: ['批准（全部审核同意）', 'Approved by every reviewer'],
    applicationsPartlyDeemed: ['批准（部分视为同意）', 'Approved, some by silence'],
    applicationsDeemed: ['视为批准（全部逾期）', 'Approved by silence alone'],
    applicationsRefused: ['未获批准', 'Refused'],
    merchantsEnrolled: ['新注册数商', 'Merchants enrolled'],
    merchantsExited: ['退出数商', 'Merchants exited'],
    grantsMade: ['使用授权', 'Grants made'],
    resourcesGranted: ['被授权使用的资源', 'Resources granted'],
    merchantsServed: ['获授权的数商', 'Merchants with a grant'],
    accesses: ['数据访问', 'Accesses'],
    productsListed: ['年末清单内产品', 'Products listed at its end'],
    productsFree: ['其中无偿产品', 'Of which free'],
    productsReleased: ['当年出域产品', 'Products released in the year'],
    ceilings: ['上限收费标准', 'Ceilings'],
    tariffs: ['收费标准', 'Tariffs'],
    serviceFees: ['服务收费项目', 'Service fees'],
    billedFen: ['产品账单金额（分）', 'Billed for products, fen'],
    serviceChargedFen: ['服务收费金额（分）', 'Charged for services, fen'],
    evaluations: ['公布的评估结果', 'Evaluations published'],
  }),
  bulletinStages: codeTable<BulletinState['stage']>('通报环节', 'Stages of a bulletin', {
    reply: ['待数源部门回复', 'Departments may reply'],
    toIssue: ['待印发', 'To be issued'],
    issued: ['已印发', 'Issued'],
  }),
  departmentFigures: codeTable<DepartmentFigureName>('通报指标', 'Figures of a bulletin', {
    compiled: ['本期编制目录', 'Entries compiled'],
    published: ['期末公布目录', 'Entries published at the end'],
    attached: ['已挂接数据', 'With data attached'],
    notAttached: ['未挂接数据', 'Without data attached'],
    reviewsEnded: ['本期办结审核', 'Reviews ended'],
    reviewMedian: ['审核用时中位数（工作日）', 'Median of working days'],
    reviewTail: ['审核用时九成分位（工作日）', 'Nine of ten within, working days'],
    reviewsSilent: ['逾期视为同意或不同意', 'Ended by silence'],
    reviewsLate: ['逾期办结', 'Ended late'],
    reviewsOverdue: ['本期逾期', 'Went overdue'],
    extensionsAsked: ['申请延期', 'Extensions asked for'],
    extensionsGranted: ['获准延期', 'Extensions granted'],
    reviewsOpen: ['期末在办审核', 'Reviews open at the end'],
    feedbackReceived: ['收到质量反馈', 'Feedback on quality received'],
    feedbackAnswered: ['答复质量反馈', 'Feedback answered'],
    feedbackOpen: ['期末未结质量反馈', 'Feedback outstanding'],
    feedbackTail: ['未结用时九成分位（工作日）', 'Outstanding, nine of ten within, working days'],
  }),
  workReportKinds: codeTable<WorkReportKind>('运营报告类别', 'Kinds of periodic reports', {
    merchants: ['数商管理情况报告', 'On merchants'],
    work: ['运营工作报告', 'On the work of operation'],
  }),
  workReportStates: codeTable('运营报告状态', 'How a periodic report stands', {
    asked: ['待报送', 'To be filed'],
    filed: ['已报送', 'Filed'],
    received: ['已接收', 'Received'],
    returned: ['已退回', 'Returned'],
  }),
  workReportAnswers: codeTable('运营报告答复', 'Answers to a periodic report', {
    receive: ['接收', 'Received'],
    return: ['退回', 'Returned'],
  }),
  merchantFigures: codeTable<MerchantFigure>('数商管理指标', 'Figures on merchants', {
    applied: ['进驻申请', 'Applied'],
    enrolled: ['予以注册', 'Enrolled'],
    notEnrolled: ['不予注册', 'Not enrolled'],
    notAccepted: ['不予受理', 'Not accepted'],
    checksOverdue: ['核查逾期', 'Checks overdue'],
    suspended: ['暂停', 'Suspended'],
    restored: ['恢复', 'Restored'],
    exited: ['退出', 'Exited'],
    standing: ['期末在册（不含暂停）', 'Enrolled at the end, without those suspended'],
  }),
  merchantSizes: codeTable<StatedSize | 'unstated'>('数商规模', 'Sizes of merchants', {
    micro: ['微型', 'Micro'],
    small: ['小型', 'Small'],
    medium: ['中型', 'Medium'],
    large: ['大型', 'Large'],
    unstated: ['未填报', 'Not stated'],
  }),
  merchantRelations: codeTable<(typeof merchantRelations)[number]>(
    '与运营机构的关系',
    'Relation to the operator',
    {
      linked: ['有股权或控制关系', 'Tied by ownership or control'],
      independent: ['无股权或控制关系', 'Independent'],
    },
  ),
  fairnessStages: codeTable<FairnessStage>('公平性报告环节', 'Stages of the fairness report', {
    onboarding: ['进驻', 'Onboarding'],
    acceptance: ['使用申请受理', 'Acceptance of an application'],
    check: ['使用申请核查', 'Check of an application'],
    review: ['使用申请审核', 'Review of an application'],
  }),
  fairnessBy: codeTable('公平性报告维度', 'What the fairness report is by', {
    size: ['按规模', 'By size'],
    relation: ['按关系', 'By relation'],
  }),
  bulletinCharts: codeTable('通报图表', 'Charts of a bulletin', {
    catalog: ['目录公布与数据挂接', 'Catalog and data attached'],
    reviews: ['审核办结', 'Reviews ended'],
    times: ['审核用时', 'Review times'],
    quality: ['质量反馈', 'Feedback on quality'],
  }),
  figureUnits: codeTable('指标单位', 'Units of figures', {
    count: ['件', 'Count'],
    fen: ['分', 'Fen'],
  }),
  reportDueKinds: codeTable<DueKind>('到期报告类别', 'What falls due', {
    implementingBody: ['实施机构年度披露', 'Disclosure of the implementing body'],
    operator: ['运营机构年度披露', 'Disclosure of the operator'],
    overallReport: ['授权运营总体情况', 'Overall report'],
    bulletin: ['数源部门通报', 'Bulletin'],
    merchants: ['数商管理情况报告', 'Report on merchants'],
    work: ['运营工作报告', 'Work report'],
  }),
  reportDueSteps: codeTable<DueStep>('到期事项', 'What is done on the day', {
    open: ['启动', 'Opened'],
    publish: ['发布', 'Published'],
    late: ['逾期检查', 'Looked at once the last day has passed'],
  }),
};
