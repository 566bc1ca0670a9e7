import { accessRefusals } from '../access.ts';
import { type AgreementItem, agreementItems } from '../agreement/render.ts';
import { codeTable, tableOf } from './define.ts';

const itemsInEnglish: Record<AgreementItem, string> = {
  rightsAndDuties: 'Rights and duties',
  scenario: 'Scenario',
  dataScope: 'Scope of the data',
  term: 'Term',
  conditions: 'Conditions of use',
  dataSecurity: 'Data security',
  serviceFees: 'Service fees',
  tradingConditions: 'Trading conditions',
  termination: 'Termination',
  liability: 'Liability',
};

/** What follows an approved application: agreement, grant, supply, access (A7, A8, D1, D2). */
export const useTables = {
  agreementItems: tableOf(
    '格式协议事项',
    'Items of the standard agreement (Zhongwei art. 19)',
    Object.fromEntries(
      Object.entries(agreementItems).map(([code, zh]) => [
        code,
        { zh, en: itemsInEnglish[code as AgreementItem] },
      ]),
    ),
  ),
  agreementStates: codeTable('协议状态', 'States of an agreement', {
    offered: ['待签署', 'Offered'],
    signed: ['已签署', 'Signed'],
    replaced: ['已被替代', 'Replaced'],
  }),
  agreementParties: codeTable('协议双方', 'Parties of an agreement', {
    merchant: ['数商', 'Merchant'],
    operator: ['运营机构', 'Operator'],
  }),
  numberSeries: codeTable('编号序列', 'Series of numbers', {
    agreement: ['协议编号', 'Agreements'],
    grant: ['使用授权编号', 'Grants'],
  }),
  grantKinds: codeTable('申请与授权类别', 'Kinds of applications and grants', {
    new: ['新申请', 'New'],
    amendment: ['变更', 'Amendment'],
    renewal: ['续期', 'Renewal'],
  }),
  grantStates: codeTable('使用授权状态', 'States of a grant', {
    upcoming: ['尚未生效', 'Upcoming'],
    active: ['有效', 'Active'],
    suspended: ['已暂停', 'Suspended'],
    ended: ['已终止', 'Ended'],
  }),
  grantEnds: codeTable('使用授权如何终止', 'How a grant ended', {
    expired: ['到期', 'Expired'],
    endedEarly: ['提前终止', 'Ended early'],
    withdrawn: ['撤销', 'Withdrawn'],
    replaced: ['已被变更或续期替代', 'Replaced by an amendment or renewal'],
    merchantExited: ['数商退出', 'The merchant exited'],
    mandateEnded: ['授权运营终止', 'The mandate it rested on ended'],
  }),
  grantSuspensions: codeTable('使用授权暂停原因', 'Why a grant is suspended', {
    overreach: ['越权使用', 'Overreach'],
    merchantSuspended: ['数商被暂停', 'The merchant is suspended'],
    direction: ['主管部门要求', 'Directed by the authority'],
    mandateSuspended: ['授权运营暂停', 'The mandate is suspended'],
    mandateEnded: ['授权运营终止，待承接', 'The mandate ended, and nobody has taken over yet'],
  }),
  overreachOutcomes: codeTable('越权使用报告处理结果', 'Outcomes of an overreach report', {
    suspended: ['已暂停使用授权', 'The grant was suspended'],
    dismissed: ['不成立', 'Dismissed'],
  }),
  overreachDecisions: codeTable('越权使用报告处理', 'Decisions on an overreach report', {
    suspend: ['暂停使用授权', 'Suspend the grant'],
    dismiss: ['认定不成立', 'Dismiss'],
  }),
  treatments: codeTable('供数处理方式', 'How graded fields are supplied (Zhongwei art. 28)', {
    desensitised: ['脱敏', 'Desensitised'],
    subjectAuthorised: ['经主体授权', 'With the subjects’ authorisation on record'],
  }),
  supplyStates: codeTable('供数状态', 'States of a supply', {
    active: ['供数中', 'Active'],
    suspended: ['已暂停', 'Suspended'],
    ended: ['已结束', 'Ended'],
  }),
  accessRefusals: tableOf('访问拒绝原因', 'Why an access is refused', accessRefusals),
};
