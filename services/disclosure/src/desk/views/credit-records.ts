/** Measures in force against a bidder or a merchant (信用记录, X1), for who decides: facts, which refuse nobody. */
import type { RecordInForce } from '@gongshu/infra/incidents/record-in-force';
import { type Html, html, none } from '../../html/escape.ts';
import { table } from '../../html/table.ts';
import { day, type View } from '../../html/view.ts';
import { caseHref } from '../act-paths.ts';
import { t } from '../language.ts';
import { wordOf } from '../words.ts';

export type OnRecord = { body: string; records: readonly RecordInForce[] };

/** `given`: each body whose records the reader may read, those without any too; of nobody, nothing is shown. */
export const creditRecordList = (view: View, given: readonly OnRecord[]): Html =>
  given.length === 0
    ? none
    : html`<h2 id="credit-records">${t('信用记录')}</h2>
      <p>${t('现行有效的惩戒措施，供决定时参考；是否构成条件，由规定和决定人认定。')}</p>
      ${table(view, {
        caption: t('信用记录'),
        quiet: true,
        columns: [
          { title: t('被惩戒单位'), cell: ({ body }) => body, head: true },
          { title: t('惩戒措施'), cell: ({ measure }) => wordOf(measure, 'sanctionKinds') },
          { title: t('案件编号'), cell: ({ caseNo }) => html`<a href="${caseHref(caseNo)}">${caseNo}</a>` },
          { title: t('决定日期'), cell: ({ decidedOn }) => day(view, decidedOn) },
          {
            title: t('依据'),
            cell: ({ instrument, article }) => [instrument, article].filter(Boolean).join(' ') || '—',
          },
          { title: t('最后一日'), cell: ({ lastDay }) => (lastDay === null ? '—' : day(view, lastDay)) },
        ],
        rows: given.flatMap(({ body, records }) => records.map((one) => ({ body, ...one }))),
        empty: t('没有现行有效的惩戒措施'),
      })}`;
