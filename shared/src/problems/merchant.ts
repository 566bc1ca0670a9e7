import { problemRows } from './row.ts';

/** Refusals about onboarding, merchants and norms. */
export const merchantProblems = problemRows({
  merchantNotRegistered: {
    status: 409,
    title: { zh: '主体未登记为数商', en: 'This body is not registered as a merchant' },
    detail: {
      zh: '请先由主管部门登记主体，再申请进驻。',
      en: 'Have the body registered by the bureau first, then apply for onboarding.',
    },
  },
  usccDiffers: {
    status: 422,
    title: {
      zh: '统一社会信用代码与登记的不一致',
      en: 'The unified social credit code is not the registered one',
    },
  },
  onboardingOpen: {
    status: 409,
    title: { zh: '已有正在办理的进驻申请', en: 'An onboarding of this merchant is open' },
    detail: {
      zh: '进驻申请 {caseNo} 办结或撤回后方可再次申请。',
      en: 'Apply again once {caseNo} has ended or was withdrawn.',
    },
  },
  alreadyEnrolled: {
    status: 409,
    title: { zh: '已完成进驻注册', en: 'This merchant is enrolled already' },
  },
  merchantNotEnrolled: {
    status: 409,
    title: { zh: '数商尚未进驻注册', en: 'The merchant is not enrolled' },
    detail: {
      zh: '完成进驻注册后方可提出使用申请。',
      en: 'Apply for the use of data once the onboarding has ended with enrolment.',
    },
  },
  merchantSuspended: {
    status: 409,
    title: { zh: '数商已被暂停', en: 'The merchant is suspended' },
    detail: {
      zh: '整改并恢复后方可继续。',
      en: 'Go on once the merchant has been restored after rectification.',
    },
  },
  merchantExited: {
    status: 409,
    title: { zh: '数商已退出', en: 'The merchant has exited' },
    detail: { zh: '可重新申请进驻。', en: 'It may apply for onboarding again.' },
  },
  merchantStandingDiffers: {
    status: 409,
    title: { zh: '数商当前状态不允许此操作', en: 'The merchant does not stand so that this can be done' },
    detail: { zh: '当前状态：{standing}。', en: 'It stands as: {standing}.' },
  },
  merchantSuspensionByBureau: {
    status: 403,
    title: {
      zh: '主管部门责令的暂停由主管部门解除',
      en: 'What the authority suspended the authority restores',
    },
  },
  normNotApproved: {
    status: 409,
    title: { zh: '相关规范尚未经主管部门审核同意', en: 'The norm has not been approved by the authority' },
    detail: {
      zh: '规范 {kind} 经主管部门审核同意后方可实施。',
      en: 'The norm {kind} applies once the authority has approved it.',
    },
  },
  normKindUnknown: {
    status: 422,
    title: { zh: '本地政策包没有此类规范', en: 'The pack of this jurisdiction knows no such norm' },
  },
  normVersionTaken: {
    status: 409,
    title: { zh: '该版本号不大于已有版本', en: 'The version is not newer than those that stand' },
    detail: { zh: '已有版本 {version}。', en: 'Version {version} stands already.' },
  },
  normDecided: {
    status: 409,
    title: { zh: '该规范已有结果，或无须审核', en: 'The norm is decided, or needs no approval' },
  },
});
