/** Words of the notices of disclosures, bulletins and the operator's reports. */
import type { Sentence } from './sentences.ts';

export const reportSentences: Readonly<Record<string, Sentence>> = {
  disclosureOpened: [
    '{year} 年度披露事项开始归集，{dueOn} 前发布',
    'The disclosure of {year} is being gathered, to be published by {dueOn}',
    '请查看事项清单',
    'Read the list of items',
  ],
  disclosureItemsAsked: [
    '{year} 年度披露尚缺事项：{missing}，{dueOn} 前补齐',
    'Missing of the disclosure of {year}: {missing}, due by {dueOn}',
    '请补充，或者说明该事项无内容',
    'Supply them, or state why there is nothing to disclose',
  ],
  disclosureItemSupplied: [
    '{year} 年度披露事项 {item} 已补充',
    'Item {item} of the disclosure of {year} was supplied',
    '请查看披露草案',
    'Read the draft',
  ],
  disclosureItemEmpty: [
    '{year} 年度披露事项 {item} 已说明无内容，理由代码 {ground}',
    'Item {item} of the disclosure of {year} was stated empty, ground {ground}',
    '请查看说明',
    'Read the statement',
  ],
  disclosurePublished: [
    '{year} 年度披露已发布，第 {version} 版[，缺项：{missing}]',
    'The disclosure of {year} was published, version {version}[, missing: {missing}]',
    '缺项补齐后以新版更正',
    'What was missing is supplied by a new version',
  ],
  disclosureOverdue: [
    '{year} 年度披露逾期未补齐：{missing}',
    'Items of the disclosure of {year} are overdue: {missing}',
    '请立即补充并更正披露',
    'Supply them now, and correct the disclosure',
  ],
  disclosureEscalated: [
    '{body} 的 {year} 年度披露逾期未补齐：{missing}',
    'Items of the disclosure of {year} owed by {body} are overdue: {missing}',
    '请督促补齐',
    'See that they are supplied',
  ],
  disclosureCorrected: [
    '{year} 年度披露已更正为第 {version} 版',
    'The disclosure of {year} was corrected: version {version}',
    '此前各版继续保留',
    'The versions before it are kept',
  ],
  bulletinDrafted: [
    '数源部门通报（{from} 至 {until}）已起草',
    'The bulletin on source departments from {from} to {until} was drafted',
    '请核对本部门数据及其案件，可在期限内回复',
    'Check your figures and the cases behind them; you may reply in time',
  ],
  bulletinRedrafted: [
    '数源部门通报（{from} 至 {until}）已重新起草',
    'The bulletin from {from} to {until} was drafted anew',
    '请核对本部门数据',
    'Check your figures',
  ],
  bulletinReplied: [
    '{department} 已回复数源部门通报',
    '{department} replied to the draft bulletin',
    '请核实回复，必要时重新起草',
    'Look into the reply, and draft anew where it is right',
  ],
  bulletinReplyEnded: [
    '数源部门通报回复期已满',
    'The days for replies to the bulletin have passed',
    '请印发通报',
    'Issue the bulletin',
  ],
  bulletinIssued: [
    '数源部门通报（{from} 至 {until}）已印发',
    'The bulletin on source departments from {from} to {until} was issued',
    '请查阅通报',
    'Read the bulletin',
  ],
  workReportAsked: [
    '{from} 至 {until} 的运营报告应于 {dueOn} 前报送',
    'The report on {from} to {until} is due by {dueOn}',
    '平台数据已生成，请补充说明与材料后报送',
    'The platform has its figures; add your words and documents, and file it',
  ],
  workReportFiled: [
    '{from} 至 {until} 的运营报告（第 {version} 版）已报送',
    'The report on {from} to {until}, version {version}, was filed',
    '请接收，或者列明理由退回',
    'Receive it, or return it with reasons',
  ],
  workReportReceived: [
    '{from} 至 {until} 的运营报告已接收',
    'The report on {from} to {until} was received',
    '无须办理',
    'Nothing more is to be done',
  ],
  workReportReturned: [
    '{from} 至 {until} 的运营报告被退回[，理由代码 {reasonCodes}]',
    'The report on {from} to {until} was returned[, reason codes {reasonCodes}]',
    '请补正后重新报送',
    'Put it right and file it again',
  ],
  workReportOverdue: [
    '{from} 至 {until} 的运营报告逾期未报送，应于 {dueOn} 前报送',
    'The report on {from} to {until} is overdue: it was due by {dueOn}',
    '请立即报送',
    'File it now',
  ],
  publicationWaits: [
    '{from} 至 {until} 的披露应当发布，但未能启动（{kind}）',
    'The disclosure from {from} to {until} is to be published, and was never opened ({kind})',
    '请核对单位登记与政策包，启动后即行发布',
    'See to the registered bodies and the policy pack; it is published once it is opened',
  ],
  periodsMissed: [
    '{from} 至 {until} 的 {missed} 期未办，不再逐期补办（{kind}）',
    '{missed} periods from {from} to {until} were missed and are not made good one by one ({kind})',
    '最近各期照常办理；确需补办的，请自行启动',
    'The newest ones go on as usual; open an older one yourself where it is needed',
  ],
};
