/** Scenarios that the operator collects are reported to the authority periodically (Zhongwei art. 16). */
import { randomUUID } from 'node:crypto';
import { jsonHash } from '@gongshu/infra/hash';
import { record } from '@gongshu/infra/record';
import { businessDateOf } from '@gongshu/shared/business-date';
import type { ResolvedPack } from '@gongshu/shared/packs/pack';
import { restsOn } from '@gongshu/shared/packs/resting-on';
import { problem } from '@gongshu/shared/problems';
import { addMonths } from '@gongshu/shared/resource';
import { type Selectable, sql } from 'kysely';
import type { Acting } from '../resources/resource-law.ts';
import { reportMonths } from './law.ts';
import type { ScenarioDb } from './queries.ts';
import type { ScenarioTables } from './tables.ts';

export type ReportRow = Selectable<ScenarioTables['scenario_report']>;

/** How the duty to report stands; dates of Asia/Shanghai. `dueOn` is null before anything was collected. */
export type ReportStanding = {
  /** Between two reports; null where the pack asks for none. */
  months: number | null;
  lastReportedOn: string | null;
  dueOn: string | null;
  overdue: boolean;
  /** Collected or changed since the last report. */
  unreported: number;
};

type Item = { scenario: string; code: string; version: number; contentHash: string };

const lastReport = (db: ScenarioDb, jurisdiction: string): Promise<ReportRow | undefined> =>
  db
    .selectFrom('scenario_report')
    .selectAll()
    .where('jurisdiction', '=', jurisdiction)
    .orderBy('reported_at', 'desc')
    .executeTakeFirst();

/** The newest text of each collected scenario that no report has named yet. */
const unreportedOf = async (db: ScenarioDb, jurisdiction: string): Promise<Item[]> => {
  const rows = await db
    .selectFrom('scenario')
    .innerJoin('scenario_version', (join) =>
      join
        .onRef('scenario_version.scenario', '=', 'scenario.id')
        .onRef('scenario_version.version', '=', 'scenario.version'),
    )
    .select(['scenario.id', 'scenario.code', 'scenario.version', 'content_hash'])
    .where('jurisdiction', '=', jurisdiction)
    .where('state', '=', 'collected')
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('scenario_report')
            .select('scenario_report.id')
            .where('scenario_report.jurisdiction', '=', jurisdiction)
            .where(
              sql<boolean>`scenario_report.items @> jsonb_build_array(
                jsonb_build_object('scenario', scenario.id, 'version', scenario.version))`,
            ),
        ),
      ),
    )
    .orderBy('scenario.id')
    .execute();
  return rows.map(({ id, content_hash: contentHash, ...row }) => ({ scenario: id, ...row, contentHash }));
};

const firstCollectedOn = async (db: ScenarioDb, jurisdiction: string): Promise<string | null> => {
  const row = await db
    .selectFrom('scenario')
    .select(({ fn }) => fn.min('proposed_at').as('first'))
    .where('jurisdiction', '=', jurisdiction)
    .where('treatment', '=', 'reported')
    .executeTakeFirst();
  return row?.first ? businessDateOf(new Date(row.first).getTime()) : null;
};

/** Whether a report is due: so many months after the last, or after the first scenario was collected. */
export const reportStanding = async (
  db: ScenarioDb,
  pack: ResolvedPack,
  now: Date,
): Promise<ReportStanding> => {
  const period = reportMonths(pack) ?? null;
  const { jurisdiction } = pack;
  const last = await lastReport(db, jurisdiction);
  const from = last?.until_on ?? (await firstCollectedOn(db, jurisdiction));
  const dueOn = from === null || period === null ? null : addMonths(from, period);
  const unreported = await unreportedOf(db, jurisdiction);
  return {
    ...{ months: period, lastReportedOn: last?.until_on ?? null, dueOn },
    overdue: dueOn !== null && businessDateOf(now.getTime()) > dueOn,
    unreported: unreported.length,
  };
};

/**
 * Reports all that was collected or changed since the last report, by number, version and hash; nothing new is reported
 * as nothing. Throws `lifecycleNotInPack` (409).
 */
export const reportScenarios = async (
  db: ScenarioDb,
  pack: ResolvedPack,
  operator: string,
  { actor, at }: Acting,
): Promise<ReportRow> => {
  const { jurisdiction } = pack;
  if (reportMonths(pack) === undefined) throw problem('lifecycleNotInPack', { params: { jurisdiction } });
  return db.transaction().execute(async (trx) => {
    await sql`select pg_advisory_xact_lock(hashtextextended(${`scenario report ${jurisdiction}`}, 0))`.execute(
      trx,
    );
    const { dueOn, overdue, lastReportedOn } = await reportStanding(trx, pack, at);
    const items = await unreportedOf(trx, jurisdiction);
    const today = businessDateOf(at.getTime());
    const from = lastReportedOn ?? (await firstCollectedOn(trx, jurisdiction)) ?? today;
    const hash = jsonHash(items);
    const row = await trx
      .insertInto('scenario_report')
      .values({
        ...{ id: `CB-${randomUUID()}`, jurisdiction, operator, from_on: from, until_on: today },
        ...{ due_on: dueOn, late: overdue, items: JSON.stringify(items), content_hash: hash },
        ...{ reported_by: actor.id, reported_at: at },
      })
      .returningAll()
      .executeTakeFirstOrThrow();
    await record(trx, 'catalog', {
      ...{
        key: `${row.id}/reported`,
        type: 'scenario.reported.v1',
        subject: row.id,
        jurisdiction,
        at,
        actor,
      },
      data: {
        ...{ report: row.id, operator, from, until: today, scenarios: items.length, contentHash: hash },
        ...{ late: overdue, ...restsOn(pack, 'scenario', 'treatment') },
      },
    });
    return row;
  });
};

/** Reports of a city, newest first, from behind `before`; at most `limit`. */
export const listReports = (
  db: ScenarioDb,
  jurisdiction: string,
  { before, limit }: { before: string | undefined; limit: number },
): Promise<ReportRow[]> => {
  let query = db.selectFrom('scenario_report').selectAll().where('jurisdiction', '=', jurisdiction);
  if (before !== undefined)
    query = query.where(
      sql<boolean>`(reported_at, id) < (select r.reported_at, r.id from scenario_report as r where r.id = ${before})`,
    );
  return query.orderBy('reported_at', 'desc').orderBy('id', 'desc').limit(limit).execute();
};
