/** What changed since a case was last returned: contents place by place, findings gone and new, and what was done since. */
import type { ProcedureView } from '@gongshu/infra/procedures/view';
import { type Html, html, none } from '../../html/escape.ts';
import { table } from '../../html/table.ts';
import type { View } from '../../html/view.ts';
import { t } from '../language.ts';
import { labelOf, wordOf } from '../words.ts';
import { entryTable } from './entries.ts';
import { recordOf } from './record.ts';

/** A place that differs; without the two texts where the service tells the place alone. */
export type Changed = { place: string; change?: string; before?: unknown; after?: unknown };
export type Changes = {
  changed: readonly Changed[];
  /** Of a product's artefact: how many findings are gone, and how many are new. */
  findings: { resolved: number; appeared: number } | null;
};

const placeWords = (place: string): string =>
  place
    .split('/')
    .filter((step) => step !== '')
    .map((step) => labelOf(step))
    .join(' · ') || t('全部');

const changedTable = (view: View, { changed, findings }: Changes): Html => {
  const told = changed.some(({ before, after }) => before !== undefined || after !== undefined);
  return html`${table(view, {
    caption: t('与上一版的不同'),
    quiet: true,
    columns: [
      { title: t('内容'), cell: ({ place }) => placeWords(place), head: true },
      ...(changed.some(({ change }) => change !== undefined)
        ? [
            {
              title: t('改动'),
              cell: ({ change }: Changed) => (change === undefined ? '—' : wordOf(change, 'differences')),
            },
          ]
        : []),
      ...(told
        ? [
            { title: t('退回前'), cell: ({ before }: Changed) => recordOf(view, before ?? null, 1) },
            { title: t('补正后'), cell: ({ after }: Changed) => recordOf(view, after ?? null, 1) },
          ]
        : []),
    ],
    rows: changed,
    empty: t('没有改动'),
  })}${
    findings === null
      ? none
      : html`<p>${t('检测发现：已消除 {0} 项，新增 {1} 项。', findings.resolved, findings.appeared)}</p>`
  }`;
};

/** Entries after the last return; none where it was never returned. */
const since = (view: View, one: ProcedureView): Html => {
  const last = one.entries.findLastIndex(({ kind }) => /[rR]eturned$/.test(kind));
  if (last < 0) return none;
  return entryTable(view, one, { caption: t('退回以来的办理'), by: false, from: last });
};

/** The section of the case page; nothing where nothing was returned or handed in anew. */
export const procedureChanges = (view: View, one: ProcedureView, changes: Changes | null): Html => {
  const done = since(view, one);
  if (done === none && changes === null) return none;
  return html`<h2 id="changes">${t('自上次退回后的改动')}</h2>
    ${changes === null ? none : changedTable(view, changes)}${done}`;
};
