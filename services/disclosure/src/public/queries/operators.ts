/** Who is authorised, for what, how long; how they were selected; how they were evaluated (O1–O10, V2). */
import type { BusinessDate } from '@gongshu/shared/business-date';
import { type Kysely, type Selectable, sql } from 'kysely';
import type { DisclosureTables } from '../../tables.ts';
import { type Page, type Paged, paged, type Rests } from './page.ts';

type Db = Kysely<DisclosureTables>;

/** A mandate; both days inclusive. `expired` once its last day has passed. */
export type PublicMandate = Rests & {
  agreement: string;
  operator: string;
  mode: string;
  fields: string[];
  scenarios: string[];
  from: string;
  until: string;
  state: 'inForce' | 'suspended' | 'ended' | 'expired';
  ground: string | null;
  document: string | null;
  changedAt: Date;
};

const mandateOf =
  (on: BusinessDate) =>
  (row: Selectable<DisclosureTables['public_mandate']>): PublicMandate => ({
    ...{ agreement: row.agreement, operator: row.operator, mode: row.mode, fields: row.fields },
    ...{ scenarios: row.scenarios, from: row.from_on, until: row.until_on },
    state: row.state !== 'ended' && row.until_on < on ? 'expired' : (row.state as PublicMandate['state']),
    ...{ ground: row.ground, document: row.document, changedAt: row.told_at },
    ...{ article: row.article, instrument: row.instrument },
  });

type MandateKey = [from: string, agreement: string];
/** Mandates of a city as they stand on a day, newest first day first; `after` is first day and number of the last one. */
export const listMandates = async (
  db: Db,
  jurisdiction: string,
  on: BusinessDate,
  { after, limit }: Page<MandateKey>,
): Promise<Paged<PublicMandate, MandateKey>> => {
  const rows = await db
    .selectFrom('public_mandate')
    .selectAll()
    .where('jurisdiction', '=', jurisdiction)
    .$if(after !== undefined, (query) =>
      query.where(sql<boolean>`(from_on, agreement) < (${after?.[0]}::date, ${after?.[1]}::text)`),
    )
    .orderBy('from_on', 'desc')
    .orderBy('agreement', 'desc')
    .limit(limit + 1)
    .execute();
  return paged(rows, limit, ({ from_on, agreement }): MandateKey => [from_on, agreement], mandateOf(on));
};

/** A step of a selection as it was told. */
export type SelectionStep = { kind: string; at: Date; data: Record<string, unknown> };
/** A selection, as its public steps say; of a bidder nothing before the notice of the result. */
export type PublicSelection = {
  caseNo: string;
  mode: string | null;
  stage: 'announced' | 'assessed' | 'noticePublished' | 'failed' | 'withdrawn' | 'selected';
  announcedAt: Date | null;
  /** The last day for bids. */
  closesOn: string | null;
  winner: string | null;
  /** Working days that the notice of the result stands. */
  noticeWorkingDays: number | null;
  fields: string[];
  scenarios: string[];
  termMonths: number | null;
  reason: string | null;
  changedAt: Date;
  steps: SelectionStep[];
};

type StepRow = Pick<Selectable<DisclosureTables['public_selection']>, 'kind' | 'at' | 'data'>;
const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);
const count = (value: unknown): number | null => (typeof value === 'number' ? value : null);
const texts = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [];

const selectionOf = (caseNo: string, steps: readonly StepRow[]): PublicSelection | undefined => {
  const last = steps.at(-1);
  if (!last) return undefined;
  const newest = (...kinds: string[]) => steps.findLast(({ kind }) => kinds.includes(kind))?.data ?? {};
  const announced = steps.find(({ kind }) => kind === 'announced');
  const [selected, notice] = [newest('selected'), newest('noticePublished')];
  return {
    caseNo,
    mode: text(newest('announced', 'selected')['mode']),
    stage: last.kind as PublicSelection['stage'],
    announcedAt: announced?.at ?? null,
    closesOn: text(newest('announced')['closesOn']),
    winner: text(selected['winner']) ?? text(notice['winner']),
    noticeWorkingDays: count(notice['workingDays']),
    ...{ fields: texts(selected['fields']), scenarios: texts(selected['scenarios']) },
    termMonths: count(selected['termMonths']),
    reason: text(newest('failed')['reason']),
    changedAt: last.at,
    steps: steps.map(({ kind, at, data }) => ({ kind, at, data })),
  };
};

const stepsOf = async (db: Db, cases: readonly string[]): Promise<Map<string, StepRow[]>> => {
  if (cases.length === 0) return new Map();
  const rows = await db
    .selectFrom('public_selection')
    .select(['case_no', 'kind', 'at', 'data'])
    .where('case_no', '=', sql<string>`any(${[...cases]}::text[])`)
    .orderBy('case_no')
    .orderBy('sequence')
    .execute();
  return Map.groupBy(rows, ({ case_no }) => case_no);
};

/** Selections of a city by number, newest first; `after` is the number of the last one. */
export const listSelections = async (
  db: Db,
  jurisdiction: string,
  { after, limit }: Page<string>,
): Promise<Paged<PublicSelection, string>> => {
  const rows = await db
    .selectFrom('public_selection')
    .select('case_no')
    .distinct()
    .where('jurisdiction', '=', jurisdiction)
    .$if(after !== undefined, (query) => query.where('case_no', '<', after ?? ''))
    .orderBy('case_no', 'desc')
    .limit(limit + 1)
    .execute();
  const { items, next } = paged(
    rows,
    limit,
    ({ case_no }) => case_no,
    ({ case_no }) => case_no,
  );
  const steps = await stepsOf(db, items);
  return {
    items: items.flatMap((caseNo) => selectionOf(caseNo, steps.get(caseNo) ?? []) ?? []),
    next,
  };
};

/** A selection of a city by its number. */
export const findSelection = async (
  db: Db,
  jurisdiction: string,
  caseNo: string,
): Promise<PublicSelection | undefined> => {
  const rows = await db
    .selectFrom('public_selection')
    .select(['kind', 'at', 'data'])
    .where('case_no', '=', caseNo)
    .where('jurisdiction', '=', jurisdiction)
    .orderBy('sequence')
    .execute();
  return selectionOf(caseNo, rows);
};

/** The published result of a yearly evaluation; marks are exact decimals, `null` where no indicator had a source. */
export type PublicEvaluation = Rests & {
  caseNo: string;
  agreement: string;
  operator: string;
  year: number;
  outcome: 'pass' | 'rectify' | 'fail';
  round: number;
  exact: string | null;
  shown: string | null;
  withoutSource: { indicator: string; weight: string }[];
  secondRectify: boolean;
  at: Date;
};

/** Evaluations of a city, newest year first; `after` is year and number of the last one. */
export const listEvaluations = async (
  db: Db,
  jurisdiction: string,
  { after, limit }: Page<[number, string]>,
): Promise<Paged<PublicEvaluation, [number, string]>> => {
  const rows = await db
    .selectFrom('public_evaluation')
    .selectAll()
    .where('jurisdiction', '=', jurisdiction)
    .$if(after !== undefined, (query) =>
      query.where(sql<boolean>`(year, case_no) < (${after?.[0]}::integer, ${after?.[1]}::text)`),
    )
    .orderBy('year', 'desc')
    .orderBy('case_no', 'desc')
    .limit(limit + 1)
    .execute();
  return paged(
    rows,
    limit,
    ({ year, case_no }): [number, string] => [year, case_no],
    (row) => ({
      ...{ caseNo: row.case_no, agreement: row.agreement, operator: row.operator, year: row.year },
      ...{ outcome: row.outcome as PublicEvaluation['outcome'], round: row.round, exact: row.exact },
      ...{ shown: row.shown, withoutSource: row.without_source, secondRectify: row.second_rectify },
      ...{ at: row.at, article: row.article, instrument: row.instrument },
    }),
  );
};
