import type { AssetState, AssetWithdrawal } from '../asset.ts';
import type { FieldGrade, ResourceState, UpdateFrequency } from '../resource.ts';
import { codeTable } from './define.ts';

/** The catalog (C1–C5). */
export const resourceTables = {
  resourceStates: codeTable<ResourceState>('目录状态', 'States of a catalog entry', {
    compiled: ['已编制', 'Compiled'],
    submitted: ['已报送', 'Submitted'],
    reviewed: ['已审核', 'Reviewed'],
    collected: ['已汇总', 'Collected'],
    public: ['已公开', 'Public'],
    registered: ['已登记', 'Registered'],
    closed: ['已关闭', 'Closed'],
    suspended: ['已暂停', 'Suspended'],
  }),
  fieldGrades: codeTable<FieldGrade>('信息项分级', 'Grades of a field (Zhongwei art. 28)', {
    general: ['一般', 'General'],
    personal: ['个人信息', 'Personal'],
    tradeSecret: ['商业秘密', 'Trade secret'],
    important: ['重要数据', 'Important'],
    core: ['核心数据', 'Core'],
  }),
  updateFrequencies: codeTable<UpdateFrequency>('更新频率', 'Update frequencies', {
    realTime: ['实时', 'Real time'],
    daily: ['每日', 'Daily'],
    weekly: ['每周', 'Weekly'],
    monthly: ['每月', 'Monthly'],
    quarterly: ['每季', 'Quarterly'],
    halfYearly: ['每半年', 'Half-yearly'],
    yearly: ['每年', 'Yearly'],
    irregular: ['不定期', 'Irregular'],
  }),
  studyResults: codeTable('目录研究结果', 'Results of a study of the catalog', {
    extended: ['已扩展', 'Extended'],
    unchanged: ['未变动', 'Unchanged'],
    entriesToCome: ['待补充目录', 'Entries to come'],
    demandDeclined: ['需求未采纳', 'Demand declined'],
  }),
  assetStates: codeTable<AssetState>('公共数据资产标识状态', 'States of the mark of a public data asset', {
    marked: ['已标识，待确认', 'Marked, to be confirmed'],
    confirmed: ['已确认', 'Confirmed'],
    withdrawn: ['已撤销', 'Withdrawn'],
  }),
  assetWithdrawals: codeTable<AssetWithdrawal>(
    '撤销资产标识的原因',
    'Why the mark of an asset is withdrawn',
    {
      disposed: ['资产已处置', 'Disposed of'],
      markedInError: ['标识有误', 'Marked in error'],
      revalued: ['重新计价', 'Valued anew'],
      resourceClosed: ['资源停用', 'The resource was closed'],
    },
  ),
  importModes: codeTable('导入方式', 'Modes of an import', {
    allOrNothing: ['整体成功或整体不导入', 'All or nothing'],
    keepGood: ['保留合格行', 'Keep the good rows'],
  }),
};
