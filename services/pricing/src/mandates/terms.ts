/** Terms of mandates as the registry's events tell them, and whether an operator ran a whole year under one (65号 二). */
import { type CloudEvent, typeName } from '@gongshu/infra/cloud-event';
import { businessDateOf } from '@gongshu/shared/business-date';
import { type Kysely, sql, type Transaction } from 'kysely';
import type { PricingTables } from '../tables.ts';

type Told = Pick<CloudEvent, 'type' | 'jurisdiction' | 'lawtime' | 'data'>;
type Mandate = { caseNo: string; operator: string; from: string; until: string };

/** Told twice, it changes nothing. An agreement that ended before its last day ended on the day that was told. */
export const keepMandate = async (
  trx: Transaction<PricingTables>,
  { type, jurisdiction, lawtime, data }: Told,
): Promise<void> => {
  const name = /^operatingAgreement\.(inForce|amended|ended)\.v1$/.exec(typeName(type) ?? '')?.[1];
  if (name === undefined) return;
  const { caseNo: agreement, operator, from, until } = data as Mandate;
  const ended = name === 'ended' ? businessDateOf(Date.parse(lawtime)) : until;
  const row = { agreement, jurisdiction, operator, from_on: from, last_on: ended < until ? ended : until };
  const kept = { inForce: {}, amended: { from_on: from, last_on: until }, ended: { last_on: row.last_on } };
  await trx
    .insertInto('mandate_term')
    .values(row)
    .onConflict((conflict) => {
      const change = kept[name as keyof typeof kept];
      const known = conflict.column('agreement');
      return Object.keys(change).length === 0 ? known.doNothing() : known.doUpdateSet(change);
    })
    .execute();
};

/**
 * Whether the operator, or who went into it, held a mandate on every day of the year (Asia/Shanghai): under one agreement
 * or several, each beginning at the latest on the day after the one before.
 */
export const ranAllOf = async (
  // biome-ignore lint/suspicious/noExplicitAny: whatever else the schema holds
  db: Kysely<any>,
  { jurisdiction, operator, year }: { jurisdiction: string; operator: string; year: number },
): Promise<boolean> => {
  const { rows } = await sql<{ whole: boolean | null }>`
    with recursive holder as (
      select ${operator}::text as id
      union
      select body.id
      from body
      join holder on body.successor = holder.id
      where body.jurisdiction = ${jurisdiction}
    )
    select range_agg(daterange(from_on, last_on, '[]')) @> daterange(${`${year}-01-01`}::date, ${`${year}-12-31`}::date, '[]') as whole
    from mandate_term
    where jurisdiction = ${jurisdiction}
      and operator in (select id from holder)
      and from_on <= last_on`.execute(db);
  return rows[0]?.whole ?? false;
};
