/** Entries of a procedure as a table: when, what, by whom, with what is kept of it. */
import type { ProcedureView } from '@gongshu/infra/procedures/view';
import { type Html, html, none } from '../../html/escape.ts';
import { table } from '../../html/table.ts';
import { moment, type View } from '../../html/view.ts';
import { t } from '../language.ts';
import { bodyName } from '../names.ts';
import { wordOf } from '../words.ts';
import { ofKind } from './of-kind.ts';
import { recordOf } from './record.ts';

const entryWord = (kind: string, entry: string): string => {
  const type = `${kind}.${entry}.v1`;
  const said = wordOf(type, 'eventTypes');
  return said === type ? wordOf(entry) : said;
};

/** From an entry on, the first without `from`; with the body that acted where `by` asks for it. */
export const entryTable = (
  view: View,
  { kind, entries }: Pick<ProcedureView, 'kind' | 'entries'>,
  { caption, by, from = 0 }: { caption: string; by: boolean; from?: number },
): Html => {
  type Entry = (typeof entries)[number];
  return table(view, {
    ...{ caption, quiet: true, rows: entries.slice(from) },
    columns: [
      { title: t('时间'), cell: ({ at }) => moment(view, at), head: true },
      { title: t('事项'), cell: (one) => entryWord(kind, one.kind) },
      ...(by
        ? [{ title: t('办理单位'), cell: (one: Entry) => (one.by === null ? '—' : bodyName(view, one.by)) }]
        : []),
      {
        title: t('内容'),
        cell: ({ data, words }) =>
          html`${recordOf(view, ofKind(kind, data), 2)}${words === null ? none : recordOf(view, words, 2)}`,
      },
    ],
  });
};
