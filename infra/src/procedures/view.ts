/** What the reading side answers about procedures. */
import { businessDateOf } from '@gongshu/shared/business-date';
import type { Calendar } from '@gongshu/shared/calendar';
import { type Actor, reaches, type Act } from '@gongshu/shared/may';
import { clauseWords } from '@gongshu/shared/packs/resting-on';
import { explainPeriod, type KeptPeriod, lengthOf } from '@gongshu/shared/procedure/explain';
import type { ProcedureKind } from '@gongshu/shared/procedure/kinds';
import { type Expression, type Kysely, sql } from 'kysely';
import { z } from 'zod';
import { calendarAt } from '../calendars.ts';
import { CaseDocument, documentsOf } from '../documents/of-case.ts';
import type { DocumentStore } from '../documents/store.ts';
import { ExplainedDayView } from '../cases/view.ts';
import { instant, instantOrNull, workingDaysLeft } from '../cases/view-time.ts';
import type { ProcedureRow } from './acting.ts';
import { type Reader, readsWords, seesBody, seesDocumentsOf, stateFor } from './reader.ts';
import type { ProcedureTables } from './tables.ts';

const Instant = z.iso.datetime({ offset: true });

export const WaitingView = z.object({
  act: z.string(),
  role: z.string().describe('Who does it'),
  body: z.string().nullable().describe('The one body that may; null where the role says it all'),
  lastDay: z.iso.date().nullable(),
  daysLeft: z.int().nullable().describe('Working days after today up to and with the last day'),
  period: z.string().nullable().describe('Key of the period that it is due in; null where none runs'),
  dueAt: Instant.nullable().describe('When that period ends'),
});

export const ProcedureRowView = z
  .object({
    caseNo: z.string(),
    kind: z.string(),
    jurisdiction: z.string(),
    authority: z.string(),
    stage: z.string(),
    outcome: z.string().nullable(),
    openedAt: Instant,
    endedAt: Instant.nullable(),
    waitsFor: z.array(WaitingView).describe('The acts that may come next'),
    packVersion: z.string(),
  })
  .meta({ id: 'ProcedureRow' });
export type ProcedureRowView = z.infer<typeof ProcedureRowView>;

export const ProcedureView = ProcedureRowView.extend({
  facts: z.record(z.string(), z.unknown()).describe('What it began with'),
  state: z.record(z.string(), z.unknown()).describe('Where its steps stand: ids, codes, hashes, dates'),
  periods: z.array(
    z.object({
      key: z.string(),
      lastDay: z.iso.date().nullable(),
      endsAt: Instant.nullable(),
      provisional: z.boolean().describe('It reaches a year not published'),
      from: Instant.nullable().describe('When it began'),
      budget: z
        .number()
        .nullable()
        .describe('How many of its unit; null where the last day itself was named'),
      unit: z.enum(['workingDays', 'calendarDays', 'hours']).nullable(),
      article: z.string().nullable(),
      articleInstrument: z.string().nullable(),
      days: z.array(ExplainedDayView).describe('Each day of it, counted or left out and why (A7)'),
      daysCounted: z.int(),
      daysSkipped: z.int(),
    }),
  ),
  entries: z.array(
    z.object({
      position: z.int(),
      kind: z.string(),
      at: Instant,
      receipt: z.string().nullable(),
      by: z.string().nullable().describe('The body that acted; null where it is hidden'),
      data: z.record(z.string(), z.unknown()),
      words: z.record(z.string(), z.unknown()).nullable().describe('Null for who may not read them'),
    }),
  ),
  documents: z.array(CaseDocument),
}).meta({ id: 'Procedure' });
export type ProcedureView = z.infer<typeof ProcedureView>;

/** An instant of a reading, which keeps milliseconds. */
const instantAt = (millis: number | null | undefined): string | null =>
  millis === null || millis === undefined ? null : instant(new Date(millis));

/** One line of the list, on the law's clock. */
export const procedureRowView = async (
  db: Kysely<ProcedureTables>,
  row: ProcedureRow,
  now: Date,
): Promise<ProcedureRowView> => {
  const calendar = await calendarAt(db as never, row.calendar_version);
  const today = businessDateOf(now.getTime());
  return {
    ...{ caseNo: row.case_no, kind: row.kind, jurisdiction: row.jurisdiction, authority: row.authority },
    ...{ stage: row.stage, outcome: row.outcome, packVersion: row.pack_version },
    openedAt: instant(row.opened_at),
    endedAt: instantOrNull(row.ended_at),
    waitsFor: row.waits_for.map(({ act, role, body, period }) => {
      const due = period === undefined ? undefined : row.readings[period];
      const lastDay = due?.lastDay ?? null;
      return {
        ...{ act, role, body: body ?? null, lastDay },
        daysLeft: workingDaysLeft(calendar, today, lastDay),
        period: period ?? null,
        dueAt: instantAt(due?.at),
      };
    }),
  };
};

const periodView = (kept: KeptPeriod, calendar: Calendar): ProcedureView['periods'][number] => {
  const { key, lastDay, at, provisional, from, article } = kept;
  const length = lengthOf(kept.limit);
  const days = explainPeriod(kept, calendar);
  return {
    ...{ key, lastDay, provisional, budget: length?.budget ?? null, unit: length?.unit ?? null },
    endsAt: instantAt(at),
    from: instantAt(from),
    article: article ? clauseWords(article.article, article.instrument) : null,
    articleInstrument: article?.instrument ?? null,
    days,
    daysCounted: days.filter(({ counted }) => counted).length,
    daysSkipped: days.filter(({ counted }) => !counted).length,
  };
};

/** The whole case as it stands at `now`, as much of it as the reader reads. */
export const procedureView = async (
  db: Kysely<ProcedureTables>,
  row: ProcedureRow,
  { now, reader, documents }: { now: Date; reader: Reader; documents: DocumentStore },
): Promise<ProcedureView> => {
  const entries = await db
    .selectFrom('procedure_entry')
    .leftJoin('intake_text', 'intake_text.receipt', 'procedure_entry.receipt')
    .selectAll('procedure_entry')
    .select('intake_text.body')
    .where('case_no', '=', row.case_no)
    .orderBy('position')
    .execute();
  const calendar = await calendarAt(db as never, row.calendar_version);
  const reads = readsWords(row.kind, reader, entries);
  const sees = seesBody(row.kind, reader, entries);
  const seesFiled = seesDocumentsOf(row.kind, reader, entries);
  const filed = await documentsOf(db as never, documents, {
    ...{ jurisdiction: row.jurisdiction, caseNo: row.case_no, words: reader.whole || reader.takesPart },
  });
  return {
    ...(await procedureRowView(db, row, now)),
    facts: row.start.facts as Record<string, unknown>,
    state: stateFor(reader, row.state),
    periods: Object.values(row.readings).map((kept) => periodView(kept, calendar)),
    entries: entries.map((one) => ({
      ...{ position: one.position, kind: one.kind, at: instant(one.at), receipt: one.receipt },
      ...{ by: sees(one.actor_organisation) ? one.actor_organisation : null, data: one.data },
      words: reads(one) ? ((one.body as Record<string, unknown> | null) ?? null) : null,
    })),
    documents: filed.filter(({ filedBy }) => seesFiled(filedBy)),
  };
};

/** Procedures of a kind within the actor's reach, newest number first; at most `limit`. */
export const listProcedures = (
  db: Kysely<ProcedureTables>,
  actor: Actor,
  {
    kind,
    act,
    state,
    stage,
    before,
    limit,
    own,
  }: {
    kind: ProcedureKind;
    act: Act;
    state?: 'open' | 'ended' | undefined;
    stage?: string | undefined;
    before: string | undefined;
    limit: number;
    /** Whose the cases are, without taking part in them; asked where the act reaches an owner. */
    own?: ((organisation: string) => Expression<boolean>) | undefined;
  },
): Promise<ProcedureRow[]> => {
  const reach = new Set(reaches(actor, act));
  let query = db
    .selectFrom('procedure')
    .selectAll()
    .where('jurisdiction', '=', actor.jurisdiction)
    .where('kind', '=', kind);
  if (!reach.has('jurisdiction'))
    query = query.where((eb) => {
      const takesPart = eb.exists(
        eb
          .selectFrom('procedure_body')
          .select(sql`1`.as('one'))
          .whereRef('procedure_body.case_no', '=', 'procedure.case_no')
          .where('procedure_body.organisation', '=', reach.has('handler') ? (actor.organisation ?? '') : ''),
      );
      if (!own || !reach.has('owner') || actor.organisation === null) return takesPart;
      return eb.or([takesPart, own(actor.organisation)]);
    });
  if (state !== undefined) query = query.where('outcome', state === 'open' ? 'is' : 'is not', null);
  if (stage !== undefined) query = query.where('stage', '=', stage);
  if (before !== undefined) query = query.where('case_no', '<', before);
  return query.orderBy('case_no', 'desc').limit(limit).execute();
};

/** Bodies that take part, as `may()` asks: they handle the case. */
export const handlersOf = async (db: Kysely<ProcedureTables>, caseNo: string): Promise<string[]> => {
  const rows = await db
    .selectFrom('procedure_body')
    .select('organisation')
    .distinct()
    .where('case_no', '=', caseNo)
    .execute();
  return rows.map(({ organisation }) => organisation);
};
