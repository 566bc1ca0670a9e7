/** Refusals and faults as pages: what happened, and what to do next. */
import { citeText } from '@gongshu/shared/packs/resting-on';
import type { ProblemPage } from '@gongshu/infra/http/pages';
import { facts } from './table.ts';
import { html, none } from './escape.ts';
import { page } from './page.ts';
import { link, say, type View, viewOf, type Words } from './view.ts';

const words = {
  site: { zh: '公共数据授权运营', en: 'Authorised operation of public data' },
  subtitle: { zh: '信息公开', en: 'Public information' },
  home: { zh: '返回首页', en: 'Back to the front page' },
  status: { zh: '状态码', en: 'Status' },
  code: { zh: '情形代码', en: 'Code' },
  trace: { zh: '查询编号', en: 'Reference' },
  places: { zh: '需要更正的位置', en: 'What to put right' },
  article: { zh: '依据', en: 'Rests on' },
} satisfies Record<string, Words>;

/** What a reader can do, by status; the detail of a problem speaks to programs too. */
const next: Readonly<Record<number, Words>> = {
  400: {
    zh: '请检查网址或填写的内容，更正后重试；也可以从首页重新进入。',
    en: 'Check the address or what was filled in and try again, or start from the front page.',
  },
  401: { zh: '请先登录，再打开此页。', en: 'Sign in, then open this page again.' },
  403: {
    zh: '您目前的身份不能打开此页。如认为有误，请联系本单位管理员。',
    en: 'You may not open this page as you are signed in. If that is wrong, ask your administrator.',
  },
  404: {
    zh: '页面可能已移动或不存在。请从首页或栏目导航查找，或核对编号是否完整。',
    en: 'The page may have moved or never was. Look from the front page, or check that the number is whole.',
  },
  405: { zh: '请从首页重新进入。', en: 'Start again from the front page.' },
  413: {
    zh: '提交的内容过大，没有受理，也没有保存。请删减文字后重新提交。',
    en: 'What was sent is too large; nothing of it was taken in or kept. Shorten it and send it again.',
  },
  429: {
    zh: '为保证所有人都能使用，同一网络地址在短时间内的提交次数有限。请按上面的时间稍后再试，已填写的内容请先自行保存。',
    en: 'So that everybody is served, one address may send only so often. Wait as long as is said above; keep a copy of what you wrote.',
  },
  500: {
    zh: '系统出现错误并已记录。请稍后重试；需要帮助时请提供下面的查询编号。',
    en: 'Something failed and was recorded. Try again later; if you ask for help, give the reference below.',
  },
  503: {
    zh: '服务暂时不可用，请几分钟后重试。表单未得到回执前，不视为已提交；用原页面再次提交不会重复受理。',
    en: 'The service is away for the moment; try again in a few minutes. A form without a receipt was not taken in, and sending the same page again counts once.',
  },
};

const nextOf = (status: number): Words | undefined => next[status] ?? (status >= 500 ? next[500] : next[400]);

/** Draws problem pages for a service; `sandbox` shows the banner of one. */
export const problemPage =
  ({ sandbox }: { sandbox: boolean }): ProblemPage =>
  (body, request) => {
    const view: View = viewOf(request, { now: null, sandbox });
    const { title, detail, status, code, errors, article, traceId } = body;
    const advice = nextOf(status);
    const technical =
      status === 400 || status === 422 || status === 503
        ? none
        : html`${detail ? html`<p>${detail}</p>` : none}`;
    return page(view, {
      title,
      site: { title: say(view, words.site), subtitle: say(view, words.subtitle), home: link(view, '/') },
      nav: [],
      languages: false,
      body: html`
        ${code === 'formUsed' || code === 'formTokenMissing' ? html`<p>${detail}</p>` : technical}
        ${advice ? html`<p>${say(view, advice)}</p>` : none}
        ${errors ? html`<h2>${say(view, words.places)}</h2><ul>${errors.map(({ message, pointer }) => html`<li>${message} <span class="code">${pointer}</span></li>`)}</ul>` : none}
        <p><a class="button" href="${link(view, '/')}">${say(view, words.home)}</a></p>
        ${facts([
          [say(view, words.article), article ? citeText(article) : null],
          [say(view, words.status), String(status)],
          [say(view, words.code), html`<span class="code">${code}</span>`],
          [say(view, words.trace), html`<span class="code">${traceId}</span>`],
        ])}`,
    });
  };
