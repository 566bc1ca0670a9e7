/** The papers of a case as its tables stand: each follows from rows that do not change once they are written. */
import {
  acceptancePaper,
  type Certificate,
  correctionPaper,
  type DecidedTurn,
  decisionPaper,
  opinionPaper,
  receiptPaper,
  type PaperCase,
  type PaperDecision,
  type PaperTurn,
  silencePaper,
} from '@gongshu/shared/paper/cases';
import type { Recorded } from '@gongshu/shared/application/types';
import type { Ground, Paper } from '@gongshu/shared/paper/paper';
import { jsonHash } from '../hash.ts';
import { receiptHash } from '../intake/receipts.ts';
import { turnsOf } from './list.ts';
import { instant } from './view-time.ts';
import { isSilence } from './view.ts';
import type { ApplicationReader, ApplicationRow } from './visible.ts';

/** A body's name as it was on record at an instant. */
export type NameAt = (at: Date) => string;
/** The names of a body where the service keeps names; `undefined` where it knows none. */
export type NamesOf = (jurisdiction: string, organisation: string) => Promise<NameAt | undefined>;

type Turns = NonNullable<ReturnType<Awaited<ReturnType<typeof turnsOf>>['get']>>;
type TurnRow = Turns[number];

const groundsOf = ({ rules }: ApplicationRow, { step, outcome }: TurnRow): Ground[] => {
  const { instrument, article, silenceArticle } = rules[step];
  return [
    { instrument, article },
    ...(isSilence(outcome) && silenceArticle !== article ? [{ instrument, article: silenceArticle }] : []),
  ];
};
const turnOf = (row: ApplicationRow, turn: TurnRow, endedAt: Date): PaperTurn => ({
  ...{ turn: turn.turn_id, step: turn.step, body: turn.organisation_name, outcome: turn.outcome },
  ...{ overdue: turn.late, endedAt: instant(endedAt), grounds: groundsOf(row, turn) },
});

/** What names the case on a paper of an instant: a later change of name changes no paper that was issued. */
type CaseAt = (at: Date) => PaperCase;

const paperCase = async (
  db: ApplicationReader,
  row: ApplicationRow,
  turns: Turns,
  namesOf: NamesOf,
): Promise<CaseAt> => {
  const { content_hash: contentHash } = await db
    .selectFrom('application_content')
    .select('content_hash')
    .where('case_no', '=', row.case_no)
    .orderBy('version')
    .limit(1)
    .executeTakeFirstOrThrow();
  const { jurisdiction, applicant_organisation: applicant, operator_organisation: operator } = row;
  const named = turns.find(({ organisation }) => organisation === operator)?.organisation_name;
  const [applicantAt, operatorAt] = await Promise.all([
    namesOf(jurisdiction, applicant),
    namesOf(jurisdiction, operator),
  ]);
  return (at) => ({
    ...{ caseNo: row.case_no, lifecycle: row.lifecycle, jurisdiction, contentHash },
    applicant: applicantAt?.(at) ?? applicant,
    operator: named ?? operatorAt?.(at) ?? operator,
    submittedAt: instant(row.submitted_at),
  });
};

/** The body a turn was before an instant, where its work went to a successor since; by its id. */
const bodyAt = (successions: readonly { at: Date; entry: Recorded }[], at: Date): string | undefined => {
  const later = successions.find((one) => one.at.getTime() > at.getTime())?.entry;
  return later?.kind === 'succeeded' ? later.from : undefined;
};

const rowsOf = async (db: ApplicationReader, caseNo: string) => {
  const turns = db.selectFrom('turn').select('turn_id').where('case_no', '=', caseNo);
  const [decisions, corrections, certificates, resources, successions] = await Promise.all([
    db.selectFrom('decision').selectAll().where('turn_id', 'in', turns).execute(),
    db
      .selectFrom('correction')
      .selectAll()
      .where('turn_id', 'in', turns)
      .orderBy('returned_at')
      .orderBy('id')
      .execute(),
    db.selectFrom('certificate').selectAll().where('turn_id', 'in', turns).execute(),
    db
      .selectFrom('application_resource')
      .select(['resource_id', 'reviewer_organisation'])
      .where('case_no', '=', caseNo)
      .orderBy('resource_id')
      .execute(),
    db
      .selectFrom('turn_entry')
      .select(['turn_id', 'at', 'entry'])
      .where('turn_id', 'in', turns)
      .where('kind', '=', 'succeeded')
      .orderBy('position')
      .execute(),
  ]);
  return {
    decisions: new Map<string, PaperDecision>(decisions.map((one) => [one.turn_id, one])),
    corrections: Map.groupBy(corrections, ({ turn_id }) => turn_id),
    certificates: new Map(
      certificates.map((one): [string, Certificate] => [
        one.turn_id,
        {
          ...{ id: one.id, hash: one.hash, madeAt: instant(one.made_at), content: one.content },
          holds: jsonHash(one.content) === one.hash,
        },
      ]),
    ),
    successions: Map.groupBy(successions, ({ turn_id }) => turn_id),
    resources: Map.groupBy(resources, ({ reviewer_organisation }) => reviewer_organisation),
  };
};

/** The act that began the case; none for a case that was brought in. */
const receivedBy = async (db: ApplicationReader, { case_no: caseNo }: ApplicationRow) => {
  const first = await db
    .selectFrom('intake')
    .select(['receipt', 'act', 'jurisdiction', 'received_at'])
    .where('case_no', '=', caseNo)
    .where('act', 'in', ['submitApplication', 'submitOnboarding'])
    .orderBy('seq')
    .executeTakeFirst();
  if (!first) return undefined;
  const hash = receiptHash({ ...first, caseNo, receivedAt: first.received_at });
  return { receipt: first.receipt, hash };
};

/** The papers of one turn, in the order they were made: corrections, then how it ended. */
const turnPapers = (
  caseAt: CaseAt,
  row: ApplicationRow,
  turn: TurnRow,
  { decisions, corrections, certificates, successions }: Awaited<ReturnType<typeof rowsOf>>,
): Paper[] => {
  const returned = (corrections.get(turn.turn_id) ?? []).map((one, index) => {
    const earlier = bodyAt(successions.get(turn.turn_id) ?? [], one.returned_at);
    const at = turnOf(row, turn, one.returned_at);
    return correctionPaper(caseAt(one.returned_at), earlier === undefined ? at : { ...at, body: earlier }, {
      ...{ at: index + 1, items: one.items, returnedAt: instant(one.returned_at), lapseOn: one.lapse_on },
    });
  });
  if (turn.ended_at === null) return returned;
  const of = caseAt(turn.ended_at);
  const ended = turnOf(row, turn, turn.ended_at);
  const decision = decisions.get(turn.turn_id);
  const certificate = certificates.get(turn.turn_id);
  const spoken = ['approved', 'refused', 'deemedApproved'].includes(turn.outcome);
  return [
    ...returned,
    ...(turn.step === 'acceptance' && spoken ? [acceptancePaper(of, ended, decision ?? null)] : []),
    ...(turn.step !== 'acceptance' && decision ? [opinionPaper(of, ended, decision)] : []),
    ...(certificate ? [silencePaper(of, ended, certificate)] : []),
  ];
};

/**
 * Every paper of a case, in time: acceptance, corrections, opinions, certificates of silence, and the decision once the
 * case has ended. The same rows give the same papers, whoever asks.
 */
export const papersOf = async (
  db: ApplicationReader,
  row: ApplicationRow,
  namesOf: NamesOf = async () => undefined,
): Promise<Paper[]> => {
  const turns = (await turnsOf(db, [row.case_no])).get(row.case_no) ?? [];
  const [caseAt, rows] = await Promise.all([paperCase(db, row, turns, namesOf), rowsOf(db, row.case_no)]);
  const received = await receivedBy(db, row);
  const papers = [
    ...(received ? [receiptPaper(caseAt(row.submitted_at), received)] : []),
    ...turns.flatMap((turn) => turnPapers(caseAt, row, turn, rows)),
  ];
  if (row.ended_at === null || row.outcome === null) return papers;
  const decided = turns.flatMap((turn): DecidedTurn[] =>
    turn.ended_at === null
      ? []
      : [
          {
            ...turnOf(row, turn, turn.ended_at),
            decision: rows.decisions.get(turn.turn_id) ?? null,
            resources:
              turn.step === 'review'
                ? (rows.resources.get(turn.organisation) ?? []).map(({ resource_id }) => resource_id)
                : [],
          },
        ],
  );
  const last = decided.at(-1);
  const decision = decisionPaper(caseAt(row.ended_at), {
    ...{ outcome: row.outcome, endedAt: instant(row.ended_at), turns: decided },
    grounds: last?.grounds ?? [],
  });
  return [...papers, decision];
};
