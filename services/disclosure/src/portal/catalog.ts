/** The catalog: searched, narrowed, walked; and each entry with its fields (C1–C5). */
import { businessDateOf } from '@gongshu/shared/business-date';
import { problem } from '@gongshu/shared/problems';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { DisclosureDeps } from '../deps.ts';
import { html, none } from '../html/escape.ts';
import { filter, searchForm } from '../html/form.ts';
import { facts, table } from '../html/table.ts';
import { tag } from '../html/tag.ts';
import { chinese, count, day, dayOf, say, type Words } from '../html/view.ts';
import { listProducts } from '../public/queries/products.ts';
import { findResource, listResources, resourceProviders } from '../public/queries/resources.ts';
import { code, pageAsked, pagerOf } from './parts.ts';
import { Cursor, cityRoute, NoQuery, oneOf, searched } from './route.ts';
import { at, cityPage, columns } from './site.ts';
import { called, optionsOf, shared } from './words.ts';

const words = {
  lead: {
    zh: '本目录列出可申请授权运营使用的公共数据资源。申请由数商在工作台提交，每条资源由提供部门审核。',
    en: 'Public data resources whose use can be applied for. Merchants apply at the work desk; the department that provides a resource reviews.',
  },
  label: { zh: '查询目录', en: 'Search the catalog' },
  q: { zh: '名称、摘要或信息项', en: 'Title, abstract or field' },
  provider: { zh: '提供部门', en: 'Provided by' },
  frequency: { zh: '更新频率', en: 'Updated' },
  level: { zh: '层级', en: 'Level' },
  all: { zh: '全部', en: 'all' },
  name: { zh: '资源名称', en: 'Resource' },
  publishedOn: { zh: '公布日期', en: 'Published' },
  found: { zh: '条资源符合查询条件', en: 'resources fit' },
  nothing: {
    zh: '没有符合条件的资源。可减少关键词、改用较短的词，或放宽部门和更新频率。',
    en: 'Nothing fits. Try fewer or shorter words, or another department.',
  },
  caption: { zh: '公共数据资源授权运营目录', en: 'Catalog of public data resources' },
  abstract: { zh: '数据摘要', en: 'Abstract' },
  classification: { zh: '分类', en: 'Classification' },
  grade: { zh: '分级', en: 'Grade' },
  registration: { zh: '登记编码', en: 'Registration code' },
  open: { zh: '可申请', en: 'Open to application' },
  closed: { zh: '暂停供数或已停用', en: 'Suspended or closed' },
  fields: { zh: '信息项', en: 'Fields' },
  field: { zh: '信息项名称', en: 'Field' },
  order: { zh: '序号', en: 'No.' },
  products: { zh: '用到本资源的产品', en: 'Products made of it' },
  changed: { zh: '内容更新于', en: 'Last changed' },
} satisfies Record<string, Words>;

const Query = z.object({
  q: searched(100),
  provider: searched(160),
  frequency: searched(40),
  level: oneOf(['city', 'county']),
  cursor: Cursor,
});

export const catalogRoutes = (app: FastifyInstance, deps: DisclosureDeps): void => {
  const { db } = deps;
  cityRoute(app, deps, '/catalog', Query, async ({ view, city, query }) => {
    const { cursor, ...asked } = query;
    const asks = pageAsked(z.tuple([z.string().max(200)]), cursor);
    const [found, providers] = await Promise.all([
      listResources(db, city.id, asked, { after: asks.after?.[0], limit: asks.limit }),
      resourceProviders(db, city.id),
    ]);
    const body = html`${searchForm({
      ...{
        action: at(view, city, 'catalog'),
        submit: say(view, shared.search),
        label: say(view, words.label),
      },
      fields: [
        filter({ name: 'q', label: say(view, words.q), value: asked.q, maxLength: 100 }),
        filter({
          ...{ name: 'provider', label: say(view, words.provider), value: asked.provider },
          options: [
            ['', say(view, words.all)] as const,
            ...providers.map(
              ({ provider, providerName, count: entries }) =>
                [provider ?? '', `${providerName ?? provider ?? ''}（${count(entries)}）`] as const,
            ),
          ],
        }),
        filter({
          ...{ name: 'frequency', label: say(view, words.frequency), value: asked.frequency },
          options: optionsOf(view, 'updateFrequencies'),
        }),
        filter({
          ...{ name: 'level', label: say(view, words.level), value: asked.level },
          options: optionsOf(view, 'levels'),
        }),
      ],
    })}
    ${found.hits === null ? none : html`<p role="status">${count(found.hits)} ${say(view, words.found)}</p>`}
    ${table(view, {
      ...{
        caption: say(view, words.caption),
        quiet: true,
        rows: found.items,
        empty: say(view, words.nothing),
      },
      columns: [
        {
          ...{ title: say(view, words.name), head: true },
          cell: ({ id, title }) =>
            html`<a href="${at(view, city, `catalog/${encodeURIComponent(id)}`)}">${chinese(view, title)}</a>`,
        },
        { title: say(view, words.provider), cell: ({ providerName }) => chinese(view, providerName) },
        {
          title: say(view, words.frequency),
          cell: ({ updateFrequency }) => called(view, 'updateFrequencies', updateFrequency),
        },
        { title: say(view, words.level), cell: ({ level }) => called(view, 'levels', level) },
        {
          title: say(view, words.publishedOn),
          cell: ({ publishedOn }) => (publishedOn === null ? '—' : day(view, publishedOn)),
        },
      ],
    })}
    ${pagerOf(view, found, cursor, (key) => [key])}`;
    return cityPage(view, city, {
      ...{ title: say(view, columns.catalog), lead: say(view, words.lead), column: 'catalog', body },
    });
  });

  cityRoute(app, deps, '/catalog/:id', NoQuery, async ({ view, city, params }) => {
    const id = params['id'] ?? '';
    const [entry, products] = await Promise.all([
      findResource(db, city.id, id),
      listProducts(db, city.id, { resource: id }, { limit: 50 }),
    ]);
    if (!entry) throw problem('notFound');
    const body = html`<p>${entry.open ? tag(say(view, words.open), 'good') : tag(say(view, words.closed), 'stop')}</p>
      ${facts([
        [say(view, shared.number), code(entry.id)],
        [say(view, words.provider), chinese(view, entry.providerName)],
        [say(view, words.abstract), entry.abstract === null ? null : chinese(view, entry.abstract)],
        [say(view, words.frequency), called(view, 'updateFrequencies', entry.updateFrequency)],
        [
          say(view, words.classification),
          entry.classification === null ? null : chinese(view, entry.classification),
        ],
        [
          say(view, words.grade),
          entry.grade === null ? null : chinese(view, called(view, 'fieldGrades', entry.grade)),
        ],
        [say(view, words.level), entry.level === null ? null : called(view, 'levels', entry.level)],
        [
          say(view, words.registration),
          entry.registrationCode === null ? null : code(entry.registrationCode),
        ],
        [say(view, words.publishedOn), entry.publishedOn === null ? null : day(view, entry.publishedOn)],
        [say(view, words.changed), dayOf(view, entry.changedAt)],
      ])}
      <h2>${say(view, words.fields)}</h2>
      ${table(view, {
        ...{
          caption: say(view, words.fields),
          quiet: true,
          rows: entry.fields.map((field, n) => ({ ...field, n: n + 1 })),
        },
        columns: [
          { title: say(view, words.order), cell: ({ n }) => n },
          { title: say(view, words.field), head: true, cell: ({ name }) => chinese(view, name) },
          { title: say(view, words.grade), cell: ({ grade }) => called(view, 'fieldGrades', grade) },
        ],
      })}
      ${
        products.items.length === 0
          ? none
          : html`<h2>${say(view, words.products)}</h2><ul>${products.items.map(
              ({ product, title }) =>
                html`<li><a href="${at(view, city, `products/${encodeURIComponent(product)}`)}">${chinese(view, title)}</a></li>`,
            )}</ul>`
      }`;
    return cityPage(view, city, {
      ...{ title: entry.title, column: 'catalog', crumbs: [{ title: entry.title }], body },
      tags: {
        ColumnName: say(view, columns.catalog),
        ArticleTitle: entry.title,
        PubDate: entry.publishedOn ?? businessDateOf(entry.changedAt.getTime()),
        ContentSource: entry.providerName,
      },
    });
  });
};
