/** Words of the notices of a product; `{localTerm}` and `{lock}` are the city’s own words for its two locks. */
import type { Sentence } from './sentences.ts';

const codes = ['[，理由代码 {reasonCodes}]', '[, reason codes {reasonCodes}]'] as const;
const ground = ['[，事由 {ground}]', '[, ground {ground}]'] as const;
const what = ['产品 {product} 第 {version} 版', 'Product {product}, version {version}'] as const;
const stopUse = ['不得再提供；已取得的请停止使用', 'Offer it no more; who holds it stops using it'] as const;

export const productSentences: Readonly<Record<string, Sentence>> = {
  productSubmitted: [
    `${what[0]}已提交{localTerm}`,
    `${what[1]}, was submitted for the egress check ({localTerm})`,
    '自动检测完成后请指定两名核查人员',
    'Name two checkers once the engine has judged it',
  ],
  artefactReplaced: [
    '产品文件已更换[，作废意见 {votesDropped} 份]',
    'The artefact was replaced[; votes dropped: {votesDropped}]',
    '检测完成后请重新核查，差异见案件页',
    'Check it anew after the scan; the case shows the differences',
  ],
  evidenceClean: [
    '自动检测完成，未发现问题',
    'The engine found nothing',
    '等待两名核查人员核查',
    'Two checkers go on',
  ],
  evidenceFindings: [
    '自动检测发现 {items} 项',
    'The engine has {items} findings',
    '请更换文件（各列均经申报，各列组合的行数不低于规定），或者逐项列明依据申请例外',
    'Replace the artefact (every column declared, no combination of columns in fewer rows than required), or ask for exceptions with their grounds',
  ],
  evidenceRefused: [
    '检测引擎未能判定该文件',
    'The engine refused to judge the file',
    '未能判定的不得放行，原因见案件页，请更换文件',
    'What is not judged does not leave: see the reason and replace the file',
  ],
  exceptionRequested: [
    '第 {exception} 号例外申请已提交[，事由 {ground}]',
    'Exception {exception} was requested[, ground {ground}]',
    '请核查人员逐项表决，此前意见作废',
    'The checkers vote on it; what they said before is dropped',
  ],
  egressCheckPassed: [
    '{localTerm}通过',
    'It passed the egress check ({localTerm})',
    '请运营机构报送主管部门{lock}',
    'The operator sends it to the authority ({lockEn})',
  ],
  egressCheckFailed: [
    '{localTerm}未通过[，未过领域 {refusedFields}][，未处理发现 {uncovered} 项]',
    'It did not pass the egress check ({localTerm})[; fields refused: {refusedFields}][; findings left: {uncovered}]',
    '理由见案件页；请修改后更换文件',
    'The case shows the reasons; change it and replace the artefact',
  ],
  productFiled: [
    '产品已报送{lock}',
    'A product waits for the authority ({lockEn})',
    '请同意或者列明理由退回',
    'Agree, or return it with reasons',
  ],
  productFilingReturned: [
    `产品报送{lock}被退回${codes[0]}`,
    `The authority returned the product${codes[1]}`,
    '请修改后更换文件，重新核查',
    'Change it and replace the artefact: it is checked anew',
  ],
  productListed: [
    `${what[0]}已列入清单[，登记编码 {registrationCode}]`,
    `${what[1]}, is on the list[, registration code {registrationCode}]`,
    '运营机构可以发布',
    'The operator may release it',
  ],
  productReleased: [
    `${what[0]}已发布[，登记编码 {registrationCode}]`,
    `${what[1]}, was released[, registration code {registrationCode}]`,
    '收集使用反馈并转数源部门',
    'What its users say is relayed to the sources',
  ],
  productSuspended: [
    `${what[0]}已暂停${ground[0]}`,
    `${what[1]}, was suspended${ground[1]}`,
    '恢复前不得提供和使用',
    'Neither offered nor used until it is restored',
  ],
  productRestored: [
    `${what[0]}已恢复`,
    `${what[1]}, was restored`,
    '可以继续提供和使用',
    'It may be offered and used again',
  ],
  productRecalled: [`${what[0]}已召回${codes[0]}`, `${what[1]}, was recalled${codes[1]}`, ...stopUse],
  productRetired: [
    `${what[0]}已下架${ground[0]}`,
    `${what[1]}, was retired${ground[1]}`,
    '不再对外提供',
    'It is offered no more',
  ],
  productReopened: [
    `${what[0]}因关联关系重新核查[，关联 {link}]`,
    `${what[1]}, is checked anew for a link of ownership[, {link}]`,
    '此前两道关口均失效',
    'Both locks have fallen',
  ],
  productOffList: [
    `${what[0]}重新核查，已移出清单`,
    `${what[1]}, is checked anew and off the list`,
    '重新列入前不得提供',
    'It is not offered until it is listed again',
  ],
  productLapsed: [
    `${what[0]}逾期未修改，案件终结[，最后期限 {lastDay}]`,
    `${what[1]}, was not changed in time and the case lapsed[, last day {lastDay}]`,
    '修改后可以重新提交',
    'Change it and submit it anew',
  ],
  feedbackGiven: [
    '产品 {product} 收到使用反馈（{kind}）',
    'Feedback on product {product} came in ({kind})',
    '涉及数据质量的请转数源部门，其余请办结',
    'Relay it to its sources, or close it',
  ],
  feedbackRelayed: [
    '产品 {product} 的使用反馈请答复[，期限至 {lastDay}]',
    'Feedback on product {product} is yours to answer[, until {lastDay}]',
    '请逐项答复',
    'Answer it',
  ],
  feedbackAnswered: [
    '产品 {product} 的反馈已由 {department} 答复（{outcome}）',
    'Feedback on product {product} was answered by {department} ({outcome})',
    '尚余 {left} 个部门未答复',
    '{left} departments have not answered yet',
  ],
  feedbackClosed: [
    '产品 {product} 的反馈已办结（{closedAs}）',
    'Feedback on product {product} was closed ({closedAs})',
    '无须办理',
    'Nothing to do',
  ],
  ledgerReported: [
    '台账已报送，{from} 至 {until}，共 {entries} 条',
    'The ledger of {from} to {until} was reported: {entries} entries',
    '其中超出授权的 {beyondGrant} 条，请核实',
    '{beyondGrant} of them lie beyond their grant: look into them',
  ],
  spotCheckOpened: [
    '收到抽查[，产品 {product}]，事项 {items}',
    'A spot check was opened[ on product {product}]: {items}',
    '请在期限内答复[，至 {lastDay}]',
    'Answer in time[, until {lastDay}]',
  ],
  spotCheckAnswered: [
    '抽查对象 {owner} 已答复',
    '{owner} has answered the spot check',
    '请作出结论',
    'Conclude it',
  ],
  spotCheckConcluded: [
    '抽查结论 {outcome}[，发现 {findings}]',
    'The spot check has its conclusion: {outcome}[, findings {findings}]',
    '有问题的请整改[，至 {rectifyBy}]',
    'Rectify what was found[, by {rectifyBy}]',
  ],
};
