/** Who processes what: assigned once everything required is on record; what is done is recorded (Wuhai 八（三）). */
import { randomUUID } from 'node:crypto';
import { record } from '@gongshu/infra/record';
import { businessDateOf } from '@gongshu/shared/business-date';
import type { ResolvedPack } from '@gongshu/shared/packs/pack';
import { problem } from '@gongshu/shared/problems';
import type { Acting } from '@gongshu/infra/http/acting';
import { mustBeReady, staffLaw } from './law.ts';
import { heldStaff, type StaffDb, type StaffTrx } from './queries.ts';
import { mustBeActive, staffChange } from './register.ts';
import type { AssignmentGiven, StaffActGiven } from './schema.ts';
import type { AssignmentRow, StaffActRow } from './tables.ts';

const assignmentOf = async (trx: StaffTrx, person: string, id: string): Promise<AssignmentRow | undefined> =>
  trx
    .selectFrom('staff_assignment')
    .selectAll()
    .where('id', '=', id)
    .where('person', '=', person)
    .forUpdate()
    .executeTakeFirst();

/**
 * Assigns a person to an entry, a grant or a task. What the pack requires must hold on the day it begins, or today where
 * it has begun. Throws `identityNotVerified`, `staffNotFiled`, `staffNotVetted`, `confidentialityMissing` (409) with the
 * article, `staffLeft` (409), `staffDateWrong` (422) for one that is over.
 */
export const assignStaff = (
  db: StaffDb,
  pack: ResolvedPack,
  person: string,
  { kind, subject, from, until }: AssignmentGiven,
  acting: Acting,
): Promise<AssignmentRow> =>
  db.transaction().execute(async (trx) => {
    const row = await heldStaff(trx, person);
    mustBeActive(row);
    const today = businessDateOf(acting.at.getTime());
    if (until < today)
      throw problem('staffDateWrong', {
        params: { today },
        errors: [
          {
            pointer: '/body/until',
            code: 'datePast',
            message: { zh: '截止日期已过', en: 'It has ended already' },
          },
        ],
      });
    const law = staffLaw(pack);
    mustBeReady(law, row, today);
    mustBeReady(law, row, from > today ? from : today);
    const assignment = await trx
      .insertInto('staff_assignment')
      .values({
        ...{ id: randomUUID(), person, kind, subject, from_on: from, until_on: until },
        ...{ assigned_by: acting.actor.id, assigned_at: acting.at, ended_at: null },
      })
      .returningAll()
      .executeTakeFirstOrThrow();
    const data = { assignment: assignment.id, kind, subject, from, until };
    const key = `assigned/${assignment.id}`;
    await record(trx, 'registry', staffChange(row, 'assigned', acting, pack, { key, ...data }));
    return assignment;
  });

/** An assignment ends early. Throws `notFound`, `assignmentEnded` (409). */
export const endAssignment = (
  db: StaffDb,
  pack: ResolvedPack,
  person: string,
  id: string,
  acting: Acting,
): Promise<AssignmentRow> =>
  db.transaction().execute(async (trx) => {
    const row = await heldStaff(trx, person);
    const assignment = await assignmentOf(trx, person, id);
    if (!assignment) throw problem('notFound');
    if (assignment.ended_at !== null) throw problem('assignmentEnded');
    const ended = await trx
      .updateTable('staff_assignment')
      .set({ ended_at: acting.at })
      .where('id', '=', id)
      .returningAll()
      .executeTakeFirstOrThrow();
    const data = { key: `assignmentEnded/${id}`, assignment: id };
    await record(trx, 'registry', staffChange(row, 'assignmentEnded', acting, pack, data));
    return ended;
  });

/**
 * Records what a person did under an assignment that stands today. What was done is recorded even where a paper has run
 * out meanwhile: hiding it would help nobody. Throws `staffNotAssigned`, `staffLeft` (409).
 */
export const recordStaffAct = (
  db: StaffDb,
  pack: ResolvedPack,
  person: string,
  { assignment: id, act, note }: StaffActGiven,
  acting: Acting,
): Promise<StaffActRow & { subject: string }> =>
  db.transaction().execute(async (trx) => {
    const row = await heldStaff(trx, person);
    mustBeActive(row);
    const today = businessDateOf(acting.at.getTime());
    const assignment = await assignmentOf(trx, person, id);
    const stands =
      assignment?.ended_at === null && assignment.from_on <= today && today <= assignment.until_on;
    if (!assignment || !stands) throw problem('staffNotAssigned', staffLaw(pack).article);
    const entry = await trx
      .insertInto('staff_act')
      .values({
        id: randomUUID(),
        person,
        assignment: id,
        act,
        note,
        at: acting.at,
        recorded_by: acting.actor.id,
      })
      .returningAll()
      .executeTakeFirstOrThrow();
    const { subject } = assignment;
    const data = { key: `acted/${entry.id}`, entry: entry.id, act, subject };
    await record(trx, 'registry', staffChange(row, 'acted', acting, pack, data));
    return { ...entry, subject };
  });
