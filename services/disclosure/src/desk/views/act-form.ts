/** The form of an act, as it is first drawn and as it comes back with what a service refused. */
import { citeText } from '@gongshu/shared/packs/resting-on';
import { language, t } from '../language.ts';
import { type Html, html, none } from '../../html/escape.ts';
import { errorSummary } from '../../html/form.ts';
import { facts } from '../../html/table.ts';
import type { ActForm } from '../act.ts';
import type { Refusal } from '../api.ts';
import { draw, type Drawing, takesFiles } from '../form-draw.ts';
import type { View } from '../../html/view.ts';
import type { Changed } from '../edit.ts';
import { englishOf, labelOf } from '../words.ts';
import { recordOf } from './record.ts';

/** A refusal in both languages, with the article it rests on. */
export const refusalBlock = (refusal: Refusal): Html => {
  const { title, detail, article, code, traceId } = refusal;
  const english = language() === 'en' ? undefined : englishOf(code);
  return html`<div class="summary" role="alert"><h2>${title}</h2>
    ${english ? html`<p lang="en">${english}</p>` : none}
    ${detail ? html`<p>${detail}</p>` : none}
    ${facts([
      [t('依据'), article ? citeText(article) : null],
      [t('情形代码'), html`<span class="code">${code}</span>`],
      [t('查询编号'), traceId ? html`<span class="code">${traceId}</span>` : null],
    ])}</div>`;
};

/** Every place that was refused, each a link to its field. */
const placesBlock = ({ view, errors }: Drawing): Html =>
  errorSummary(
    view,
    errors.map(({ pointer, message }) => ({ field: pointer, message })),
  );

/** The whole form; it posts to its own address. */
export const actForm = (
  drawing: Omit<Drawing, 'files'>,
  { shape }: Pick<ActForm, 'shape'>,
  given: {
    action: string;
    token: string;
    value: unknown;
    refusal?: Refusal | undefined;
    submit?: string;
    hidden?: Readonly<Record<string, string>> | undefined;
  },
): Html => {
  const files = takesFiles(shape);
  const whole: Drawing = { ...drawing, files };
  const { action, token, value, refusal, submit = t('提交'), hidden = {} } = given;
  return html`${refusal ? refusalBlock(refusal) : none}${placesBlock(whole)}
  <form class="form" method="post" action="${action}"${files ? html` enctype="multipart/form-data"` : none} novalidate>
    <input type="hidden" name="token" value="${token}" />
    ${Object.entries(hidden).map(([name, text]) => html`<input type="hidden" name="${name}" value="${text}" />`)}
    ${draw(whole, shape, { name: '/body', label: '', required: true, value })}
    <p class="actions"><button type="submit" name="submit" value="yes">${submit}</button></p>
  </form>`;
};

/** What somebody else changed since the form was drawn: as it was, and as it stands now. */
export const changedBlock = (view: View, changed: readonly Changed[]): Html => html`
  <div class="callout warn" role="status"><h2>${t('在您填写期间，内容已被修改')}</h2>
    ${language() === 'en' ? none : html`<p lang="en">It was changed while you were writing.</p>`}
    ${
      changed.length === 0
        ? html`<p>${t('可以修改的各项没有变化。')}</p>`
        : html`<table role="table"><thead role="rowgroup"><tr role="row"><th role="columnheader" scope="col">${t('项目')}</th><th role="columnheader" scope="col">${t('您打开时')}</th><th role="columnheader" scope="col">${t('现在')}</th></tr></thead>
          <tbody role="rowgroup">${changed.map(({ name, before, now }) => html`<tr role="row"><td role="cell" data-label="${t('项目')}"><div>${labelOf(name)}</div></td><td role="cell" data-label="${t('您打开时')}"><div>${recordOf(view, before)}</div></td><td role="cell" data-label="${t('现在')}"><div>${recordOf(view, now)}</div></td></tr>`)}</tbody></table>`
    }
    <p>${t('您填写的内容保留在下面。请对照核对；再次提交，将以您填写的内容为准。')}</p>
  </div>`;
