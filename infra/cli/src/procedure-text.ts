/** `gongshu case <no>` of a procedure: row, what it waits for, entries and notices, beside each other where they fit. */
import { Notice } from '@gongshu/infra/notices/notice';
import { ProcedureView } from '@gongshu/infra/procedures/view';
import { procedureKinds, procedures } from '@gongshu/shared/procedure/kinds';
import { z } from 'zod';
import type { Caller } from './caller-options.ts';
import { callCatalog } from './catalog-client.ts';
import { tableText } from './table.ts';

const NoticePage = z.object({ items: z.array(Notice), next: z.string().nullable() });

/** The kind of procedure a number is of, by its series; `undefined` for any other case. */
export const procedureOf = (caseNo: string) =>
  procedureKinds.find((kind) => caseNo.split('-')[1] === procedures[kind].series);

/** The case as its service answers it, and the newest notices about it, which are the registry's. */
export const readProcedure = async (kind: (typeof procedureKinds)[number], caseNo: string, as: Caller) => {
  const ask = { method: 'GET', as } as const;
  const no = encodeURIComponent(caseNo);
  const { service, path } = procedures[kind];
  return {
    procedure: await callCatalog(ProcedureView, { ...ask, service, path: `${path}/${no}` }),
    notices: (
      await callCatalog(NoticePage, {
        ...{ ...ask, service: 'registry' },
        path: `/v1/notices?limit=200&caseNo=${no}`,
      })
    ).items,
  };
};
type Read = Awaited<ReturnType<typeof readProcedure>>;

const time = (instant: string | null): string | null => instant?.slice(0, 19).replace('T', ' ') ?? null;

/** Its tables as text. */
export const procedureTables = ({ procedure: row, notices }: Read): string[] => [
  tableText(
    `案件 ${row.caseNo}`,
    ['项', '值'],
    [
      ['类别', row.kind],
      ['主办单位', row.authority],
      ['环节', row.stage],
      ['结果', row.outcome],
      ['启动', time(row.openedAt)],
      ['办结', time(row.endedAt)],
    ],
  ),
  tableText(
    '待办 · waits for',
    ['act', 'role', 'body', 'last day', 'left'],
    row.waitsFor.map((one) => [one.act, one.role, one.body, one.lastDay, one.daysLeft]),
  ),
  tableText(
    '进程 · entries',
    ['at', 'event', 'by', 'receipt'],
    row.entries.map((one) => [time(one.at), `${row.kind}.${one.kind}`, one.by, one.receipt]),
  ),
  tableText(
    '通知 · notices',
    ['issued', 'to', 'kind', 'told'],
    notices.map((one) => [time(one.issuedAt), one.addressee, one.kind, one.told]),
  ),
];
