/**
 * What users say of a product (E5; 中卫 六, 朔州 六（三）): collected by the operator, relayed to the departments its data come
 * from, answered by each of them to whoever gave it.
 */
import { randomUUID } from 'node:crypto';
import { type Change, record } from '@gongshu/infra/record';
import { type Actor, type ActObject, reaches } from '@gongshu/shared/may';
import { type ResolvedPack, valuesOf } from '@gongshu/shared/packs/pack';
import { restsOn } from '@gongshu/shared/packs/resting-on';
import { problem } from '@gongshu/shared/problems';
import { type Kysely, sql, type Transaction } from 'kysely';
import type { Acting } from '@gongshu/infra/http/acting';
import { isLate, lastDayAfter } from './due.ts';
import type { ProductRow } from '../products/find.ts';
import type { FeedbackAnswerRow, FeedbackRow, ProductUseTables } from './tables.ts';

type Db = Kysely<ProductUseTables>;
type Trx = Transaction<ProductUseTables>;

const changeOf = (
  row: FeedbackRow,
  name: string,
  { actor, at }: Acting,
  pack: ResolvedPack,
  { key = name, ...more }: { key?: string; [datum: string]: unknown } = {},
): Change =>
  ({
    key: `${row.id}/${key}`,
    type: `productFeedback.${name}.v1`,
    subject: row.id,
    jurisdiction: row.jurisdiction,
    ...{ at, actor },
    data: {
      ...{ feedback: row.id, product: row.product_no, owner: row.owner, operator: row.operator },
      kind: row.kind,
      ...restsOn(pack, 'productEgress', 'feedback'),
      ...more,
    },
  }) as Change;

/** Whom a piece of feedback concerns: its product's owner, operator and the departments it was relayed to. */
export const feedbackObject = (row: FeedbackRow, departments: readonly string[]): ActObject => ({
  jurisdiction: row.jurisdiction,
  owner: row.owner,
  handlers: [row.owner, row.operator, row.given_by, ...departments],
});

export const answersTo = (db: Db, id: string): Promise<FeedbackAnswerRow[]> =>
  db
    .selectFrom('product_feedback_answer')
    .selectAll()
    .where('feedback', '=', id)
    .orderBy('department')
    .execute();

export const findFeedback = async (
  db: Db,
  jurisdiction: string,
  id: string,
): Promise<{ row: FeedbackRow; answers: FeedbackAnswerRow[] }> => {
  const row = await db
    .selectFrom('product_feedback')
    .selectAll()
    .where('id', '=', id)
    .where('jurisdiction', '=', jurisdiction)
    .executeTakeFirst();
  if (!row) throw problem('notFound');
  return { row, answers: await answersTo(db, id) };
};

/** Feedback within the actor's reach by number, from behind `after`. */
export const listFeedback = (
  db: Db,
  actor: Actor,
  {
    product,
    state,
    after,
    limit,
  }: {
    product: string | undefined;
    state: FeedbackRow['state'] | undefined;
    after: string | undefined;
    limit: number;
  },
): Promise<FeedbackRow[]> => {
  const own = actor.organisation ?? '';
  let query = db.selectFrom('product_feedback').selectAll().where('jurisdiction', '=', actor.jurisdiction);
  if (!reaches(actor, 'readFeedback').includes('jurisdiction'))
    query = query.where((eb) =>
      eb.or([
        eb('owner', '=', own),
        eb('operator', '=', own),
        eb('given_by', '=', own),
        eb.exists(
          eb
            .selectFrom('product_feedback_answer')
            .select('department')
            .whereRef('product_feedback_answer.feedback', '=', 'product_feedback.id')
            .where('department', '=', own),
        ),
      ]),
    );
  if (product !== undefined) query = query.where('product_no', '=', product);
  if (state !== undefined) query = query.where('state', '=', state);
  if (after !== undefined) query = query.where('id', '>', after);
  return query.orderBy('id').limit(limit).execute();
};

export const giveFeedback = (
  db: Db,
  pack: ResolvedPack,
  product: ProductRow,
  { kind, words }: Pick<FeedbackRow, 'kind' | 'words'>,
  acting: Acting,
): Promise<FeedbackRow> =>
  db.transaction().execute(async (trx) => {
    const { product_no, jurisdiction, owner, operator } = product;
    const row = await trx
      .insertInto('product_feedback')
      .values({
        ...{ id: `FK-${randomUUID()}`, product_no, jurisdiction, owner, operator, kind, words },
        ...{ given_by: acting.actor.organisation, state: 'given', given_at: acting.at },
        ...{ relayed_at: null, last_day: null, closed_at: null, closed_code: null, closed_words: null },
      })
      .returningAll()
      .executeTakeFirstOrThrow();
    await record(trx, 'registry', changeOf(row, 'given', acting, pack, { givenBy: row.given_by }));
    return row;
  });

const held = async (trx: Trx, id: string, ...states: FeedbackRow['state'][]): Promise<FeedbackRow> => {
  const row = await trx
    .selectFrom('product_feedback')
    .selectAll()
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirstOrThrow();
  if (!states.includes(row.state)) throw problem('feedbackStepNotReached', { params: { state: row.state } });
  return row;
};

/** Throws `departmentUnknown` (422) at the first that is no source department, nor a county's bureau, of the city. */
const mustBeDepartments = async (
  trx: Trx,
  jurisdiction: string,
  departments: readonly string[],
): Promise<void> => {
  const { rows } = await sql<{ id: string }>`
    select id from party where jurisdiction = ${jurisdiction}
      and kind in ('sourceDepartment', 'countyBureau') and id = any(${[...departments]}::text[])`.execute(
    trx,
  );
  const at = departments.findIndex((one) => !rows.some(({ id }) => id === one));
  if (at < 0) return;
  throw problem('departmentUnknown', {
    errors: [
      {
        pointer: `/body/departments/${at}`,
        code: 'departmentUnknown',
        message: { zh: '不是在册的数源部门', en: 'No registered source department' },
      },
    ],
  });
};

/** The operator relays it. Throws `feedbackStepNotReached` (409), `departmentUnknown` (422). */
export const relayFeedback = (
  db: Db,
  pack: ResolvedPack,
  id: string,
  departments: readonly string[],
  acting: Acting,
): Promise<FeedbackRow> =>
  db.transaction().execute(async (trx) => {
    const { jurisdiction } = await held(trx, id, 'given');
    await mustBeDepartments(trx, jurisdiction, departments);
    const { workingDays } = valuesOf(pack, 'productEgress').feedbackLimit;
    const lastDay = await lastDayAfter(trx, jurisdiction, acting.at, workingDays);
    const row = await trx
      .updateTable('product_feedback')
      .set({ state: 'relayed', relayed_at: acting.at, last_day: lastDay })
      .where('id', '=', id)
      .returningAll()
      .executeTakeFirstOrThrow();
    await trx
      .insertInto('product_feedback_answer')
      .values(
        departments.map((department) => ({
          ...{ feedback: id, department, outcome: null, words: null, answered_by: null, answered_at: null },
        })),
      )
      .execute();
    await record(
      trx,
      'registry',
      changeOf(row, 'relayed', acting, pack, { departments: [...departments], lastDay }),
    );
    return row;
  });

/** A department answers, once. Throws `notAskedForAnswer` (403), `feedbackStepNotReached` (409). */
export const answerFeedback = (
  db: Db,
  pack: ResolvedPack,
  id: string,
  { outcome, words }: { outcome: NonNullable<FeedbackAnswerRow['outcome']>; words: string },
  acting: Acting,
): Promise<FeedbackRow> =>
  db.transaction().execute(async (trx) => {
    const before = await held(trx, id, 'relayed');
    const { organisation: department, id: account } = acting.actor;
    const answers = await answersTo(trx, id);
    const own = answers.find((one) => one.department === department);
    if (!own) throw problem('notAskedForAnswer');
    if (own.answered_at) throw problem('feedbackStepNotReached', { params: { state: 'answered' } });
    await trx
      .updateTable('product_feedback_answer')
      .set({ outcome, words, answered_by: account, answered_at: acting.at })
      .where('feedback', '=', id)
      .where('department', '=', department)
      .execute();
    const left = answers.filter((one) => one.department !== department && one.answered_at === null).length;
    const row = await trx
      .updateTable('product_feedback')
      .set({ state: left === 0 ? 'answered' : 'relayed' })
      .where('id', '=', id)
      .returningAll()
      .executeTakeFirstOrThrow();
    await record(
      trx,
      'registry',
      changeOf(row, 'answered', acting, pack, {
        key: `answered/${department}`,
        ...{ givenBy: row.given_by, department, outcome, left, late: isLate(before.last_day, acting.at) },
      }),
    );
    return row;
  });

/** The operator closes it: what came of it, told to who gave it. Throws `feedbackStepNotReached` (409). */
export const closeFeedback = (
  db: Db,
  pack: ResolvedPack,
  id: string,
  { code, words }: { code: 'improved' | 'noChange' | 'nextVersion'; words: string },
  acting: Acting,
): Promise<FeedbackRow> =>
  db.transaction().execute(async (trx) => {
    await held(trx, id, 'given', 'answered');
    const row = await trx
      .updateTable('product_feedback')
      .set({ state: 'closed', closed_at: acting.at, closed_code: code, closed_words: words })
      .where('id', '=', id)
      .returningAll()
      .executeTakeFirstOrThrow();
    const data = { givenBy: row.given_by, closedAs: code };
    await record(trx, 'registry', changeOf(row, 'closed', acting, pack, data));
    return row;
  });
