/** Objecting to a result in public notice: the form sends it to the registry over REST, as anybody else may (O4). */
import { newestCalendar } from '@gongshu/infra/calendars';
import { traceparentOf } from '@gongshu/infra/http/trace';
import { businessDateOf, type BusinessDate, daysBetween } from '@gongshu/shared/business-date';
import { problem } from '@gongshu/shared/problems';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { DisclosureDeps } from '../deps.ts';
import { type Html, html, none } from '../html/escape.ts';
import { errorSummary, field, type FieldError, form, formToken } from '../html/form.ts';
import { type FormBody, readForm, sent } from '../html/read-form.ts';
import { facts } from '../html/table.ts';
import { day, moment, say, type View, type Words } from '../html/view.ts';
import { findNotice, type PublicNotice } from '../public/queries/papers.ts';
import { findSelection } from '../public/queries/operators.ts';
import { code } from './parts.ts';
import { cityForm, refusalText } from './post.ts';
import { at, type City, cityPage } from './site.ts';

const words = {
  heading: { zh: '提出异议', en: 'Object to this result' },
  left: { zh: '公示截止', en: 'The notice stands until' },
  days: { zh: '天后截止', en: 'days left' },
  today: { zh: '今日截止', en: 'today is the last day' },
  closed: {
    zh: '公示期已满，不再受理异议。',
    en: 'The notice has ended; objections are no longer taken in.',
  },
  says: {
    zh: '公示期内任何人可以提出异议。异议答复前，结果不生效。姓名和联系方式仅供主管部门答复使用，不公开，不进入公示和事件。',
    en: 'Anybody may object while the notice stands; the result waits for the answer. Name and contact are for the bureau that answers alone, and are published nowhere.',
  },
  text: { zh: '异议内容', en: 'What you object to' },
  textHint: {
    zh: '请写明对哪一项有异议、事实和理由，最多 5000 字。',
    en: 'Say what you object to, the facts and why; 5,000 characters at most.',
  },
  name: { zh: '姓名或单位名称', en: 'Name' },
  phone: { zh: '联系电话', en: 'Telephone' },
  email: { zh: '电子邮箱', en: 'E-mail' },
  contactHint: { zh: '电话和电子邮箱至少填一项。', en: 'A telephone number or an e-mail address.' },
  phoneWrong: { zh: '请填写 5 至 30 位的电话号码', en: 'a number of 5 to 30 digits' },
  submit: { zh: '提交异议', en: 'Send the objection' },
  done: { zh: '异议已收到', en: 'Your objection was received' },
  doneSays: {
    zh: '异议已记入本次遴选，答复前程序不再推进。请保存回执编号。',
    en: 'It stands with this selection, which waits for the answer. Keep the receipt.',
  },
  receipt: { zh: '回执编号', en: 'Receipt' },
  hash: { zh: '回执校验值（可在“核验”页查验）', en: 'Hash of the receipt, for its verification' },
  receivedAt: { zh: '收到时间', en: 'Received' },
  away: {
    zh: '受理系统暂时没有答复；未得到回执前，不视为已提交。您填写的内容保留在下面，请几分钟后再次提交；同一页面重复提交只受理一次。',
    en: 'The service that takes objections does not answer for the moment; without a receipt nothing was taken in. What you wrote is kept below: send it again in a few minutes; the same page counts once however often it is sent.',
  },
  back: { zh: '返回公示', en: 'Back to the notice' },
} satisfies Record<string, Words>;

const Objection = z
  .object({
    text: z.string().min(1).max(5_000),
    name: z.string().max(100),
    phone: z
      .string()
      .regex(/^[+\d][\d -]{4,29}$/)
      .optional(),
    email: z.email().max(200).optional(),
  })
  .refine(({ phone, email }) => phone !== undefined || email !== undefined, {
    path: ['phone'],
    params: { code: 'contactMissing' },
  });

const labels = (view: View) => ({
  text: { label: say(view, words.text) },
  name: { label: say(view, words.name) },
  phone: { label: say(view, words.phone), wording: words.phoneWrong },
  email: { label: say(view, words.email) },
});

/** The last day of the notice, by the working days it was put up for; null where the calendar ends before. */
const lastDay = async (deps: DisclosureDeps, city: City, caseNo: string): Promise<BusinessDate | null> => {
  const selection = await findSelection(deps.db, city.id, caseNo);
  const step = selection?.steps.findLast(({ kind }) => kind === 'noticePublished');
  const days = selection?.noticeWorkingDays ?? null;
  if (!step || days === null) return null;
  const { calendar } = await newestCalendar(deps.db, city.id);
  return calendar.workingDayAfter(businessDateOf(step.at.getTime()), days) ?? null;
};

const drawForm = (
  view: View,
  city: City,
  notice: Pick<PublicNotice, 'number'>,
  { body, errors = [], token }: { body?: FormBody; errors?: readonly FieldError[]; token?: string } = {},
): Html =>
  html`${errorSummary(view, errors)}${form({
    ...{
      action: at(view, city, `notices/${encodeURIComponent(notice.number)}/objections`),
      token: token ?? formToken(),
    },
    submit: say(view, words.submit),
    fields: [
      field(view, {
        ...{ name: 'text', kind: 'area', label: say(view, words.text), hint: say(view, words.textHint) },
        ...{ required: true, maxLength: 5_000, rows: 8, errors, value: sent(body, 'text') },
      }),
      field(view, {
        ...{ name: 'name', label: say(view, words.name), required: true, maxLength: 100, errors },
        ...{ value: sent(body, 'name'), autocomplete: 'name' },
      }),
      field(view, {
        ...{
          name: 'phone',
          kind: 'tel',
          label: say(view, words.phone),
          hint: say(view, words.contactHint),
          errors,
        },
        ...{ value: sent(body, 'phone'), autocomplete: 'tel', maxLength: 30 },
      }),
      field(view, {
        ...{
          name: 'email',
          kind: 'email',
          label: say(view, words.email),
          errors,
          value: sent(body, 'email'),
        },
        ...{ autocomplete: 'email', maxLength: 200 },
      }),
    ],
  })}`;

/** On the page of a notice of a result: how long is left, and the form while it stands. */
export const objectionPart = async (
  deps: DisclosureDeps,
  { view, city, notice, now }: { view: View; city: City; notice: PublicNotice; now: Date },
): Promise<Html> => {
  if (notice.kind !== 'selectionNotice' || notice.withdrawn !== null) return none;
  const last = await lastDay(deps, city, notice.subject);
  const today = businessDateOf(now.getTime());
  if (last !== null && last < today)
    return html`<section class="callout"><h2>${say(view, words.heading)}</h2><p>${say(view, words.closed)}</p></section>`;
  const left = last === null ? null : daysBetween(today, last);
  return html`<section class="no-print">
    <h2 id="object">${say(view, words.heading)}</h2>
    <div class="callout warn">${
      last === null || left === null
        ? none
        : html`<p><strong>${say(view, words.left)} ${day(view, last)}（${left === 0 ? say(view, words.today) : `${left} ${say(view, words.days)}`}）</strong></p>`
    }<p>${say(view, words.says)}</p></div>
    ${drawForm(view, city, notice)}
  </section>`;
};

const Told = z.object({ receipt: z.string(), receivedAt: z.string(), hash: z.string() });
const Refused = z.object({
  ...{ code: z.string(), title: z.string(), detail: z.string().optional() },
  article: z.object({ instrument: z.string(), article: z.string() }).optional(),
});
const answerMillis = 30_000;

type Sending = { key: string; ip: string; traceId: string; body: object };
/** Taken in, or why not. `again`: it may have been taken in, so that the same token is to be sent again. */
type Sent =
  | { told: z.output<typeof Told> }
  | { status: number; message: string; again: boolean; retryAfter: string | null };

const away = (view: View): Sent => ({
  ...{ status: 503, message: say(view, words.away), again: true, retryAfter: '60' },
});

/** Hands the objection to the registry; what it says of a refusal is told in the language of the page. */
const send = async (
  deps: DisclosureDeps,
  view: View,
  caseNo: string,
  { key, ip, traceId, body }: Sending,
): Promise<Sent> => {
  if (deps.registryUrl === undefined) return away(view);
  const answer = await fetch(`${deps.registryUrl}/v1/selections/${encodeURIComponent(caseNo)}/objections`, {
    method: 'POST',
    headers: {
      ...{ 'content-type': 'application/json', accept: 'application/json', 'idempotency-key': key },
      ...{ 'x-forwarded-for': ip, traceparent: traceparentOf(traceId), 'accept-language': view.language },
    },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(answerMillis),
    redirect: 'error',
  }).catch(() => undefined);
  const said: unknown = await answer?.json().catch(() => null);
  if (answer?.ok) return { told: Told.parse(said) };
  const refusal = Refused.safeParse(said);
  if (!answer || !refusal.success || answer.status >= 500) return away(view);
  const { code: why } = refusal.data;
  return {
    ...{ status: answer.status, message: refusalText(refusal.data) },
    // Still at work under this token, or too many just now: nothing else was done under it.
    ...{
      again: answer.status === 429 || why === 'idempotencyInProgress',
      retryAfter: answer.headers.get('retry-after'),
    },
  };
};

export const objectionRoutes = (app: FastifyInstance, deps: DisclosureDeps): void =>
  cityForm(app, deps, '/notices/:no/objections', { act: 'public' }, async (posted) => {
    const { view, city, params, request, reply, body, key } = posted;
    const notice = await findNotice(deps.db, city.id, params['no'] ?? '');
    if (!notice || notice.kind !== 'selectionNotice') throw problem('notFound');
    const title = say(view, words.heading);
    const crumbs = [
      { title: notice.number, href: at(view, city, `notices/${encodeURIComponent(notice.number)}`) },
      { title },
    ];
    const again = (status: number, errors: readonly FieldError[], token?: string): string => {
      reply.code(status);
      const drawn = drawForm(view, city, notice, { body, errors, ...(token !== undefined && { token }) });
      return cityPage(view, city, { ...{ title, column: 'notices', crumbs, body: drawn } });
    };
    const read = readForm(view, Objection, body, labels(view));
    if (read.errors) return again(400, read.errors);
    const { text, name, phone, email } = read.values;
    const answer = await send(deps, view, notice.subject, {
      ...{ key, ip: request.ip, traceId: request.id },
      body: { text, contact: { name, phone: phone ?? null, email: email ?? null } },
    });
    if (!('told' in answer)) {
      if (answer.retryAfter !== null) reply.header('retry-after', answer.retryAfter);
      return again(
        answer.status,
        [{ field: 'text', message: answer.message }],
        answer.again ? key : undefined,
      );
    }
    const { told } = answer;
    return cityPage(view, city, {
      ...{ title: say(view, words.done), column: 'notices', crumbs },
      body: html`<div class="callout good" role="status"><p>${say(view, words.doneSays)}</p></div>
        ${facts([
          [say(view, words.receipt), html`<span class="receipt">${told.receipt}</span>`],
          [say(view, words.hash), code(told.hash)],
          [say(view, words.receivedAt), moment(view, told.receivedAt)],
          [say(view, { zh: '公示', en: 'Notice' }), code(notice.number)],
        ])}
        <p class="no-print"><a class="button quiet" href="${crumbs[0]?.href}">${say(view, words.back)}</a></p>`,
    });
  });
