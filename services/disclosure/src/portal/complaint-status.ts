/** Asking after a complaint by number and code, and what may be done with them (S4). Nothing of it is logged or kept. */
import { DocumentHash } from '@gongshu/infra/documents/cite';
import { sendDocument } from '@gongshu/infra/documents/send';
import { Problem, problem } from '@gongshu/shared/problems';
import type { FastifyInstance } from 'fastify';
import type { Kysely } from 'kysely';
import { z } from 'zod';
import { ComplaintNo, ComplaintText } from '../complaints/given.ts';
import {
  actAsComplainant,
  type ComplaintStatus,
  complaintStatus,
  type Letter,
  type OwnAct,
  type OwnReceipt,
  ownLetter,
} from '../complaints/own.ts';
import type { ComplaintTables } from '../complaints/tables.ts';
import type { DisclosureDeps } from '../deps.ts';
import { type Html, html, none } from '../html/escape.ts';
import { errorSummary, field, type FieldError, form, formToken } from '../html/form.ts';
import { type FormBody, readForm, sent } from '../html/read-form.ts';
import { size } from '../html/size.ts';
import { facts } from '../html/table.ts';
import { tag } from '../html/tag.ts';
import { chinese, day, moment, say, type View } from '../html/view.ts';
import { attachmentBytes, attachmentField, attachmentsOf, withAgain } from './complaint-files.ts';
import { complaintWords as words, ownActs, results, stages, subjects, tellings } from './complaint-words.ts';
import { cityForm, type Posted, refusalError } from './post.ts';
import { cityRoute, NoQuery } from './route.ts';
import { at, type City, cityPage } from './site.ts';

const Code = z.string().regex(/^([0-9A-Za-z]{4}-?){3}[0-9A-Za-z]{4}$/);
const NumberAndCode = z.object({ number: ComplaintNo, code: Code });
const kinds = ['supplyFacts', 'requestReview', 'withdrawComplaint'] as const;
const Act = NumberAndCode.extend({ kind: z.enum(kinds), text: ComplaintText.optional() }).refine(
  ({ kind, text }) => kind === 'withdrawComplaint' || text !== undefined,
  { path: ['text'], params: { code: 'required' } },
);

const labels = (view: View) => ({
  number: { label: say(view, words.number), wording: words.numberWrong },
  code: { label: say(view, words.code), wording: words.codeWrong },
  text: { label: say(view, words.words), wording: words.textWrong },
});

const askForm = (view: View, city: City, body?: FormBody, errors: readonly FieldError[] = []): Html =>
  html`${errorSummary(view, errors)}${form({
    ...{ action: at(view, city, 'complaints/status'), token: formToken(), submit: say(view, words.ask) },
    fields: [
      field(view, {
        ...{
          name: 'number',
          label: say(view, words.number),
          hint: say(view, words.numberWrong),
          required: true,
        },
        ...{ errors, value: sent(body, 'number'), maxLength: 40, autocomplete: 'off' },
      }),
      field(view, {
        ...{
          name: 'code',
          label: say(view, words.code),
          required: true,
          errors,
          maxLength: 24,
          autocomplete: 'off',
        },
      }),
    ],
  })}`;

type Own = { number: string; code: string };

const actForm = (
  view: View,
  city: City,
  kind: (typeof kinds)[number],
  own: Own,
  errors: readonly FieldError[],
  body?: FormBody,
): Html => {
  const { title, words: needsWords } = ownActs[kind] ?? { title: { zh: kind, en: kind }, words: false };
  const mine = sent(body, 'kind') === kind ? errors : [];
  return html`<h3>${say(view, title)}</h3>${form({
    ...{ action: at(view, city, 'complaints/acts'), token: formToken(), submit: say(view, title) },
    hidden: { ...own, kind },
    files: kind === 'supplyFacts',
    fields: [
      needsWords
        ? field(view, {
            ...{
              name: 'text',
              kind: 'area',
              label: say(view, words.words),
              hint: say(view, words.wordsHint),
            },
            ...{
              required: true,
              maxLength: 4_000,
              errors: mine,
              value: mine.length > 0 ? sent(body, 'text') : undefined,
            },
          })
        : none,
      kind === 'supplyFacts' ? attachmentField(view, mine) : none,
    ],
  })}`;
};

/** The code is a secret: the file is asked for by a form, never by an address. */
const letterForm = (view: View, city: City, own: Own, { hash, title, mediaType, bytes }: Letter): Html =>
  html`<p>${title}（${mediaType}，${size(bytes)}）</p>${form({
    ...{ action: at(view, city, 'complaints/letters'), token: formToken(), fields: none },
    ...{ hidden: { ...own, hash }, submit: say(view, words.letter) },
  })}`;

const drawStatus = (
  view: View,
  city: City,
  status: ComplaintStatus,
  own: Own,
  more: { head?: Html; errors?: readonly FieldError[]; body?: FormBody } = {},
): string => {
  const stage = stages[status.stage];
  const result = status.result === null ? undefined : results[status.result];
  const about = subjects[status.about as keyof typeof subjects];
  const errors = more.errors ?? [];
  const body = html`${more.head ?? none}${errorSummary(view, errors)}
    <p>${tag(stage ? say(view, stage) : status.stage, status.stage === 'correction' ? 'warn' : status.outcome === null ? 'note' : 'plain')}</p>
    ${facts([
      [say(view, words.number), html`<span class="code">${status.number}</span>`],
      [say(view, words.about), about ? say(view, about) : status.about],
      [say(view, words.receivedAt), moment(view, status.receivedAt)],
      [
        say(view, words.limit),
        status.limit?.lastDay
          ? html`${day(view, status.limit.lastDay)}${status.limit.onSilence === 'deemedAccepted' ? html`<br />${say(view, words.silence)}` : none}`
          : null,
      ],
      [say(view, words.result), result ? say(view, result) : null],
    ])}
    <h2>${say(view, words.told)}</h2>
    ${
      status.told.length === 0
        ? html`<p class="empty">${say(view, words.nothingTold)}</p>`
        : facts(
            status.told.map(({ kind, at: when, words: said }) => [
              tellings[kind] ? say(view, tellings[kind]) : kind,
              html`${moment(view, when)}<br />${said === null ? say(view, words.withheld) : chinese(view, said)}`,
            ]),
          )
    }
    ${status.letters.length === 0 ? none : html`<h2>${say(view, words.letters)}</h2>${status.letters.map((one) => letterForm(view, city, own, one))}`}
    ${
      status.acts.length === 0
        ? none
        : html`<section class="no-print"><h2>${say(view, words.acts)}</h2>${status.acts.map((kind) => actForm(view, city, kind, own, errors, more.body))}</section>`
    }`;
  return cityPage(view, city, {
    ...{
      title: say(view, words.statusTitle),
      column: 'complaints',
      crumbs: [{ title: status.number }],
      body,
    },
  });
};

/** A complaint is shown on the site of its own city alone. */
const mustBeOf = (city: City, { number }: Own): void => {
  if (!number.startsWith(`${city.pack.areaCode}-`)) throw problem('notFound');
};

const statusOf = async (deps: DisclosureDeps, city: City, own: Own): Promise<ComplaintStatus> => {
  mustBeOf(city, own);
  return complaintStatus(deps.db as unknown as Kysely<ComplaintTables>, own);
};

const askAgain = (
  { view, city, reply, body }: Posted,
  status: number,
  errors: readonly FieldError[],
): string => {
  reply.code(status);
  return cityPage(view, city, {
    ...{ title: say(view, words.statusTitle), column: 'complaints', body: askForm(view, city, body, errors) },
    crumbs: [{ title: say(view, words.statusTitle) }],
  });
};
const isMissing = (refusal: unknown): boolean => refusal instanceof Problem && refusal.code === 'notFound';

export const complaintStatusRoutes = (app: FastifyInstance, deps: DisclosureDeps): void => {
  cityRoute(app, deps, '/complaints/status', NoQuery, async ({ view, city }) =>
    cityPage(view, city, {
      ...{ title: say(view, words.statusTitle), lead: say(view, words.statusLead), column: 'complaints' },
      ...{ crumbs: [{ title: say(view, words.statusTitle) }], body: askForm(view, city) },
    }),
  );

  cityForm(
    app,
    deps,
    '/complaints/status',
    { act: 'publicComplaintStatus', sealed: true, changes: false, max: 30 },
    async (posted) => {
      const { view, city, body } = posted;
      const read = readForm(view, NumberAndCode, body, labels(view));
      if (read.errors) return askAgain(posted, 400, read.errors);
      try {
        return drawStatus(view, city, await statusOf(deps, city, read.values), read.values);
      } catch (refusal) {
        if (!isMissing(refusal)) throw refusal;
        return askAgain(posted, 404, [{ field: 'number', message: say(view, words.wrong) }]);
      }
    },
  );

  cityForm(
    app,
    deps,
    '/complaints/letters',
    { act: 'publicComplaintStatus', sealed: true, changes: false, max: 30 },
    async ({ city, body, reply }) => {
      const asked = NumberAndCode.extend({ hash: DocumentHash }).safeParse(body);
      if (!asked.success) throw problem('notFound');
      const { hash, ...own } = asked.data;
      mustBeOf(city, own);
      const letter = await ownLetter(deps.db as unknown as Kysely<ComplaintTables>, own, hash);
      return sendDocument(reply, deps.documents, letter);
    },
  );

  cityForm(
    app,
    deps,
    '/complaints/acts',
    { act: 'publicComplaintStatus', sealed: true, max: 20, fileBytes: attachmentBytes },
    async (posted) => {
      const { view, city, reply, body, key, files } = posted;
      const own = NumberAndCode.safeParse(body);
      if (!own.success) throw problem('formTokenMissing');
      try {
        const status = await statusOf(deps, city, own.data);
        const read = readForm(view, Act, body, labels(view));
        const again = (code: number, errors: readonly FieldError[]): string => {
          reply.code(code);
          return drawStatus(view, city, status, own.data, { errors: withAgain(view, errors, files), body });
        };
        const chosen = attachmentsOf(view, files);
        if (read.errors) return again(400, [...read.errors, ...chosen.errors]);
        if (chosen.errors.length > 0) return again(422, chosen.errors);
        const { kind, text } = read.values;
        const act: OwnAct = { kind, text: text ?? null, attachments: chosen.attachments };
        let made: OwnReceipt;
        try {
          made = await actAsComplainant(deps, own.data, act, key);
        } catch (refusal) {
          if (!(refusal instanceof Problem) || refusal.status >= 500) throw refusal;
          const of = refusal.code.startsWith('attachment') ? 'attachments' : 'text';
          return again(refusal.status, [refusalError(view, refusal, of)]);
        }
        const head = html`<div class="callout good" role="status"><p>${say(view, words.acted)}</p></div>
          ${facts([
            [say(view, words.receipt), html`<span class="code">${made.receipt}</span>`],
            [say(view, words.receiptHash), html`<span class="code">${made.hash}</span>`],
            [say(view, words.receivedAt), moment(view, made.receivedAt)],
          ])}`;
        return drawStatus(view, city, await statusOf(deps, city, own.data), own.data, { head });
      } catch (refusal) {
        if (!isMissing(refusal)) throw refusal;
        return askAgain(posted, 404, [{ field: 'number', message: say(view, words.wrong) }]);
      }
    },
  );
};
