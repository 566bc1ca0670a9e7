import { calendarAt } from '../calendars.ts';
import { openingNoticeOf, outcomeToldAt } from '../notices/opening.ts';
import { businessDateOf } from '@gongshu/shared/business-date';
import { documentsOf } from '../documents/of-case.ts';
import type { DocumentStore } from '../documents/store.ts';
import { type CaseContents, changedParts } from './contents.ts';
import type { CaseView, ContentsView, CorrectionView, TurnView } from './view.ts';
import { endedBy } from './view.ts';
import { instant, instantOrNull, workingDaysLeft } from './view-time.ts';
import { caseRow, turnsOf } from './list.ts';
import type { ApplicationReader, ApplicationRow } from './visible.ts';

/** One version of the contents, and what changed against the one before; words only where `words`. */
export const contentsOf = async (
  db: ApplicationReader,
  caseNo: string,
  version: number,
  words: boolean,
): Promise<ContentsView | undefined> => {
  const rows = await db
    .selectFrom('application_content')
    .selectAll()
    .where('case_no', '=', caseNo)
    .where('version', 'in', [version, version - 1])
    .execute();
  const row = rows.find((one) => one.version === version);
  if (!row) return undefined;
  const after = row.contents as CaseContents;
  const earlier = rows.find((one) => one.version === version - 1)?.contents as CaseContents | undefined;
  const changed = earlier === undefined ? [] : changedParts(earlier, after);
  return {
    version,
    contentHash: row.content_hash,
    submittedAt: instant(row.submitted_at),
    receipt: row.receipt,
    changed: changed.map((field) =>
      words ? { field, before: earlier?.[field] ?? null, after: after[field] ?? null } : { field },
    ),
    contents: words ? after : null,
  };
};

/** The returns for correction, first to last, each with the version that answered it. */
const correctionsOf = async (
  db: ApplicationReader,
  caseNo: string,
  words: boolean,
): Promise<CorrectionView[]> => {
  const rows = await db
    .selectFrom('correction')
    .selectAll()
    .where('case_no', '=', caseNo)
    .orderBy('returned_at')
    .orderBy('id')
    .execute();
  const answers = await db
    .selectFrom('turn_entry')
    .innerJoin('turn', 'turn.turn_id', 'turn_entry.turn_id')
    .innerJoin('application_content', 'application_content.receipt', 'turn_entry.receipt')
    .select(['turn_entry.entry', 'application_content.version'])
    .where('turn.case_no', '=', caseNo)
    .where('application_content.case_no', '=', caseNo)
    .where('turn_entry.kind', '=', 'resubmitted')
    .execute();
  const versions = new Map(
    answers.flatMap(({ entry, version }) =>
      entry.kind === 'resubmitted' ? [[entry.id, version] as const] : [],
    ),
  );
  return Promise.all(
    rows.map(async (row): Promise<CorrectionView> => {
      const version = versions.get(row.id);
      const answer = version === undefined ? undefined : await contentsOf(db, caseNo, version, words);
      return {
        id: row.id,
        turn: row.turn_id,
        kind: row.kind,
        items: row.items,
        returnedAt: instant(row.returned_at),
        lapseOn: row.lapse_on,
        answeredAt: instantOrNull(row.answered_at),
        answer: answer ? { version: answer.version, changed: answer.changed } : null,
      };
    }),
  );
};

/** Decisions, extensions and certificates of a case, by turn. */
const partsOf = async (db: ApplicationReader, caseNo: string) => {
  const ofCase = <T extends { turn_id: string }>(rows: T[]): Map<string, T[]> =>
    Map.groupBy(rows, ({ turn_id }) => turn_id);
  const turns = db.selectFrom('turn').select('turn_id').where('case_no', '=', caseNo);
  const [decisions, extensions, certificates] = await Promise.all([
    db.selectFrom('decision').selectAll().where('turn_id', 'in', turns).execute(),
    db
      .selectFrom('extension')
      .selectAll()
      .where('turn_id', 'in', turns)
      .orderBy('requested_at')
      .orderBy('id')
      .execute(),
    db
      .selectFrom('certificate')
      .select(['id', 'turn_id', 'hash', 'made_at'])
      .where('turn_id', 'in', turns)
      .execute(),
  ]);
  return {
    decisions: ofCase(decisions),
    extensions: ofCase(extensions),
    certificates: ofCase(certificates),
  };
};

/** The turns with what each body said; where nobody spoke there is a certificate and no decision. */
const turnViews = async (db: ApplicationReader, row: ApplicationRow, now: Date): Promise<TurnView[]> => {
  const turns = (await turnsOf(db, [row.case_no])).get(row.case_no) ?? [];
  const { decisions, extensions, certificates } = await partsOf(db, row.case_no);
  const opened = await openingNoticeOf(
    db,
    turns.map(({ turn_id }) => turn_id),
  );
  const today = businessDateOf(now.getTime());
  return Promise.all(
    turns.map(async (turn): Promise<TurnView> => {
      const open = turn.outcome === 'open';
      const [decision] = decisions.get(turn.turn_id) ?? [];
      const [certificate] = certificates.get(turn.turn_id) ?? [];
      const rules = row.rules[turn.step];
      return {
        turn: turn.turn_id,
        step: turn.step,
        organisation: turn.organisation,
        organisationName: turn.organisation_name,
        bodyKind: turn.body_kind,
        startedAt: instant(turn.started_at),
        outcome: turn.outcome,
        endedBy: endedBy(turn.outcome),
        endedAt: instantOrNull(turn.ended_at),
        overdue: turn.overdue,
        late: turn.late,
        suspended: open && turn.suspended,
        provisional: turn.provisional,
        held: turn.held,
        lastDay: turn.last_day,
        deadline: instantOrNull(turn.deadline),
        daysLeft: open
          ? workingDaysLeft(await calendarAt(db, turn.calendar_version), today, turn.last_day)
          : null,
        directedDueOn: turn.directed_due_on,
        article: rules.article,
        silenceArticle: rules.silenceArticle,
        told: opened.get(turn.turn_id)?.told ?? false,
        toldAt: instantOrNull(opened.get(turn.turn_id)?.deliveredAt ?? null),
        decision: decision
          ? {
              outcome: decision.outcome,
              findings: decision.findings,
              reasons: decision.reasons,
              conditions: decision.conditions,
              decidedAt: instant(decision.decided_at),
              receipt: decision.receipt,
            }
          : null,
        extensions: (extensions.get(turn.turn_id) ?? []).map((one) => ({
          id: one.id,
          workingDays: one.days,
          reason: one.reason,
          documentHash: one.document_hash,
          state: one.state,
          grantedWorkingDays: one.granted_days,
          requestedAt: instant(one.requested_at),
          answeredAt: instantOrNull(one.answered_at),
        })),
        certificate: certificate
          ? { id: certificate.id, hash: certificate.hash, madeAt: instant(certificate.made_at) }
          : null,
      };
    }),
  );
};

/** The whole case as it stands at `now`, on the law's clock. */
export const caseView = async (
  db: ApplicationReader,
  row: ApplicationRow,
  { now, words, documents }: { now: Date; words: boolean; documents: DocumentStore },
): Promise<CaseView> => {
  const caseNo = row.case_no;
  const contents = await contentsOf(db, caseNo, row.content_version, words);
  if (!contents) throw new Error(`case ${caseNo} has no contents of version ${row.content_version}`);
  const resources = await db
    .selectFrom('application_resource')
    .selectAll()
    .where('case_no', '=', caseNo)
    .orderBy('resource_id')
    .execute();
  const turns = (await turnsOf(db, [caseNo])).get(caseNo) ?? [];
  return {
    ...(await caseRow(db, row, turns, now)),
    contents,
    resources: resources.map((one) => ({
      resource: one.resource_id,
      reviewer: { kind: one.reviewer_kind, organisation: one.reviewer_organisation },
    })),
    turns: await turnViews(db, row, now),
    toldAt: instantOrNull(await outcomeToldAt(db, caseNo, row.applicant_organisation)),
    corrections: await correctionsOf(db, caseNo, words),
    documents: await documentsOf(db as never, documents, { jurisdiction: row.jurisdiction, caseNo, words }),
  };
};
