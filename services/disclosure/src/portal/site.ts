/** The portal as a site: its cities, their columns, and the frame every page of a city stands in. */
import type { LoadedPack, PackSet } from '@gongshu/shared/packs/resolve';
import { problem } from '@gongshu/shared/problems';
import { chinese, link, say, type View, type Words } from '../html/view.ts';
import { type Crumb, type NavItem, page } from '../html/page.ts';
import { type Html, html } from '../html/escape.ts';

/** A city, or a county with a portal of its own, as its pack names it. */
export type City = { readonly id: string; readonly title: string; readonly pack: LoadedPack };

/** Columns of a city's site, in the order of the menu; the path below the city is the key. */
export const columns = {
  catalog: { zh: '资源目录', en: 'Catalog' },
  products: { zh: '产品清单', en: 'Products' },
  fees: { zh: '服务收费', en: 'Service fees' },
  mandates: { zh: '授权情况', en: 'Mandates' },
  selections: { zh: '运营机构遴选', en: 'Selections' },
  notices: { zh: '公示', en: 'Public notices' },
  evaluations: { zh: '年度评估', en: 'Evaluations' },
  reports: { zh: '年度报告', en: 'Yearly reports' },
  bulletins: { zh: '通报', en: 'Bulletins' },
  'open-data': { zh: '开放数据', en: 'Open data' },
  complaints: { zh: '投诉', en: 'Complaints' },
  verify: { zh: '核验', en: 'Verify' },
} satisfies Record<string, Words>;
export type Column = keyof typeof columns;

const words = {
  front: { zh: '首页', en: 'Front page' },
  cities: { zh: '各地', en: 'Cities' },
  platform: { zh: '公共数据授权运营', en: 'Authorised operation of public data' },
  subtitle: {
    zh: '公共数据授权运营 · 信息公开',
    en: 'Authorised operation of public data: public information',
  },
  platformSubtitle: { zh: '公数平台 · 信息公开', en: 'Gongshu platform: public information' },
  host: { zh: '主办', en: 'Published by' },
  data: { zh: '机器可读数据', en: 'Machine-readable data' },
  desk: { zh: '工作台登录', en: 'Sign in to the work desk' },
} satisfies Record<string, Words>;

/** Jurisdictions with a site: all that have an area code of their own below the national texts. */
export const citiesOf = (packs: PackSet): City[] =>
  packs.jurisdictions
    .filter((id) => id !== 'national')
    .map((id) => {
      const pack = packs.resolve(id);
      return { id, title: pack.title, pack };
    });

/** The city of a path. Throws `notFound` where there is none of that name. */
export const cityOf = (packs: PackSet, id: string): City => {
  if (id === 'national' || !packs.jurisdictions.includes(id)) throw problem('notFound');
  const pack = packs.resolve(id);
  return { id, title: pack.title, pack };
};

/** A path of the city in the language of the page. */
export const at = (view: View, city: City, path = ''): string =>
  link(view, `/${city.id}${path === '' ? '' : `/${path}`}`);

const pathOfColumn = (column: Column): string => (column === 'complaints' ? 'complaints/new' : column);

const navOf = (view: View, city: City, current: Column | null): NavItem[] => [
  { title: say(view, words.front), href: at(view, city), current: current === null },
  ...(Object.keys(columns) as Column[]).map((column) => ({
    title: say(view, columns[column]),
    href: at(view, city, pathOfColumn(column)),
    current: column === current,
  })),
];

/** The body that answers for the city's site, as its rules call it. */
export const authorityOf = ({ title, pack }: City): string =>
  `${title}${(pack.localWords['authority'] ?? '').replace(/^[市县区]/, '')}`;

const identityOf = (view: View, city: City) =>
  [
    [say(view, words.host), chinese(view, authorityOf(city))],
    [
      say(view, words.data),
      html`<a href="${at(view, city, 'open-data')}">${say(view, columns['open-data'])}</a>`,
    ],
  ] as const;

/** The way in for who works here. */
const door = (view: View): Html => html`<a href="/desk">${say(view, words.desk)}</a>`;

/** A page of a city: `column` is null on its front page; `crumbs` are those below the column. */
export const cityPage = (
  view: View,
  city: City,
  given: {
    title: string;
    column: Column | null;
    crumbs?: readonly Crumb[];
    lead?: Html | string;
    body: Html;
    tags?: Readonly<Record<string, string>>;
  },
): string => {
  const { column, crumbs = [], ...rest } = given;
  const inColumn: Crumb[] =
    column === null
      ? []
      : [
          { title: say(view, words.cities), href: link(view, '/') },
          { title: city.title, href: at(view, city) },
          crumbs.length === 0
            ? { title: say(view, columns[column]) }
            : { title: say(view, columns[column]), href: at(view, city, pathOfColumn(column)) },
          ...crumbs,
        ];
  return page(view, {
    ...rest,
    crumbs: inColumn,
    site: { title: city.title, subtitle: say(view, words.subtitle), home: at(view, city) },
    nav: navOf(view, city, column),
    identity: identityOf(view, city),
    person: door(view),
  });
};

/** A page above the cities. */
export const platformPage = (view: View, given: { title: string; lead?: string; body: Html }): string =>
  page(view, {
    ...given,
    site: {
      title: say(view, words.platform),
      subtitle: say(view, words.platformSubtitle),
      home: link(view, '/'),
    },
    nav: [],
    person: door(view),
  });
