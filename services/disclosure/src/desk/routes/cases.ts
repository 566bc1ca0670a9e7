/** The case page, the lists of cases, and the notices of one's body. */
import { humanised, language, t } from '../language.ts';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { CaseView, ClockView, HistoryItem } from '@gongshu/infra/cases/view';
import type { RecordInForce } from '@gongshu/infra/incidents/record-in-force';
import type { ProcedureView } from '@gongshu/infra/procedures/view';
import { lifecycles } from '@gongshu/shared/lifecycle';
import { may } from '@gongshu/shared/may';
import { procedures } from '@gongshu/shared/procedure/kinds';
import type { ServiceName } from '@gongshu/shared/events';
import { problem } from '@gongshu/shared/problems';
import { type Html, html, none } from '../../html/escape.ts';
import { filter, searchForm } from '../../html/form.ts';
import { pager } from '../../html/pager.ts';
import { table } from '../../html/table.ts';
import { moment, type View } from '../../html/view.ts';
import { actHref, caseHref, type CasePlace, placeOf, placeTitle } from '../act-paths.ts';
import { actsOf, type CaseActs, procedureTitles } from '../case-acts.ts';
import type { Desk } from '../deps.ts';
import { read } from '../read.ts';
import { type At, getPage } from '../serve.ts';
import { complainantLink } from './complainant.ts';
import { deskPage } from '../shell.ts';
import { creditRecordList, type OnRecord } from '../views/credit-records.ts';
import { fileHref } from '../views/documents.ts';
import { procedureBody } from '../views/procedure-case.ts';
import { type Changed, type Changes, procedureChanges } from '../views/procedure-changes.ts';
import { recordOf } from '../views/record.ts';
import { turnCaseBody } from '../views/turn-case.ts';
import { bodyName, withNames } from '../names.ts';
import { endWord, stageWord } from '../words.ts';

const actList = ({ now, more }: CaseActs, back: string): Html => html`
  <h2 id="acts">${t('现在可以办理')}</h2>
  ${
    now.length === 0
      ? html`<p class="empty">${t('目前没有等待您办理的事项。')}</p>`
      : html`<ul class="acts">${now.map(({ title, address }) => html`<li><a class="button" href="${actHref(address, back)}">${title}</a></li>`)}</ul>`
  }
  ${
    more.length === 0
      ? none
      : html`<details><summary>${t('其他事项（是否受理以案件所处环节为准）')}</summary><ul>${more.map(({ title, address }) => html`<li><a href="${actHref(address, back)}">${title}</a></li>`)}</ul></details>`
  }`;

type Paper = { number: string; title: { zh: string; en?: string } };

/** Papers are those of cases of turns; a service that is away, or has none, leaves them out. */
const papersOf = async ({ desk, asker }: At, { service, path, caseNo }: CasePlace): Promise<Paper[]> => {
  const answer = await desk.api
    .get<{ items: Paper[] }>(asker, service, `${path}/${encodeURIComponent(caseNo)}/papers`)
    .catch(() => undefined);
  return answer?.ok ? answer.body.items : [];
};

const paperList = ({ service, path, caseNo }: CasePlace, papers: readonly Paper[]): Html =>
  papers.length === 0
    ? none
    : html`<h2 id="papers">${t('文书')}</h2><ul>${papers.map(
        ({ number, title }) =>
          html`<li><a href="${fileHref(service, `${path}/${encodeURIComponent(caseNo)}/papers/${encodeURIComponent(number)}`)}">${language() === 'en' ? (title.en ?? title.zh) : title.zh}</a> <span class="code">${number}</span></li>`,
      )}</ul>`;

type Notice = {
  text: { zh: string; en: string };
  event: { id: string };
  addressee: string;
  issuedAt: string;
};

const noticesOf = async ({ desk, asker }: At, caseNo: string): Promise<Notice[]> => {
  const path = `/v1/notices?caseNo=${encodeURIComponent(caseNo)}&limit=100`;
  const answer = await desk.api.get<{ items: Notice[] }>(asker, 'registry', path).catch(() => undefined);
  return answer?.ok ? answer.body.items : [];
};

/** Newest first; what one event told to several stands once, with whom it was told. */
const noticeList = (view: View, notices: readonly Notice[]): Html => {
  if (notices.length === 0) return none;
  const told = [...Map.groupBy(notices, ({ event, text }) => `${event.id} ${text.zh}`).values()];
  return html`<h2 id="notices">${t('告知')}</h2>${table(view, {
    ...{ caption: t('告知'), quiet: true, rows: told },
    columns: [
      { title: t('时间'), head: true, cell: ([one]) => (one ? moment(view, one.issuedAt) : '—') },
      { title: t('内容'), cell: ([one]) => one?.text[language()] ?? '—' },
      {
        title: t('告知单位'),
        cell: (all) => [...new Set(all.map(({ addressee }) => bodyName(view, addressee)))].join('、'),
      },
    ],
  })}`;
};

type About = { caseNo: string; stage: string; outcome: string | null };

/** Named complaints about the case, for who oversees them; nobody else is told that there are any. */
const complaintsAbout = async ({ desk, asker }: At, caseNo: string): Promise<About[]> => {
  const answer = await desk.api
    .get<{ items: About[] }>(asker, 'disclosure', `/v1/complaints/about/${encodeURIComponent(caseNo)}`)
    .catch(() => undefined);
  return answer?.ok ? answer.body.items : [];
};

const complaintList = (complaints: readonly About[]): Html =>
  complaints.length === 0
    ? none
    : html`<h2 id="complaints">${t('有关本案的投诉')}</h2><ul>${complaints.map(
        ({ caseNo, stage, outcome }) =>
          html`<li><a href="${caseHref(caseNo)}">${caseNo}</a>（${outcome === null ? stageWord('complaint', stage) : endWord('complaint', outcome)}）</li>`,
      )}</ul>`;

/** What stands on record against the bidders, once their bids are opened (X1): as much as the reader may read. */
const bidderRecords = async (
  { desk, asker }: At,
  { service, path, caseNo }: CasePlace,
): Promise<OnRecord[]> => {
  const answer = await desk.api
    .get<{ items: { bidder: string; creditRecords: RecordInForce[] | null }[] }>(
      ...([asker, service, `${path}/${encodeURIComponent(caseNo)}/bids`] as const),
    )
    .catch(() => undefined);
  return answer?.ok
    ? answer.body.items.flatMap(({ bidder, creditRecords }) =>
        creditRecords === null ? [] : [{ body: bidder, records: creditRecords }],
      )
    : [];
};

/** The entries of the case that are his own department's, each with the form that edits it. */
const entryList = ({ session }: At, { caseNo, service }: CasePlace, { resources }: CaseView): Html => {
  const { person } = session;
  const own =
    service === 'catalog' && may(person, 'editResource') === 'yes'
      ? resources.filter(({ reviewer }) => reviewer.organisation === person.organisation)
      : [];
  const edit = (id: string) =>
    actHref(
      { service: 'catalog', path: `/v1/resources/${encodeURIComponent(id)}`, method: 'patch' },
      caseHref(caseNo),
    );
  return own.length === 0
    ? none
    : html`<h2 id="entries">${t('本单位的目录条目')}</h2><ul>${own.map(({ resource }) => html`<li><span class="code">${resource}</span> <a href="${edit(resource)}">${t('修改目录条目')} ${resource}</a></li>`)}</ul>`;
};

const turnCase = async (at: At, place: CasePlace): Promise<{ body: Html; ended: boolean }> => {
  const path = `${place.path}/${encodeURIComponent(place.caseNo)}`;
  const one = await read<CaseView & { creditRecords?: RecordInForce[] }>(at, place.service, path);
  const [clocks, history, papers, complaints, named] = await Promise.all([
    read<{ items: ClockView[] }>(at, place.service, `${path}/clock`),
    read<{ items: HistoryItem[]; next: string | null }>(at, place.service, `${path}/history?limit=200`),
    papersOf(at, place),
    complaintsAbout(at, place.caseNo),
    withNames(at, one),
  ]);
  return {
    ended: one.outcome !== null,
    body: html`${turnCaseBody(named, {
      ...{ place, view: one, clocks: clocks.items, history: history.items },
      moreHistory: history.next !== null,
    })}${creditRecordList(at.view, one.creditRecords ? [{ body: one.applicant, records: one.creditRecords }] : [])}${entryList(at, place, one)}${paperList(place, papers)}${complaintList(complaints)}`,
  };
};

type Differing = {
  contents: { pointer: string; change: string }[];
  resolved: unknown[];
  appeared: unknown[];
};

/** How a case's contents differ from those before: of a product, a plan, an agreement; others keep no contents apart. */
const changesOf = async (
  { desk, asker }: At,
  { service, path, caseNo }: CasePlace,
  { kind, entries }: ProcedureView,
): Promise<Changes | null> => {
  const ask = async <T>(query = ''): Promise<T | undefined> => {
    const answer = await desk.api
      .get<T>(asker, service, `${path}/${encodeURIComponent(caseNo)}/differences${query}`)
      .catch(() => undefined);
    return answer?.ok ? answer.body : undefined;
  };
  if (kind === 'productEgress') {
    const last = (await ask<{ items: Differing[] }>())?.items.at(-1);
    return last === undefined
      ? null
      : {
          changed: last.contents.map(({ pointer, change }) => ({ place: pointer, change })),
          findings: { resolved: last.resolved.length, appeared: last.appeared.length },
        };
  }
  if (kind !== 'plan' && kind !== 'operatingAgreement') return null;
  const revisions = entries.filter((one) => one.kind === 'revised').length;
  if (kind === 'operatingAgreement' && revisions === 0) return null;
  const found = await ask<{ replaces?: string | null; differences: (Changed & { change?: string })[] }>(
    kind === 'plan' ? '' : `?from=${revisions}&to=${revisions + 1}`,
  );
  if (found === undefined || found.replaces === null) return null;
  return { changed: found.differences.filter(({ change }) => change !== 'same'), findings: null };
};

const procedureCase = async (at: At, place: CasePlace): Promise<{ body: Html; ended: boolean }> => {
  const one = await read<ProcedureView>(
    at,
    place.service,
    `${place.path}/${encodeURIComponent(place.caseNo)}`,
  );
  const [titles, changes, onRecord, view] = await Promise.all([
    procedureTitles(at, place),
    changesOf(at, place, one),
    one.kind === 'selection' ? bidderRecords(at, place) : [],
    withNames(at, one),
  ]);
  return {
    ended: one.outcome !== null,
    body: html`${complainantLink(at, place)}${procedureBody(view, place, one, titles, procedureChanges(view, one, changes))}${creditRecordList(view, onRecord)}`,
  };
};

type List = { key: string; title: string; service: ServiceName; path: string };
/** What a list is of, in the language of the page. */
const listTitle = ({ key, title }: List): string => (language() === 'en' ? humanised(key) : title);

const lists: readonly List[] = [
  { key: 'application', title: lifecycles.application.title, service: 'catalog', path: '/v1/applications' },
  { key: 'onboarding', title: lifecycles.onboarding.title, service: 'registry', path: '/v1/onboardings' },
  ...Object.entries(procedures).map(([key, { title, service, path }]) => ({ key, title, service, path })),
  { key: 'grant', title: '使用授权', service: 'catalog', path: '/v1/grants' },
  { key: 'resource', title: '目录条目', service: 'catalog', path: '/v1/resources' },
  { key: 'merchant', title: '数商', service: 'registry', path: '/v1/merchants' },
  { key: 'bill', title: '账单', service: 'pricing', path: '/v1/bills' },
];

/** A case of a list, with where it stands in the words of its kind. */
const inWords = (row: Record<string, unknown>): Record<string, unknown> => {
  const { stage, outcome } = row;
  const kind = String(row['kind']);
  return {
    ...row,
    ...(typeof stage === 'string' && { stage: stageWord(kind, stage) }),
    ...(typeof outcome === 'string' && { outcome: endWord(kind, outcome) }),
  };
};

const choose = ({ query }: At, current: string | undefined): Html =>
  html`${searchForm({
    ...{ action: '/desk/cases', submit: t('查看'), label: t('查找案件') },
    fields: html`${filter({ name: 'no', label: t('案件编号'), value: query['no'], maxLength: 80 })}`,
  })}${searchForm({
    ...{ action: '/desk/cases', submit: t('列出'), label: t('按事项列出') },
    fields: filter({
      ...{ name: 'of', label: t('事项'), value: current },
      options: lists.map((one) => [one.key, listTitle(one)] as const),
    }),
  })}`;

export const caseRoutes =
  (desk: Desk): FastifyPluginAsyncZod =>
  async (app) => {
    getPage(app, desk, '/desk/cases', async (at) => {
      const { view, session, query, reply } = at;
      const wanted = query['no']?.trim() ?? '';
      if (wanted !== '' && placeOf(wanted)) return reply.redirect(caseHref(wanted), 303);
      const list = lists.find(({ key }) => key === query['of']);
      const cursor = query['cursor'];
      const asked = new URLSearchParams({ limit: '50', ...(cursor !== undefined && { cursor }) });
      const answer =
        list &&
        (await desk.api.get<{ items: Record<string, unknown>[]; next: string | null }>(
          at.asker,
          list.service,
          `${list.path}?${asked.toString()}`,
        ));
      return deskPage(view, session, {
        title: list ? listTitle(list) : t('案件'),
        crumbs: [{ title: t('案件') }],
        body: html`
          ${wanted !== '' ? html`<p role="alert">${t('没有编号为“{0}”的事项，请核对编号是否完整。', wanted)}</p>` : none}
          ${choose(at, list?.key)}
          ${
            answer === undefined
              ? none
              : answer.ok
                ? html`${recordOf(view, answer.body.items.map(inWords))}${pager(view, { next: answer.body.next, first: cursor === undefined })}`
                : html`<p class="empty">${answer.refusal.title}</p>`
          }`,
      });
    });

    getPage(app, desk, '/desk/cases/:caseNo', async (at) => {
      const place = placeOf(at.params['caseNo'] ?? '');
      if (!place) throw problem('notFound');
      const { body, ended } = await (place.procedure ? procedureCase : turnCase)(at, place);
      const [acts, notices] = await Promise.all([actsOf(at, place, ended), noticesOf(at, place.caseNo)]);
      const told = await withNames(
        at,
        notices.map(({ addressee: body }) => ({ body })),
      );
      return deskPage(at.view, at.session, {
        title: `${placeTitle(place)} ${place.caseNo}`,
        crumbs: [{ title: t('案件'), href: '/desk/cases' }, { title: place.caseNo }],
        body: html`${actList(acts, caseHref(place.caseNo))}${body}${noticeList(told, notices)}`,
      });
    });

    getPage(app, desk, '/desk/notices', async (at) => {
      const { view, session, query } = at;
      const cursor = query['cursor'];
      const asked = new URLSearchParams({ limit: '50', ...(cursor !== undefined && { cursor }) });
      const answer = await desk.api.get<{ items: Record<string, unknown>[]; next: string | null }>(
        at.asker,
        'registry',
        `/v1/notices?${asked.toString()}`,
      );
      return deskPage(view, session, {
        title: t('告知'),
        crumbs: [{ title: t('告知') }],
        body: answer.ok
          ? html`${recordOf(view, answer.body.items.map(shownNotice))}${pager(view, { next: answer.body.next, first: cursor === undefined })}`
          : html`<p class="empty">${answer.refusal.title}</p>`,
      });
    });
  };

/** A notice as a line: its words in Chinese, without the other language. */
const shownNotice = ({ text, ...rest }: Record<string, unknown>): Record<string, unknown> => {
  const { caseNo, addressee, issuedAt, deliveredAt, readAt } = rest;
  return {
    words: (text as { zh?: string; en?: string } | undefined)?.[language()] ?? '',
    caseNo,
    addressee,
    issuedAt,
    deliveredAt,
    readAt,
  };
};
