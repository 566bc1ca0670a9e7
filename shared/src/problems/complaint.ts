import { problemRows } from './row.ts';

/** Refusals of the complaint procedure (S4). */
export const complaintProblems = problemRows({
  complainantNotAllowed: {
    status: 422,
    title: { zh: '本地规定不受理此类投诉人的投诉', en: 'The pack lets no such complainant complain' },
  },
  anonymousNotAllowed: {
    status: 422,
    title: { zh: '本地规定须实名投诉', en: 'A complaint is made under a name here' },
    detail: {
      zh: '请填写姓名和联系方式；身份只由承办人知悉。',
      en: 'Give name and contact; only who handles it sees them.',
    },
  },
  identityMissing: {
    status: 422,
    title: { zh: '实名投诉须填写姓名和联系方式', en: 'A complaint under a name needs name and contact' },
  },
  identityNotWanted: {
    status: 422,
    title: {
      zh: '匿名投诉请勿填写姓名或联系方式',
      en: 'An anonymous complaint carries neither name nor contact',
    },
    detail: { zh: '请删去身份信息，或改为实名投诉。', en: 'Take them out, or complain under your name.' },
  },
  linkedCaseUnknown: {
    status: 422,
    title: { zh: '所投诉的案件不存在或不是本单位的案件', en: 'The case complained about is none of yours' },
    detail: {
      zh: '请核对案件编号，以申请单位账号提交。',
      en: 'Check its number, and sign in for the body that applied.',
    },
  },
  attachmentUnreadable: {
    status: 422,
    title: { zh: '附件不是所声明的文件类型', en: 'An attachment is not the kind of file it says' },
    detail: {
      zh: '可附 PDF、PNG、JPEG，每份不超过 5 MiB。',
      en: 'PDF, PNG or JPEG, 5 MiB each at most.',
    },
  },
  attachmentsTooLarge: {
    status: 422,
    title: { zh: '附件过大或者过多', en: 'The attachments are too large, or too many' },
    detail: {
      zh: '最多 5 份，每份不超过 5 MiB，合计不超过 15 MiB。',
      en: 'Five at most, 5 MiB each, 15 MiB together.',
    },
  },
  groundNotInPack: {
    status: 422,
    title: { zh: '本地规定没有这一不予受理的情形', en: 'The pack knows no such ground of refusal' },
  },
  factsAskedAlready: {
    status: 409,
    title: { zh: '补充材料只能要求一次', en: 'What is lacking is asked back once' },
    detail: { zh: '请受理或不予受理。', en: 'Accept the complaint, or refuse it with its ground.' },
  },
  ownWordsNotAllowed: {
    status: 422,
    title: { zh: '投诉人不同意转送原文', en: 'The complainant does not allow its own words to be passed on' },
    detail: {
      zh: '请另拟不含身份信息的案情说明。',
      en: 'Write a statement that tells nothing of who complained.',
    },
  },
  statementMissing: {
    status: 422,
    title: { zh: '请写明需协查的事实', en: 'Say what is to be looked into' },
  },
  bodyAskedAlready: {
    status: 409,
    title: { zh: '已经询问过该单位', en: 'That body was asked already' },
  },
  inquiryAnswered: {
    status: 409,
    title: { zh: '该单位已经答复', en: 'The inquiry was answered already' },
  },
  inquiryPending: {
    status: 409,
    title: { zh: '被询问的单位尚在答复期限内', en: 'A body that was asked still has time to answer' },
    detail: { zh: '等待 {body} 的意见，或其期限届满。', en: 'Wait for {body}, or for the end of its time.' },
  },
  departmentNotAsked: {
    status: 409,
    title: { zh: '尚未征询任何有关部门', en: 'No department was asked' },
    detail: {
      zh: '请先请有关部门协查；确无有关部门的，答复时选择本地规定的理由。',
      en: 'Ask the departments concerned; where there is none, answer with a ground of the rules here.',
    },
  },
  departmentAsked: {
    status: 422,
    title: {
      zh: '已征询有关部门，不应再写明未征询的理由',
      en: 'A department was asked: no ground is stated',
    },
  },
  noDepartmentGround: {
    status: 422,
    title: {
      zh: '本地规定没有这一未征询部门的理由',
      en: 'The rules here know no such ground for asking no department',
    },
    detail: { zh: '理由：{ground}。', en: 'Ground: {ground}.' },
  },
  complaintMeasuresMissing: {
    status: 422,
    title: { zh: '投诉属实的，应写明处理措施', en: 'Where a complaint is founded, say what follows' },
  },
  extensionTooLate: {
    status: 409,
    title: { zh: '答复期限已过，不能再延期', en: 'The limit has passed: it is not put off any more' },
  },
  extensionUsedUp: {
    status: 409,
    title: { zh: '延期次数已用完', en: 'It was put off as often as is allowed' },
    detail: { zh: '至多延期 {times} 次。', en: '{times} times at most.' },
  },
  postponedTooLong: {
    status: 422,
    title: { zh: '延期天数超过规定', en: 'It is put off for too long' },
    detail: { zh: '至多 {workingDays} 个工作日。', en: '{workingDays} working days at most.' },
  },
  reviewedAlready: {
    status: 409,
    title: { zh: '投诉答复只复核一次', en: 'An answer is reviewed once' },
  },
  reviewTooLate: {
    status: 409,
    title: { zh: '申请复核的期限已过', en: 'The time to ask for a review has passed' },
  },
  reviewBySamePerson: {
    status: 403,
    title: { zh: '复核须由原承办人以外的人员作出', en: 'A review is decided by another than who answered' },
  },
  reviewResultUnclear: {
    status: 422,
    title: {
      zh: '改变原答复的，应写明不同的结论；维持的，不另写结论',
      en: 'A changed answer names a result that differs; an upheld one names none',
    },
  },
});
