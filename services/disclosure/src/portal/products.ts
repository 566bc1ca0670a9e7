/** The product list with codes, tariffs and ceilings; and each product (E3, E4, F1, F3). */
import { businessDateOf } from '@gongshu/shared/business-date';
import { discountText } from '@gongshu/shared/paper/words';
import { problem } from '@gongshu/shared/problems';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { DisclosureDeps } from '../deps.ts';
import { type Html, html, none } from '../html/escape.ts';
import { filter, searchForm } from '../html/form.ts';
import { facts, table } from '../html/table.ts';
import { tag } from '../html/tag.ts';
import { chinese, day, say, type View, type Words, yuan } from '../html/view.ts';
import { bodyNames } from '../public/queries/bodies.ts';
import {
  ceilingsFrom,
  type PublicCeiling,
  type PublicTariff,
  tariffsFrom,
} from '../public/queries/prices.ts';
import { findProduct, listProducts } from '../public/queries/products.ts';
import { resourceTitles } from '../public/queries/resources.ts';
import { code, nameOf, pageAsked, pagerOf, restsWords, span } from './parts.ts';
import { Cursor, cityRoute, NoQuery, oneOf } from './route.ts';
import { at, cityPage, columns } from './site.ts';
import { called, optionsOf, shared } from './words.ts';

const words = {
  lead: {
    zh: '经核查登记、列入清单的公共数据产品和服务，及其收费标准与上限收费标准。',
    en: 'Products and services that were checked, registered and listed, with their tariffs and ceilings.',
  },
  label: { zh: '查询产品', en: 'Search the products' },
  class: { zh: '产品类别', en: 'Class' },
  purpose: { zh: '用途', en: 'Purpose' },
  show: { zh: '范围', en: 'Show' },
  current: { zh: '在列产品', en: 'listed now' },
  former: { zh: '含已下架产品', en: 'former ones too' },
  name: { zh: '产品名称', en: 'Product' },
  registration: { zh: '登记编码', en: 'Registration code' },
  national: { zh: '国家登记编码', en: 'National code' },
  tariff: { zh: '收费标准', en: 'Tariff' },
  ceiling: { zh: '上限收费标准', en: 'Ceiling' },
  free: { zh: '免费', en: 'free' },
  notSet: { zh: '未公布', en: 'none published' },
  caption: { zh: '公共数据产品和服务清单', en: 'List of public data products and services' },
  onList: { zh: '在列', en: 'Listed' },
  owner: { zh: '开发主体', en: 'Developer' },
  description: { zh: '产品说明', en: 'Description' },
  version: { zh: '版本', en: 'Version' },
  listedOn: { zh: '列入清单', en: 'Listed on' },
  resources: { zh: '所用公共数据资源', en: 'Resources it is made of' },
  customers: { zh: '服务对象', en: 'For' },
  unit: { zh: '计费单位', en: 'Per' },
  price: { zh: '金额（元）', en: 'Amount (yuan)' },
  scenario: { zh: '适用场景', en: 'Scenario' },
  anyScenario: { zh: '不限', en: 'any' },
  discount: { zh: '优惠', en: 'Discount' },
  term: { zh: '执行期间', en: 'Applies' },
  before: { zh: '调整前（元）', en: 'Before (yuan)' },
  per: { zh: '元 / ', en: 'yuan / ' },
} satisfies Record<string, Words>;

const Query = z.object({
  class: z.string().max(40).optional(),
  purpose: z.string().max(40).optional(),
  show: oneOf(['former']),
  cursor: Cursor,
});

const price = (view: View, one: PublicTariff | PublicCeiling): Html => {
  if (one.fen === 0) return html`${say(view, words.free)}`;
  const said = html`${yuan(one.fen)} ${say(view, words.per)}${called(view, 'chargeUnits', one.unit)}`;
  if (!('discount' in one)) return said;
  // A product may have a price for each kind of customer, and for each scenario.
  const about = [
    called(view, 'customerClasses', one.class),
    ...(one.scenario === null ? [] : [one.scenario]),
    discountText(one.discount)?.[view.language] ?? '',
  ].filter((word) => word !== '');
  return html`${said} <span class="aside">${about.join(view.language === 'zh' ? '，' : ', ')}</span>`;
};

/** What applies today, each in a line. */
const prices = (
  view: View,
  given: readonly (PublicTariff | PublicCeiling)[],
  product: string,
  today: string,
): Html => {
  const own = given.filter((one) => one.product === product && one.from <= today);
  if (own.length === 0) return html`${say(view, words.notSet)}`;
  return html`${own.map((one, n) => html`${n === 0 ? none : html`<br />`}${price(view, one)}`)}`;
};

const empty = (text: string | undefined): string | undefined => (text === '' ? undefined : text);

export const productRoutes = (app: FastifyInstance, deps: DisclosureDeps): void => {
  const { db } = deps;
  cityRoute(app, deps, '/products', Query, async ({ view, city, query, now }) => {
    const today = businessDateOf(now.getTime());
    const asks = pageAsked(z.tuple([z.string().max(200)]), query.cursor);
    const asked = { class: empty(query.class), purpose: empty(query.purpose) };
    const found = await listProducts(
      db,
      city.id,
      { ...asked, withFormer: query.show === 'former' },
      { after: asks.after?.[0], limit: asks.limit },
    );
    const ids = found.items.map(({ product }) => product);
    const [tariffs, ceilings, names] = await Promise.all([
      tariffsFrom(db, city.id, today, ids),
      ceilingsFrom(db, city.id, today, ids),
      bodyNames(
        db,
        city.id,
        found.items.map(({ operator }) => operator),
      ),
    ]);
    const body = html`${searchForm({
      ...{
        action: at(view, city, 'products'),
        submit: say(view, shared.search),
        label: say(view, words.label),
      },
      fields: [
        filter({
          name: 'class',
          label: say(view, words.class),
          value: query.class,
          options: optionsOf(view, 'productClasses'),
        }),
        filter({
          name: 'purpose',
          label: say(view, words.purpose),
          value: query.purpose,
          options: optionsOf(view, 'productPurposes'),
        }),
        filter({
          ...{ name: 'show', label: say(view, words.show), value: query.show },
          options: [
            ['', say(view, words.current)],
            ['former', say(view, words.former)],
          ],
        }),
      ],
    })}
    ${table(view, {
      ...{ caption: say(view, words.caption), quiet: true, rows: found.items },
      columns: [
        {
          ...{ title: say(view, words.name), head: true },
          cell: ({ product, title, onList, state }) =>
            html`<a href="${at(view, city, `products/${encodeURIComponent(product)}`)}">${chinese(view, title)}</a>${
              onList ? none : html` ${tag(called(view, 'productStates', state), 'stop')}`
            }`,
        },
        {
          title: say(view, words.registration),
          cell: ({ registrationCode }) => code(registrationCode ?? '—'),
        },
        { title: say(view, words.class), cell: (one) => called(view, 'productClasses', one.class) },
        { title: say(view, shared.operator), cell: ({ operator }) => nameOf(view, names, operator) },
        { title: say(view, words.tariff), cell: ({ product }) => prices(view, tariffs, product, today) },
        { title: say(view, words.ceiling), cell: ({ product }) => prices(view, ceilings, product, today) },
      ],
    })}
    ${pagerOf(view, found, query.cursor, (key) => [key])}`;
    return cityPage(view, city, {
      ...{ title: say(view, columns.products), lead: say(view, words.lead), column: 'products', body },
    });
  });

  cityRoute(app, deps, '/products/:no', NoQuery, async ({ view, city, params, now }) => {
    const today = businessDateOf(now.getTime());
    const one = await findProduct(db, city.id, params['no'] ?? '');
    if (!one) throw problem('notFound');
    const [tariffs, ceilings, names, titles] = await Promise.all([
      tariffsFrom(db, city.id, today, [one.product]),
      ceilingsFrom(db, city.id, today, [one.product]),
      bodyNames(db, city.id, [one.operator, one.owner]),
      resourceTitles(db, one.resources),
    ]);
    const body = html`<p>${tag(one.onList ? say(view, words.onList) : called(view, 'productStates', one.state), one.onList ? 'good' : 'stop')}</p>
      ${facts([
        [say(view, shared.number), code(one.product)],
        [say(view, words.registration), one.registrationCode === null ? null : code(one.registrationCode)],
        [say(view, words.national), one.nationalCode === null ? null : code(one.nationalCode)],
        [say(view, words.class), called(view, 'productClasses', one.class)],
        [say(view, words.purpose), called(view, 'productPurposes', one.purpose)],
        [say(view, words.description), one.description === null ? null : chinese(view, one.description)],
        [say(view, words.owner), nameOf(view, names, one.owner)],
        [say(view, shared.operator), nameOf(view, names, one.operator)],
        [say(view, words.version), one.version],
        [say(view, words.listedOn), one.listedOn === null ? null : day(view, one.listedOn)],
      ])}
      <h2>${say(view, words.tariff)}</h2>
      ${table(view, {
        ...{ caption: say(view, words.tariff), quiet: true, rows: tariffs, empty: say(view, words.notSet) },
        columns: [
          {
            title: say(view, words.customers),
            head: true,
            cell: (row) => called(view, 'customerClasses', row.class),
          },
          { title: say(view, words.purpose), cell: (row) => called(view, 'productPurposes', row.purpose) },
          {
            title: say(view, words.scenario),
            cell: (row) => (row.scenario === null ? say(view, words.anyScenario) : code(row.scenario)),
          },
          { title: say(view, words.unit), cell: (row) => called(view, 'chargeUnits', row.unit) },
          {
            title: say(view, words.price),
            figure: true,
            cell: (row) => (row.fen === 0 ? say(view, words.free) : yuan(row.fen)),
          },
          {
            title: say(view, words.discount),
            cell: (row) => discountText(row.discount)?.[view.language] ?? '—',
          },
          { title: say(view, words.term), cell: (row) => span(view, row.from, row.until) },
          { title: say(view, shared.rests), cell: (row) => restsWords(view, row) },
        ],
      })}
      <h2>${say(view, words.ceiling)}</h2>
      ${table(view, {
        ...{ caption: say(view, words.ceiling), quiet: true, rows: ceilings, empty: say(view, words.notSet) },
        columns: [
          { title: say(view, words.unit), head: true, cell: (row) => called(view, 'chargeUnits', row.unit) },
          { title: say(view, words.price), figure: true, cell: (row) => yuan(row.fen) },
          {
            title: say(view, words.before),
            figure: true,
            cell: (row) => (row.beforeFen === null ? '—' : yuan(row.beforeFen)),
          },
          { title: say(view, shared.from), cell: (row) => day(view, row.from) },
          { title: say(view, shared.rests), cell: (row) => restsWords(view, row) },
        ],
      })}
      <h2>${say(view, words.resources)}</h2>
      <ul>${one.resources.map((id) => {
        const title = titles.get(id);
        return html`<li>${
          title === undefined
            ? code(id)
            : html`<a href="${at(view, city, `catalog/${encodeURIComponent(id)}`)}">${chinese(view, title)}</a>`
        }</li>`;
      })}</ul>`;
    return cityPage(view, city, {
      ...{ title: one.title, column: 'products', crumbs: [{ title: one.title }], body },
      tags: {
        ColumnName: say(view, columns.products),
        ArticleTitle: one.title,
        PubDate: one.listedOn ?? businessDateOf(one.changedAt.getTime()),
      },
    });
  });
};
