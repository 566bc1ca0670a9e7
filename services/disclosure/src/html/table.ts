import { type Html, html, none, type Value } from './escape.ts';
import { say, type View, type Words } from './view.ts';

export type Column<T> = {
  readonly title: string;
  readonly cell: (row: T) => Value;
  /** Names the row, for who hears the table; the first such column is its head. */
  readonly head?: boolean;
  /** Figures: right-aligned, digits of one width. */
  readonly figure?: boolean;
};

const emptyWords: Words = { zh: '暂无记录', en: 'Nothing to show yet' };

/**
 * A table with caption and scopes. On a narrow screen each row becomes a card with the columns' titles, and the roles
 * written out keep it a table for who hears it.
 */
export const table = <T>(
  view: View,
  given: {
    caption: string;
    columns: readonly Column<T>[];
    rows: readonly T[];
    /** Said instead of an empty table. */
    empty?: string;
    /** True where the caption is only heard, since a heading says the same. */
    quiet?: boolean;
    totals?: readonly string[] | null;
  },
): Html => {
  const { caption, columns, rows, empty, quiet, totals } = given;
  if (rows.length === 0) return html`<p class="empty">${empty ?? say(view, emptyWords)}</p>`;
  const kind = ({ figure }: Column<T>) => (figure ? html` class="figure"` : none);
  const cell = (column: Column<T>, row: T): Html =>
    column.head
      ? html`<th role="rowheader" scope="row" data-label="${column.title}"${kind(column)}>${column.cell(row)}</th>`
      : html`<td role="cell" data-label="${column.title}"${kind(column)}>${column.cell(row)}</td>`;
  return html`<table role="table">
    <caption${quiet ? html` class="unseen"` : none}>${caption}</caption>
    <thead role="rowgroup"><tr role="row">${columns.map((column) => html`<th role="columnheader" scope="col"${kind(column)}>${column.title}</th>`)}</tr></thead>
    <tbody role="rowgroup">${rows.map((row) => html`<tr role="row">${columns.map((column) => cell(column, row))}</tr>`)}</tbody>
    ${totals ? html`<tfoot role="rowgroup"><tr role="row">${totals.map((text, at) => html`<td role="cell" data-label="${columns[at]?.title}"${columns[at] ? kind(columns[at]) : none}>${text}</td>`)}</tr></tfoot>` : none}
  </table>`;
};

/** Terms and what is said of them; a pair whose value is null is left out. */
export const facts = (pairs: readonly (readonly [term: string, value: Value])[]): Html =>
  html`<dl class="facts">${pairs
    .filter(([, value]) => value !== null && value !== undefined && value !== '')
    .map(([term, value]) => html`<div><dt>${term}</dt><dd>${value}</dd></div>`)}</dl>`;

/** Large figures side by side, each with its words; `href` leads to what is counted. */
export const figures = (
  given: readonly { label: string; value: string; unit?: string; href?: string; note?: Value }[],
): Html =>
  html`<ul class="figures">${given.map(
    ({ label, value, unit, href, note }) => html`<li>
      <p class="label">${href === undefined ? label : html`<a href="${href}">${label}</a>`}</p>
      <p class="value">${value}${unit ? html`<span class="unit">${unit}</span>` : none}</p>
      ${note ? html`<p class="note">${note}</p>` : none}
    </li>`,
  )}</ul>`;
