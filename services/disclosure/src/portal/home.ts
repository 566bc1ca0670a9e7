import type { FastifyInstance } from 'fastify';
import type { DisclosureDeps } from '../deps.ts';
import { html } from '../html/escape.ts';
import { chinese, link, say, viewOf, type Words } from '../html/view.ts';
import { NoQuery, sendPage } from './route.ts';
import { citiesOf, platformPage } from './site.ts';

const words = {
  title: {
    zh: '公共数据授权运营信息公开',
    en: 'Public information on the authorised operation of public data',
  },
  lead: {
    zh: '选择所在地，查看当地的资源目录、产品与价格、授权与遴选、评估与披露，并可提出异议、投诉和核验文书。',
    en: 'Choose a place to see its catalog, products and prices, mandates and selections, evaluations and reports; to object, complain, or verify a paper.',
  },
  cities: { zh: '各地', en: 'Cities and counties' },
  rules: { zh: '规则版本', en: 'Rules' },
  draft: { zh: '征求意见稿', en: 'draft for comment' },
  inForce: { zh: '施行中', en: 'in force' },
} satisfies Record<string, Words>;

/** `/`: the places that this installation serves. */
export const homeRoutes = (app: FastifyInstance, deps: DisclosureDeps): void => {
  for (const path of ['/', '/en'])
    app.get(
      path,
      { config: { act: 'public', page: true }, schema: { querystring: NoQuery } },
      async (request, reply) => {
        const view = viewOf(request, { now: await request.lawNow(), sandbox: deps.sandbox });
        const body = html`<h2>${say(view, words.cities)}</h2>
          <ul class="cards">${citiesOf(deps.packs).map(
            ({ id, title, pack }) => html`<li>
              <h3><a href="${link(view, `/${id}`)}">${chinese(view, title)}</a></h3>
              <p>${say(view, words.rules)}：${say(view, pack.status === 'draft' ? words.draft : words.inForce)}</p>
            </li>`,
          )}</ul>`;
        return sendPage(
          reply,
          platformPage(view, { title: say(view, words.title), lead: say(view, words.lead), body }),
        );
      },
    );
};
