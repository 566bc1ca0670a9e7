/** Notices of a change, written with it: both stand or neither. */
import type { ServiceName } from '@gongshu/shared/events';
import { type ArticleSource, linesOf, type NoticeLine } from '@gongshu/shared/notices/table';
import { turnId } from '@gongshu/shared/application/ids';
import type { ApplicationRules, StepRules } from '@gongshu/shared/application/types';
import { secondLockWords } from '@gongshu/shared/product/words';
import { sql, type Transaction } from 'kysely';
import type { Change } from '../record.ts';
import { asTheyStand, type CaseOfEvent, caseOf, hear, idIn, type Told } from './hearers.ts';

type Trx = Transaction<any>;
type Data = Readonly<Record<string, unknown>>;

/** A change that was new, and the id its event got. */
export type Issued = Pick<Change, 'key' | 'type' | 'jurisdiction' | 'at'> & { data: object; eventId: string };

const steps = ['acceptance', 'check', 'review'] as const;
type StepName = (typeof steps)[number];
const isStep = (name: unknown): name is StepName => (steps as readonly unknown[]).includes(name);

const stepRules = (rules: Partial<ApplicationRules> | undefined, step: unknown): StepRules | undefined =>
  isStep(step) ? rules?.[step] : undefined;

type Cited = { article: string | null; instrument: string | null };

/** The article a notice rests on: of the frozen rules of a step, or the one the event names. */
const citeOf = (source: ArticleSource, data: Data, subject: CaseOfEvent | undefined): Cited => {
  const own = data['turn'] ?? subject?.turn?.step;
  const rules = stepRules(subject?.rules, source === 'turn' || source === 'silence' ? own : source);
  const instrument = (rules ?? subject?.rules.acceptance)?.instrument ?? null;
  if (source === 'silence') return { article: rules?.silenceArticle ?? null, instrument };
  if (source === 'event') {
    const named = data as { article?: string; articleInstrument?: string };
    return { article: named.article ?? null, instrument: named.articleInstrument ?? instrument };
  }
  return { article: rules?.article ?? null, instrument };
};

/** What a city calls the two locks of a product: the pack’s words, frozen with the case (E1, E2). */
const ownTerms = async (trx: Trx, caseNo: string): Promise<Record<string, unknown>> => {
  const { rows } = await sql<{ localTerm: string; act: keyof typeof secondLockWords }>`
    select start -> 'rules' ->> 'localTerm' as "localTerm", start -> 'rules' -> 'secondLock' ->> 'act' as act
    from procedure
    where case_no = ${caseNo}`.execute(trx);
  const [of] = rows;
  return of
    ? { localTerm: of.localTerm, lock: secondLockWords[of.act].zh, lockEn: secondLockWords[of.act].en }
    : {};
};

/** What the words need and the event does not say: a clock's limit, the day a correction lapses, a city's own terms. */
const addedTo = async (
  trx: Trx,
  line: NoticeLine,
  { type, data }: Pick<Told, 'type' | 'data'>,
  subject: CaseOfEvent | undefined,
): Promise<Record<string, unknown>> => {
  if (type.startsWith('productEgress.')) return ownTerms(trx, idIn(data, 'caseNo'));
  if (line.opens !== undefined) return { limit: stepRules(subject?.rules, line.opens)?.budget ?? null };
  if (line.kind !== 'correctionRequested') return {};
  const { rows } = await sql<{ lapseOn: string | null }>`
    select lapse_on as "lapseOn"
    from correction
    where id = ${idIn(data, 'notice')}`.execute(trx);
  return { lapseOn: rows[0]?.lapseOn ?? null };
};

/** The turn a notice is about: the one its clock opens, or the event's own. */
const turnOfLine = (line: NoticeLine, data: Data, subject: CaseOfEvent | undefined): string | null => {
  const opened = line.opens ?? (subject?.turn ? undefined : data['turn']);
  if (subject && (opened === 'acceptance' || opened === 'check'))
    return turnId(idIn(data, 'caseNo'), opened, subject.operator);
  return subject?.turn?.id ?? null;
};

/** A notice but for its addressees: those who are named, not yet who stands in their place. */
type Draft = {
  change: Issued;
  named: string[];
  row: {
    caseNo: string | null;
    turn: string | null;
    kind: string;
    instrument: string | null;
    article: string | null;
    words: string;
  };
};

const draftsOf = async (trx: Trx, service: ServiceName, change: Issued): Promise<Draft[]> => {
  const data = change.data as Data;
  const lines = linesOf(change.type, data);
  if (lines.length === 0) return [];
  const told: Told = { key: change.key, type: change.type, jurisdiction: change.jurisdiction, data };
  const subject = await caseOf(trx, told);
  const drafts: Draft[] = [];
  for (const line of lines) {
    const heard = await Promise.all(line.to.map((hearer) => hear(trx, service, told, subject, hearer)));
    const { packVersion: _pack, article: _article, articleInstrument: _instrument, ...said } = data;
    const words = { ...said, ...(await addedTo(trx, line, told, subject)) };
    drafts.push({
      change,
      named: heard.flat(),
      row: {
        ...{ kind: line.kind, caseNo: (data['caseNo'] as string | undefined) ?? null },
        ...{ turn: turnOfLine(line, data, subject), words: JSON.stringify(words) },
        ...citeOf(line.article, data, subject),
      },
    });
  }
  return drafts;
};

/**
 * Writes a notice for everyone the table names for each change, once an addressee and kind; `issued_at` is the change's
 * own instant on the law's clock. Call it inside the transaction that enqueued the events, and only for new ones. However
 * many there are, they are written in one statement, in the order of the changes.
 */
export const issueNotices = async (
  trx: Trx,
  service: ServiceName,
  changes: readonly Issued[],
): Promise<void> => {
  const drafts: Draft[] = [];
  for (const change of changes) drafts.push(...(await draftsOf(trx, service, change)));
  const notices: (Draft & { addressee: string })[] = [];
  for (const [jurisdiction, own] of Map.groupBy(drafts, ({ change }) => change.jurisdiction)) {
    const standing = await asTheyStand(
      ...([trx, service, jurisdiction] as const),
      own.flatMap(({ named }) => named),
    );
    for (const draft of own)
      for (const addressee of new Set(draft.named.map((body) => standing.get(body) ?? body)))
        notices.push({ ...draft, addressee });
  }
  if (notices.length === 0) return;
  const column = (of: (one: (typeof notices)[number]) => string | null) => notices.map(of);
  await sql`
    insert into platform.notice (jurisdiction, service, case_no, turn_id, addressee, kind, event_id,
                                 event_type, instrument, article, data, issued_at)
    select jurisdiction, ${service}, case_no, turn_id, addressee, kind, event_id, event_type, instrument, article,
           words::jsonb, issued_at
    from unnest(
      ${column(({ change }) => change.jurisdiction)}::text[], ${column(({ row }) => row.caseNo)}::text[],
      ${column(({ row }) => row.turn)}::text[], ${column(({ addressee }) => addressee)}::text[],
      ${column(({ row }) => row.kind)}::text[], ${column(({ change }) => change.eventId)}::uuid[],
      ${column(({ change }) => change.type)}::text[], ${column(({ row }) => row.instrument)}::text[],
      ${column(({ row }) => row.article)}::text[], ${column(({ row }) => row.words)}::text[],
      ${column(({ change }) => change.at.toISOString())}::timestamptz[]
    ) with ordinality as given
      (jurisdiction, case_no, turn_id, addressee, kind, event_id, event_type, instrument, article, words, issued_at,
       place)
    order by place`.execute(trx);
};
