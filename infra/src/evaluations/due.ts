/** When the evaluations of an agreement fall due: written with the agreement's own entry, once (V1). */
import { dueYears } from '@gongshu/shared/evaluation/opening';
import type { Transaction } from 'kysely';
import type { EvaluationTables } from './tables.ts';

type Trx = Transaction<EvaluationTables>;
export type InForce = {
  agreement: string;
  jurisdiction: string;
  operator: string;
  from: string;
  until: string;
};

/** The agreement is in force, or its term was amended: its years, each with the instant its evaluation opens. */
export const foresee = async (
  trx: Trx,
  { agreement, jurisdiction, operator, from, until }: InForce,
  { months, at }: { months: number; at: number },
): Promise<void> => {
  const known = { operator, until_on: until };
  await trx
    .insertInto('evaluated_agreement')
    .values({ agreement, jurisdiction, from_on: from, ended_at: null, ...known })
    .onConflict((conflict) => conflict.column('agreement').doUpdateSet(known))
    .execute();
  const first = await trx
    .selectFrom('evaluated_agreement')
    .select('from_on')
    .where('agreement', '=', agreement)
    .executeTakeFirstOrThrow();
  const years = dueYears({ from: first.from_on, until }, months, at);
  for (const { year, opensAt, ...span } of years)
    await trx
      .insertInto('evaluation_due')
      .values({
        ...{ agreement, year, jurisdiction, from_on: span.from, until_on: span.until },
        ...{ opens_at: new Date(opensAt), called_at: null },
      })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  await trx
    .updateTable('evaluation_due')
    .set({ state: 'cancelled' })
    .where('agreement', '=', agreement)
    .where('state', '=', 'ahead')
    .where('year', 'not in', [...years.map(({ year }) => year), 0])
    .where('opens_at', '>', new Date(at))
    .execute();
};

/** The agreement has ended: what had not opened never does. */
export const foreseeNoMore = async (trx: Trx, agreement: string, at: Date): Promise<void> => {
  await trx
    .updateTable('evaluated_agreement')
    .set({ ended_at: at })
    .where('agreement', '=', agreement)
    .where('ended_at', 'is', null)
    .execute();
  await settleDue(trx, agreement, { from: ['ahead', 'held'], to: 'cancelled' });
};

type DueState = 'ahead' | 'opened' | 'held' | 'cancelled';

/** Moves the due years of an agreement, or one of them, from some states to another. */
export const settleDue = async (
  trx: Trx,
  agreement: string,
  { from, to, year }: { from: DueState[]; to: DueState; year?: number },
): Promise<void> => {
  let query = trx
    .updateTable('evaluation_due')
    .set({ state: to, called_at: null })
    .where('agreement', '=', agreement)
    .where('state', 'in', from);
  if (year !== undefined) query = query.where('year', '=', year);
  await query.execute();
};
