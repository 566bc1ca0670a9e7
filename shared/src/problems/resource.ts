import { problemRows } from './row.ts';

/** Refusals about public data resources and their catalog (C1–C5). */
export const resourceProblems = problemRows({
  resourceNotOpen: {
    status: 409,
    title: { zh: '该资源未开放申请', en: 'The resource is not open to application' },
  },
  resourceNeverEnters: {
    status: 422,
    title: { zh: '该数据不得纳入授权运营范围', en: 'These data never enter the catalog' },
    detail: {
      zh: '所列情形的数据不得授权运营。',
      en: 'Data on the grounds named are not operated under authorisation.',
    },
  },
  resourceUnderOtherLaw: {
    status: 422,
    title: { zh: '其他法律另有规定的，从其规定', en: 'Other law governs these data first' },
    detail: {
      zh: '须先载明其他法律允许使用的依据。',
      en: 'Name the document that shows that this law allows the use.',
    },
  },
  resourceUngraded: {
    status: 422,
    title: { zh: '尚未分类分级', en: 'Not yet classified and graded' },
    detail: {
      zh: '未分类分级的数据不得进入下一环节。',
      en: 'Data without class and grade take no further step.',
    },
  },
  resourceUnconsented: {
    status: 422,
    title: { zh: '缺少共享数据提供单位的同意', en: 'Consent of the provider who shared the data is missing' },
    detail: {
      zh: '须有文件、日期和范围齐备且未撤回的同意。',
      en: 'A consent with document, date and scope must stand.',
    },
  },
  resourceIncomplete: {
    status: 422,
    title: { zh: '目录内容不完整', en: 'The catalog entry is incomplete' },
    detail: { zh: '请按 errors 中逐项指出的位置补齐。', en: 'Fill the places named in errors.' },
  },
  resourceStepRefused: {
    status: 409,
    title: { zh: '当前状态不能办理此步骤', en: 'This step does not follow from the present state' },
    detail: {
      zh: '现为 {state}，不能转为 {to}；下一步为 {next}。',
      en: 'It is {state}, not to become {to}; next is {next}.',
    },
  },
  resourceBatchMissing: {
    status: 422,
    title: { zh: '此步骤须分批次办理', en: 'This step is taken in batches' },
    detail: { zh: '请给出批次号。', en: 'Name the batch.' },
  },
  resourceKeyTaken: {
    status: 409,
    title: { zh: '该目录编号已存在', en: 'An entry with this key exists' },
  },
  organisationMissing: {
    status: 403,
    title: { zh: '令牌未载明所属机构', en: 'The token names no organisation' },
  },
  closingReasonUnknown: {
    status: 422,
    title: { zh: '关闭理由不在规则所列之内', en: 'The reason for closing is not one the rules know' },
    detail: { zh: '可用理由：{reasons}。', en: 'Reasons here: {reasons}.' },
  },
  consentNotNeeded: {
    status: 409,
    title: { zh: '该资源不属共享获得的数据', en: 'The resource was not obtained by sharing' },
  },
  consentStanding: {
    status: 409,
    title: { zh: '已有有效的同意', en: 'A consent stands already' },
  },
  consentNotStanding: {
    status: 409,
    title: { zh: '该同意已撤回', en: 'This consent has been withdrawn' },
  },
  dateAhead: {
    status: 422,
    title: { zh: '日期晚于今日', en: 'The date lies ahead' },
    detail: { zh: '日期不得晚于 {today}。', en: 'The date may not be after {today}.' },
  },
  registrationNotForeseen: {
    status: 409,
    title: { zh: '没有可登记的资源', en: 'No resource can be registered' },
    detail: {
      zh: '没有处于可登记状态且未登记的资源。',
      en: 'None stands where registration follows and is unregistered.',
    },
  },
  registrationEntryUnknown: {
    status: 422,
    title: { zh: '登记包中没有该资源', en: 'The package does not hold this resource' },
  },
  registrationCodeTaken: {
    status: 409,
    title: { zh: '登记编码已用于另一资源', en: 'The registration code belongs to another resource' },
  },
  studyPartiesMissing: {
    status: 422,
    title: { zh: '定期研究缺少应参加的单位', en: 'The study lacks a party that must take part' },
    detail: { zh: '缺少：{parties}。', en: 'Missing: {parties}.' },
  },
  importMappingUnknown: {
    status: 422,
    title: { zh: '没有这个列映射', en: 'No such column mapping' },
  },
  importUnreadable: {
    status: 422,
    title: { zh: '文件无法按列映射读取', en: 'The file cannot be read by this mapping' },
    detail: { zh: '请按 errors 所示更正。', en: 'Correct what errors names.' },
  },
});
