import { assetPath } from './assets.ts';
import { type Html, html, none } from './escape.ts';
import { chinese, link, moment, say, type View, type Words } from './view.ts';

export type Crumb = { readonly title: string; readonly href?: string };
export type NavItem = { readonly title: string; readonly href: string; readonly current?: boolean };

export type Page = {
  /** The heading of the page, and its title in the browser. */
  readonly title: string;
  /** Words that stand beneath the heading. */
  readonly lead?: Value;
  /** Whose site it is: the city, or the platform. */
  readonly site: { readonly title: string; readonly subtitle: string; readonly home: string };
  readonly nav: readonly NavItem[];
  readonly crumbs?: readonly Crumb[];
  readonly body: Html;
  /** Beside the tools of the header: who is signed in. */
  readonly person?: Html;
  /** What the foot says of the page; of the public site, when left out. */
  readonly about?: Words;
  /** Who answers for the site, in the footer. */
  readonly identity?: readonly (readonly [label: string, value: Value])[];
  /** Tags that government pages carry (网页标签): column, day of publication, source. */
  readonly tags?: Readonly<Record<string, string>>;
  /** False where only one language is served. */
  readonly languages?: boolean;
  /** Where the other language is chosen, if not at an address of its own. */
  readonly otherLanguage?: { readonly href: string };
};
type Value = Html | string;

const words = {
  skip: { zh: '跳到正文', en: 'Skip to the content' },
  menu: { zh: '栏目导航', en: 'Menu' },
  nav: { zh: '主导航', en: 'Main navigation' },
  here: { zh: '当前位置', en: 'You are here' },
  large: { zh: '大字版', en: 'Large type' },
  normal: { zh: '标准字号', en: 'Normal type' },
  tools: { zh: '阅读设置', en: 'Reading settings' },
  sandbox: { zh: '演示环境', en: 'Sandbox' },
  sandboxSays: {
    zh: '所示内容仅供演示，不是政府公文；平台时间为 ',
    en: 'Everything shown is for demonstration and no act of government; the platform’s clock reads ',
  },
  sandboxUnknown: { zh: '所示内容仅供演示，不是政府公文。', en: 'Everything shown is for demonstration.' },
  generated: {
    zh: '本站数据由平台公开事件自动生成；浏览不需要启用脚本，不加载外部资源，仅保存字号设置。',
    en: 'All data here is made from the platform’s public events. The site needs no script, loads nothing from elsewhere and keeps only your choice of type size.',
  },
} satisfies Record<string, Words>;

/** The mark of the platform, set in type: no emblem is borrowed. */
const mark = html`<span class="mark" aria-hidden="true">公<br />数</span>`;

const items = (nav: readonly NavItem[]): Html =>
  html`<ul>
    ${nav.map(
      ({ title, href, current }) =>
        html`<li><a href="${href}"${current ? html` aria-current="page"` : none}>${title}</a></li>`,
    )}
  </ul>`;

/** Once in full, and once to unfold where there is little room; one of the two is not displayed. */
const navigation = (view: View, nav: readonly NavItem[]): Html =>
  nav.length === 0
    ? none
    : html`<div class="nav-bar">
        <nav class="nav wide" aria-label="${say(view, words.nav)}">${items(nav)}</nav>
        <details class="nav narrow">
          <summary>${say(view, words.menu)}</summary>
          <nav aria-label="${say(view, words.menu)}">${items(nav)}</nav>
        </details>
      </div>`;

const breadcrumb = (view: View, crumbs: readonly Crumb[]): Html =>
  crumbs.length === 0
    ? none
    : html`<nav class="crumbs" aria-label="${say(view, words.here)}">
        <ol>
          ${crumbs.map(({ title, href }) =>
            href === undefined
              ? html`<li><span aria-current="page">${chinese(view, title)}</span></li>`
              : html`<li><a href="${href}">${chinese(view, title)}</a></li>`,
          )}
        </ol>
      </nav>`;

const tools = (view: View, { languages = true, person = none, otherLanguage }: Page): Html => {
  const size = view.large ? 'normal' : 'large';
  const here = link(view, view.path);
  const other = view.language === 'zh' ? 'en' : 'zh';
  return html`<ul class="tools" aria-label="${say(view, words.tools)}">
    ${person === none ? none : html`<li>${person}</li>`}
    <li><a href="/display?size=${size}&amp;back=${encodeURIComponent(here)}" rel="nofollow">${say(view, view.large ? words.normal : words.large)}</a></li>
    ${
      languages
        ? html`<li><a href="${otherLanguage?.href ?? link({ language: other }, view.path)}" hreflang="${other === 'en' ? 'en' : 'zh-CN'}" lang="${other === 'en' ? 'en' : 'zh-CN'}">${other === 'en' ? 'English' : '中文'}</a></li>`
        : none
    }
  </ul>`;
};

/** Told on every page of a sandbox, above all else. */
const sandboxBanner = (view: View): Html =>
  view.sandbox
    ? html`<aside class="sandbox" aria-label="${say(view, words.sandbox)}"><p><strong>${say(view, words.sandbox)}</strong> ${
        view.now
          ? html`${say(view, words.sandboxSays)}${moment(view, view.now)}`
          : say(view, words.sandboxUnknown)
      }</p></aside>`
    : none;

const metaTags = (given: Page): Html[] =>
  Object.entries({ SiteName: given.site.title, ColumnName: given.title, ...given.tags }).map(
    ([name, content]) => html`<meta name="${name}" content="${content}" />`,
  );

/** A whole page. Chinese unless the view is English; works without script, prints, and can be walked by keyboard. */
export const page = (view: View, given: Page): string => {
  const { title, lead, site, nav, crumbs = [], body, identity = [] } = given;
  return String(html`<!doctype html>
<html lang="${view.language === 'zh' ? 'zh-CN' : 'en'}"${view.large ? html` class="large"` : none}>
<head>
<meta charset="utf-8" />
<meta name="viewport" content="width=device-width, initial-scale=1" />
<title>${title === site.title ? title : `${title} - ${site.title}`}</title>
${metaTags(given)}
<link rel="icon" type="image/svg+xml" href="${assetPath('mark.svg')}" />
<link rel="stylesheet" href="${assetPath('site.css')}" />
</head>
<body>
<a class="skip" href="#main">${say(view, words.skip)}</a>
${sandboxBanner(view)}
<header class="head">
  <div class="inner">
    <a class="brand" href="${site.home}">${mark}<span class="names"><span class="name">${chinese(view, site.title)}</span><span class="sub">${site.subtitle}</span></span></a>
    ${tools(view, given)}
  </div>
</header>
${navigation(view, nav)}
<div class="inner">
  ${breadcrumb(view, crumbs)}
  <main id="main" tabindex="-1">
    <h1>${chinese(view, title)}</h1>
    ${lead === undefined ? none : html`<p class="lead">${lead}</p>`}
    ${body}
  </main>
</div>
<footer class="foot">
  <div class="inner">
    ${
      identity.length === 0
        ? none
        : html`<dl>${identity.map(([label, value]) => html`<div><dt>${label}</dt><dd>${typeof value === 'string' ? chinese(view, value) : value}</dd></div>`)}</dl>`
    }
    <p>${say(view, given.about ?? words.generated)}</p>
  </div>
</footer>
</body>
</html>
`);
};
