/** Public notices, yearly reports and bulletins, each with the furniture of a government document (S1–S3, P2, O4, V2). */
import { type BusinessDate, businessDateOf, daysBetween } from '@gongshu/shared/business-date';
import { problem } from '@gongshu/shared/problems';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { DisclosureDeps } from '../deps.ts';
import { type Html, html, none } from '../html/escape.ts';
import { furniture } from '../html/furniture.ts';
import { filter, searchForm } from '../html/form.ts';
import { facts, table } from '../html/table.ts';
import { dayOf, say, type View, type Words } from '../html/view.ts';
import { idsIn } from '../public/ids-in.ts';
import { bodyNames } from '../public/queries/bodies.ts';
import {
  type Disclosed,
  type DisclosedText,
  findDisclosed,
  findNotice,
  listDisclosed,
  listNotices,
  type PublicNotice,
  type Shelf,
} from '../public/queries/papers.ts';
import { contentOf } from './content.ts';
import { charts, replaced, shown } from './paper-content.ts';
import { noticeKinds } from './notice-kinds.ts';
import { objectionPart } from './objection.ts';
import { code, nameOf, pageAsked, pagerOf, restsWords, span, standing, standingTag } from './parts.ts';
import { Cursor, cityRoute, NoQuery, oneOf } from './route.ts';
import { at, authorityOf, type City, cityPage, type Column, columns } from './site.ts';
import { shared } from './words.ts';

const words = {
  noticesLead: {
    zh: '依法公示、公布的文件。公示期内可对遴选结果提出异议，异议处理完毕前程序不继续。',
    en: 'Papers published by law. While the result of a selection stands in public notice anybody may object; the procedure waits for the answer.',
  },
  label: { zh: '筛选公示', en: 'Narrow the notices' },
  kind: { zh: '种类', en: 'Kind' },
  show: { zh: '范围', en: 'Show' },
  all: { zh: '全部', en: 'all' },
  current: { zh: '当前有效', en: 'standing now' },
  subject: { zh: '事项编号', en: 'Case' },
  verify: { zh: '核验本件', en: 'Verify this paper' },
  noText: {
    zh: '本件篇幅过大，未在此展示全文；可凭编号和校验值核验。',
    en: 'Too long to be shown here; it can be verified by its number and hash.',
  },
  reportsLead: {
    zh: '实施机构、运营机构按年披露的授权运营情况，每年 3 月 31 日前公布上一年度。',
    en: 'What the implementing body and the operator disclose for each year, by 31 March of the next.',
  },
  bulletinsLead: {
    zh: '对数源部门目录编制、数据挂接、审核及时性和数据质量的通报。',
    en: 'How source departments compile the catalog, attach data, review in time, and keep quality.',
  },
  year: { zh: '年度', en: 'Year' },
  issuer: { zh: '发布机构', en: 'Issued by' },
  term: { zh: '公布期间', en: 'Stands' },
  left: { zh: '剩余', en: 'Left' },
  lastDay: { zh: '今日截止', en: 'last day' },
  days: { zh: '天', en: 'days' },
} satisfies Record<string, Words>;

const Newest = z.tuple([z.iso.datetime(), z.string().max(200)]);
const NoticeQuery = z.object({
  kind: z.string().max(60).optional(),
  show: oneOf(['current']),
  cursor: Cursor,
});

/** Machine-readable releases are listed with the open data instead. */
const kindWords = (view: View, kind: string): string => {
  const known = noticeKinds[kind];
  return known ? say(view, known) : kind;
};

/** Days until the last one of what stands with a last day; a dash for all else. */
const left = (
  view: View,
  { from, until, withdrawn }: Pick<PublicNotice, 'from' | 'until' | 'withdrawn'>,
  today: BusinessDate,
): Html => {
  if (withdrawn !== null || until === null || until < today || from > today) return html`—`;
  const days = daysBetween(today, until);
  return days === 0 ? html`${say(view, words.lastDay)}` : html`${days} ${say(view, words.days)}`;
};

type Framed = {
  number: string;
  issuer: string;
  /** The day it was signed for issue; null where no event says. */
  writtenOn: BusinessDate | null;
  from: string;
  until: string | null;
  publishedAt: Date;
  withdrawn: { code: string } | null;
};

/** The platform's own number is an index: none of its papers bears one of the issuing office (文号). */
const frame = (view: View, city: City, one: Framed, today: string): Html => {
  const { words: said, tone } = standing(one, today);
  return furniture(view, {
    ...{ index: `${city.pack.areaCode}/${one.number}`, documentNo: null, issuer: one.issuer },
    ...{ writtenOn: one.writtenOn, publishedOn: businessDateOf(one.publishedAt.getTime()) },
    validity: { words: said, tone, until: one.withdrawn === null ? one.until : null },
  });
};

const foot = (
  view: View,
  city: City,
  one: { number: string; hash: string } & Parameters<typeof restsWords>[1],
): Html =>
  html`${facts([
    [say(view, shared.number), code(one.number)],
    [say(view, shared.rests), restsWords(view, one)],
    [say(view, shared.hash), code(one.hash)],
  ])}
  <p class="no-print"><a href="${at(view, city, `verify?number=${encodeURIComponent(one.number)}&hash=${encodeURIComponent(one.hash)}`)}">${say(view, words.verify)}</a></p>`;

const noticeRoutes = (app: FastifyInstance, deps: DisclosureDeps): void => {
  const { db } = deps;
  cityRoute(app, deps, '/notices', NoticeQuery, async ({ view, city, query, now }) => {
    const today = businessDateOf(now.getTime());
    const kind = query.kind === '' ? undefined : query.kind;
    const found = await listNotices(
      db,
      city.id,
      { kind, on: query.show === 'current' ? today : undefined },
      pageAsked(Newest, query.cursor),
    );
    const body = html`${searchForm({
      ...{
        action: at(view, city, 'notices'),
        submit: say(view, shared.search),
        label: say(view, words.label),
      },
      fields: [
        filter({
          ...{ name: 'kind', label: say(view, words.kind), value: kind },
          options: [
            ['', say(view, words.all)],
            ...Object.keys(noticeKinds).map((one) => [one, kindWords(view, one)] as const),
          ],
        }),
        filter({
          ...{ name: 'show', label: say(view, words.show), value: query.show },
          options: [
            ['', say(view, words.all)],
            ['current', say(view, words.current)],
          ],
        }),
      ],
    })}
    ${table(view, {
      ...{ caption: say(view, columns.notices), quiet: true, rows: found.items },
      columns: [
        {
          ...{ title: say(view, shared.title), head: true },
          cell: (row) =>
            html`<a href="${at(view, city, `notices/${encodeURIComponent(row.number)}`)}">${row.title[view.language]}</a>`,
        },
        { title: say(view, words.kind), cell: (row) => kindWords(view, row.kind) },
        { title: say(view, shared.number), cell: (row) => code(row.number) },
        { title: say(view, words.term), cell: (row) => span(view, row.from, row.until) },
        { title: say(view, words.left), cell: (row) => left(view, row, today) },
        { title: say(view, shared.state), cell: (row) => standingTag(view, row, today) },
      ],
    })}
    ${pagerOf(view, found, query.cursor, (key) => key)}`;
    return cityPage(view, city, {
      ...{ title: say(view, columns.notices), lead: say(view, words.noticesLead), column: 'notices', body },
    });
  });

  cityRoute(app, deps, '/notices/:no', NoQuery, async ({ view, city, params, now }) => {
    const one = await findNotice(db, city.id, params['no'] ?? '');
    if (!one) throw problem('notFound');
    const today = businessDateOf(now.getTime());
    const names = await bodyNames(db, city.id, idsIn(one.content));
    const body = html`${frame(view, city, { ...one, issuer: authorityOf(city), writtenOn: null }, today)}
      ${one.content === null ? html`<p>${say(view, words.noText)}</p>` : contentOf(view, one.content, names)}
      ${await objectionPart(deps, { view, city, notice: one, now })}
      ${foot(view, city, one)}`;
    return cityPage(view, city, {
      ...{ title: one.title[view.language], column: 'notices', crumbs: [{ title: one.number }], body },
      tags: {
        ColumnName: say(view, columns.notices),
        ArticleTitle: one.title[view.language],
        PubDate: businessDateOf(one.publishedAt.getTime()),
        ContentSource: authorityOf(city),
      },
    });
  });
};

const shelfRoutes = (
  app: FastifyInstance,
  deps: DisclosureDeps,
  { shelf, column, lead }: { shelf: Shelf; column: Column; lead: Words },
): void => {
  const { db } = deps;
  cityRoute(app, deps, `/${column}`, z.object({ cursor: Cursor }), async ({ view, city, query, now }) => {
    const today = businessDateOf(now.getTime());
    const found = await listDisclosed(db, shelf, city.id, pageAsked(Newest, query.cursor));
    const names = await bodyNames(
      db,
      city.id,
      found.items.map(({ issuer }) => issuer),
    );
    const body = html`${table<Disclosed>(view, {
      ...{ caption: say(view, columns[column]), quiet: true, rows: found.items },
      columns: [
        {
          ...{ title: say(view, shared.title), head: true },
          cell: (row) =>
            html`<a href="${at(view, city, `${column}/${encodeURIComponent(row.document)}`)}">${row.title[view.language]}</a>`,
        },
        { title: say(view, words.year), cell: (row) => row.year },
        { title: say(view, words.issuer), cell: (row) => nameOf(view, names, row.issuer) },
        { title: say(view, shared.published), cell: (row) => dayOf(view, row.publishedAt) },
        { title: say(view, shared.state), cell: (row) => standingTag(view, row, today) },
      ],
    })}${pagerOf(view, found, query.cursor, (key) => key)}`;
    return cityPage(view, city, {
      ...{ title: say(view, columns[column]), lead: say(view, lead), column, body },
    });
  });

  cityRoute(app, deps, `/${column}/:no`, NoQuery, async ({ view, city, params, now }) => {
    const one: DisclosedText | undefined = await findDisclosed(db, shelf, city.id, params['no'] ?? '');
    if (!one) throw problem('notFound');
    const names = await bodyNames(db, city.id, [one.issuer, ...idsIn(one.content)]);
    const issuer = names.get(one.issuer) ?? one.issuer;
    const { document: number } = one;
    // Issuing it is the act that signs it (党政机关公文处理工作条例 第九条).
    const writtenOn = businessDateOf(one.publishedAt.getTime());
    const body = html`${frame(view, city, { ...one, number, issuer, writtenOn }, businessDateOf(now.getTime()))}
      ${replaced(view, city, column, one)}
      ${shelf === 'public_bulletin' ? charts(view, one.content, names) : none}
      ${shown(view, one.content, names)}
      ${foot(view, city, { ...one, number })}`;
    return cityPage(view, city, {
      ...{ title: one.title[view.language], column, crumbs: [{ title: one.document }], body },
      tags: {
        ColumnName: say(view, columns[column]),
        ArticleTitle: one.title[view.language],
        PubDate: businessDateOf(one.publishedAt.getTime()),
        ContentSource: issuer,
      },
    });
  });
};

export const paperRoutes = (app: FastifyInstance, deps: DisclosureDeps): void => {
  noticeRoutes(app, deps);
  shelfRoutes(app, deps, { shelf: 'public_report', column: 'reports', lead: words.reportsLead });
  shelfRoutes(app, deps, { shelf: 'public_bulletin', column: 'bulletins', lead: words.bulletinsLead });
};
