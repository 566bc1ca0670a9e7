import type { Role } from '../may.ts';
import type { Body } from '../packs/values.ts';
import { codeTable } from './define.ts';
import { checkFieldWords } from './law.ts';

type OnboardingItem =
  | keyof typeof checkFieldWords
  | 'uscc'
  | 'legalPerson'
  | 'businessScope'
  | 'size'
  | 'cooperationMode'
  | 'qualification'
  | 'divisionOfDuties';

/** Who takes part (G1). */
export const bodyTables = {
  roles: codeTable<Role>('角色', 'Roles of a token', {
    public: ['社会公众', 'The public'],
    merchant: ['数商', 'Merchant'],
    operator: ['运营机构', 'Operator'],
    sourceDepartment: ['数源部门', 'Source department'],
    countyBureau: ['县区数据主管部门', 'County bureau'],
    bureau: ['市级数据主管部门', 'City bureau'],
    government: ['人民政府', 'Government'],
    bidder: ['申报机构（投标人）', 'Bidder'],
    partner: ['合伙人', 'Partner'],
    expert: ['专家', 'Expert'],
    price: ['价格主管部门', 'Price authority'],
    finance: ['财政部门', 'Finance authority'],
    supervision: ['监管部门', 'Supervising authority'],
    auditor: ['审计人员', 'Auditor'],
    systemAdministrator: ['系统管理员', 'System administrator'],
    securityAdministrator: ['安全管理员', 'Security administrator'],
    auditAdministrator: ['审计管理员', 'Audit administrator'],
  }),
  partyKinds: codeTable('主体类别', 'Kinds of registered bodies', {
    bureau: ['市级数据主管部门', 'City bureau'],
    countyBureau: ['县区数据主管部门', 'County bureau'],
    sourceDepartment: ['数源部门', 'Source department'],
    operator: ['运营机构', 'Operator'],
    merchant: ['数商', 'Merchant'],
    government: ['人民政府', 'Government'],
    bidder: ['申报机构（投标人）', 'Bidder'],
    partner: ['合伙人', 'Partner'],
    price: ['价格主管部门', 'Price authority'],
    finance: ['财政部门', 'Finance authority'],
    supervision: ['监管部门', 'Supervising authority'],
  }),
  packBodies: codeTable<Body>('规则所称主体', 'Bodies as the rules name them', {
    authority: ['市级数据主管部门（实施机构）', 'The authority (implementing body)'],
    countyAuthority: ['县区数据主管部门', 'The county authority'],
    ownLevelAuthority: ['本级数据主管部门', 'The authority of the own level'],
    sourceDepartment: ['数源部门', 'The source department'],
    operator: ['运营机构', 'The operator'],
    merchant: ['数商', 'The merchant'],
    provider: ['共享数据的提供方', 'The provider of shared data'],
    government: ['人民政府', 'The government'],
    price: ['价格主管部门', 'The price authority'],
    finance: ['财政部门', 'The finance authority'],
    provincialAuthority: ['省级数据主管部门', 'The provincial authority'],
    industryDepartment: ['行业主管部门', 'The department of the industry'],
    thirdParty: ['第三方机构', 'A third party'],
    experts: ['专家', 'Experts'],
  }),
  levels: codeTable('层级', 'Levels', { city: ['市级', 'City'], county: ['县区级', 'County'] }),
  onboardingItems: codeTable<OnboardingItem>('进驻材料事项', 'Parts of an onboarding', {
    uscc: ['统一社会信用代码', 'Unified social credit code'],
    legalPerson: ['法定代表人', 'Legal representative'],
    businessScope: ['经营范围', 'Business scope'],
    size: ['企业规模', 'Size of the enterprise'],
    cooperationMode: ['合作方式', 'Mode of co-operation'],
    qualification: ['资质', 'Qualification'],
    divisionOfDuties: ['职责分工', 'Division of duties'],
    ...checkFieldWords,
  }),
  absenceReasons: codeTable('缺勤原因', 'Why a person is away', {
    leave: ['休假', 'Leave'],
    illness: ['病假', 'Illness'],
    travel: ['出差', 'Travel'],
    training: ['培训', 'Training'],
    secondment: ['借调', 'Secondment'],
    other: ['其他', 'Other'],
  }),
  merchantStandings: codeTable('数商状态', 'Standing of a merchant', {
    enrolled: ['已注册进驻', 'Enrolled'],
    suspended: ['已暂停', 'Suspended'],
    exited: ['已退出', 'Exited'],
  }),
  merchantActs: codeTable('数商状态变更', 'Acts on a merchant’s standing', {
    suspended: ['暂停', 'Suspended'],
    restored: ['恢复', 'Restored'],
    exited: ['退出', 'Exited'],
  }),
};
