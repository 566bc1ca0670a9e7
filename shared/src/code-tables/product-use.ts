import { codeTable } from './define.ts';

/** Feedback on products (E5), and checks on developers (A9). */
export const productUseTables = {
  feedbackKinds: codeTable('产品反馈类别', 'Kinds of feedback on a product', {
    usefulness: ['使用效果', 'Usefulness'],
    quality: ['数据质量', 'Quality of the data'],
    fault: ['差错', 'Fault'],
    effect: ['应用成效', 'Effect'],
    suggestion: ['改进建议', 'Suggestion'],
  }),
  feedbackStates: codeTable('产品反馈状态', 'States of feedback', {
    given: ['待转办', 'Given'],
    relayed: ['已转数源部门', 'Relayed to its sources'],
    answered: ['已答复', 'Answered'],
    closed: ['已办结', 'Closed'],
  }),
  feedbackOutcomes: codeTable('数源部门答复', 'What a source department answers', {
    dataCorrected: ['数据已更正', 'The data were corrected'],
    willCorrect: ['将予更正', 'They will be corrected'],
    explained: ['已作说明', 'Explained'],
    notOurs: ['非本部门数据', 'Not our data'],
  }),
  feedbackClosings: codeTable('产品反馈办结', 'What came of feedback', {
    improved: ['已改进', 'Improved'],
    nextVersion: ['纳入下一版本', 'In the next version'],
    noChange: ['不作变更', 'No change'],
  }),
  developerCheckItems: codeTable('开发主体检查事项', 'What is looked into at a developer', {
    noRawTransfer: ['不以原始或近似原始形式提供', 'No transfer in raw or near-raw form'],
    access: ['接入', 'Access'],
    storage: ['存储', 'Storage'],
    use: ['使用', 'Use'],
    transmission: ['传输', 'Transmission'],
    destruction: ['销毁', 'Destruction'],
  }),
  developerCheckOutcomes: codeTable('检查结论', 'Outcomes of a check', {
    inOrder: ['合规', 'In order'],
    findings: ['发现问题', 'Findings'],
  }),
  traceActs: codeTable('操作留痕', 'What is done with data', {
    access: ['访问', 'Access'],
    processing: ['加工', 'Processing'],
    transfer: ['流转', 'Transfer'],
    destruction: ['销毁', 'Destruction'],
  }),
  traceSubjects: codeTable('留痕对象', 'What is traced', {
    grant: ['使用授权', 'Grant'],
    product: ['产品', 'Product'],
  }),
  transferForms: codeTable('流转形式', 'In what form something is handed on', {
    processed: ['经加工', 'Processed'],
    nearRaw: ['近似原始', 'Near-raw'],
    raw: ['原始', 'Raw'],
  }),
  spotCheckStates: codeTable('抽查状态', 'States of a spot check', {
    opened: ['待答复', 'Opened'],
    answered: ['已答复', 'Answered'],
    concluded: ['已有结论', 'Concluded'],
  }),
};
