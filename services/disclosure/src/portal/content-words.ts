import type { Words } from '../html/view.ts';

const w = (zh: string, en: string): Words => ({ zh, en });

/** What the parts of published documents are called. A part without words is shown by its own name. */
export const contentWords: Readonly<Record<string, Words>> = {
  ...{
    caseNo: w('案件编号', 'Case'),
    winner: w('拟选定机构', 'Winner'),
    workingDays: w('公示工作日', 'Working days'),
  },
  ...{ mode: w('方式', 'Mode'), closesOn: w('截止日', 'Closes on'), contents: w('内容', 'Contents') },
  ...{ authority: w('主管部门', 'Authority'), document: w('文件数字哈希', 'Hash of the document') },
  ...{ reason: w('事由', 'Reason'), agreement: w('协议', 'Agreement'), operator: w('运营机构', 'Operator') },
  ...{
    year: w('年度', 'Year'),
    outcome: w('结果', 'Result'),
    round: w('轮次', 'Round'),
    exact: w('精确分值', 'Exact mark'),
  },
  ...{ scenario: w('适用场景', 'Scenario'), discount: w('优惠', 'Discount') },
  ...{ shown: w('公布分值', 'Mark'), withoutSource: w('无来源指标', 'Indicators without source') },
  ...{ version: w('版本', 'Version'), replaces: w('替代', 'Replaces'), decisions: w('决定', 'Decisions') },
  ...{
    part: w('披露主体', 'Whose part'),
    body: w('单位', 'Body'),
    items: w('披露事项', 'Items'),
    item: w('事项', 'Item'),
  },
  ...{ state: w('状态', 'State'), ground: w('理由', 'Ground'), article: w('条款', 'Article') },
  ...{ instrument: w('依据文件', 'Text'), statement: w('说明', 'Statement'), figures: w('数据', 'Figures') },
  ...{
    tables: w('明细', 'Tables'),
    unit: w('单位', 'Unit'),
    value: w('数值', 'Value'),
    name: w('名称', 'Name'),
  },
  ...{ mandates: w('授权', 'Mandates'), mandateScope: w('授权范围', 'Scope of mandates') },
  ...{ mandateTerm: w('授权时限', 'Terms of mandates'), ceilings: w('上限收费标准', 'Ceilings') },
  ...{ resources: w('公共数据资源', 'Resources'), products: w('产品清单', 'Products') },
  ...{
    serviceFees: w('服务收费', 'Service fees'),
    tariffs: w('收费标准', 'Tariffs'),
    fields: w('领域', 'Fields'),
  },
  ...{
    scenarios: w('场景', 'Scenarios'),
    from: w('自', 'From'),
    until: w('至', 'Until'),
    product: w('产品', 'Product'),
  },
  ...{ fen: w('金额（元）', 'Yuan'), resource: w('资源', 'Resource'), provider: w('提供部门', 'Provider') },
  ...{ publishedOn: w('公布日期', 'Published on'), supplied: w('供数', 'Supplied') },
  ...{
    registrationCode: w('登记编码', 'Registration code'),
    class: w('类别', 'Class'),
    purpose: w('用途', 'Purpose'),
  },
  ...{ owner: w('开发主体', 'Developer'), suspended: w('暂停', 'Suspended'), kind: w('类别', 'Kind') },
  ...{
    tariff: w('收费标准', 'Tariff'),
    departments: w('数源部门', 'Departments'),
    department: w('部门', 'Department'),
  },
  ...{ smallest: w('少于此数不列中位数', 'Fewer than this: no median'), title: w('标题', 'Title') },
  ...{
    compiled: w('已编制目录（条）', 'Entries compiled'),
    published: w('已公布目录（条）', 'Entries published'),
  },
  ...{ attached: w('已挂接数据', 'Data attached'), notAttached: w('未挂接数据', 'Data not attached') },
  ...{
    reviewsEnded: w('已结审核', 'Reviews ended'),
    reviewMedian: w('审核用时中位数（工作日）', 'Median, working days'),
  },
  ...{
    reviewTail: w('审核用时长尾（工作日）', 'Tail, working days'),
    reviewsSilent: w('默示同意', 'Silences'),
  },
  ...{ reviewsLate: w('逾期审核', 'Late reviews'), reviewsOverdue: w('审核逾期', 'Overdue') },
  ...{
    extensionsAsked: w('申请延期', 'Extensions asked'),
    extensionsGranted: w('准予延期', 'Extensions granted'),
  },
  ...{ reviewsOpen: w('在办审核', 'Open reviews'), feedbackReceived: w('收到质量反馈', 'Feedback received') },
  ...{ feedbackAnswered: w('已答复反馈', 'Feedback answered'), feedbackOpen: w('未结反馈', 'Feedback open') },
  ...{ feedbackTail: w('反馈处理长尾（工作日）', 'Feedback tail, working days') },
  ...{
    resourcesPublished: w('公布资源', 'Resources published'),
    resourcesOpen: w('在列资源', 'Resources open'),
  },
  ...{
    resourcesSupplied: w('供数资源', 'Resources supplied'),
    applicationsSubmitted: w('提交申请', 'Applications'),
  },
  ...{
    applicationsApproved: w('批准', 'Approved'),
    applicationsPartlyDeemed: w('部分视为同意', 'Partly deemed'),
  },
  ...{ applicationsDeemed: w('视为批准', 'Deemed'), applicationsRefused: w('未批准', 'Refused') },
  ...{
    merchantsEnrolled: w('进驻数商', 'Merchants enrolled'),
    merchantsExited: w('退出数商', 'Merchants gone'),
  },
  ...{ grantsMade: w('授予使用', 'Grants'), resourcesGranted: w('授权使用资源', 'Resources granted') },
  ...{ merchantsServed: w('服务数商', 'Merchants served'), accesses: w('数据访问', 'Accesses') },
  ...{ productsListed: w('列入产品', 'Products listed'), productsFree: w('免费产品', 'Free products') },
  ...{ productsReleased: w('交付产品', 'Products released'), billedFen: w('产品账单金额', 'Billed') },
  ...{ serviceChargedFen: w('服务费金额', 'Service fees charged'), evaluations: w('评估', 'Evaluations') },
};
