/** What somebody may begin: every route without a case in its address that his role may use. */
import { t } from '../language.ts';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { type ServiceName, serviceNames } from '@gongshu/shared/events';
import { isAct, may } from '@gongshu/shared/may';
import { html } from '../../html/escape.ts';
import { actHref } from '../act-paths.ts';
import type { Desk } from '../deps.ts';
import type { ActRoute } from '../openapi.ts';
import { routeTitle } from '../route-titles.ts';
import { type At, getPage } from '../serve.ts';
import { deskPage } from '../shell.ts';

const titles: Record<ServiceName, string> = {
  catalog: '目录与使用',
  registry: '授权、进驻与产品',
  pricing: '价格与结算',
  disclosure: '公开与监督',
};

/** Acts of the work list stand there; what anybody may do without signing in is no opening. */
const isOpening = ({ session }: Pick<At, 'session'>, { template, act }: ActRoute): boolean =>
  !template.includes('{') &&
  !template.startsWith('/v1/tasks/') &&
  act !== undefined &&
  isAct(act) &&
  may(session.person, act) === 'yes';

export const openingRoutes =
  (desk: Desk): FastifyPluginAsyncZod =>
  async (app) => {
    getPage(app, desk, '/desk/openings', async (at) => {
      const { view, session } = at;
      const found = await Promise.all(
        serviceNames.map(async (service) => {
          const routes = await desk.documents.actsOf(service).catch(() => undefined);
          return { service, routes: routes?.filter((route) => isOpening(at, route)) };
        }),
      );
      return deskPage(view, session, {
        title: t('新办事项'),
        lead: t('按您的身份可以发起的事项；所填内容提交后由相应服务按规则受理。'),
        crumbs: [{ title: t('新办事项') }],
        body: html`${found.map(({ service, routes }) =>
          routes === undefined
            ? html`<h2>${t(titles[service])}</h2><p role="status">${t('此服务暂不可用。')}</p>`
            : routes.length === 0
              ? html``
              : html`<h2>${t(titles[service])}</h2><ul>${routes.map(
                  (route) =>
                    html`<li><a href="${actHref({ service, path: route.template }, '/desk/openings')}">${routeTitle(route)}</a></li>`,
                )}</ul>`,
        )}`,
      });
    });
  };
