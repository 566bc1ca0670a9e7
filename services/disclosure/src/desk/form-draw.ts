/** A shape as fields of a form, with what was filled in and what a service found wrong at its place. Needs no script. */
import { t } from './language.ts';
import { type Html, html, none, type Value } from '../html/escape.ts';
import { type FieldError, field } from '../html/form.ts';
import type { View } from '../html/view.ts';
import type { Refusal } from './api.ts';
import { fileName, isLines, isTicks, type Sent, variantName } from './form-read.ts';
import type { Shape } from './shape.ts';
import { englishOf, labelOf, wordsAmong } from './words.ts';

/** Codes that a field is to be chosen from, where its schema leaves them open; by its pointer. */
export type Choices = (pointer: string) => readonly string[] | undefined;

export type Drawing = {
  view: View;
  sent: Sent;
  errors: Refusal['errors'];
  /** The list that is to have more rows. */
  more?: string | undefined;
  choices?: Choices;
  /** True where a field of files may stand. */
  files: boolean;
};

type Place = { name: string; label: string; required: boolean; value: unknown };

/** The place a service would name: a name without its marks of variants. */
export const pointerOf = (name: string): string => name.replaceAll(/\|\d+/g, '');

const idOf = (name: string): string => `f-${name}`;

/** A place's own errors, or also those within it where one field stands for all of it. */
const errorsAt = ({ errors }: Drawing, name: string, within = false): FieldError[] =>
  errors
    .filter(
      ({ pointer }) => pointer === pointerOf(name) || (within && pointer.startsWith(`${pointerOf(name)}/`)),
    )
    .map(({ message, code }) => ({ field: name, message: bothOf(message, code) }));

const bothOf = (message: string, code: string): string => {
  const english = englishOf(code);
  return english ? `${message}（${english}）` : message;
};

const chinese = /[\u4e00-\u9fff]/;
/** What a schema says in Chinese beyond the label; its English stands after the mark. */
const hintOf = ({ description }: Shape, label: string): string | undefined => {
  const said = description?.split(' · ', 1)[0] ?? '';
  return chinese.test(said) && !said.includes(label) && !label.includes(said) ? said : undefined;
};

const choose = () => ['', t('请选择')] as const;
const yesOrNo = () =>
  [
    ['yes', t('是')],
    ['no', t('否')],
  ] as const;

const textOf = (value: unknown): string =>
  value === undefined || value === null ? '' : typeof value === 'string' ? value : JSON.stringify(value);

const linesOf = (value: unknown): string =>
  Array.isArray(value) ? value.map(textOf).join('\n') : textOf(value);

const pairsText = (value: unknown): string =>
  typeof value === 'object' && value !== null
    ? Object.entries(value)
        .map(([key, one]) => `${key}：${textOf(one)}`)
        .join('\n')
    : textOf(value);

/** One single field. */
const single = (drawing: Drawing, shape: Shape, place: Place): Html => {
  const { name, label, required, value } = place;
  const hint = hintOf(shape, label);
  const common = {
    ...{
      name,
      label,
      required,
      errors: errorsAt(drawing, name, shape.kind === 'list' || shape.kind === 'json'),
    },
    ...(hint && { hint }),
  };
  const { view } = drawing;
  const codes = shape.kind === 'choice' ? shape.options : drawing.choices?.(pointerOf(name));
  if (codes && shape.kind !== 'list') {
    const text = textOf(value);
    const word = wordsAmong(codes);
    const known = text === '' || codes.includes(text) ? codes : [...codes, text];
    return field(view, {
      ...{ ...common, kind: 'select', value: text },
      options: [choose(), ...known.map((code) => [code, word(code)] as const)],
    });
  }
  switch (shape.kind) {
    case 'yesNo':
      return field(view, {
        ...{ ...common, kind: 'radios', value: value === true ? 'yes' : value === false ? 'no' : '' },
        options: yesOrNo(),
      });
    case 'date':
      return field(view, { ...common, kind: 'date', value: textOf(value) });
    case 'number':
      return field(view, { ...common, kind: 'text', maxLength: 30, value: textOf(value) });
    case 'list':
      return field(view, {
        ...common,
        kind: 'area',
        rows: 4,
        hint: hint ?? t('每行一项'),
        value: linesOf(value),
      });
    case 'pairs':
      return field(view, {
        ...{ ...common, kind: 'area', rows: 4, value: pairsText(value) },
        hint: hint ?? t('每行一项，写作“名称：内容”'),
      });
    case 'json':
      return field(view, {
        ...common,
        kind: 'area',
        rows: 6,
        hint: hint ?? t('JSON 格式'),
        value: textOf(value),
      });
    case 'fixed':
    case 'object':
    case 'variants':
    case 'document':
    case 'choice':
    case 'text':
    default: {
      const max = shape.kind === 'text' ? shape.max : undefined;
      return max !== undefined && max > 200
        ? field(view, {
            ...common,
            kind: 'area',
            rows: max > 1_000 ? 5 : 3,
            maxLength: max,
            value: textOf(value),
          })
        : field(view, { ...common, kind: 'text', ...(max && { maxLength: max }), value: textOf(value) });
    }
  }
};

/** A file to choose; what was uploaded before stays, under its hash. */
const documentField = (drawing: Drawing, shape: Shape, { name, label, required, value }: Place): Html => {
  const id = idOf(name);
  const [error] = errorsAt(drawing, name);
  const hash = textOf(value);
  const hint = hintOf(shape, label);
  if (!drawing.files) return single(drawing, { kind: 'text', max: 71 }, { name, label, required, value });
  return html`<div class="${error ? 'field wrong' : 'field'}">
    <label for="${id}">${label}<span class="need">（${required ? t('必填') : t('选填')}）</span></label>
    ${hint ? html`<p class="hint">${hint}</p>` : none}
    ${error ? html`<p class="error" id="${id}-error"><span class="unseen">${t('错误：')}</span>${error.message}</p>` : none}
    ${hash === '' ? none : html`<p class="hint">${t('已上传：')}<span class="code">${hash}</span>${t('；重新选择文件即替换。')}</p><input type="hidden" name="${name}" value="${hash}" />`}
    <input id="${id}" type="file" name="${fileName(name)}"${error ? html` aria-invalid="true" aria-describedby="${id}-error"` : none} />
  </div>`;
};

const group = (
  legend: string,
  errors: readonly FieldError[],
  content: Value,
  id: string,
  hint?: string,
): Html =>
  html`<fieldset class="group${errors.length > 0 ? ' wrong' : ''}" id="${id}" tabindex="-1"><legend>${legend}</legend>
    ${hint ? html`<p class="hint">${hint}</p>` : none}
    ${errors.map(({ message }) => html`<p class="error"><span class="unseen">${t('错误：')}</span>${message}</p>`)}
    ${content}</fieldset>`;

/** Rows that a list is drawn with: what stands, and room for another. */
const roomOf = (shape: Shape & { kind: 'list' }, rows: number, more: boolean): number => {
  const spare = more ? 3 : rows === 0 ? Math.max(1, Math.min(shape.min, 3)) : 0;
  return Math.min(shape.max, rows + spare);
};

const list = (drawing: Drawing, shape: Shape & { kind: 'list' }, place: Place): Html => {
  const { name, label, required, value } = place;
  if (isTicks(shape) && shape.of.kind === 'choice') {
    const word = wordsAmong(shape.of.options);
    const ticked = new Set(Array.isArray(value) ? value.map(textOf) : []);
    return group(
      `${label}（${required ? t('必填') : t('选填')}${t('，可多选')}）`,
      errorsAt(drawing, name, true),
      shape.of.options.map(
        (code) =>
          html`<label class="choice"><input type="checkbox" name="${name}" value="${code}"${ticked.has(code) ? html` checked` : none} /> <span>${word(code)}</span></label>`,
      ),
      idOf(name),
    );
  }
  if (isLines(shape)) return single(drawing, shape, place);
  const given = Array.isArray(value) ? value : [];
  const rows = roomOf(shape, given.length, drawing.more === name);
  return group(
    `${label}（${required && shape.min > 0 ? t('必填') : t('选填')}）`,
    errorsAt(drawing, name),
    html`${Array.from({ length: rows }, (_none, at) =>
      draw(drawing, shape.of, {
        ...{ name: `${name}/${at}`, label: t('第 {0} 项', at + 1), value: given[at] },
        required: required && shape.min > at,
      }),
    )}${
      rows < shape.max
        ? html`<p><button class="quiet" name="more" value="${name}" formnovalidate>${t('再加几项')}</button></p>`
        : none
    }`,
    idOf(name),
    hintOf(shape, label),
  );
};

const isLike = (shape: Shape, value: unknown): boolean =>
  shape.kind === 'object' &&
  typeof value === 'object' &&
  value !== null &&
  shape.fields.every(
    ({ name, shape: one }) => one.kind !== 'fixed' || (value as Record<string, unknown>)[name] === one.value,
  );

const variants = (drawing: Drawing, shape: Shape & { kind: 'variants' }, place: Place): Html => {
  const { name, label, required, value } = place;
  const said = drawing.sent.text(variantName(name));
  const chosen = said ?? String(shape.of.findIndex((one) => value !== undefined && isLike(one.shape, value)));
  return group(
    `${label}（${required ? t('必填') : t('选填')}${t('，选其一填写')}）`,
    errorsAt(drawing, name),
    shape.of.map(
      ({ title, shape: one }, at) => html`<div class="variant">
        <label class="choice"><input type="radio" name="${variantName(name)}" value="${at}"${chosen === String(at) ? html` checked` : none} /> <span>${title
          .split('+')
          .map((part) => labelOf(part))
          .join('、')}</span></label>
        ${draw(drawing, one, { name: `${name}|${at}`, label: '', required: true, value: chosen === String(at) ? value : undefined })}
      </div>`,
    ),
    idOf(name),
  );
};

/** A field, or the group of fields, of a shape. */
export const draw = (drawing: Drawing, shape: Shape, place: Place): Html => {
  const { name, label, value } = place;
  switch (shape.kind) {
    case 'fixed':
      return none;
    case 'object': {
      const given = (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>;
      const inner = shape.fields.map(({ name: key, required, shape: one }) =>
        draw(drawing, one, {
          // Of what need not be filled in at all nothing is marked as needed.
          ...{
            name: `${name}/${key}`,
            label: labelOf(key, one.description),
            required: required && place.required,
          },
          value: Object.hasOwn(given, key) ? given[key] : undefined,
        }),
      );
      return label === ''
        ? html`${inner}`
        : group(label, errorsAt(drawing, name), inner, idOf(name), hintOf(shape, label));
    }
    case 'list':
      return list(drawing, shape, place);
    case 'variants':
      return variants(drawing, shape, place);
    case 'document':
      return documentField(drawing, shape, place);
    case 'choice':
    case 'date':
    case 'json':
    case 'number':
    case 'pairs':
    case 'text':
    case 'yesNo':
    default:
      return single(drawing, shape, place);
  }
};

/** Whether a form of this shape takes files. */
export const takesFiles = (shape: Shape, depth = 0): boolean => {
  if (depth > 12) return false;
  switch (shape.kind) {
    case 'document':
      return true;
    case 'object':
      return shape.fields.some(({ shape: one }) => takesFiles(one, depth + 1));
    case 'list':
      return takesFiles(shape.of, depth + 1);
    case 'variants':
      return shape.of.some(({ shape: one }) => takesFiles(one, depth + 1));
    case 'choice':
    case 'date':
    case 'fixed':
    case 'json':
    case 'number':
    case 'pairs':
    case 'text':
    case 'yesNo':
    default:
      return false;
  }
};
