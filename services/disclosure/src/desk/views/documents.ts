import { t } from '../language.ts';
import type { CaseDocument } from '@gongshu/infra/documents/of-case';
import type { ServiceName } from '@gongshu/shared/events';
import { type Html, html } from '../../html/escape.ts';
import { table } from '../../html/table.ts';
import { tag } from '../../html/tag.ts';
import { moment, type View } from '../../html/view.ts';
import { size } from '../../html/size.ts';
import { labelOf, wordOf } from '../words.ts';

/** The address of the desk that passes a file of a service on, under the reader's own rights. */
export const fileHref = (service: ServiceName, path: string): string =>
  `/desk/files/${service}?path=${encodeURIComponent(path)}`;

/** As what it was filed; a role of a later release by its field’s words. */
const roleWord = (role: string): string => {
  const said = wordOf(role, 'documentRoles');
  return said === role ? labelOf(role) : said;
};

/** Documents of a case, each to download; one that is missing or was altered is said so. */
export const documentTable = (view: View, service: ServiceName, documents: readonly CaseDocument[]): Html =>
  table(view, {
    caption: t('材料'),
    quiet: true,
    columns: [
      {
        title: t('材料'),
        head: true,
        cell: ({ hash, title, mediaType, bytes, state }) =>
          title === null || state !== 'present'
            ? html`${title ?? t('（名称不对您显示）')}`
            : html`<a href="${fileHref(service, `/v1/documents/${hash}/content`)}">${title}</a>（${mediaType.split('/').at(-1)}，${size(bytes)}）`,
      },
      { title: t('用途'), cell: ({ role }) => roleWord(role) },
      { title: t('提交单位'), cell: ({ filedBy }) => filedBy },
      { title: t('提交时间'), cell: ({ filedAt }) => moment(view, filedAt) },
      {
        title: t('文件'),
        cell: ({ state }) => tag(wordOf(state, 'documentStates'), state === 'present' ? 'good' : 'stop'),
      },
    ],
    rows: documents,
    empty: t('没有材料'),
  });
