/** The yearly cost report: made off the ledger, filed with the body the pack names, receipted or returned (朔州 十（二）). */
import { randomUUID } from 'node:crypto';
import { bureauOf, standingBody } from '@gongshu/infra/cases/bodies';
import type { Reason } from '@gongshu/infra/cases/tables';
import { linkDocument, mustBeStored } from '@gongshu/infra/documents/cite';
import { jsonHash } from '@gongshu/infra/hash';
import { record } from '@gongshu/infra/record';
import { businessDateOf } from '@gongshu/shared/business-date';
import type { ActObject } from '@gongshu/shared/may';
import { type ResolvedPack, ruleOf } from '@gongshu/shared/packs/pack';
import { problem } from '@gongshu/shared/problems';
import type { Acting } from '@gongshu/infra/http/acting';
import { costChange } from './change.ts';
import { ledgerOf } from './ledger.ts';
import { holdPeriod, setPeriodReport } from './period.ts';
import { allocationOf, figuresOf, type ReportContent } from './report-content.ts';
import type { auditOutcomes, CostDb, CostReportRow, CostTrx, Period } from './tables.ts';

export const findReport = (db: CostDb, id: string): Promise<CostReportRow | undefined> =>
  db.selectFrom('cost_report').selectAll().where('id', '=', id).executeTakeFirst();

/** What `may()` asks about a report: the operator's; the body it is filed with answers it. */
export const reportObject = ({ jurisdiction, operator, recipient }: CostReportRow): ActObject => ({
  ...{ jurisdiction, owner: operator, assignee: recipient },
});

const periodOf = ({ jurisdiction, operator, year }: CostReportRow): Period => ({
  ...{ jurisdiction, operator, year },
});

/** The last day for the report of a year, Asia/Shanghai. */
export const reportDueOn = (pack: ResolvedPack, year: number): string =>
  `${year + 1}-${ruleOf(pack, 'pricing', 'costReportDue').value}`;

/** The body a report is filed with; the bureau where the city has none of the kind the pack names. */
const recipientOf = async (trx: CostTrx, pack: ResolvedPack): Promise<string> => {
  const { to } = ruleOf(pack, 'pricing', 'costReport').value;
  const named = await standingBody(trx, 'body', pack.jurisdiction, to);
  return named ?? bureauOf(trx, 'body', pack.jurisdiction);
};

/** What the ledger of a year says; with the key by which its shared cost was laid on products. */
const contentOf = async (trx: CostTrx, period: Period): Promise<ReportContent> => {
  const ledger = await ledgerOf(trx, period);
  const adjusted = await trx
    .selectFrom('cost_item')
    .select(({ fn }) => fn.countAll<number>().as('items'))
    .where('jurisdiction', '=', period.jurisdiction)
    .where('operator', '=', period.operator)
    .where('year', '=', period.year)
    .where('reversed_by', 'is', null)
    .where((where) =>
      where.exists(where.selectFrom('cost_adjustment').select('item').whereRef('item', '=', 'cost_item.id')),
    )
    .executeTakeFirstOrThrow();
  const allocation = allocationOf(ledger);
  if (allocation === null && ledger.costs.some(({ product, fen }) => product === null && fen > 0n))
    throw problem('allocationKeyMissing');
  return {
    ...{ form: 'gongshu-cost-report-1', ...period, ...figuresOf(ledger) },
    ...{ adjustedItems: Number(adjusted.items), allocation },
  };
};

const keepItems = async (trx: CostTrx, report: string, period: Period): Promise<void> => {
  const { costs } = await ledgerOf(trx, period);
  for (let from = 0; from < costs.length; from += 2_000)
    await trx
      .insertInto('cost_report_item')
      .values(
        costs
          .slice(from, from + 2_000)
          .map(({ id, kind, product, fen }) => ({ report, item: id, kind, product, fen: Number(fen) })),
      )
      .execute();
};

const toldOf = ({ id, version, hash, late }: CostReportRow) => ({ report: id, version, hash, late });

/**
 * Makes and files the report of a year that is over, and closes the year. Throws `costYearRunning`,
 * `allocationKeyMissing`, `costPeriodClosed` (409). Late is late, never refused.
 */
export const fileReport = (
  db: CostDb,
  pack: ResolvedPack,
  year: number,
  acting: Acting,
): Promise<CostReportRow> => {
  const today = businessDateOf(acting.at.getTime());
  if (year >= Number(today.slice(0, 4)))
    throw problem('costYearRunning', { params: { from: `${year + 1}-01-01` } });
  const { organisation: operator, id: by } = acting.actor;
  const period = { jurisdiction: pack.jurisdiction, operator, year };
  const due_on = reportDueOn(pack, year);
  return db.transaction().execute(async (trx) => {
    const closedBy = await holdPeriod(trx, period);
    if (closedBy !== null) throw problem('costPeriodClosed', { params: { report: closedBy } });
    const content = await contentOf(trx, period);
    const before = await trx
      .selectFrom('cost_report')
      .select(({ fn }) => fn.max('version').as('version'))
      .where('jurisdiction', '=', pack.jurisdiction)
      .where('operator', '=', operator)
      .where('year', '=', year)
      .executeTakeFirst();
    const row = await trx
      .insertInto('cost_report')
      .values({
        ...{ id: `CR-${randomUUID()}`, ...period, version: (before?.version ?? 0) + 1, state: 'filed' },
        ...{ content: JSON.stringify(content), hash: jsonHash(content), due_on, late: today > due_on },
        ...{ recipient: await recipientOf(trx, pack), filed_by: by, filed_at: acting.at },
        ...{ answered_by: null, answered_at: null, audit_outcome: null, audit_document: null },
        ...{ audited_by: null, audited_at: null },
      })
      .returningAll()
      .executeTakeFirstOrThrow();
    await keepItems(trx, row.id, period);
    await setPeriodReport(trx, period, row.id);
    const data = {
      ...toldOf(row),
      ...{ recipient: row.recipient, items: content.items, netFen: content.netFen },
      ...{ filedOn: today, dueOn: due_on },
    };
    const told = { type: 'costReport.filed.v1', subject: row.id, rule: 'costReport' } as const;
    await record(trx, 'pricing', costChange(pack, period, acting, { ...told, data }));
    return row;
  });
};

const held = async (trx: CostTrx, report: CostReportRow): Promise<CostReportRow> => {
  await holdPeriod(trx, periodOf(report));
  return trx
    .selectFrom('cost_report')
    .selectAll()
    .where('id', '=', report.id)
    .forUpdate()
    .executeTakeFirstOrThrow();
};

/**
 * Receipted, or returned with reasons: then the year is open again, and another version is filed. Throws
 * `costReportAnswered` (409).
 */
export const answerReport = (
  db: CostDb,
  pack: ResolvedPack,
  report: CostReportRow,
  { outcome, reasons }: { outcome: 'receipt' | 'return'; reasons: Reason[] },
  acting: Acting,
): Promise<CostReportRow> =>
  db.transaction().execute(async (trx) => {
    const { state } = await held(trx, report);
    if (state !== 'filed') throw problem('costReportAnswered', { params: { state } });
    const period = periodOf(report);
    const row = await trx
      .updateTable('cost_report')
      .set({
        ...{ state: outcome === 'receipt' ? 'receipted' : 'returned', reasons: JSON.stringify(reasons) },
        ...{ answered_by: acting.actor.id, answered_at: acting.at },
      })
      .where('id', '=', report.id)
      .returningAll()
      .executeTakeFirstOrThrow();
    if (outcome === 'return') await setPeriodReport(trx, period, null);
    const reasonCodes = [...new Set(reasons.map(({ code }) => code))];
    const told =
      outcome === 'receipt'
        ? ({ type: 'costReport.receipted.v1', data: toldOf(row) } as const)
        : ({ type: 'costReport.returned.v1', data: { ...toldOf(row), reasonCodes } } as const);
    const about = { subject: row.id, rule: 'costReport' } as const;
    await record(trx, 'pricing', costChange(pack, period, acting, { ...told, ...about }));
    return row;
  });

/** What a third party found in the report, once. Throws `costReportAudited` (409), `documentUnknown` (422). */
export const recordAudit = (
  db: CostDb,
  pack: ResolvedPack,
  report: CostReportRow,
  { outcome, document }: { outcome: (typeof auditOutcomes)[number]; document: string },
  acting: Acting,
): Promise<CostReportRow> =>
  db.transaction().execute(async (trx) => {
    if ((await held(trx, report)).audit_outcome !== null) throw problem('costReportAudited');
    const { organisation, id: by } = acting.actor;
    const cited = { hash: document, pointer: '/body/document' };
    await mustBeStored(trx, { ...cited, organisation, jurisdiction: report.jurisdiction });
    await linkDocument(trx, {
      ...{ hash: document, jurisdiction: report.jurisdiction, caseNo: report.id, role: 'costAudit' },
      ...{ by: organisation, at: acting.at },
    });
    const row = await trx
      .updateTable('cost_report')
      .set({ audit_outcome: outcome, audit_document: document, audited_by: by, audited_at: acting.at })
      .where('id', '=', report.id)
      .returningAll()
      .executeTakeFirstOrThrow();
    const { late: _late, ...told } = toldOf(row);
    const change = { type: 'costReport.audited.v1', subject: row.id, rule: 'costReport' } as const;
    const data = { ...told, outcome, document };
    await record(trx, 'pricing', costChange(pack, periodOf(row), acting, { ...change, data }));
    return row;
  });
