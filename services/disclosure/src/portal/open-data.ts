/** The page of open downloads: every set with its formats, feeds, and on what terms. */
import type { FastifyInstance } from 'fastify';
import type { DisclosureDeps } from '../deps.ts';
import { html } from '../html/escape.ts';
import { openFeeds } from '../open/feeds.ts';
import { openSets } from '../open/sets.ts';
import { table } from '../html/table.ts';
import { say, type Words } from '../html/view.ts';
import { cityRoute, NoQuery } from './route.ts';
import { cityPage, columns } from './site.ts';

const words = {
  lead: {
    zh: '本站公开的全部数据均可下载和订阅，内容与网页一致，随公开事件更新。',
    en: 'All that this site publishes can be downloaded and subscribed to; it says what the pages say.',
  },
  sets: { zh: '数据集', en: 'Data sets' },
  set: { zh: '数据集', en: 'Data set' },
  files: { zh: '文件', en: 'Files' },
  feeds: { zh: '订阅（Atom）', en: 'Feeds (Atom)' },
  terms: { zh: '使用条件', en: 'Terms' },
  termsSay: {
    zh: '可自由使用、转载，请注明来源和下载日期。CSV 为 UTF-8（带 BOM），可直接用表格软件打开；金额以分为单位。DCAT 目录供数据门户汇集，OCDS 供采购透明工具使用。',
    en: 'Free to use; name the source and the day. CSV is UTF-8 with a byte order mark; amounts are in fen. The DCAT catalog is for data portals, OCDS for tools of procurement.',
  },
} satisfies Record<string, Words>;

type Format = readonly [ending: string, title: string, type: string];
const formats: readonly Format[] = [
  ['csv', 'CSV', 'text/csv'],
  ['json', 'JSON', 'application/json'],
];
const linkedData: readonly Format[] = [['jsonld', 'DCAT 3 (JSON-LD)', 'application/ld+json']];

/** Files stand at one address in every language. */
export const openDataRoutes = (app: FastifyInstance, deps: DisclosureDeps): void =>
  cityRoute(app, deps, '/open-data', NoQuery, async ({ view, city }) => {
    const file = (name: string) => `/${city.id}/open-data/${name}`;
    const body = html`<h2>${say(view, words.sets)}</h2>
      ${table(view, {
        ...{ caption: say(view, words.sets), quiet: true, rows: openSets },
        columns: [
          { title: say(view, words.set), head: true, cell: ({ title }) => say(view, title) },
          {
            title: say(view, words.files),
            cell: ({ name }) =>
              [...formats, ...(name === 'catalog' ? linkedData : [])].map(
                ([ending, title, type]) =>
                  html`<a href="${file(`${name}.${ending}`)}" type="${type}">${title}</a> `,
              ),
          },
        ],
      })}
      <p><a href="${file('ocds.json')}" type="application/json">OCDS 1.1</a></p>
      <h2>${say(view, words.feeds)}</h2>
      <ul>${openFeeds.map(({ name, title }) => html`<li><a href="/${city.id}/feeds/${name}.atom" type="application/atom+xml">${say(view, title)}</a></li>`)}</ul>
      <h2>${say(view, words.terms)}</h2>
      <p>${say(view, words.termsSay)}</p>`;
    return cityPage(view, city, {
      ...{ title: say(view, columns['open-data']), lead: say(view, words.lead), column: 'open-data', body },
    });
  });
