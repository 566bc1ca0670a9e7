import { CaseView, ClockView, HistoryItem } from '@gongshu/infra/cases/view';
import { Command } from 'commander';
import { z } from 'zod';
import { type Caller, withCaller } from './caller-options.ts';
import { callCatalog } from './catalog-client.ts';
import { print, terminalWidth } from './installation.ts';
import { procedureOf, procedureTables, readProcedure } from './procedure-text.ts';
import { sideBySide, tableText } from './table.ts';

const HistoryPage = z.object({ items: z.array(HistoryItem), next: z.string().nullable() });

const historyOf = async (path: string, as: Caller): Promise<HistoryItem[]> => {
  const items: HistoryItem[] = [];
  for (let cursor = ''; ; ) {
    const page = await callCatalog(HistoryPage, {
      method: 'GET',
      path: `${path}/history?limit=200${cursor}`,
      as,
    });
    items.push(...page.items);
    if (page.next === null) return items;
    cursor = `&cursor=${page.next}`;
  }
};

const read = async (caseNo: string, as: Caller) => {
  const path = `/v1/applications/${encodeURIComponent(caseNo)}`;
  const row = await callCatalog(CaseView, { method: 'GET', path, as });
  const clocks = await callCatalog(z.object({ items: z.array(ClockView) }), {
    method: 'GET',
    path: `${path}/clock`,
    as,
  });
  return { case: row, clocks: clocks.items, history: await historyOf(path, as) };
};
type Read = Awaited<ReturnType<typeof read>>;

/** '2024-03-01 10:00:00' of an instant with +08:00. */
const time = (instant: string | null): string | null => instant?.slice(0, 19).replace('T', ' ') ?? null;

const caseTable = ({ case: row }: Read): string =>
  tableText(
    `申请 ${row.caseNo}`,
    ['项', '值'],
    [
      ['申请主体', row.applicant],
      ['运营机构', row.operator],
      ['环节', row.stage],
      ['结果', row.outcome],
      ['逾期未答复（默示）', row.silence.join(', ') || null],
      ['待办单位', row.waitsFor.join(', ') || null],
      ['提交', time(row.submittedAt)],
      ['受理', time(row.acceptedAt)],
      ['办结', time(row.endedAt)],
      ['内容版本', row.contentVersion],
    ],
  );

const turnsTable = ({ case: { turns } }: Read): string =>
  tableText(
    '环节 · turns',
    ['step', 'body', 'outcome', 'by', 'last day', 'left', 'overdue', 'article'],
    turns.map((turn) => [
      turn.step,
      turn.organisation,
      turn.outcome,
      turn.endedBy,
      turn.provisional ? '暂定' : turn.lastDay,
      turn.daysLeft,
      turn.overdue,
      turn.article,
    ]),
  );

const clocksTable = ({ clocks }: Read): string =>
  tableText(
    '时限 · clocks',
    ['turn', 'counted', 'skipped', 'deadline', 'ledger'],
    clocks.map((clock) => [
      clock.turn,
      clock.daysCounted,
      clock.daysSkipped,
      time(clock.deadline),
      clock.ledger.map(({ kind }) => kind).join(' → '),
    ]),
  );

const receiptsTable = ({ history }: Read): string =>
  tableText(
    '收件 · receipts',
    ['received', 'act', 'by', 'state', 'code', 'receipt'],
    history
      .filter(({ kind }) => kind === 'act')
      .map((one) => [
        time(one.at),
        one.name,
        one.actor.organisation ?? one.actor.id,
        one.state,
        one.code,
        one.receipt,
      ]),
  );

const eventsTable = ({ history }: Read): string =>
  tableText(
    '事件 · events',
    ['at', 'type', 'by', 'code'],
    history
      .filter(({ kind }) => kind === 'event')
      .map((one) => [time(one.at), one.name, one.actor.organisation ?? one.actor.id, one.code]),
  );

/** `gongshu case <no>`: an application with its turns, clocks, receipts and events, or a procedure with its entries. */
export const caseCommand = (): Command =>
  withCaller(new Command('case'), 'bureau')
    .description('查看一件案件 · one case: row, turns or steps, clocks, receipts, events, notices')
    .argument('<no>', 'its number')
    .option('--json', 'as JSON')
    .action(async (caseNo: string, { json, ...as }: Caller & { json?: true }) => {
      const procedure = procedureOf(caseNo);
      if (procedure) {
        const found = await readProcedure(procedure, caseNo, as);
        print(json ? JSON.stringify(found, null, 2) : sideBySide(procedureTables(found), terminalWidth()));
        return;
      }
      const found = await read(caseNo, as);
      if (json) print(JSON.stringify(found, null, 2));
      else {
        const tables = [caseTable, turnsTable, clocksTable, receiptsTable, eventsTable];
        const blocks = tables.map((table) => table(found));
        print(sideBySide(blocks, terminalWidth()));
      }
    });
