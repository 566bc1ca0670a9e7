import type { Transaction } from 'kysely';

/** Tables that count a series a row, with the last number given. */
type Counter = 'application_number' | 'supply_number' | 'grant_number' | 'procedure_number';
type Series = { jurisdiction: string; year: number; series?: string };

/** The next number of a series in a jurisdiction and year; without a gap, since it goes back with its transaction. */
export const nextNumber = async (
  // biome-ignore lint/suspicious/noExplicitAny: each counter stands in the schema of who counts
  trx: Transaction<any>,
  counter: Counter,
  series: Series,
): Promise<number> => {
  const { last } = await trx
    .insertInto(counter)
    .values({ ...series, last: 1 })
    .onConflict((conflict) =>
      conflict.columns(Object.keys(series)).doUpdateSet((eb) => ({ last: eb(`${counter}.last`, '+', 1) })),
    )
    .returning('last')
    .executeTakeFirstOrThrow();
  return last;
};
