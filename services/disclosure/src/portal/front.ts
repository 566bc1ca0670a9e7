/** The front page of a city: its state in figures, what came of applications, what was published last (S1). */
import { businessDateOf } from '@gongshu/shared/business-date';
import type { Chart } from '@gongshu/shared/charts/chart';
import type { FastifyInstance } from 'fastify';
import type { DisclosureDeps } from '../deps.ts';
import { chartFigure } from '../html/chart.ts';
import { type Html, html, none } from '../html/escape.ts';
import { figures } from '../html/table.ts';
import { chinese, count, day, dayOf, say, type View, type Words } from '../html/view.ts';
import { type FrontFigures, frontFigures, monthlyFigures } from '../public/queries/figures.ts';
import { listNotices, type PublicNotice } from '../public/queries/papers.ts';
import { cityRoute, NoQuery } from './route.ts';
import { at, type City, cityPage } from './site.ts';

const words = {
  title: { zh: '公共数据授权运营概况', en: 'The state of authorised operation' },
  asOf: { zh: '截至', en: 'As of' },
  counted: {
    zh: '，由平台公开事件逐件统计。',
    en: ', counted case by case from the platform’s public events.',
  },
  resources: { zh: '可申请的公共数据资源', en: 'Resources open to application' },
  departments: { zh: '数源部门', en: 'Source departments' },
  products: { zh: '在列产品', en: 'Products listed' },
  mandates: { zh: '有效授权', en: 'Mandates in force' },
  merchants: { zh: '进驻数商', en: 'Merchants enrolled' },
  tariffs: { zh: '执行中的收费标准', en: 'Tariffs that apply' },
  items: { zh: '条', en: '' },
  bodies: { zh: '家', en: '' },
  pieces: { zh: '项', en: '' },
  applications: { zh: '数据使用申请办理', en: 'Applications for use' },
  submitted: { zh: '提交', en: 'Submitted' },
  approved: { zh: '批准', en: 'Approved' },
  partly: { zh: '批准（部分审核视为同意）', en: 'Approved, reviews partly deemed' },
  deemed: { zh: '视为批准', en: 'Deemed approved' },
  refused: { zh: '未批准（含不予受理、核查未通过）', en: 'Refused, not accepted, or failed the check' },
  lapsed: { zh: '逾期未补正终止', en: 'Lapsed' },
  withdrawn: { zh: '申请人撤回', en: 'Withdrawn' },
  open: { zh: '办理中', en: 'In progress' },
  checkFailed: { zh: '其中核查未通过', en: 'Of those refused, by the check' },
  silences: { zh: '视为同意的审核', en: 'Reviews deemed approved' },
  overdue: { zh: '逾期的审核', en: 'Reviews overdue' },
  cases: { zh: '件', en: 'cases' },
  byOutcome: { zh: '办理结果', en: 'What came of applications' },
  byMonth: { zh: '近十二个月申请与批准', en: 'Applications and approvals, twelve months' },
  outcome: { zh: '结果', en: 'Result' },
  month: { zh: '月份', en: 'Month' },
  described: {
    zh: '柱形高度为件数，逐项数值见下表。',
    en: 'Bars show numbers of cases; every figure stands in the table.',
  },
  complaints: { zh: '投诉办理', en: 'Complaints' },
  received: { zh: '收到', en: 'Received' },
  answered: { zh: '已答复', en: 'Answered' },
  notAccepted: { zh: '不予受理', en: 'Not accepted' },
  complaintsWithdrawn: { zh: '投诉人撤回', en: 'Withdrawn' },
  latest: { zh: '最新公布', en: 'Published last' },
  more: { zh: '全部公示', en: 'All notices' },
  nothing: { zh: '暂无公布内容。', en: 'Nothing published yet.' },
  services: { zh: '便民服务', en: 'What you can do here' },
} satisfies Record<string, Words>;

const doors: readonly (readonly [path: string, title: Words, says: Words])[] = [
  [
    'catalog',
    { zh: '查资源目录', en: 'Search the catalog' },
    { zh: '看有哪些公共数据可以申请使用', en: 'Which public data can be applied for' },
  ],
  [
    'products',
    { zh: '查产品和价格', en: 'Products and prices' },
    { zh: '登记编码、收费标准与上限', en: 'Codes, tariffs and ceilings' },
  ],
  [
    'notices?show=current',
    { zh: '看公示、提异议', en: 'Notices and objections' },
    { zh: '公示期内任何人可提出异议', en: 'Anybody may object while a notice stands' },
  ],
  [
    'complaints/new',
    { zh: '投诉举报', en: 'Complain' },
    { zh: '可匿名，凭编号和查询码看进展', en: 'Anonymously too, followed by number and code' },
  ],
  [
    'verify',
    { zh: '核验文书', en: 'Verify a paper' },
    { zh: '证明、核查记录、公布件的真伪', en: 'Certificates, check records, publications' },
  ],
  [
    'open-data',
    { zh: '下载开放数据', en: 'Open data' },
    { zh: 'CSV、JSON、DCAT、OCDS 和订阅', en: 'CSV, JSON, DCAT, OCDS and feeds' },
  ],
];

/** How an application ends, each in one way: who is not accepted, or fails the check, is refused. */
const outcomes = [
  ['approved', words.approved],
  ['approvedWithDeemedReviews', words.partly],
  ['deemedApproved', words.deemed],
  ['refused', words.refused],
  ['withdrawn', words.withdrawn],
  ['lapsed', words.lapsed],
] as const;
/** What a complaint comes to first; a review changes an answer, and adds none. */
const complaintEnds = [
  ['answered', words.answered],
  ['notAccepted', words.notAccepted],
  ['withdrawn', words.complaintsWithdrawn],
] as const;
const approvals = outcomes.slice(0, 3).map(([measure]) => measure as string);

/** Of what came in, that which has not ended; the topics may tell of an end before the beginning. */
const stillOpen = (came: number | undefined, ends: readonly (number | undefined)[]): number =>
  Math.max(
    0,
    ends.reduce<number>((left, one) => left - Number(one ?? 0), Number(came ?? 0)),
  );

const outcomeChart = (view: View, { applications }: FrontFigures): Chart => ({
  ...{ kind: 'bars', title: say(view, words.byOutcome), description: say(view, words.described) },
  ...{ by: say(view, words.outcome), unit: say(view, words.cases) },
  categories: [...outcomes.map(([, said]) => said), words.open].map((said) => say(view, said)),
  series: [
    {
      name: say(view, words.applications),
      fen: [
        ...outcomes.map(([measure]) => applications[measure]),
        stillOpen(
          applications['submitted'],
          outcomes.map(([measure]) => applications[measure]),
        ),
      ].map(hundredths),
    },
  ],
});

/** Charts hold amounts in hundredths of their unit. */
const hundredths = (cases: number | undefined): number => Number(cases ?? 0) * 100;

/** The twelve months that end with that of a day, `YYYY-MM`. */
const monthsUpTo = (today: string): string[] => {
  const last = Number(today.slice(0, 4)) * 12 + Number(today.slice(5, 7)) - 1;
  return Array.from({ length: 12 }, (_, n) => {
    const month = last - 11 + n;
    return `${Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}`;
  });
};

type Month = { month: string; measure: string; count: number };
const monthChart = (view: View, months: readonly string[], rows: readonly Month[]): Chart => {
  const of = (measures: readonly string[]) =>
    months.map((month) =>
      rows
        .filter((row) => row.month === month && measures.includes(row.measure))
        .reduce((sum, row) => sum + hundredths(row.count), 0),
    );
  return {
    ...{ kind: 'bars', title: say(view, words.byMonth), description: say(view, words.described) },
    ...{ by: say(view, words.month), unit: say(view, words.cases), categories: [...months] },
    series: [
      { name: say(view, words.submitted), fen: of(['submitted']) },
      { name: say(view, words.approved), fen: of(approvals) },
    ],
  };
};

const news = (view: View, city: City, notices: readonly PublicNotice[]): Html =>
  notices.length === 0
    ? html`<p class="empty">${say(view, words.nothing)}</p>`
    : html`<ul class="news">${notices.map(
        ({ number, title, publishedAt }) =>
          html`<li><a href="${at(view, city, `notices/${encodeURIComponent(number)}`)}">${view.language === 'zh' ? chinese(view, title.zh) : title.en}</a><span class="when">${dayOf(view, publishedAt)}</span></li>`,
      )}</ul>`;

export const frontRoutes = (app: FastifyInstance, deps: DisclosureDeps): void => {
  const { db } = deps;
  cityRoute(app, deps, '', NoQuery, async ({ view, city, now }) => {
    const today = businessDateOf(now.getTime());
    const months = monthsUpTo(today);
    const [state, byMonth, latest] = await Promise.all([
      frontFigures(db, city.id, today),
      monthlyFigures(db, 'figure', city.id, { from: months[0] ?? '', to: months.at(-1) ?? '' }),
      listNotices(db, city.id, {}, { limit: 8 }),
    ]);
    const { applications, complaints } = state;
    const of = (value: number | undefined) => count(Number(value ?? 0));
    const link = (path: string) => at(view, city, path);
    const body = html`<p>${say(view, words.asOf)} ${day(view, today)}${say(view, words.counted)}</p>
      ${figures([
        {
          label: say(view, words.resources),
          value: of(state.resources),
          unit: say(view, words.items),
          href: link('catalog'),
        },
        { label: say(view, words.departments), value: of(state.departments), unit: say(view, words.bodies) },
        {
          label: say(view, words.products),
          value: of(state.products),
          unit: say(view, words.pieces),
          href: link('products'),
        },
        {
          label: say(view, words.mandates),
          value: of(state.mandates),
          unit: say(view, words.pieces),
          href: link('mandates'),
        },
        { label: say(view, words.merchants), value: of(state.merchants), unit: say(view, words.bodies) },
        {
          label: say(view, words.tariffs),
          value: of(state.tariffs),
          unit: say(view, words.pieces),
          href: link('products'),
        },
      ])}
      <h2>${say(view, words.services)}</h2>
      <ul class="cards">${doors.map(
        ([path, title, says]) =>
          html`<li><h3><a href="${link(path)}">${say(view, title)}</a></h3><p>${say(view, says)}</p></li>`,
      )}</ul>
      <h2>${say(view, words.latest)}</h2>
      ${news(view, city, latest.items)}
      ${latest.items.length === 0 ? none : html`<p class="no-print"><a href="${link('notices')}">${say(view, words.more)}</a></p>`}
      <h2>${say(view, words.applications)}</h2>
      ${figures([
        {
          label: say(view, words.submitted),
          value: of(applications['submitted']),
          unit: say(view, words.cases),
        },
        {
          label: say(view, words.silences),
          value: of(applications['deemedReviews']),
          unit: say(view, words.cases),
        },
        {
          label: say(view, words.overdue),
          value: of(applications['reviewsOverdue']),
          unit: say(view, words.cases),
        },
        {
          label: say(view, words.checkFailed),
          value: of(applications['checkFailed']),
          unit: say(view, words.cases),
        },
      ])}
      ${chartFigure(view, outcomeChart(view, state))}
      ${chartFigure(view, monthChart(view, months, byMonth))}
      <h2>${say(view, words.complaints)}</h2>
      ${figures([
        {
          label: say(view, words.received),
          value: of(complaints['opened']),
          unit: say(view, words.cases),
          href: link('complaints/new'),
        },
        ...complaintEnds.map(([measure, said]) => ({
          ...{ label: say(view, said), value: of(complaints[measure]), unit: say(view, words.cases) },
        })),
        {
          label: say(view, words.open),
          value: of(
            stillOpen(
              complaints['opened'],
              complaintEnds.map(([measure]) => complaints[measure]),
            ),
          ),
          unit: say(view, words.cases),
        },
      ])}`;
    return cityPage(view, city, { title: say(view, words.title), column: null, body });
  });
};
