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
import { linkDocument, mustAllBeStored } from '@gongshu/infra/documents/cite';
import { jsonHash } from '@gongshu/infra/hash';
import type { Acting } from '@gongshu/infra/http/acting';
import { record } from '@gongshu/infra/record';
import { businessDateOf } from '@gongshu/shared/business-date';
import { codeTables } from '@gongshu/shared/code-tables';
import { clauseIn, type ResolvedPack, ruleOf } from '@gongshu/shared/packs/pack';
import type { WorkContent } from '@gongshu/shared/packs/topics/work-report';
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
export const onPaper = ['financialStatements', 'securityAudits', 'usageLogs'] as const;
export type OnPaper = (typeof onPaper)[number];
export type Papers = Partial<Record<OnPaper, string>>;
const isOnPaper = (content: string): content is OnPaper => (onPaper as readonly string[]).includes(content);

/** What this filing needs on paper: what the pack has reported each time, and what was asked for when it was returned. */
const papersFor = (pack: ResolvedPack, { kind, asked }: WorkReportRow): OnPaper[] =>
  kind === 'work'
    ? [...new Set([...ruleOf(pack, 'workReport', 'work').value.contents, ...asked])].filter(isOnPaper)
    : [];

/** Each shown by a document of its own. Throws `workReportDocumentsMissing` (422), at each that is missing. */
const mustHavePapers = (pack: ResolvedPack, row: WorkReportRow, papers: Papers): void => {
  const missing = papersFor(pack, row).filter((one) => papers[one] === undefined);
  if (missing.length === 0) return;
  const wordOf = (one: OnPaper) => codeTables['workReportContents']?.codes[one] ?? { zh: one, en: one };
  throw problem('workReportDocumentsMissing', {
    ...clauseIn(pack, 'workReport', 'work'),
    params: { contents: missing.map((one) => wordOf(one).zh).join('、') },
    errors: missing.map((one) => ({
      ...{ pointer: `/body/papers/${one}`, code: 'workReportDocumentsMissing' },
      message: { zh: `缺少${wordOf(one).zh}`, en: `${wordOf(one).en}: missing` },
    })),
  });
};

/** What may be asked for when a report is returned. Throws `workReportContentNotAsked` (422) for anything else. */
const mustBeAskable = (
  pack: ResolvedPack,
  { kind }: WorkReportRow,
  contents: readonly WorkContent[],
): void => {
  const { onRequest = [] } = ruleOf(pack, 'workReport', 'work').value;
  const wrong = contents.findIndex((one) => kind !== 'work' || !onRequest.includes(one));
  if (wrong >= 0)
    throw problem('workReportContentNotAsked', {
      ...clauseIn(pack, 'workReport', 'work'),
      errors: [
        {
          ...{ pointer: `/body/contents/${wrong}`, code: 'workReportContentNotAsked' },
          message: { zh: '规则未列为可要求提供的内容', en: 'Not among what may be asked for' },
        },
      ],
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
  { words, documents, papers }: { words: string; documents: string[]; papers: Papers },
  { actor, at }: Acting,
): Promise<WorkReportRow> =>
  db.transaction().execute(async (trx) => {
    const before = await held(trx, report);
    const { state, version, due_on } = before;
    if (state !== 'asked' && state !== 'returned') throw problem('workReportFiled');
    mustHavePapers(pack, before, papers);
    const named = [
      ...documents.map((hash, n) => ({ hash, role: 'workReport', pointer: `/body/documents/${n}` })),
      ...Object.entries(papers).map(([role, hash]) => ({ hash, role, pointer: `/body/papers/${role}` })),
    ];
    const { organisation, id } = actor;
    const { jurisdiction } = report;
    await mustAllBeStored(trx, { cited: named, organisation, jurisdiction });
    for (const { hash, role } of named)
      await linkDocument(trx, {
        ...{ hash, jurisdiction, caseNo: report.id, role, by: organisation ?? id, at },
      });
    const all = [...new Set(named.map(({ hash }) => hash))];
    const figures = await contentOf(trx, pack, report);
    const content = {
      ...{ form: 'gongshu-work-report-1', operator: report.operator, kind: report.kind },
      ...{ from: report.from_on, until: report.until_on },
      figures: figures.map(({ name, unit, value }) => ({ name, unit, value })),
      ...(Object.keys(papers).length > 0 && { papers }),
    };
    const hash = jsonHash({ content, words, documents });
    // Once late, late to the end: what was returned and put right in time came late all the same.
    const late = before.late || businessDateOf(at.getTime()) > due_on;
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
        ...{ figures: figures.length, documents: all },
      },
    });
    return row;
  });

/**
 * Received, or returned with reasons: then it is filed again, by a new last day, with what is asked for besides. Throws
 * `workReportNotFiled` (409), `workReportContentNotAsked` (422).
 */
export const answerReport = (
  db: Db,
  pack: ResolvedPack,
  report: WorkReportRow,
  {
    outcome,
    reasons,
    contents,
  }: { outcome: 'receive' | 'return'; reasons: Reason[]; contents: WorkContent[] },
  { actor, at }: Acting,
): Promise<WorkReportRow> =>
  db.transaction().execute(async (trx) => {
    const before = await held(trx, report);
    if (before.state !== 'filed') throw problem('workReportNotFiled');
    mustBeAskable(pack, report, contents);
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
            asked: JSON.stringify([...new Set([...before.asked, ...contents])]),
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
        : ({ type: 'workReport.returned.v1', data: { ...data, reasonCodes, contents } } as const)),
    });
    return row;
  });
