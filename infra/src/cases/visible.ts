import type { ApplicationTables } from './tables.ts';
import { type ActObject, type Actor, reaches } from '@gongshu/shared/may';
import type { ExpressionBuilder, ExpressionWrapper, Kysely, Selectable, SqlBool } from 'kysely';
import type { ApplicationTable } from './tables.ts';

export type ApplicationReader = Kysely<ApplicationTables>;
export type ApplicationRow = Selectable<ApplicationTable>;
type Where = ExpressionBuilder<ApplicationTables, 'application'>;

/** Cases within the actor's reach: a merchant's own, those a body handles, or the whole city (bureau, auditor). */
export const visibleTo =
  (actor: Actor) =>
  (eb: Where): ExpressionWrapper<ApplicationTables, 'application', SqlBool> => {
    const reach = new Set(reaches(actor, 'readApplication'));
    const { organisation } = actor;
    const handles = (body: string) =>
      eb.or([
        eb('application.operator_organisation', '=', body),
        eb.exists(
          eb
            .selectFrom('turn')
            .select('turn.turn_id')
            .whereRef('turn.case_no', '=', 'application.case_no')
            .where('turn.organisation', '=', body),
        ),
        eb.exists(
          eb
            .selectFrom('application_resource')
            .select('application_resource.resource_id')
            .whereRef('application_resource.case_no', '=', 'application.case_no')
            .where('application_resource.reviewer_organisation', '=', body),
        ),
      ]);
    return eb.and([
      eb('application.jurisdiction', '=', actor.jurisdiction),
      eb.or([
        ...(reach.has('jurisdiction') ? [eb.lit(true)] : []),
        ...(organisation !== null && reach.has('owner')
          ? [eb('application.applicant_organisation', '=', organisation)]
          : []),
        ...(organisation !== null && reach.has('handler') ? [handles(organisation)] : []),
      ]),
    ]);
  };

/** A case, whoever asks; `undefined` where there is none. */
export const findApplication = (db: ApplicationReader, caseNo: string): Promise<ApplicationRow | undefined> =>
  db.selectFrom('application').selectAll().where('case_no', '=', caseNo).executeTakeFirst();

/** What `may()` asks about a case: whose it is, and which bodies handle it (operator, reviewers, turns). */
export const actObjectOf = async (db: ApplicationReader, row: ApplicationRow): Promise<ActObject> => {
  const bodies = await db
    .selectFrom('turn')
    .select('organisation as body')
    .where('case_no', '=', row.case_no)
    .union(
      db
        .selectFrom('application_resource')
        .select('reviewer_organisation as body')
        .where('case_no', '=', row.case_no),
    )
    .execute();
  return {
    jurisdiction: row.jurisdiction,
    owner: row.applicant_organisation,
    handlers: [row.operator_organisation, ...bodies.map(({ body }) => body)],
  };
};
