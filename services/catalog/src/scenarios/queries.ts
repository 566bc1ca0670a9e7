import { type ActObject, type Actor, reaches } from '@gongshu/shared/may';
import type { Kysely, Selectable, Transaction } from 'kysely';
import type { ScenarioRow, ScenarioState, ScenarioTables } from './tables.ts';

export type ScenarioDb = Kysely<ScenarioTables>;
export type ScenarioTrx = Transaction<ScenarioTables>;
export type VersionRow = Selectable<ScenarioTables['scenario_version']>;
export type OpinionRow = Selectable<ScenarioTables['scenario_opinion']>;

/** What `may()` asks about a scenario: its proposer's, handled by its developer, the operator and who appraises it. */
export const scenarioObject = (row: ScenarioRow): ActObject => ({
  jurisdiction: row.jurisdiction,
  owner: row.organisation,
  handlers: [
    row.organisation,
    row.developer,
    row.collected_from,
    row.operator,
    row.industry_department,
  ].filter((one) => one !== null),
});

/** One scenario, whoever asks. */
export const findScenario = (db: ScenarioDb, id: string): Promise<ScenarioRow | undefined> =>
  db.selectFrom('scenario').selectAll().where('id', '=', id).executeTakeFirst();

/** The object of a scenario's documents; `undefined` where the number is none of a scenario. */
export const scenarioObjectOf = async (db: ScenarioDb, id: string): Promise<ActObject | undefined> => {
  const row = await findScenario(db, id);
  return row && scenarioObject(row);
};

/** The row, held until the transaction ends. */
export const heldScenario = (trx: ScenarioTrx, id: string): Promise<ScenarioRow> =>
  trx.selectFrom('scenario').selectAll().where('id', '=', id).forUpdate().executeTakeFirstOrThrow();

/** Scenarios within the actor's reach by number, from behind `after`: all of the city, or those its body has to do with. */
export const listScenarios = (
  db: ScenarioDb,
  actor: Actor,
  {
    state,
    code,
    after,
    limit,
  }: {
    state: ScenarioState | undefined;
    code: string | undefined;
    after: string | undefined;
    limit: number;
  },
): Promise<ScenarioRow[]> => {
  let query = db.selectFrom('scenario').selectAll().where('jurisdiction', '=', actor.jurisdiction);
  if (!reaches(actor, 'readScenarios').includes('jurisdiction')) {
    const own = actor.organisation ?? '';
    query = query.where((eb) => eb.or([eb('organisation', '=', own), eb('developer', '=', own)]));
  }
  if (state !== undefined) query = query.where('state', '=', state);
  if (code !== undefined) query = query.where('code', '=', code);
  if (after !== undefined) query = query.where('id', '>', after);
  return query.orderBy('id').limit(limit).execute();
};

/** Versions of a scenario's text, oldest first. */
export const versionsOf = (db: ScenarioDb, id: string): Promise<VersionRow[]> =>
  db.selectFrom('scenario_version').selectAll().where('scenario', '=', id).orderBy('version').execute();

/** Opinions on a scenario, oldest first. */
export const opinionsOf = (db: ScenarioDb, id: string): Promise<OpinionRow[]> =>
  db.selectFrom('scenario_opinion').selectAll().where('scenario', '=', id).orderBy('given_at').execute();
