/** What a published document says, drawn from its data: tables where it holds tables, terms where it holds terms. */
import { tablesOfColumn } from '@gongshu/shared/code-tables/of-column';
import { wordIn } from '@gongshu/shared/code-tables/word';
import { discountText } from '@gongshu/shared/paper/words';
import { type Html, html, none, type Value } from '../html/escape.ts';
import { facts, table } from '../html/table.ts';
import { chinese, day, say, type View, yuan } from '../html/view.ts';
import { contentWords } from './content-words.ts';

/** Deeper than any document of ours; what lies below is shown as text. */
const deepest = 6;

const labelOf = (view: View, key: string): Value => {
  const known = Object.hasOwn(contentWords, key) ? contentWords[key] : undefined;
  return known ? say(view, known) : chinese(view, key);
};
const plainLabel = (view: View, key: string): string => {
  const known = Object.hasOwn(contentWords, key) ? contentWords[key] : undefined;
  return known ? say(view, known) : key;
};

/** Words of a code, where the key says from which list it is. */
const worded = (view: View, key: string, value: string): string =>
  wordIn(tablesOfColumn[key] ?? [], value, view.language) ?? value;

type Names = ReadonlyMap<string, string>;

const scalar = (view: View, key: string, value: string | number | boolean, names: Names): Value => {
  if (typeof value === 'boolean')
    return view.language === 'zh' ? (value ? '是' : '否') : value ? 'yes' : 'no';
  if (typeof value === 'number')
    return /fen$/i.test(key) && Number.isSafeInteger(value) ? yuan(value) : String(value);
  if (/^\d{4}-\d{2}-\d{2}$/.test(value)) return day(view, value);
  if (key === 'discount') return discountText(value)?.[view.language] ?? '—';
  const name = names.get(value);
  return chinese(view, name ?? worded(view, key, value));
};

const isScalar = (value: unknown): value is string | number | boolean =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isFlat = (value: unknown): value is Record<string, unknown> =>
  isRecord(value) && Object.values(value).every((one) => one === null || isScalar(one));
const isTable = (
  value: unknown,
): value is { name: string; columns: string[]; rows: unknown[][]; of?: number } =>
  isRecord(value) &&
  Array.isArray(value['columns']) &&
  Array.isArray(value['rows']) &&
  isScalar(value['name']);
const isWords = (value: unknown): value is { zh: string; en: string } =>
  isRecord(value) &&
  Object.keys(value).length === 2 &&
  typeof value['zh'] === 'string' &&
  typeof value['en'] === 'string';
/** A figure: name, value, unit. */
const isFigure = (value: unknown): value is { name: string; value: number | null; unit?: string } =>
  isFlat(value) &&
  typeof value['name'] === 'string' &&
  (typeof value['value'] === 'number' || value['value'] === null);

const heading = (depth: number, words: Value): Html =>
  depth <= 1 ? html`<h2>${words}</h2>` : html`<h3>${words}</h3>`;

const cellsTable = (
  view: View,
  caption: string,
  columns: readonly string[],
  rows: readonly unknown[][],
  names: Names,
): Html =>
  table(view, {
    ...{ caption, rows },
    columns: columns.map((key, at) => ({
      title: plainLabel(view, key),
      ...(at === 0 && { head: true }),
      ...(rows.length > 0 &&
        rows.every((row) => typeof row[at] === 'number' || row[at] === null) &&
        at > 0 && { figure: true }),
      cell: (row: unknown[]) => (isScalar(row[at]) ? scalar(view, key, row[at], names) : '—'),
    })),
  });

const figureList = (
  view: View,
  caption: string,
  given: readonly { name: string; value: number | null; unit?: string }[],
): Html =>
  table(view, {
    ...{ caption, rows: given },
    columns: [
      { title: say(view, { zh: '指标', en: 'Figure' }), head: true, cell: ({ name }) => labelOf(view, name) },
      {
        title: say(view, { zh: '数值', en: 'Value' }),
        figure: true,
        cell: ({ value, unit }) =>
          value === null ? '—' : unit === 'fen' ? `${yuan(value)} 元` : value.toLocaleString('en-US'),
      },
    ],
  });

const listOf = (view: View, key: string, values: readonly unknown[], depth: number, names: Names): Html => {
  const caption = plainLabel(view, key);
  if (values.length === 0) return none;
  if (values.every(isScalar))
    return html`<ul>${values.map((one) => html`<li>${scalar(view, key, one, names)}</li>`)}</ul>`;
  if (values.every(isFigure)) return figureList(view, caption, values);
  if (values.every(isFlat)) {
    const columns = [...new Set(values.flatMap((one) => Object.keys(one)))];
    return cellsTable(
      view,
      caption,
      columns,
      values.map((one) => columns.map((column) => one[column] ?? null)),
      names,
    );
  }
  const named = values.map((one) => (isRecord(one) ? titleOf(Object.entries(one)) : undefined));
  // A bulletin on fifty departments is forty screens long: each is opened by its name, and all of them printed.
  if (values.length > mostOpen && named.every((title) => title !== undefined))
    return html`${values.map((one, at) => {
      const [name = '', title = ''] = named[at] ?? [];
      const rest = Object.fromEntries(Object.entries(one as object).filter(([other]) => other !== name));
      return html`<details class="one"><summary>${scalar(view, name, title, names)}</summary>${valueOf(view, key, rest, depth + 1, names)}</details>`;
    })}`;
  return html`${values.map((one) => valueOf(view, key, one, depth + 1, names))}`;
};

/** So many of a list stand open below each other; of more each is folded under its name. */
const mostOpen = 12;
const titleKeys = ['item', 'title', 'name', 'department', 'indicator'];
const titleOf = (entries: readonly [string, unknown][]): [string, string] | undefined =>
  entries.find(
    (entry): entry is [string, string] => titleKeys.includes(entry[0]) && typeof entry[1] === 'string',
  );

const valueOf = (view: View, key: string, value: unknown, depth: number, names: Names): Html => {
  if (value === null || value === undefined) return none;
  if (isScalar(value)) return html`<p>${scalar(view, key, value, names)}</p>`;
  if (isWords(value)) return html`<p>${value[view.language]}</p>`;
  if (depth > deepest) return html`<p>${JSON.stringify(value)}</p>`;
  if (isTable(value)) {
    const cut = value.of !== undefined && value.of > value.rows.length;
    return html`${cellsTable(view, plainLabel(view, value.name), value.columns, value.rows, names)}${
      cut
        ? html`<p>${say(view, { zh: `共 ${value.of} 行，此处列前 ${value.rows.length} 行。`, en: `The first ${value.rows.length} of ${value.of}.` })}</p>`
        : none
    }`;
  }
  if (Array.isArray(value)) return listOf(view, key, value, depth, names);
  const entries = Object.entries(value as Record<string, unknown>).filter(([, one]) => one !== null);
  const titled =
    depth > 0 ? entries.find(([name, one]) => titleKeys.includes(name) && isScalar(one)) : undefined;
  const others = entries.filter((entry) => entry !== titled);
  const terms = others.filter(([, one]) => isScalar(one) || isWords(one));
  const nested = others.filter(
    ([, one]) => !isScalar(one) && !isWords(one) && !(Array.isArray(one) && one.length === 0),
  );
  return html`${titled ? heading(depth, scalar(view, titled[0], titled[1] as string, names)) : none}
    ${terms.length === 0 ? none : facts(terms.map(([name, one]) => [labelOfText(view, name), isWords(one) ? one[view.language] : scalar(view, name, one as string, names)] as const))}
    ${nested.map(([name, one]) => html`${isTable(one) || titled || Array.isArray(value) ? none : heading(depth + 1, labelOf(view, name))}${valueOf(view, name, one, depth + 1, names)}`)}`;
};
const labelOfText = plainLabel;

/** What stands in the frame of the page already. */
const framed = new Set(['form', 'jurisdiction']);

/** A document's content as headings, terms, lists and tables; `names` gives bodies their public names. */
export const contentOf = (view: View, content: Record<string, unknown>, names: Names): Html =>
  html`<div class="document">${valueOf(
    view,
    '',
    Object.fromEntries(Object.entries(content).filter(([key]) => !framed.has(key))),
    0,
    names,
  )}</div>`;
