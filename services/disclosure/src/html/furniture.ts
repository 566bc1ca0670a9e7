/** What stands at the head of a government document on the web (政府信息公开目录): index and document number, body, dates, validity. */
import { type Html, html, none } from './escape.ts';
import { chinese, day, say, type View, type Words } from './view.ts';
import { type Tone, tag } from './tag.ts';

export type Furniture = {
  /** 索引号: under which the platform holds it. */
  readonly index: string;
  /** 文号; null where it has none. */
  readonly documentNo: string | null;
  /** 发布机构 */
  readonly issuer: string;
  /** 成文日期 and 发布日期, `YYYY-MM-DD`. */
  readonly writtenOn: string | null;
  readonly publishedOn: string;
  /** 有效性, in words, and how it stands. */
  readonly validity: { readonly words: Words; readonly tone: Tone; readonly until?: string | null };
};

const labels = {
  index: { zh: '索引号', en: 'Index number' },
  documentNo: { zh: '文号', en: 'Document number' },
  issuer: { zh: '发布机构', en: 'Issued by' },
  writtenOn: { zh: '成文日期', en: 'Written on' },
  publishedOn: { zh: '发布日期', en: 'Published on' },
  validity: { zh: '有效性', en: 'Validity' },
  none: { zh: '无', en: 'none' },
  until: { zh: '至', en: 'until' },
} satisfies Record<string, Words>;

/** The block of particulars at the head of a published document. */
export const furniture = (view: View, given: Furniture): Html => {
  const row = (label: Words, value: Html) => html`<div><dt>${say(view, label)}</dt><dd>${value}</dd></div>`;
  const date = (one: string | null) => (one === null ? html`—` : day(view, one));
  const { words, tone, until } = given.validity;
  return html`<dl class="furniture">
    ${row(labels.index, html`<span class="code">${given.index}</span>`)}
    ${row(labels.documentNo, given.documentNo === null ? html`${say(view, labels.none)}` : html`<span class="code">${given.documentNo}</span>`)}
    ${row(labels.issuer, chinese(view, given.issuer))}
    ${row(labels.writtenOn, date(given.writtenOn))}
    ${row(labels.publishedOn, date(given.publishedOn))}
    ${row(labels.validity, html`${tag(say(view, words), tone)}${until ? html` ${say(view, labels.until)} ${day(view, until)}` : none}`)}
  </dl>`;
};
