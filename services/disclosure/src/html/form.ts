/** Forms of pages: labels, hints, and errors that lead to their fields. Work without script; nothing is lost on a refusal. */
import { randomUUID } from 'node:crypto';
import { type Html, html, none, type Value } from './escape.ts';
import { say, type View, type Words } from './view.ts';

export type FieldError = { readonly field: string; readonly message: string };

export type Field = {
  readonly name: string;
  readonly label: string;
  readonly hint?: Value;
  readonly value?: string | undefined;
  readonly required?: boolean;
  readonly errors?: readonly FieldError[];
  readonly autocomplete?: string;
} & (
  | { readonly kind?: 'text' | 'email' | 'tel' | 'date' | 'search' | 'number'; readonly maxLength?: number }
  | { readonly kind: 'area'; readonly maxLength?: number; readonly rows?: number }
  | {
      readonly kind: 'select' | 'radios';
      readonly options: readonly (readonly [value: string, label: string])[];
    }
  | { readonly kind: 'tick' }
  | { readonly kind: 'files'; readonly accept: string }
);

const words = {
  required: { zh: '必填', en: 'required' },
  optional: { zh: '选填', en: 'optional' },
  error: { zh: '错误：', en: 'Error: ' },
  summary: { zh: '请更正下列内容', en: 'Please put the following right' },
  atMost: { zh: '字以内', en: 'characters at most' },
} satisfies Record<string, Words>;

const idOf = (name: string): string => `f-${name}`;

const control = (given: Field, attributes: Html): Html => {
  const { name, value = '' } = given;
  const id = idOf(name);
  if (given.kind === 'area')
    return html`<textarea id="${id}" name="${name}" rows="${given.rows ?? 6}"${given.maxLength ? html` maxlength="${given.maxLength}"` : none}${attributes}>
${value}</textarea>`;
  if (given.kind === 'select')
    return html`<select id="${id}" name="${name}"${attributes}>${given.options.map(
      ([code, label]) =>
        html`<option value="${code}"${code === value ? html` selected` : none}>${label}</option>`,
    )}</select>`;
  if (given.kind === 'radios' || given.kind === 'tick') return none;
  if (given.kind === 'files')
    return html`<input id="${id}" name="${name}" type="file" multiple accept="${given.accept}"${attributes} />`;
  const most = 'maxLength' in given ? given.maxLength : undefined;
  return html`<input id="${id}" name="${name}" type="${given.kind ?? 'text'}" value="${value}"${most ? html` maxlength="${most}"` : none}${attributes} />`;
};

/**
 * One field with its label, hint and error. Required fields are marked in words and for who hears them; the browser's
 * own check is left off (`novalidate`), so that everybody meets the same summary of errors.
 */
export const field = (view: View, given: Field): Html => {
  const { name, label, hint, required = false, errors = [], autocomplete } = given;
  const id = idOf(name);
  const error = errors.find((one) => one.field === name);
  const described = [hint ? `${id}-hint` : '', error ? `${id}-error` : ''].filter(Boolean).join(' ');
  const attributes = html`${required ? html` aria-required="true"` : none}${described ? html` aria-describedby="${described}"` : none}${error ? html` aria-invalid="true"` : none}${autocomplete ? html` autocomplete="${autocomplete}"` : none}`;
  const mark = html`<span class="need">（${say(view, required ? words.required : words.optional)}）</span>`;
  const beneath = html`${hint ? html`<p class="hint" id="${id}-hint">${hint}</p>` : none}${error ? html`<p class="error" id="${id}-error"><span class="unseen">${say(view, words.error)}</span>${error.message}</p>` : none}`;
  const shell = error ? 'field wrong' : 'field';
  if (given.kind === 'radios')
    return html`<fieldset class="${shell}" id="${id}" tabindex="-1"${described ? html` aria-describedby="${described}"` : none}>
      <legend>${label}${mark}</legend>${beneath}
      ${given.options.map(([code, words]) => html`<label class="choice"><input type="radio" name="${name}" value="${code}"${code === given.value ? html` checked` : none} /> <span>${words}</span></label>`)}
    </fieldset>`;
  if (given.kind === 'tick')
    return html`<div class="${shell}"><label class="choice"><input id="${id}" type="checkbox" name="${name}" value="yes"${given.value ? html` checked` : none}${attributes} /> <span>${label}${required ? mark : none}</span></label>${beneath}</div>`;
  return html`<div class="${shell}"><label for="${id}">${label}${mark}</label>${beneath}${control(given, attributes)}</div>`;
};

/** Every error by its words, each a link to its field; nothing where there are none. */
export const errorSummary = (view: View, errors: readonly FieldError[]): Html =>
  errors.length === 0
    ? none
    : html`<div class="summary" role="alert" aria-labelledby="errors-title" tabindex="-1">
        <h2 id="errors-title">${say(view, words.summary)}</h2>
        <ul>${errors.map((error) => html`<li><a href="#${idOf(error.field)}">${error.message}</a></li>`)}</ul>
      </div>`;

/** The mark by which a form is taken in once: the key under which the service keeps its answer. */
export const formToken = (): string => randomUUID();

/** A form that posts to this site. `token` makes it count once, however often it is sent. */
export const form = (given: {
  action: string;
  submit: string;
  fields: Value;
  token: string;
  hidden?: Readonly<Record<string, string>>;
  /** Whether it has files among its fields. */
  files?: boolean;
}): Html => html`<form class="form" method="post" action="${given.action}"${given.files ? html` enctype="multipart/form-data"` : none} novalidate>
  <input type="hidden" name="token" value="${given.token}" />
  ${Object.entries(given.hidden ?? {}).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`)}
  ${given.fields}
  <p class="actions"><button type="submit">${given.submit}</button></p>
</form>`;

/** A form that searches: its fields stand in the address, so that a result can be kept and sent on. */
export const searchForm = (given: {
  action: string;
  submit: string;
  label: string;
  fields: Value;
}): Html => html`<form class="search" method="get" action="${given.action}" role="search" aria-label="${given.label}">
  ${given.fields}
  <p class="actions"><button type="submit">${given.submit}</button></p>
</form>`;

/** A field of a search: its label above it, never required. */
export const filter = (
  given:
    | { name: string; label: string; value: string | undefined; maxLength: number }
    | {
        name: string;
        label: string;
        value: string | undefined;
        options: readonly (readonly [string, string])[];
      },
): Html => {
  const id = `q-${given.name}`;
  return 'options' in given
    ? html`<p class="filter"><label for="${id}">${given.label}</label><select id="${id}" name="${given.name}">${given.options.map(
        ([code, label]) =>
          html`<option value="${code}"${code === (given.value ?? '') ? html` selected` : none}>${label}</option>`,
      )}</select></p>`
    : html`<p class="filter wide"><label for="${id}">${given.label}</label><input id="${id}" type="search" name="${given.name}" value="${given.value ?? ''}" maxlength="${given.maxLength}" /></p>`;
};
