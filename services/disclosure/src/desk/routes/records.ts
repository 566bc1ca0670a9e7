/** What is kept and can be edited: drafts, catalog entries, scenarios, partners, people, experts; each with its forms. */
import { t } from '../language.ts';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { type ServiceName, serviceNames } from '@gongshu/shared/events';
import { isAct, may } from '@gongshu/shared/may';
import { problem } from '@gongshu/shared/problems';
import { type Html, html, none } from '../../html/escape.ts';
import { pager } from '../../html/pager.ts';
import { actHref } from '../act-paths.ts';
import type { Desk } from '../deps.ts';
import type { ActRoute } from '../openapi.ts';
import { routeTitle } from '../route-titles.ts';
import { type At, getPage } from '../serve.ts';
import { deskPage } from '../shell.ts';
import { recordOf } from '../views/record.ts';

const titles: Readonly<Record<string, string>> = {
  '/v1/application-drafts': '使用申请草稿',
  '/v1/onboarding-drafts': '进驻申请草稿',
  '/v1/resources': '目录条目',
  '/v1/scenarios': '应用场景',
  '/v1/partners': '合伙人',
  '/v1/people': '人员',
  '/v1/experts': '评审专家',
};

const nameOf = (collection: string): string => t(titles[collection] ?? collection);

/** `/v1/people/{personId}` stands in `/v1/people`. */
const collectionOf = (template: string): string => template.split('/{', 1)[0] ?? template;
const couldDo = ({ session }: Pick<At, 'session'>, { act }: ActRoute): boolean =>
  act !== undefined && isAct(act) && may(session.person, act) === 'yes';
/** Of one kept thing: its address needs nothing but the thing's own id. */
const ofItem = ({ template }: ActRoute): boolean => template.split('{').length === 2;

type Kept = { service: ServiceName; collection: string; edits: ActRoute[] };

const keptOf = async (at: At, service: ServiceName): Promise<Kept[]> => {
  const edits = (await at.desk.documents.editsOf(service)).filter((one) => ofItem(one) && couldDo(at, one));
  return [...Map.groupBy(edits, ({ template }) => collectionOf(template))].map(([collection, of]) => ({
    ...{ service, collection, edits: of },
  }));
};

/** The id of a kept thing, under the name that its address gives it. */
const idOf = (template: string, item: Record<string, unknown>): string | undefined => {
  const name = /\{(\w+?)(?:Id)?\}/.exec(template)?.[1] ?? '';
  const id = item[name] ?? item['id'];
  return typeof id === 'string' ? id : undefined;
};

const href = (service: string, collection: string): string =>
  `/desk/records?service=${service}&of=${encodeURIComponent(collection)}`;

const forms = (routes: readonly ActRoute[], item: Record<string, unknown>, back: string): Html =>
  html`<ul class="acts">${routes.flatMap((route) => {
    const id = idOf(route.template, item);
    if (id === undefined) return [];
    const path = route.template.replace(/\{\w+\}/, encodeURIComponent(id));
    const { service, method } = route;
    return [html`<li><a href="${actHref({ service, path, method }, back)}">${routeTitle(route)}</a></li>`];
  })}</ul>`;

const list = async (at: At, { service, collection, edits }: Kept): Promise<Html> => {
  const { view, desk, asker, query } = at;
  const cursor = query['cursor'];
  const asked = new URLSearchParams({ limit: '20', ...(cursor !== undefined && { cursor }) });
  const answer = await desk.api.get<{ items: Record<string, unknown>[]; next: string | null }>(
    ...([asker, service, `${collection}?${asked.toString()}`] as const),
  );
  if (!answer.ok) return html`<p class="empty">${answer.refusal.title}</p>`;
  const posts = (await desk.documents.actsOf(service)).filter(
    (one) => collectionOf(one.template) === collection && ofItem(one) && couldDo(at, one),
  );
  const { items, next } = answer.body;
  if (items.length === 0) return html`<p class="empty">${t('没有记录。')}</p>`;
  return html`${items.map((item, index) => {
    const { contents: _long, ...short } = item;
    return html`<section aria-labelledby="item-${index}"><h2 id="item-${index}">${index + 1}. ${idOf(edits[0]?.template ?? '', item) ?? ''}</h2>
      ${recordOf(view, short)}${forms([...edits, ...posts], item, href(service, collection))}</section>`;
  })}${pager(view, { next, first: cursor === undefined })}`;
};

export const recordRoutes =
  (desk: Desk): FastifyPluginAsyncZod =>
  async (app) => {
    getPage(app, desk, '/desk/records', async (at) => {
      const { view, session, query } = at;
      const service = serviceNames.find((one) => one === query['service']);
      const kept = await Promise.all(
        (service ? [service] : serviceNames).map((one) => keptOf(at, one).catch(() => [])),
      );
      const all = kept.flat();
      const chosen = service && all.find(({ collection }) => collection === query['of']);
      if (query['of'] !== undefined && !chosen) throw problem('notFound');
      if (chosen)
        return deskPage(view, session, {
          title: nameOf(chosen.collection),
          crumbs: [{ title: t('登记内容'), href: '/desk/records' }, { title: nameOf(chosen.collection) }],
          body: await list(at, chosen),
        });
      return deskPage(view, session, {
        title: t('登记内容'),
        lead: t('草稿和已登记的内容在此修改；修改期间他人先作修改的，提交时会告知变化，您填写的内容保留。'),
        crumbs: [{ title: t('登记内容') }],
        body:
          all.length === 0
            ? html`<p class="empty">${t('按您的身份没有可以修改的内容。')}</p>${none}`
            : html`<ul>${all.map(({ service: of, collection }) => html`<li><a href="${href(of, collection)}">${nameOf(collection)}</a></li>`)}</ul>`,
      });
    });
  };
