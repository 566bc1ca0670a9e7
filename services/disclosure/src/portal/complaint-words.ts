import type { ComplaintSubject } from '@gongshu/shared/complaint/types';
import type { Words } from '../html/view.ts';

/** What a complaint may be about, as the form says it. */
export const subjects: Readonly<Record<ComplaintSubject, Words>> = {
  refusal: { zh: '不当拒绝使用申请', en: 'An unjust refusal' },
  extraConditions: { zh: '附加不合理条件、捆绑', en: 'Extra conditions, tying' },
  fees: { zh: '收费', en: 'Fees' },
  misuse: { zh: '违规使用数据', en: 'Misuse of data' },
  personalInformation: { zh: '个人信息', en: 'Personal information' },
  dataSecurity: { zh: '数据安全', en: 'Security of data' },
  service: { zh: '服务质量', en: 'Service' },
  official: { zh: '工作人员', en: 'Conduct of officials' },
  other: { zh: '其他', en: 'Something else' },
};

/** Words of the pages of complaints. */
export const complaintWords = {
  title: { zh: '投诉举报', en: 'Complain' },
  lead: {
    zh: '对公共数据授权运营中的收费、拒绝、数据使用和安全等问题，任何人都可以投诉举报。主管部门会同有关部门调查，在规定期限内答复。',
    en: 'Anybody may complain about fees, refusals, use or security of data in authorised operation. The bureau looks into it with the departments concerned and answers in time.',
  },
  toStatus: { zh: '查询已提交的投诉', en: 'Ask after a complaint' },
  about: { zh: '投诉事项', en: 'What it is about' },
  aboutWrong: { zh: '请选择一项', en: 'choose one' },
  choose: { zh: '请选择', en: 'Choose' },
  text: { zh: '情况说明', en: 'What happened' },
  textHint: {
    zh: '请写明时间、地点、涉及单位和经过，10 至 4000 字。请不要写入身份证号、银行卡号等与事项无关的个人信息。',
    en: 'Say when, where, who and how, in 10 to 4,000 characters. Leave out identity or card numbers.',
  },
  textWrong: { zh: '请写 10 至 4000 字', en: '10 to 4,000 characters' },
  who: { zh: '投诉方式', en: 'By name or not' },
  whoWrong: { zh: '请选择实名或匿名', en: 'choose by name or anonymously' },
  whoHint: {
    zh: '身份信息单独保管，仅供办理人员按职责查阅，每次查阅都有记录；被投诉单位看不到。',
    en: 'Who you are is kept apart and read only by those who handle the complaint, each reading on record; the body complained about never sees it.',
  },
  named: { zh: '实名', en: 'By name' },
  anonymous: { zh: '匿名', en: 'Anonymously' },
  name: { zh: '姓名', en: 'Name' },
  nameHint: { zh: '实名投诉填写。', en: 'For a complaint by name.' },
  contact: { zh: '联系方式', en: 'Contact' },
  contactHint: {
    zh: '电话、电子邮箱或通信地址，实名投诉填写。',
    en: 'Telephone, e-mail or address; for a complaint by name.',
  },
  ownWords: {
    zh: '同意将上述情况说明原文转给被调查单位',
    en: 'My own words may be passed on to the bodies that are asked',
  },
  ownWordsHint: {
    zh: '不勾选时，主管部门只转述事由，不转原文。',
    en: 'Otherwise the bureau puts the matter in its own words.',
  },
  linkedCase: { zh: '关联案件编号', en: 'Number of your case' },
  linkedCaseHint: {
    zh: '对本单位某一案件的办理（如被拒绝的使用申请）有异议的，填写案件编号；填写后，案件和单位与本投诉一并保管。',
    en: 'If it is about how a case of your own body was handled (a refused application, say), give its number. The case and your body are then kept with the complaint.',
  },
  linkedCaseWrong: { zh: '格式如 640500-SQ-2024-000001', en: 'like 640500-SQ-2024-000001' },
  linkedCaseSignIn: {
    zh: '数商投诉本单位案件的办理，先登录，即可关联案件',
    en: 'A merchant who complains of its own case signs in first, and can name the case',
  },
  attachments: { zh: '附件', en: 'Attachments' },
  attachmentsHint: {
    zh: 'PDF、PNG 或 JPEG 文件（扫描件、照片），最多 5 个，每个不超过 5 MB，合计不超过 15 MB。',
    en: 'PDF, PNG or JPEG (scans, photographs); five at most, 5 MB each, 15 MB together.',
  },
  attachmentTooLong: {
    zh: '超过 5 MB，请压缩后重新选择',
    en: 'is larger than 5 MB; choose a smaller one',
  },
  attachmentsTogether: {
    zh: '合计超过 15 MB，请减少或者压缩后重新选择',
    en: 'Together they are larger than 15 MB; choose fewer or smaller ones',
  },
  attachmentKind: {
    zh: '不是 PDF、PNG 或 JPEG 文件，请另存后重新选择',
    en: 'is no PDF, PNG or JPEG; choose another',
  },
  attachmentsMany: { zh: '附件最多 5 个，请重新选择', en: 'Five attachments at most; choose again' },
  attachmentAgain: {
    zh: '请重新选择（浏览器不保留已选择的文件）',
    en: 'choose it again: browsers do not keep chosen files',
  },
  submit: { zh: '提交投诉', en: 'Send the complaint' },
  done: { zh: '投诉已收到', en: 'Your complaint was received' },
  doneSays: {
    zh: '投诉已登记，将按规定期限受理、调查并答复。',
    en: 'It is on record and will be taken up, looked into and answered in time.',
  },
  number: { zh: '投诉编号', en: 'Number' },
  receipt: { zh: '回执编号', en: 'Receipt' },
  receiptHash: { zh: '回执校验值（可在“核验”页查验）', en: 'Hash of the receipt, for its verification' },
  code: { zh: '查询码', en: 'Code' },
  receivedAt: { zh: '收到时间', en: 'Received' },
  statusTitle: { zh: '查询投诉', en: 'Ask after a complaint' },
  statusLead: {
    zh: '输入投诉编号和查询码，查看办理进展。',
    en: 'Give number and code to see how it stands.',
  },
  ask: { zh: '查询', en: 'Show' },
  wrong: {
    zh: '没有与这组编号和查询码相符的投诉。请逐字核对；为保护投诉人，不提示哪一项有误。',
    en: 'No complaint has this number and code. Compare them letter by letter; to protect complainants, it is not said which is wrong.',
  },
  numberWrong: { zh: '格式如 640500-TS-2024-000001', en: 'like 640500-TS-2024-000001' },
  codeWrong: { zh: '十六位字母和数字', en: 'sixteen letters and digits' },
  stage: { zh: '进展', en: 'How it stands' },
  result: { zh: '调查结论', en: 'Result' },
  limit: { zh: '本环节截止', en: 'This step ends' },
  silence: {
    zh: '截止日期满仍未告知是否受理的，视为自收到之日起受理。',
    en: 'If nobody says by then whether it is taken up, it is deemed taken up as of its receipt.',
  },
  told: { zh: '主管部门告知', en: 'What you were told' },
  nothingTold: { zh: '尚无告知内容。', en: 'Nothing yet.' },
  withheld: {
    zh: '按规则，匿名投诉只告知结论，不告知答复内容。',
    en: 'By the rules an anonymous complainant is told the result alone.',
  },
  letters: { zh: '答复文书', en: 'Letters of the answer' },
  letter: { zh: '下载', en: 'Download' },
  acts: { zh: '您可以办理', en: 'What you may do' },
  words: { zh: '说明', en: 'Your words' },
  wordsHint: { zh: '10 至 4000 字。', en: '10 to 4,000 characters.' },
  acted: { zh: '已收到，办理进展如下。', en: 'Received; this is how it stands.' },
} satisfies Record<string, Words>;

export const stages: Readonly<Record<string, Words>> = {
  submitted: { zh: '待受理', en: 'Waiting to be taken up' },
  correction: { zh: '待补充材料', en: 'Waiting for what was asked back' },
  investigating: { zh: '调查中', en: 'Being looked into' },
  answered: { zh: '已答复', en: 'Answered' },
  underReview: { zh: '复核中', en: 'Under review' },
  done: { zh: '已办结', en: 'Closed' },
};
export const results: Readonly<Record<string, Words>> = {
  founded: { zh: '属实', en: 'Founded' },
  partlyFounded: { zh: '部分属实', en: 'Founded in part' },
  unfounded: { zh: '不属实', en: 'Not founded' },
};
export const tellings: Readonly<Record<string, Words>> = {
  factsRequested: { zh: '请补充材料', en: 'Something was asked back' },
  notAccepted: { zh: '不予受理', en: 'Not taken up' },
  answered: { zh: '答复', en: 'Answer' },
  reviewDecided: { zh: '复核决定', en: 'Decision on review' },
};
export const ownActs: Readonly<Record<string, { title: Words; words: boolean }>> = {
  supplyFacts: { title: { zh: '补充材料', en: 'Supply what was asked' }, words: true },
  requestReview: { title: { zh: '申请复核', en: 'Ask for a review' }, words: true },
  withdrawComplaint: { title: { zh: '撤回投诉', en: 'Withdraw the complaint' }, words: false },
};
