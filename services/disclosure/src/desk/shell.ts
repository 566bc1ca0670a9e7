/** The frame of every page of the desk: who is signed in, for whom, and where one is. */
import { type Html, html, none } from '../html/escape.ts';
import { type Crumb, page } from '../html/page.ts';
import { localPath, type View, viewOf } from '../html/view.ts';
import type { FastifyRequest } from 'fastify';
import type { Desk } from './deps.ts';
import { formToken } from './seal.ts';
import type { Session } from './session.ts';
import { chosenLanguage, language, t } from './language.ts';
import { wordOf } from './words.ts';

const site = () => ({ title: t('工作台'), subtitle: t('公共数据授权运营'), home: '/desk' });

const places: readonly (readonly [title: string, href: string])[] = [
  ['待办', '/desk'],
  ['案件', '/desk/cases'],
  ['新办事项', '/desk/openings'],
  ['登记内容', '/desk/records'],
  ['告知', '/desk/notices'],
  ['代办', '/desk/absences'],
];

/** The view of a page of the desk, at the law's instant. */
export const deskView = async ({ lawNow, sandbox }: Desk, request: FastifyRequest): Promise<View> => ({
  ...viewOf(request, { now: await lawNow().catch(() => null), sandbox }),
  ...{ language: chosenLanguage(request), oneAddress: true },
});

const about = {
  zh: '工作台以您本人的身份调用各服务的公开接口；不需要启用脚本，不加载外部资源，只保存登录状态、字号和语言。',
  en: 'The desk calls the services’ documented interfaces as yourself. It needs no script, loads nothing from elsewhere and keeps only your sign-in, type size and language.',
};

/** Who is signed in, and the way out. */
const personOf = ({
  id,
  person,
}: Session): Html => html`<form class="inline" method="post" action="/desk/sign-out">
  <input type="hidden" name="token" value="${formToken(id, '/desk/sign-out')}" />
  <span class="who">${person.id}（${person.roles.map((role) => wordOf(role, 'roles')).join('、')}${person.organisation ? ` · ${person.organisation}` : ''}）</span>
  <button type="submit" class="quiet">${t('退出')}</button>
</form>`;

/** Every page of the desk stands at one address in both languages: which it is drawn in is kept in a cookie. */
const otherLanguage = (view: View) => ({
  href: `/desk/language?to=${language() === 'en' ? 'zh' : 'en'}&back=${encodeURIComponent(view.path)}`,
});

/** A page for somebody signed in. */
export const deskPage = (
  view: View,
  session: Session,
  given: { title: string; lead?: Html | string; crumbs?: readonly Crumb[]; body: Html },
): string => {
  const { title, lead, crumbs = [], body } = given;
  const path = view.path.split('?', 1)[0] ?? '';
  return page(view, {
    ...{ title, site: site(), about, body, person: personOf(session), otherLanguage: otherLanguage(view) },
    ...(lead !== undefined && { lead }),
    crumbs: [{ title: t('工作台'), href: '/desk' }, ...crumbs],
    nav: places.map(([name, href]) => ({
      ...{ title: t(name), href },
      current: href === '/desk' ? path === '/desk' : path.startsWith(href),
    })),
  });
};

/** A page for nobody in particular: before signing in, and after signing out. */
export const plainPage = (view: View, title: string, body: Html): string =>
  page(view, { title, site: site(), about, nav: [], languages: false, body });

const isOfDesk = (path: string): boolean => /^\/desk(?:[/?]|$)/.test(path) && !path.startsWith('/desk/sign');

/** Where a form leads back to: a page of the desk, or the desk itself. */
export const deskPath = (given: unknown): string => {
  const path = localPath(given);
  return path !== null && isOfDesk(path) ? path : '/desk';
};

/** The form that a merchant signs in for: a complaint about a case of its own. */
const complaintForm = /^(?:\/en)?\/[a-z]{2,40}\/complaints\/new$/;
/** A day's chosen tasks are an address of several thousand characters. */
const longestReturn = 8_000;

/** Where a sign-in leads back to: the page that asked for it, or the desk itself. */
export const signInReturn = (given: unknown): string => {
  const path = localPath(given, longestReturn);
  return path !== null && (isOfDesk(path) || complaintForm.test(path)) ? path : '/desk';
};

export { html, none };
