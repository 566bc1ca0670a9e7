/** One's own absence and who stands in (A5). */
import { t } from '../language.ts';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { html, none } from '../../html/escape.ts';
import { table } from '../../html/table.ts';
import { tag } from '../../html/tag.ts';
import { day, moment } from '../../html/view.ts';
import { actFormOf, postAct } from '../act.ts';
import type { Refusal } from '../api.ts';
import type { Desk } from '../deps.ts';
import { nothingSent, type Sent, valueOf } from '../form-read.ts';
import { formToken } from '../seal.ts';
import { type At, getPage, postForm } from '../serve.ts';
import { deskPage } from '../shell.ts';
import { actForm } from '../views/act-form.ts';
import { wordOf } from '../words.ts';

type Absence = {
  id: string;
  substitute: string;
  from: string;
  until: string;
  reasonCode: string;
  recordedAt: string;
  cancelledAt: string | null;
};

const pathOf = (person: string): string => `/v1/people/${encodeURIComponent(person)}/absences`;

const cancelling = (
  { session }: At,
  id: string,
) => html`<form method="post" action="/desk/absences/${encodeURIComponent(id)}">
  <input type="hidden" name="token" value="${formToken(session.id, `/desk/absences/${encodeURIComponent(id)}`)}" />
  <button type="submit" class="quiet">${t('取消')}</button></form>`;

const show = async (
  at: At,
  told: { sent?: Sent; refusal?: Refusal; done?: string } = {},
): Promise<string> => {
  const { desk, asker, session, view } = at;
  const path = pathOf(session.person.id);
  const [form, answer] = await Promise.all([
    actFormOf(at, { service: 'registry', path }),
    desk.api.get<{ items: Absence[] }>(asker, 'registry', `${path}?limit=50`),
  ]);
  const sent = told.sent ?? nothingSent;
  const drawing = { view, sent, errors: told.refusal?.errors ?? [] };
  return deskPage(view, session, {
    title: t('代办'),
    lead: t('缺勤期间，交给您的事项由代办人看到并办理；您代他人办理的事项在待办中标明。'),
    crumbs: [{ title: t('代办') }],
    body: html`
      ${told.done ? html`<p role="status">${tag(told.done, 'good')}</p>` : none}
      <h2>${t('我的缺勤')}</h2>
      ${
        answer.ok
          ? table<Absence>(view, {
              caption: t('我的缺勤'),
              quiet: true,
              columns: [
                {
                  title: t('起止'),
                  head: true,
                  cell: ({ from, until }) => html`${day(view, from)} ${t('至')} ${day(view, until)}`,
                },
                { title: t('代办人'), cell: ({ substitute }) => substitute },
                { title: t('原因'), cell: ({ reasonCode }) => wordOf(reasonCode, 'absenceReasons') },
                { title: t('登记时间'), cell: ({ recordedAt }) => moment(view, recordedAt) },
                {
                  title: t('状态'),
                  cell: ({ id, cancelledAt }) =>
                    cancelledAt === null ? cancelling(at, id) : tag(t('已取消'), 'plain'),
                },
              ],
              rows: answer.body.items,
              empty: t('没有登记缺勤'),
            })
          : html`<p class="empty">${answer.status === 404 ? t('您的账号尚未由本单位登记，登记后才能设置代办人。') : answer.refusal.title}</p>`
      }
      <h2>${t('登记缺勤与代办人')}</h2>
      ${actForm(drawing, form, {
        ...{ action: '/desk/absences', token: formToken(session.id, '/desk/absences'), submit: t('登记') },
        ...{ value: valueOf(form.shape, '/body', sent), refusal: told.refusal },
      })}`,
  });
};

export const absenceRoutes =
  (desk: Desk): FastifyPluginAsyncZod =>
  async (app) => {
    getPage(app, desk, '/desk/absences', (at) => show(at));

    postForm(app, desk, '/desk/absences', async (at) => {
      const { sent, token, session, reply } = at;
      const form = await actFormOf(at, { service: 'registry', path: pathOf(session.person.id) });
      const answer = await postAct(at, form, { sent, key: token });
      if (answer.ok) return show(at, { done: t('已登记') });
      reply.code(answer.status);
      return show(at, { sent, refusal: answer.refusal });
    });

    postForm(app, desk, '/desk/absences/:absence', async (at) => {
      const { params, token, session, asker, reply } = at;
      const path = `${pathOf(session.person.id)}/${encodeURIComponent(params['absence'] ?? '')}/cancellation`;
      const answer = await desk.api.post(asker, 'registry', path, { key: token, body: {} });
      if (answer.ok) return show(at, { done: t('已取消') });
      reply.code(answer.status);
      return show(at, { refusal: answer.refusal });
    });
  };
