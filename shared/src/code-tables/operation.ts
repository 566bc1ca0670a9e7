import type { AgreementItem, OperatingAgreementRules } from '../packs/topics/operating-agreement.ts';
import { codeTable } from './define.ts';

type Items<T> = Extract<T, readonly unknown[]>[number];
type Material = Items<OperatingAgreementRules['renewalMaterial']>;

/** Operating agreements, the mandates they give, channels beside the platform, lists brought in (O5–O12). */
export const operationTables = {
  agreementItems: codeTable<AgreementItem>('授权运营协议内容', 'Items of an operating agreement', {
    dataResources: ['公共数据资源范围及目录', 'Scope and catalogue of data resources'],
    term: ['运营期限', 'Term'],
    products: ['产品和服务', 'Products and services'],
    platform: ['技术支撑平台', 'Technical platform'],
    assetOwnership: ['资产权属', 'Ownership of assets'],
    disclosure: ['信息披露', 'Disclosure'],
    accounting: ['成本和收入核算、收益分配', 'Accounting of cost and income'],
    security: ['数据安全、个人信息保护和应急处置', 'Security, personal information, contingencies'],
    evaluationRenewalExit: ['成效评价、续约和退出', 'Evaluation, renewal and exit'],
    liability: ['违约责任', 'Liability'],
    disputes: ['争议解决', 'Disputes'],
    amendmentTermination: ['变更和终止', 'Amendment and termination'],
    other: ['其他事项', 'Other matters'],
    operatingPlan: ['运营方案', 'Operating plan'],
  }),
  agreementVersions: codeTable('授权运营协议版本', 'Versions of an operating agreement', {
    draft: ['草案', 'Draft'],
    amendment: ['拟变更', 'Amendment proposed'],
    inForce: ['有效', 'In force'],
    ended: ['已终止', 'Ended'],
    earlier: ['已被后续版本替代', 'Replaced by a later version'],
  }),
  agreementOrigins: codeTable('授权运营协议来源', 'What an operating agreement came from', {
    selection: ['公开遴选', 'A selection'],
    renewal: ['续期', 'A renewal'],
    reauthorisation: ['重新授权', 'A new authorisation'],
    broughtIn: ['补录', 'Brought in, concluded on paper'],
  }),
  renewalMaterial: codeTable<Material>('续期材料', 'Material of a renewal', {
    workReport: ['工作报告', 'Work report'],
    willingness: ['续期意愿', 'Wish to go on'],
  }),
  renewalOutcomes: codeTable<Items<OperatingAgreementRules['renewal']['outcomes']>>(
    '续期决定',
    'Outcomes of a renewal',
    {
      renewed: ['续期', 'Renewed'],
      reauthorised: ['重新授权', 'Authorised anew'],
      ended: ['到期终止', 'Ended'],
    },
  ),
  exitGrounds: codeTable<Items<OperatingAgreementRules['exit']>['ground']>('退出情形', 'Grounds of an exit', {
    expiry: ['期限届满', 'The term has ended'],
    earlyRequest: ['申请提前终止', 'Early end at its own request'],
    agreedConditions: ['约定的终止条件成就', 'A condition agreed for its end'],
    breach: ['违约或违法违规', 'Breach of the agreement or the law'],
    failedEvaluation: ['评估未通过', 'Evaluation failed'],
    rectificationOverdue: ['逾期未整改', 'Rectification overdue'],
    rectificationFailed: ['整改后仍不合格', 'Rectification failed'],
  }),
  handOverItems: codeTable<Items<OperatingAgreementRules['handOver']>>('交接清单', 'Hand-over checklist', {
    dataReturnedOrDestroyed: ['数据已返还或销毁', 'Data returned or destroyed'],
    keysRevoked: ['密钥和权限已收回', 'Keys revoked'],
    productsSettled: ['产品和服务已处置', 'Products settled'],
    runningGrants: ['在用授权已处置', 'Running grants settled'],
    assetsSettled: ['资产已处置', 'Assets settled'],
    recordsHandedOver: ['档案和记录已移交', 'Records handed over'],
  }),
  mandateStates: codeTable('授权状态', 'States of a mandate', {
    upcoming: ['尚未开始', 'Still ahead'],
    inForce: ['有效', 'In force'],
    suspended: ['已暂停', 'Suspended'],
    ended: ['已终止', 'Ended'],
  }),
  mandateTransfers: codeTable('转让授权的形式', 'Ways of handing a mandate on, all refused', {
    subLicence: ['转授权', 'Sub-licence'],
    subcontracting: ['分包', 'Subcontracting'],
    disguisedTransfer: ['变相转让', 'Disguised transfer'],
  }),
  supplyChannelKinds: codeTable('平台外渠道类别', 'Kinds of supply channels', {
    supplyChannel: ['供数渠道', 'Channel of supply'],
    operatingDeal: ['自行签订的运营协议', 'Operating deal of its own'],
    systemRights: ['借信息系统取得的数据权利', 'Rights taken through a system'],
  }),
  supplyChannelStates: codeTable('平台外渠道状态', 'States of a supply channel', {
    registered: ['已登记', 'Registered'],
    assessed: ['已评估', 'Assessed'],
    merged: ['已整合', 'Merged into the platform'],
    closed: ['已关闭', 'Closed'],
    approved: ['政府批准保留', 'Approved by the government'],
  }),
  bringInKeeps: codeTable('补录方式', 'What is kept of a list brought in', {
    good: ['合格行入库', 'Rows that pass'],
    none: ['全部合格方可入库', 'All, or nothing'],
  }),
};
