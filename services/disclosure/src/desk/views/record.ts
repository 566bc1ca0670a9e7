/** Any answer of a service as terms and tables: what no page of its own shows. */
import { t } from '../language.ts';
import { type Html, html, none, type Value } from '../../html/escape.ts';
import { facts } from '../../html/table.ts';
import { moment, type View, yuan } from '../../html/view.ts';
import { caseHref, placeOf } from '../act-paths.ts';
import { bodyOrWord } from '../names.ts';
import { labelOf, wordOf } from '../words.ts';

const instant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}/;
const code = /^[a-z][A-Za-z0-9]{1,60}$/;
/** Deeper than any answer that is shown so. */
const deepest = 6;
const mostRows = 200;

const isScalar = (value: unknown): boolean => value === null || typeof value !== 'object';

/** One single value: codes in words, instants to the minute, cases as links. */
export const scalar = (view: View, value: unknown): Value => {
  if (value === null || value === undefined || value === '') return '—';
  if (typeof value === 'boolean') return value ? t('是') : t('否');
  if (typeof value === 'number') return String(value);
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  if (instant.test(text)) return moment(view, text);
  if (placeOf(text)) return html`<a href="${caseHref(text)}">${text}</a>`;
  if (text.startsWith('sha256:')) return html`<span class="code">${text}</span>`;
  return bodyOrWord(view, text) ?? (code.test(text) ? wordOf(text) : text);
};

/** A field's label where it is read; forms ask for fen. */
const shownLabel = (name: string): string => labelOf(name).replace(/（分）| fen$/, '');

const rowsTable = (view: View, rows: readonly Record<string, unknown>[], depth: number): Html => {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))].slice(0, 12);
  return html`<table role="table"><thead role="rowgroup"><tr role="row">${columns.map((name) => html`<th role="columnheader" scope="col">${shownLabel(name)}</th>`)}</tr></thead>
    <tbody role="rowgroup">${rows.slice(0, mostRows).map(
      (row) =>
        html`<tr role="row">${columns.map((name) => {
          const [label, held] = field(view, name, row[name], depth + 1);
          return html`<td role="cell" data-label="${label}"><div>${held}</div></td>`;
        })}</tr>`,
    )}</tbody></table>${rows.length > mostRows ? html`<p>${t('只列出前 {0} 行。', mostRows)}</p>` : none}`;
};

/** The label of a field, and what it holds: fen are read in yuan. */
const field = (view: View, name: string, value: unknown, depth: number): readonly [string, Html] =>
  /(?:^f|F)en$/.test(name) && Number.isSafeInteger(value)
    ? [shownLabel(name), html`${t('{0} 元', yuan(value as number))}`]
    : [labelOf(name), recordOf(view, value, depth)];

/** A value of whatever shape. */
export const recordOf = (view: View, value: unknown, depth = 0): Html => {
  if (isScalar(value)) return html`${scalar(view, value)}`;
  if (depth > deepest) return html`<span class="code">${JSON.stringify(value)}</span>`;
  if (Array.isArray(value)) {
    if (value.length === 0) return html`—`;
    if (value.every(isScalar))
      return html`<ul>${value.slice(0, mostRows).map((one) => html`<li>${scalar(view, one)}</li>`)}</ul>`;
    if (value.every((one) => !isScalar(one) && !Array.isArray(one)))
      return rowsTable(view, value as Record<string, unknown>[], depth);
    return html`<ul>${value.slice(0, mostRows).map((one) => html`<li>${recordOf(view, one, depth + 1)}</li>`)}</ul>`;
  }
  const entries = Object.entries(value as object);
  if (entries.length === 0) return html`—`;
  return facts(entries.map(([name, one]) => field(view, name, one, depth + 1)));
};
