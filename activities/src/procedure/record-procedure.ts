/** A procedure's entries as rows, events, notices and audit entries; its periods under the newest calendar. */
import type { ProcedureTables } from '@gongshu/infra/procedures/tables';
import type { Signing } from '@gongshu/infra/products/signing';
import { type Change, recordAll } from '@gongshu/infra/record';
import { toInstantText } from '@gongshu/shared/business-date';
import { clauseWords } from '@gongshu/shared/packs/resting-on';
import { procedures } from '@gongshu/shared/procedure/kinds';
import type { Entry, Periods, ProcedureStart } from '@gongshu/shared/procedure/machine';
import { keptPeriods } from '@gongshu/shared/procedure/explain';
import { readPeriods, wakesOf } from '@gongshu/shared/procedure/periods';
import type { ProcedureActivities, ProcedureRecord } from '@gongshu/shared/procedure/types';
import type { Kysely, Transaction } from 'kysely';
import { actorOf, type ApplicationDeps } from '../application/deps.ts';
import { effects } from './effects.ts';

/** The event of an entry: `<procedure>.<kind>.v1`. */
const changeOf = (start: ProcedureStart, entry: Entry, position: number, actor: Change['actor']): Change => ({
  key: `${start.caseNo}/${position}`,
  type: `${start.procedure}.${entry.kind}.v1` as Change['type'],
  subject: start.caseNo,
  jurisdiction: start.jurisdiction,
  at: new Date(entry.at),
  actor,
  data: {
    ...{ caseNo: start.caseNo, packVersion: start.packVersion, at: toInstantText(entry.at) },
    ...entry.data,
    ...(entry.rests && {
      article: clauseWords(entry.rests.article, entry.rests.instrument),
      articleInstrument: entry.rests.instrument,
    }),
  },
  audit: { receipt: entry.receipt },
});

const actorOfEntry = async (
  trx: Transaction<ProcedureTables>,
  receipt: string | null,
): Promise<Change['actor']> =>
  actorOf(
    receipt === null
      ? undefined
      : await trx
          .selectFrom('intake')
          .select(['actor_id', 'actor_role', 'actor_organisation'])
          .where('receipt', '=', receipt)
          .executeTakeFirst(),
  );

/** Writes the entries that do not stand yet; answers with how many there are. */
const writeEntries = async (
  trx: Transaction<ProcedureTables>,
  { start, state, entries, position: first }: ProcedureRecord,
  known: number,
  { readings, signing }: { readings: Periods; signing: Signing | undefined },
): Promise<number> => {
  const changes: Change[] = [];
  for (const [index, entry] of entries.entries()) {
    const position = first + index;
    if (position < known) continue;
    const actor = await actorOfEntry(trx, entry.receipt);
    await trx
      .insertInto('procedure_entry')
      .values({
        ...{ case_no: start.caseNo, position, kind: entry.kind, receipt: entry.receipt },
        at: new Date(entry.at),
        ...{ actor_id: actor.id, actor_role: actor.role, actor_organisation: actor.organisation ?? null },
        data: JSON.stringify(entry.data) as never,
      })
      .execute();
    changes.push(changeOf(start, entry, position, actor));
    await effects[start.procedure](trx, { start, state, entry, position, readings, actor, signing });
  }
  await recordAll(trx as never, procedures[start.procedure].service, changes);
  return first + entries.length;
};

const tellsOfTime = /(?:[oO]verdue|reminderDue|heldForIntake)$/;

/** Runs at least once: an entry that stands in the tables is not written, nor told, again. */
export const createRecordProcedure =
  (deps: ApplicationDeps): ProcedureActivities['recordProcedure'] =>
  async (given) => {
    const { start, state, periods, waitsFor, done } = given;
    const db = deps.db[procedures[start.procedure].service] as unknown as Kysely<ProcedureTables>;
    const calendarVersion = await deps.calendars.newest(start.jurisdiction);
    const calendar = await deps.calendars.at(calendarVersion);
    const { now } = await deps.time();
    const readings: Periods = readPeriods(periods, calendar, { now, before: given.readings });
    const [next] = state.outcome === null ? wakesOf(periods, readings, calendar, { now, done }) : [];
    await db.transaction().execute(async (trx) => {
      const row = await trx
        .selectFrom('procedure')
        .select(['entries', 'outcome'])
        .where('case_no', '=', start.caseNo)
        .forUpdate()
        .executeTakeFirstOrThrow();
      const last = given.entries.at(-1);
      if (row.entries > given.position + given.entries.length) return; // a late second run
      // What happened is told to who comes next; that time passed, to who was waited for.
      if (!given.entries.some(({ kind }) => tellsOfTime.test(kind)))
        await trx
          .updateTable('procedure')
          .set({ waits_for: JSON.stringify(waitsFor) as never })
          .where('case_no', '=', start.caseNo)
          .execute();
      const entries = await writeEntries(trx, given, row.entries, { readings, signing: deps.signing });
      await trx
        .updateTable('procedure')
        .set((eb) => ({
          ...{ stage: state.stage, outcome: state.outcome, entries, calendar_version: calendarVersion },
          state: JSON.stringify(state) as never,
          waits_for: JSON.stringify(waitsFor) as never,
          readings: JSON.stringify(keptPeriods(periods, readings)) as never,
          reminded: done,
          wake_at: next ? new Date(next.at) : null,
          wake_key: next?.key ?? null,
          held: false,
          ended_at:
            state.outcome === null || row.outcome !== null ? eb.ref('ended_at') : new Date(last?.at ?? now),
          version: eb('version', '+', entries > row.entries ? 1 : 0),
        }))
        .where('case_no', '=', start.caseNo)
        .execute();
    });
    // Asked after the row stands: a clock moved meanwhile either sees the row, or is seen here.
    const { inMillis } = await deps.time();
    return {
      calendarVersion,
      readings,
      wake: next ? { ...next, inMillis: inMillis(next.at) } : null,
    };
  };
