/** Who complained and what came along, for who handles the complaint (S4): a page of its own, for each look is on record. */
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { may } from '@gongshu/shared/may';
import { problem } from '@gongshu/shared/problems';
import type { Identity } from '../../complaints/identity.ts';
import { type Html, html, none } from '../../html/escape.ts';
import { size } from '../../html/size.ts';
import { facts } from '../../html/table.ts';
import { caseHref, type CasePlace, placeOf } from '../act-paths.ts';
import type { Desk } from '../deps.ts';
import { t } from '../language.ts';
import { read } from '../read.ts';
import { type At, getPage } from '../serve.ts';
import { deskPage } from '../shell.ts';
import { fileHref } from '../views/documents.ts';

/** The way there, on the page of a complaint; whether it is his to read, the service says. */
export const complainantLink = ({ session }: Pick<At, 'session'>, place: CasePlace): Html =>
  place.procedure === 'complaint' && may(session.person, 'readComplainant') === 'yes'
    ? html`<p><a href="${caseHref(place.caseNo)}/complainant">${t('查阅投诉人信息和所附材料')}</a>（${t('每次查阅均留痕')}）</p>`
    : none;

const fileList = (path: string, { attachments }: Identity): Html =>
  attachments.length === 0
    ? html`<p class="empty">${t('没有附件')}</p>`
    : html`<ul>${attachments.map(
        ({ hash, mediaType, bytes }, at) =>
          html`<li><a href="${fileHref('disclosure', `${path}/attachments/${hash}`)}">${t('附件 {0}', String(at + 1))}</a> （${mediaType}，${size(bytes)}）</li>`,
      )}</ul>`;

export const complainantRoutes =
  (desk: Desk): FastifyPluginAsyncZod =>
  async (app) => {
    getPage(app, desk, '/desk/cases/:caseNo/complainant', async (at) => {
      const place = placeOf(at.params['caseNo'] ?? '');
      if (place?.procedure !== 'complaint') throw problem('notFound');
      const path = `${place.path}/${encodeURIComponent(place.caseNo)}`;
      const who = await read<Identity>(at, place.service, `${path}/complainant`);
      at.reply.header('cache-control', 'private, no-store');
      return deskPage(at.view, at.session, {
        title: `${t('投诉人')} ${place.caseNo}`,
        crumbs: [
          { title: t('案件'), href: '/desk/cases' },
          { title: place.caseNo, href: caseHref(place.caseNo) },
          { title: t('投诉人') },
        ],
        body: html`
          <p>${t('仅供办理本投诉使用，不得向被投诉单位和协查单位透露。本次查阅已留痕。')}</p>
          ${facts([
            [t('姓名'), who.name ?? t('匿名')],
            [t('联系方式'), who.contact],
            [t('所在单位'), who.organisation],
            [
              t('所投诉的案件'),
              who.linkedCase === null
                ? null
                : html`<a href="${caseHref(who.linkedCase)}">${who.linkedCase}</a>`,
            ],
          ])}
          <h2>${t('所附材料')}</h2>${fileList(path, who)}`,
      });
    });
  };
