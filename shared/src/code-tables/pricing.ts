import type {
  AllocationKey,
  ChargeUnit,
  CostKind,
  CustomerClass,
  IncomeKind,
  PricingRules,
  RevenueStep,
  ServiceFeeKind,
  SharingParty,
} from '../packs/topics/pricing.ts';
import type { Tax } from '../pricing/permitted-revenue.ts';
import { codeTable } from './define.ts';

/** Cost, permitted revenue, ceilings, tariffs, service fees and sharing (F1–F7). */
export const pricingTables = {
  costKinds: codeTable<CostKind>('成本类别', 'Kinds of cost', {
    platformBuild: ['平台建设', 'Building the platform'],
    platformUpkeep: ['平台运维', 'Upkeep of the platform'],
    dataAcquisition: ['数据获取', 'Data acquisition'],
    transfer: ['数据传输', 'Transfer'],
    aggregation: ['数据汇聚', 'Aggregation'],
    storage: ['数据存储', 'Storage'],
    governance: ['数据治理', 'Governance of data'],
    processing: ['数据加工', 'Processing'],
    labour: ['人力', 'Labour'],
    security: ['安全', 'Security'],
    serviceSystem: ['服务体系建设', 'The service system'],
    productDevelopment: ['数据产品开发', 'Product development'],
    management: ['管理', 'Management'],
  }),
  incomeKinds: codeTable<IncomeKind>('收入类别', 'Kinds of income', {
    operationFees: ['公共数据运营服务费', 'Operation fees'],
    productSales: ['数据产品销售收入', 'Product sales'],
    dataServices: ['数据服务收入', 'Data services'],
    dataTrading: ['数据交易收入', 'Data trading'],
    merchantServices: ['数商服务收入', 'Services to merchants'],
  }),
  /** `volume`: as a question may call the megabyte. */
  chargeUnits: codeTable<ChargeUnit | 'volume'>('计费单位', 'What a charge is counted by', {
    item: ['按件', 'By item'],
    call: ['按次', 'By call'],
    hour: ['按时长（小时）', 'By hour'],
    megabyte: ['按量（兆字节）', 'By volume (megabyte)'],
    volume: ['按量（兆字节）', 'By volume (megabyte)'],
  }),
  allocationKeys: codeTable<AllocationKey>('共同成本分摊方式', 'How shared cost is laid on products', {
    equal: ['平均分摊', 'Equally'],
    directCost: ['按直接成本', 'By direct cost'],
    expectedQuantity: ['按预计数量', 'By expected quantity'],
    usage: ['按实际用量', 'By use'],
    revenue: ['按收入', 'By revenue'],
    weights: ['按约定权重', 'By stated weights'],
  }),
  customerClasses: codeTable<CustomerClass>('服务对象', 'Classes of customers', {
    general: ['一般用户', 'General'],
    smallFirm: ['小微企业', 'Small firm'],
    welfare: ['公益性场景', 'Welfare scenario'],
    government: ['党政机关', 'Government body'],
  }),
  serviceFeeKinds: codeTable<ServiceFeeKind>('服务费类别', 'Services to merchants', {
    processing: ['数据加工', 'Processing'],
    computing: ['算力支持', 'Computing'],
    complianceSupport: ['合规支持', 'Compliance support'],
  }),
  sharingParties: codeTable<SharingParty>('收益分配主体', 'Who shares in revenue', {
    government: ['政府', 'The government'],
    operator: ['运营机构', 'The operator'],
    sourceDepartment: ['数源部门', 'Source departments'],
    partner: ['应用合伙人', 'Partners'],
    publicGood: ['公共事业、反哺数据来源', 'The public good and the sources'],
  }),
  revenueSteps: codeTable<RevenueStep>('最高准许收入办理环节', 'Steps of a permitted revenue', {
    review: ['初审', 'Review'],
    determination: ['核定', 'Determination'],
    approval: ['批准', 'Approval'],
  }),
  excessDestinations: codeTable<PricingRules['excess']['to']>(
    '超出最高准许收入部分的去向',
    'Where revenue over the cap goes by the text',
    {
      nextPeriod: ['在下一周期扣减', 'Deducted from the next period'],
      pool: ['纳入收益统筹', 'Pooled'],
    },
  ),
  taxModes: codeTable<Tax['mode']>('税金计法', 'How a tax is given', {
    amount: ['按金额', 'As an amount'],
    rate: ['按税率', 'As a rate'],
  }),
  costReportStates: codeTable('成本报告状态', 'States of a cost report', {
    filed: ['已报送', 'Filed'],
    receipted: ['已回执', 'Receipted'],
    returned: ['已退回', 'Returned'],
  }),
  costReportDueStates: codeTable('成本报告应报状态', 'How an operator stands with its cost report', {
    ahead: ['未到期', 'Ahead'],
    overdue: ['逾期未报', 'Overdue'],
    filed: ['已报送', 'Filed'],
    receipted: ['已回执', 'Receipted'],
    returned: ['已退回', 'Returned'],
  }),
  costReportAnswers: codeTable('成本报告答复', 'Answers to a cost report', {
    receipt: ['回执', 'Receipt'],
    return: ['退回', 'Return'],
  }),
  costAuditOutcomes: codeTable('成本报告核查结论', 'What an audit finds in a cost report', {
    confirmed: ['属实', 'Confirmed'],
    confirmedWithRemarks: ['属实，有保留意见', 'Confirmed with remarks'],
    notConfirmed: ['不属实', 'Not confirmed'],
  }),
  revenueYearStates: codeTable('年度核定状态', 'States of a revenue’s year', {
    ahead: ['未到', 'Ahead'],
    opened: ['已启动', 'Opened'],
    held: ['暂缓', 'Held'],
    cancelled: ['已取消', 'Cancelled'],
  }),
  tariffStates: codeTable('收费标准状态', 'States of a tariff', {
    filed: ['已报备', 'Filed'],
    returned: ['已退回', 'Returned'],
    published: ['已公示', 'Published'],
    void: ['未执行即失效', 'Void before its first day'],
  }),
  serviceCostBases: codeTable('服务成本依据', 'What the cost of a service rests on', {
    stated: ['按所附测算', 'A figure with its paper'],
    ledger: ['按成本台账', 'Items of the cost ledger'],
  }),
  serviceOrderStates: codeTable('服务订单状态', 'States of an order of a service', {
    placed: ['已订购', 'Placed'],
    cancelled: ['已取消', 'Cancelled'],
  }),
  usageStates: codeTable('用量状态', 'States of a record of use', {
    open: ['待出账', 'Not billed yet'],
    unrated: ['无适用标准', 'No tariff applies'],
    billed: ['已出账', 'Billed'],
  }),
  usageSources: codeTable('用量来源', 'Where a record of use came from', {
    rest: ['接口', 'By API'],
    file: ['文件', 'By file'],
    event: ['事件', 'By event'],
    dispute: ['争议更正', 'By a dispute'],
  }),
  billLineKinds: codeTable('账单明细类别', 'Kinds of lines of a bill', {
    charge: ['计费', 'Charge'],
    free: ['免费', 'Free'],
    reversal: ['冲销', 'Reversal'],
  }),
  billDisputeOutcomes: codeTable('账单争议处理结果', 'What came of a dispute', {
    upheld: ['异议成立', 'Upheld'],
    rejected: ['异议不成立', 'Rejected'],
  }),
  sharingTermStates: codeTable('收益分配条款状态', 'States of the terms of sharing', {
    proposed: ['已提出', 'Proposed'],
    agreed: ['已约定', 'Agreed'],
    replaced: ['已被替代', 'Replaced'],
  }),
  settlementStates: codeTable('结算状态', 'States of a settlement', {
    frozen: ['已锁定', 'Frozen'],
    confirmed: ['已确认', 'Confirmed'],
    closed: ['已办结', 'Closed'],
  }),
  settlementAnswers: codeTable('结算确认意见', 'Answers to a settlement', {
    confirm: ['确认', 'Confirm'],
    return: ['退回', 'Return'],
  }),
  settlementPayments: codeTable('结算付款事项', 'What is paid on a settlement', {
    resourceFee: ['资源使用费', 'Resource fee'],
    share: ['分成', 'Share'],
  }),
};
