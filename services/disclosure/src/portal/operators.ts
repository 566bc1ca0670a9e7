/** Who is authorised, for what, how long; how they were selected (O1–O10, S1). */
import { businessDateOf } from '@gongshu/shared/business-date';
import { problem } from '@gongshu/shared/problems';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { DisclosureDeps } from '../deps.ts';
import { type Html, html, none } from '../html/escape.ts';
import { facts, table } from '../html/table.ts';
import { type Tone, tag } from '../html/tag.ts';
import { dayOf, day, say, type View, type Words } from '../html/view.ts';
import { bodyNames } from '../public/queries/bodies.ts';
import {
  findSelection,
  listMandates,
  listSelections,
  type PublicMandate,
  type PublicSelection,
} from '../public/queries/operators.ts';
import { listNotices } from '../public/queries/papers.ts';
import { code, nameOf, pageAsked, pagerOf, restsWords, span, standingTag } from './parts.ts';
import { Cursor, cityRoute, NoQuery } from './route.ts';
import { at, cityPage, columns } from './site.ts';
import { called, shared } from './words.ts';

const words = {
  mandatesLead: {
    zh: '公开授权对象、授权方式、授权范围和授权时限。未列入范围的资源不在授权之内。',
    en: 'Who is authorised, how, for what and how long. What is not named is not authorised.',
  },
  agreement: { zh: '协议编号', en: 'Agreement' },
  mode: { zh: '授权方式', en: 'Kind' },
  scope: { zh: '授权范围', en: 'Scope' },
  whole: { zh: '全部领域', en: 'all fields' },
  field: { zh: '领域', en: 'Fields' },
  scenario: { zh: '场景', en: 'Scenarios' },
  term: { zh: '授权时限', en: 'Term' },
  mandatesCaption: { zh: '授权运营情况', en: 'Mandates' },
  selectionsLead: {
    zh: '运营机构遴选的公告、评选结果与公示。申报内容在开启前不公开。',
    en: 'Announcements, results and public notices of the selection of operators. Of bids nothing is told before they are opened.',
  },
  selectionMode: { zh: '遴选方式', en: 'Mode' },
  announced: { zh: '公告', en: 'Announced' },
  closes: { zh: '申报截止', en: 'Bids close' },
  winner: { zh: '拟选定 / 选定机构', en: 'Winner' },
  selectionsCaption: { zh: '遴选项目', en: 'Selections' },
  selection: { zh: '遴选', en: 'Selection' },
  months: { zh: '个月', en: 'months' },
  sought: { zh: '授权期限', en: 'Term' },
  steps: { zh: '经过', en: 'Steps' },
  step: { zh: '事项', en: 'Step' },
  on: { zh: '日期', en: 'On' },
  papers: { zh: '公开文件', en: 'Published papers' },
  noticeDays: { zh: '公示期', en: 'Public notice' },
  workingDays: { zh: '个工作日', en: 'working days' },
  reason: { zh: '未成事由', en: 'Why it failed' },
} satisfies Record<string, Words>;

const stages: Record<PublicSelection['stage'], readonly [Words, Tone]> = {
  announced: [{ zh: '公告中', en: 'Announced' }, 'note'],
  assessed: [{ zh: '已评选', en: 'Assessed' }, 'note'],
  noticePublished: [{ zh: '结果公示', en: 'In public notice' }, 'warn'],
  failed: [{ zh: '未成', en: 'Failed' }, 'stop'],
  withdrawn: [{ zh: '已撤回', en: 'Withdrawn' }, 'plain'],
  selected: [{ zh: '已选定', en: 'Selected' }, 'good'],
};
const mandateTones: Record<PublicMandate['state'], Tone> = {
  ...{ inForce: 'good', suspended: 'warn', ended: 'stop', expired: 'plain' },
};
const mandateWords: Record<PublicMandate['state'], Words> = {
  inForce: { zh: '授权有效', en: 'In force' },
  suspended: { zh: '已暂停', en: 'Suspended' },
  ended: { zh: '已终止', en: 'Ended' },
  expired: { zh: '已到期', en: 'Expired' },
};
const modes: Record<string, Words> = {
  whole: { zh: '整体授权', en: 'whole' },
  byField: { zh: '分领域授权', en: 'by field' },
  byScenario: { zh: '依场景授权', en: 'by scenario' },
};

const scope = (view: View, { fields, scenarios }: { fields: string[]; scenarios: string[] }): Html =>
  fields.length === 0 && scenarios.length === 0
    ? html`${say(view, words.whole)}`
    : html`${fields.length > 0 ? html`${say(view, words.field)}：${fields.join('、')}` : none}${
        fields.length > 0 && scenarios.length > 0 ? html`<br />` : none
      }${scenarios.length > 0 ? html`${say(view, words.scenario)}：${scenarios.join('、')}` : none}`;

const stageTag = (view: View, stage: PublicSelection['stage']): Html => {
  const [said, tone] = stages[stage];
  return tag(say(view, said), tone);
};

const mandateRoute = (app: FastifyInstance, deps: DisclosureDeps): void =>
  cityRoute(app, deps, '/mandates', z.object({ cursor: Cursor }), async ({ view, city, query, now }) => {
    const asks = pageAsked(z.tuple([z.iso.date(), z.string().max(200)]), query.cursor);
    const found = await listMandates(deps.db, city.id, businessDateOf(now.getTime()), asks);
    const names = await bodyNames(
      deps.db,
      city.id,
      found.items.map(({ operator }) => operator),
    );
    const body = html`${table(view, {
      ...{ caption: say(view, words.mandatesCaption), quiet: true, rows: found.items },
      columns: [
        {
          title: say(view, shared.operator),
          head: true,
          cell: ({ operator }) => nameOf(view, names, operator),
        },
        { title: say(view, words.mode), cell: ({ mode }) => (modes[mode] ? say(view, modes[mode]) : mode) },
        { title: say(view, words.scope), cell: (row) => scope(view, row) },
        { title: say(view, words.term), cell: ({ from, until }) => span(view, from, until) },
        {
          title: say(view, shared.state),
          cell: ({ state }) => tag(say(view, mandateWords[state]), mandateTones[state]),
        },
        { title: say(view, words.agreement), cell: ({ agreement }) => code(agreement) },
        { title: say(view, shared.rests), cell: (row) => restsWords(view, row) },
      ],
    })}${pagerOf(view, found, query.cursor, (key) => key)}`;
    return cityPage(view, city, {
      ...{
        title: say(view, columns.mandates),
        lead: say(view, words.mandatesLead),
        column: 'mandates',
        body,
      },
    });
  });

const selectionList = (app: FastifyInstance, deps: DisclosureDeps): void =>
  cityRoute(app, deps, '/selections', z.object({ cursor: Cursor }), async ({ view, city, query }) => {
    const asks = pageAsked(z.tuple([z.string().max(200)]), query.cursor);
    const found = await listSelections(deps.db, city.id, { after: asks.after?.[0], limit: asks.limit });
    const names = await bodyNames(
      deps.db,
      city.id,
      found.items.map(({ winner }) => winner),
    );
    const body = html`${table(view, {
      ...{ caption: say(view, words.selectionsCaption), quiet: true, rows: found.items },
      columns: [
        {
          ...{ title: say(view, shared.number), head: true },
          cell: ({ caseNo }) =>
            html`<a class="code" href="${at(view, city, `selections/${encodeURIComponent(caseNo)}`)}">${caseNo}</a>`,
        },
        { title: say(view, words.selectionMode), cell: ({ mode }) => called(view, 'selectionModes', mode) },
        { title: say(view, shared.state), cell: ({ stage }) => stageTag(view, stage) },
        {
          title: say(view, words.announced),
          cell: ({ announcedAt }) => (announcedAt === null ? '—' : dayOf(view, announcedAt)),
        },
        {
          title: say(view, words.closes),
          cell: ({ closesOn }) => (closesOn === null ? '—' : day(view, closesOn)),
        },
        { title: say(view, words.winner), cell: ({ winner }) => nameOf(view, names, winner) },
      ],
    })}${pagerOf(view, found, query.cursor, (key) => [key])}`;
    return cityPage(view, city, {
      ...{
        title: say(view, columns.selections),
        lead: say(view, words.selectionsLead),
        column: 'selections',
        body,
      },
    });
  });

const selectionPage = (app: FastifyInstance, deps: DisclosureDeps): void =>
  cityRoute(app, deps, '/selections/:no', NoQuery, async ({ view, city, params, now }) => {
    const today = businessDateOf(now.getTime());
    const one = await findSelection(deps.db, city.id, params['no'] ?? '');
    if (!one) throw problem('notFound');
    const [names, papers] = await Promise.all([
      bodyNames(deps.db, city.id, [one.winner]),
      listNotices(deps.db, city.id, { subject: one.caseNo }, { limit: 50 }),
    ]);
    const title = `${say(view, words.selection)} ${one.caseNo}`;
    const body = html`<p>${stageTag(view, one.stage)}</p>
      ${facts([
        [say(view, words.selectionMode), one.mode === null ? null : called(view, 'selectionModes', one.mode)],
        [say(view, words.announced), one.announcedAt === null ? null : dayOf(view, one.announcedAt)],
        [say(view, words.closes), one.closesOn === null ? null : day(view, one.closesOn)],
        [say(view, words.winner), one.winner === null ? null : nameOf(view, names, one.winner)],
        [say(view, words.scope), one.stage === 'selected' ? scope(view, one) : null],
        [
          say(view, words.sought),
          one.termMonths === null ? null : `${one.termMonths} ${say(view, words.months)}`,
        ],
        [
          say(view, words.noticeDays),
          one.noticeWorkingDays === null ? null : `${one.noticeWorkingDays} ${say(view, words.workingDays)}`,
        ],
        [say(view, words.reason), one.reason],
      ])}
      <h2>${say(view, words.papers)}</h2>
      ${table(view, {
        ...{ caption: say(view, words.papers), quiet: true, rows: papers.items },
        columns: [
          {
            ...{ title: say(view, shared.title), head: true },
            cell: (row) =>
              html`<a href="${at(view, city, `notices/${encodeURIComponent(row.number)}`)}">${row.title[view.language]}</a>`,
          },
          { title: say(view, shared.number), cell: (row) => code(row.number) },
          { title: say(view, shared.published), cell: (row) => dayOf(view, row.publishedAt) },
          { title: say(view, shared.state), cell: (row) => standingTag(view, row, today) },
        ],
      })}
      <h2>${say(view, words.steps)}</h2>
      ${table(view, {
        ...{ caption: say(view, words.steps), quiet: true, rows: one.steps },
        columns: [
          {
            title: say(view, words.step),
            head: true,
            cell: ({ kind }) =>
              say(view, stages[kind as PublicSelection['stage']]?.[0] ?? { zh: kind, en: kind }),
          },
          { title: say(view, words.on), cell: (row) => dayOf(view, row.at) },
        ],
      })}`;
    return cityPage(view, city, {
      ...{ title, column: 'selections', crumbs: [{ title: one.caseNo }], body },
    });
  });

export const operatorRoutes = (app: FastifyInstance, deps: DisclosureDeps): void => {
  mandateRoute(app, deps);
  selectionList(app, deps);
  selectionPage(app, deps);
};
