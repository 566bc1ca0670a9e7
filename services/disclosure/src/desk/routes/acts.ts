/** The form of one act, whichever lifecycle it belongs to, and what became of it. */
import { t } from '../language.ts';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { ReceiptView } from '@gongshu/infra/cases/view-intake';
import { serviceNames } from '@gongshu/shared/events';
import { problem } from '@gongshu/shared/problems';
import { html, none } from '../../html/escape.ts';
import { facts } from '../../html/table.ts';
import { tag, type Tone } from '../../html/tag.ts';
import { moment } from '../../html/view.ts';
import { actFormOf, type Done, fileDocuments, postAct } from '../act.ts';
import { caseHref, placeOf } from '../act-paths.ts';
import { couldDo, procedureTitles } from '../case-acts.ts';
import type { Refusal } from '../api.ts';
import type { Desk } from '../deps.ts';
import { beganWith, type Changed, changesOf, sendEdit, type Standing, standingOf } from '../edit.ts';
import { nothingSent, type Sent, valueOf } from '../form-read.ts';
import { prefillOf } from '../prefill.ts';
import { routeTitle } from '../route-titles.ts';
import { formToken } from '../seal.ts';
import { type At, getPage, postForm } from '../serve.ts';
import { deskPage, deskPath } from '../shell.ts';
import { actForm, changedBlock } from '../views/act-form.ts';
import { recordOf } from '../views/record.ts';
import { wordOf } from '../words.ts';

type Told = {
  sent: Sent;
  refusal?: Refusal | undefined;
  errors?: Refusal['errors'];
  more?: string | undefined;
  /** As it stands after somebody else's change, and what that changed. */
  moved?: { standing: Standing; changed: Changed[] } | undefined;
};

/** A form comes back with the same token only where nothing was kept under it. */
const tokenFor = ({ session, request }: At, keep: string | undefined): string =>
  keep ?? formToken(session.id, request.url);

const show = async (at: At, told: Told | undefined, keep?: string): Promise<string> => {
  const { view, session, query, request } = at;
  const form = await actFormOf(at, query);
  // Drawn for nobody who could never send it: hours of writing would end in a refusal.
  if (!couldDo(at, form.route)) throw problem('forbidden', { params: { act: form.route.act ?? '' } });
  const { value: initial, choices } = await prefillOf(at, form);
  const sent = told?.sent ?? nothingSent;
  const edits = form.route.method !== 'post';
  const standing = edits && !told ? await standingOf(at, form) : told?.moved?.standing;
  if (edits && !told && !standing) throw problem('notFound');
  const value = told ? valueOf(form.shape, '/body', sent) : (standing?.value ?? initial);
  const carried = standing
    ? { etag: standing.etag ?? '', was: JSON.stringify(standing.value) }
    : { etag: sent.text('etag') ?? '', was: sent.text('was') ?? '{}' };
  const errors = told?.errors ?? told?.refusal?.errors ?? [];
  const back = deskPath(query['back']);
  const drawing = { view, sent, errors, choices, more: told?.more };
  return deskPage(view, session, {
    title: routeTitle(form.route),
    crumbs: [
      { title: back.startsWith('/desk/cases/') ? t('案件') : t('返回'), href: back },
      { title: t('办理') },
    ],
    body: html`${told?.moved ? changedBlock(view, told.moved.changed) : none}${actForm(drawing, form, {
      ...(edits && { hidden: carried }),
      ...{ action: request.url, token: tokenFor(at, keep), value, refusal: told?.refusal },
      submit: t('确认{0}', routeTitle(form.route)),
    })}<p><a href="${back}">${t('不办理，返回')}</a></p>`,
  });
};

const states: Readonly<Record<string, { tone: Tone; says: string }>> = {
  taken: { tone: 'note', says: '已收件并保存，系统恢复后即送达办理；以收件时间为准，无需重复提交。' },
  delivered: { tone: 'good', says: '已送达办理。' },
  refused: { tone: 'stop', says: '不予办理，理由见下。' },
  parked: { tone: 'warn', says: '已收件，等待主管部门人工处理。' },
  struckOut: { tone: 'stop', says: '已由主管部门注销。' },
};

/** What was done, where it has no receipt of its own. */
const donePage = ({ view, session, query }: At, title: string, body: Done): string => {
  const caseNo = typeof body.caseNo === 'string' && placeOf(body.caseNo) ? body.caseNo : undefined;
  return deskPage(view, session, {
    title: t('{0}：已办理', title),
    crumbs: [{ title: t('已办理') }],
    body: html`<p role="status">${tag(t('已办理'), 'good')}</p>${recordOf(view, body)}
      <p>${caseNo ? html`<a class="button" href="${caseHref(caseNo)}">${t('查看案件')}</a> ` : none}<a href="${deskPath(query['back'])}">${t('返回')}</a></p>`,
  });
};

const receiptPage = async (at: At, receipt: ReceiptView): Promise<string> => {
  const { view, session, query } = at;
  const { state, caseNo, problem: why } = receipt;
  const place = placeOf(caseNo);
  const called = place?.procedure ? await procedureTitles(at, place) : wordOf;
  const known = states[state];
  const back = query['back'] === undefined ? undefined : deskPath(query['back']);
  return deskPage(view, session, {
    title: t('收件回执'),
    crumbs: [{ title: t('案件'), href: caseHref(caseNo) }, { title: t('回执') }],
    body: html`<p role="status">${tag(wordOf(state, 'intakeStates'), known?.tone ?? 'plain')} ${known ? t(known.says) : none}</p>
      ${why ? html`<div class="summary"><h2>${why.title.zh}</h2><p lang="en">${why.title.en}</p>${why.detail ? html`<p>${why.detail.zh}</p>` : none}</div>` : none}
      ${facts([
        [t('回执编号'), html`<span class="code">${receipt.receipt}</span>`],
        [t('办理事项'), called(receipt.act)],
        [t('案件编号'), place ? html`<a href="${caseHref(caseNo)}">${caseNo}</a>` : caseNo],
        [t('收件时间'), moment(view, receipt.receivedAt)],
        [t('回执校验值'), html`<span class="code">${receipt.hash}</span>`],
        [t('办结时间'), receipt.settledAt === null ? '—' : moment(view, receipt.settledAt)],
      ])}
      <p><a class="button" href="${caseHref(caseNo)}">${t('查看案件')}</a> ${back ? html`<a href="${back}">${t('返回')}</a> ` : none}<a href="/desk">${t('回到待办')}</a></p>`,
  });
};

export const actRoutes =
  (desk: Desk): FastifyPluginAsyncZod =>
  async (app) => {
    getPage(app, desk, '/desk/acts', (at) => show(at, undefined));

    postForm(app, desk, '/desk/acts', async (at) => {
      const { sent: given, token, query, reply } = at;
      const more = given.text('more');
      if (more !== undefined) return show(at, { sent: given, more });
      const form = await actFormOf(at, query);
      const { sent, refused } = await fileDocuments(at, form.service, given);
      if (refused.length > 0) {
        reply.code(422);
        return show(at, { sent, errors: refused });
      }
      const edits = form.route.method !== 'post';
      const answer = edits ? await sendEdit(at, form, sent) : await postAct(at, form, { sent, key: token });
      if (!answer.ok) {
        reply.code(answer.status);
        const standing = answer.status === 412 ? await standingOf(at, form) : undefined;
        if (standing) {
          const changed = changesOf(beganWith(sent), standing.value);
          return show(at, { sent, refusal: answer.refusal, moved: { standing, changed } });
        }
        return show(at, { sent, refusal: answer.refusal }, answer.status === 503 ? token : undefined);
      }
      const { receipt } = answer.body ?? {};
      if (typeof receipt === 'string' && receipt.startsWith('SJ-')) {
        const back = `&back=${encodeURIComponent(deskPath(query['back']))}`;
        return reply.redirect(`/desk/receipts/${form.service}/${receipt}?${back.slice(1)}`, 303);
      }
      return donePage(at, routeTitle(form.route), answer.body ?? {});
    });

    getPage(app, desk, '/desk/receipts/:service/:receipt', async (at) => {
      const { service, receipt = '' } = at.params;
      const known = serviceNames.find((one) => one === service);
      if (!known) throw problem('notFound');
      const answer = await desk.api.get<ReceiptView>(
        at.asker,
        known,
        `/v1/receipts/${encodeURIComponent(receipt)}`,
      );
      if (!answer.ok)
        throw problem(answer.status === 403 ? 'forbidden' : 'notFound', { params: { act: 'readReceipt' } });
      return receiptPage(at, answer.body);
    });
  };
