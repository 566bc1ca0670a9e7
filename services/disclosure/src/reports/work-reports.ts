/** The operator's periodic reports (M3, M5): what the platform knows, filed with its words and documents, answered. */
import { calendarAt, newestCalendar } from '@gongshu/infra/calendars';
import type { DisclosureCaseTables } from '@gongshu/infra/disclosures/tables';
import { readFacts } from '@gongshu/infra/disclosures/facts';
import {
  foreseeReturned,
  lastDayOfReturned,
  toldOfReport,
  type WorkReportRow,
} from '@gongshu/infra/disclosures/work-reports';
import type { Reason } from '@gongshu/infra/cases/tables';
import { linkDocument, mustBeStored } from '@gongshu/infra/documents/cite';
import { jsonHash } from '@gongshu/infra/hash';
import type { Acting } from '@gongshu/infra/http/acting';
import { record } from '@gongshu/infra/record';
import { businessDateOf } from '@gongshu/shared/business-date';
import { clauseIn, type ResolvedPack, ruleOf } from '@gongshu/shared/packs/pack';
import { problem } from '@gongshu/shared/problems';
import { workReportFigures } from '@gongshu/shared/work-report/figures';
import type { Kysely, Transaction } from 'kysely';

type Db = Kysely<DisclosureCaseTables>;
type Trx = Transaction<DisclosureCaseTables>;

/** What the facts make of the report's period now; with the cases behind each figure. */
export const contentOf = async (db: Db, pack: ResolvedPack, row: WorkReportRow) => {
  const facts = await readFacts(db, row.jurisdiction);
  const span = { from: row.from_on, until: row.until_on };
  const merchants = ruleOf(pack, 'workReport', 'merchants').value;
  const contents = merchants === 'none' ? [] : merchants.contents;
  return workReportFigures(row.kind, facts, { span, operator: row.operator, contents });
};

const calendarOf = async (trx: Trx, { jurisdiction }: WorkReportRow) =>
  calendarAt(trx as never, (await newestCalendar(trx as never, jurisdiction)).version);

const held = (trx: Trx, { id }: WorkReportRow): Promise<WorkReportRow> =>
  trx.selectFrom('work_report').selectAll().where('id', '=', id).forUpdate().executeTakeFirstOrThrow();

/** What only papers can show: statements and audits are not in the platform's books. */
const onPaper = ['financialStatements', 'securityAudits', 'usageLogs'] as const;

/** Throws `workReportDocumentsMissing` (422) where the pack asks for what only papers show, and none is given. */
const mustHavePapers = (pack: ResolvedPack, { kind }: WorkReportRow, documents: readonly string[]): void => {
  if (kind !== 'work' || documents.length > 0) return;
  const contents = ruleOf(pack, 'workReport', 'work').value.contents.filter((one) =>
    (onPaper as readonly string[]).includes(one),
  );
  if (contents.length > 0)
    throw problem('workReportDocumentsMissing', {
      ...clauseIn(pack, 'workReport', 'work'),
      params: { contents: contents.join('、') },
    });
};

/**
 * Files the report: its figures as the facts stand, the operator's words and documents. Late is late, never refused.
 * Throws `workReportFiled` (409), `workReportDocumentsMissing`, `documentUnknown` (422).
 */
export const fileReport = (
  db: Db,
  pack: ResolvedPack,
  report: WorkReportRow,
  { words, documents }: { words: string; documents: string[] },
  { actor, at }: Acting,
): Promise<WorkReportRow> =>
  db.transaction().execute(async (trx) => {
    const { state, version, due_on, late: before } = await held(trx, report);
    if (state !== 'asked' && state !== 'returned') throw problem('workReportFiled');
    mustHavePapers(pack, report, documents);
    for (const [index, hash] of documents.entries()) {
      const cited = { hash, pointer: `/body/documents/${index}` };
      await mustBeStored(trx, {
        ...cited,
        organisation: actor.organisation,
        jurisdiction: report.jurisdiction,
      });
      await linkDocument(trx, {
        ...{ hash, jurisdiction: report.jurisdiction, caseNo: report.id, role: 'workReport' },
        ...{ by: actor.organisation ?? actor.id, at },
      });
    }
    const figures = await contentOf(trx, pack, report);
    const content = {
      ...{ form: 'gongshu-work-report-1', operator: report.operator, kind: report.kind },
      ...{ from: report.from_on, until: report.until_on },
      figures: figures.map(({ name, unit, value }) => ({ name, unit, value })),
    };
    const hash = jsonHash({ content, words, documents });
    // Once late, late to the end: what was returned and put right in time came late all the same.
    const late = before || businessDateOf(at.getTime()) > due_on;
    const row = await trx
      .updateTable('work_report')
      .set({
        ...{ state: 'filed', version: version + 1, content: JSON.stringify(content), words, hash, late },
        ...{ documents: JSON.stringify(documents), filed_by: actor.id, filed_at: at },
        ...{ answered_by: null, answered_at: null },
      })
      .where('id', '=', report.id)
      .returningAll()
      .executeTakeFirstOrThrow();
    await record(trx, 'disclosure', {
      ...{ key: `${row.id}/filed/${row.version}`, type: 'workReport.filed.v1', subject: row.id },
      ...{ jurisdiction: row.jurisdiction, actor, at },
      data: {
        ...{ ...toldOfReport(pack, row), version: row.version, hash, late },
        ...{ figures: figures.length, documents },
      },
    });
    return row;
  });

/** Received, or returned with reasons: then it is filed again, by a new last day. Throws `workReportNotFiled` (409). */
export const answerReport = (
  db: Db,
  pack: ResolvedPack,
  report: WorkReportRow,
  { outcome, reasons }: { outcome: 'receive' | 'return'; reasons: Reason[] },
  { actor, at }: Acting,
): Promise<WorkReportRow> =>
  db.transaction().execute(async (trx) => {
    if ((await held(trx, report)).state !== 'filed') throw problem('workReportNotFiled');
    const again =
      outcome === 'return'
        ? {
            due_on: lastDayOfReturned(
              pack,
              await calendarOf(trx, report),
              report,
              businessDateOf(at.getTime()),
            ),
            overdue_at: null,
          }
        : {};
    const row = await trx
      .updateTable('work_report')
      .set({
        ...{ state: outcome === 'receive' ? 'received' : 'returned', reasons: JSON.stringify(reasons) },
        ...{ ...again, answered_by: actor.id, answered_at: at },
      })
      .where('id', '=', report.id)
      .returningAll()
      .executeTakeFirstOrThrow();
    if (outcome === 'return') await foreseeReturned(trx, row);
    const data = { ...toldOfReport(pack, row), version: row.version, hash: row.hash ?? '', late: row.late };
    const reasonCodes = [...new Set(reasons.map(({ code }) => code))];
    await record(trx, 'disclosure', {
      ...{ key: `${row.id}/${row.state}/${row.version}`, subject: row.id },
      ...{ jurisdiction: row.jurisdiction, actor, at },
      ...(outcome === 'receive'
        ? ({ type: 'workReport.received.v1', data } as const)
        : ({ type: 'workReport.returned.v1', data: { ...data, reasonCodes } } as const)),
    });
    return row;
  });
