/** Facts as they stand in the disclosure service: written by its subscriber, read by whoever counts (S1–S3, M3–M5). */
import { type Fact, isFactType } from '@gongshu/shared/disclosure-facts/fact';
import type { Kysely, Transaction } from 'kysely';
import { type CloudEvent, typeName } from '../cloud-event.ts';
import type { DisclosureCaseTables } from './tables.ts';

/** Keeps an event that something is counted from; told twice, it stands once. Answers whether it is kept. */
export const keepFact = async (
  trx: Transaction<DisclosureCaseTables>,
  event: Pick<CloudEvent, 'id' | 'type' | 'subject' | 'sequence' | 'jurisdiction' | 'lawtime' | 'data'>,
): Promise<boolean> => {
  const type = typeName(event.type) ?? '';
  if (!isFactType(type)) return false;
  await trx
    .insertInto('official_fact')
    .values({
      ...{ id: event.id, type, subject: event.subject, sequence: Number(event.sequence) },
      ...{ jurisdiction: event.jurisdiction, at: new Date(event.lawtime), data: JSON.stringify(event.data) },
    })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute();
  return true;
};

/** The facts of a city, of some types where named; in no order. */
export const readFacts = async (
  db: Kysely<DisclosureCaseTables>,
  jurisdiction: string,
  types?: readonly string[],
): Promise<Fact[]> => {
  let query = db
    .selectFrom('official_fact')
    .select(['id', 'type', 'subject', 'sequence', 'at', 'data'])
    .where('jurisdiction', '=', jurisdiction);
  if (types) query = query.where('type', 'in', [...types]);
  return (await query.execute()).map(({ at, ...fact }) => ({ ...fact, at: at.getTime() }));
};
