import { problemRows } from './row.ts';

/** Refusals of the work desk's pages; what the services refuse is told in their own words. */
export const deskProblems = problemRows({
  signInFailed: {
    status: 400,
    title: { zh: '登录未完成', en: 'The sign-in did not come to its end' },
    detail: {
      zh: '登录已超时、被取消，或不是从本页面开始。请重新登录。',
      en: 'It took too long, was cancelled, or did not begin here. Sign in again.',
    },
  },
  formForeign: {
    status: 403,
    title: { zh: '表单不是由本次登录打开的', en: 'The form was not opened in this session' },
    detail: {
      zh: '没有办理任何事项。请重新打开页面后再提交。',
      en: 'Nothing was done. Open the page again, then send the form.',
    },
  },
  deskNotSetUp: {
    status: 503,
    title: { zh: '工作台尚未配置', en: 'The work desk is not set up' },
    detail: {
      zh: '请管理员设置各服务地址、工作台地址和登录客户端密钥。',
      en: 'The administrator sets the addresses of the services and of the desk, and its secret at the issuer.',
    },
  },
});
