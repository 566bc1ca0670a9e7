/** The form of a complaint, and what is shown after it was sent: number and code, told here alone (S4). */
import { complaintRules } from '@gongshu/shared/complaint/rules';
import { complaintSubjects } from '@gongshu/shared/complaint/types';
import { Problem, problem } from '@gongshu/shared/problems';
import { anyone } from '@gongshu/shared/may';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { takeComplaint } from '../complaints/take.ts';
import { ComplaintText, LinkedCase } from '../complaints/given.ts';
import type { DisclosureDeps } from '../deps.ts';
import { type Html, html, none } from '../html/escape.ts';
import { errorSummary, field, type FieldError, form, formToken } from '../html/form.ts';
import { type FormBody, readForm, sent } from '../html/read-form.ts';
import { facts } from '../html/table.ts';
import { moment, say, type View, type Words } from '../html/view.ts';
import { attachmentBytes, attachmentField, attachmentsOf, withAgain } from './complaint-files.ts';
import { complaintWords as words, subjects } from './complaint-words.ts';
import { cityForm, refusalError } from './post.ts';
import { cityRoute, NoQuery } from './route.ts';
import { createSignedIn, isMerchantOf } from './signed-in.ts';
import { at, type City, cityPage } from './site.ts';

const Complaint = z
  .object({
    about: z.enum(complaintSubjects),
    text: ComplaintText,
    who: z.enum(['named', 'anonymous']),
    name: z.string().max(100).optional(),
    contact: z.string().max(100).optional(),
    ownWords: z.literal('yes').optional(),
    linkedCase: LinkedCase.optional(),
  })
  .refine(({ who, name }) => who === 'anonymous' || name !== undefined, {
    path: ['name'],
    params: { code: 'required' },
  })
  .refine(({ who, contact }) => who === 'anonymous' || contact !== undefined, {
    path: ['contact'],
    params: { code: 'required' },
  });

const labels = (view: View) => ({
  about: { label: say(view, words.about), wording: words.aboutWrong },
  text: { label: say(view, words.text), wording: words.textWrong },
  who: { label: say(view, words.who), wording: words.whoWrong },
  name: { label: say(view, words.name) },
  contact: { label: say(view, words.contact) },
  linkedCase: { label: say(view, words.linkedCase), wording: words.linkedCaseWrong },
});

const mayBeAnonymous = ({ pack }: City): boolean => complaintRules(pack).anonymous.value.allowed;

const drawForm = (
  view: View,
  city: City,
  { body, errors = [], merchant }: { body?: FormBody; errors?: readonly FieldError[]; merchant: boolean },
): Html => {
  // Asked of merchants who are signed in; shown again where it was sent all the same.
  const linked = merchant || sent(body, 'linkedCase');
  const shared = (name: string) => ({ name, errors, value: sent(body, name) });
  const anonymous = mayBeAnonymous(city);
  return html`${errorSummary(view, errors)}${form({
    ...{ action: at(view, city, 'complaints/new'), token: formToken(), submit: say(view, words.submit) },
    files: true,
    fields: [
      field(view, {
        ...shared('about'),
        ...{ kind: 'select', label: say(view, words.about), required: true },
        options: [
          ['', say(view, words.choose)] as const,
          ...complaintSubjects.map((one) => [one, say(view, subjects[one])] as const),
        ],
      }),
      field(view, {
        ...shared('text'),
        ...{ kind: 'area', label: say(view, words.text), hint: say(view, words.textHint), required: true },
        ...{ maxLength: 4_000, rows: 10 },
      }),
      field(view, {
        ...shared('who'),
        ...{ kind: 'radios', label: say(view, words.who), hint: say(view, words.whoHint), required: true },
        options: [
          ['named', say(view, words.named)] as const,
          ...(anonymous ? [['anonymous', say(view, words.anonymous)] as const] : []),
        ],
      }),
      field(view, {
        ...shared('name'),
        ...{
          label: say(view, words.name),
          hint: say(view, words.nameHint),
          maxLength: 100,
          autocomplete: 'name',
        },
      }),
      field(view, {
        ...shared('contact'),
        ...{ label: say(view, words.contact), hint: say(view, words.contactHint), maxLength: 100 },
      }),
      field(view, {
        ...shared('ownWords'),
        kind: 'tick',
        label: say(view, words.ownWords),
        hint: say(view, words.ownWordsHint),
      }),
      attachmentField(view, errors),
      linked
        ? field(view, {
            ...shared('linkedCase'),
            ...{ label: say(view, words.linkedCase), hint: say(view, words.linkedCaseHint), maxLength: 40 },
          })
        : none,
    ],
  })}`;
};

const kept: Words = {
  zh: '编号和查询码只在此显示一次。请抄录或打印：匿名投诉只能凭它们查询进展、补充材料和申请复核。',
  en: 'Number and code are shown this once. Write them down or print this page: with them alone an anonymous complaint is followed, added to, or taken to review.',
};

/** A pack without the topic has no complaints: 404 with its own words. */
const mustHave = (city: City): void => {
  if (!city.pack.rules['complaint'])
    throw problem('lifecycleNotInPack', { params: { jurisdiction: city.id } });
};

/** The field that a refusal is told at. */
const fieldOf = (code: string): string =>
  ({
    attachmentUnreadable: 'attachments',
    attachmentsTooLarge: 'attachments',
    linkedCaseUnknown: 'linkedCase',
  })[code] ?? 'who';

export const complaintFormRoutes = (app: FastifyInstance, deps: DisclosureDeps): void => {
  const signedIn = createSignedIn(deps);

  cityRoute(app, deps, '/complaints/new', NoQuery, async ({ view, city, request }) => {
    mustHave(city);
    const merchant = isMerchantOf(await signedIn(request), city);
    const here = at(view, city, 'complaints/new');
    const toSignIn =
      merchant || !deps.desk
        ? none
        : html`<p><a href="/desk/sign-in?to=${encodeURIComponent(here)}">${say(view, words.linkedCaseSignIn)}</a></p>`;
    return cityPage(view, city, {
      ...{ title: say(view, words.title), lead: say(view, words.lead), column: 'complaints' },
      body: html`<p><a href="${at(view, city, 'complaints/status')}">${say(view, words.toStatus)}</a></p>${toSignIn}${drawForm(view, city, { merchant })}`,
    });
  });

  cityForm(
    app,
    deps,
    '/complaints/new',
    { act: 'publicComplaint', sealed: true, fileBytes: attachmentBytes },
    async (posted) => {
      const { view, city, request, reply, body, key, now, files } = posted;
      mustHave(city);
      const person = await signedIn(request);
      const merchant = isMerchantOf(person, city);
      const again = (status: number, errors: readonly FieldError[]): string => {
        reply.code(status);
        return cityPage(view, city, {
          ...{
            title: say(view, words.title),
            column: 'complaints',
            body: drawForm(view, city, { body, errors: withAgain(view, errors, files), merchant }),
          },
        });
      };
      const read = readForm(view, Complaint, body, labels(view));
      const chosen = attachmentsOf(view, files);
      if (read.errors) return again(400, [...read.errors, ...chosen.errors]);
      if (chosen.errors.length > 0) return again(422, chosen.errors);
      const { about, text, who, name, contact, ownWords, linkedCase = null } = read.values;
      const identity = who === 'named' ? { name: name ?? '', contact: contact ?? '' } : null;
      try {
        const taken = await takeComplaint(
          deps,
          {
            ...{ jurisdiction: city.id, about, text, identity, ownWords: ownWords === 'yes' },
            ...{ linkedCase, attachments: chosen.attachments },
          },
          // Whoever names no case of his body complains here as anybody does, signed in or not.
          { actor: linkedCase === null ? anyone : person, key, lawNow: now },
        );
        reply.code(taken.state === 'delivered' ? 201 : 202);
        return cityPage(view, city, {
          ...{
            title: say(view, words.done),
            column: 'complaints',
            crumbs: [{ title: say(view, words.done) }],
          },
          body: html`<div class="callout good" role="status"><p>${say(view, words.doneSays)}</p><p><strong>${say(view, kept)}</strong></p></div>
          ${facts([
            [say(view, words.number), html`<span class="receipt">${taken.number}</span>`],
            [say(view, words.code), html`<span class="receipt">${taken.code}</span>`],
            [say(view, words.receivedAt), moment(view, taken.receivedAt)],
            [say(view, words.receipt), html`<span class="code">${taken.receipt}</span>`],
            [say(view, words.receiptHash), html`<span class="code">${taken.hash}</span>`],
          ])}
          <p class="no-print"><a class="button quiet" href="${at(view, city, 'complaints/status')}">${say(view, words.toStatus)}</a></p>`,
        });
      } catch (refusal) {
        if (!(refusal instanceof Problem) || refusal.status >= 500) throw refusal;
        if (refusal.code === 'idempotencyKeyReused') throw problem('formUsed');
        return again(refusal.status, [refusalError(view, refusal, fieldOf(refusal.code))]);
      }
    },
  );
};
