/** An operator went into another (G1): its evidence, what it had suspended, its drills and what falls due are its successor's. */
import type { AuditTables } from '@gongshu/infra/audits/tables';
import { sql, type Transaction } from 'kysely';

/** Again, it changes nothing. Versions follow those that the successor has; what it waits for itself stays its own. */
export const succeedOperator = async (
  trx: Transaction<AuditTables>,
  jurisdiction: string,
  { party, successor }: { party: string; successor: string },
): Promise<void> => {
  const of = sql`jurisdiction = ${jurisdiction} and operator = ${party}`;
  await sql`
    update evidence as mine
    set operator = ${successor},
        version = version + coalesce((
          select max(theirs.version) from evidence as theirs
          where theirs.jurisdiction = mine.jurisdiction and theirs.operator = ${successor} and theirs.kind = mine.kind
        ), 0)
    where ${of} and not (state = 'submitted' and exists (
      select from evidence as theirs
      where theirs.jurisdiction = mine.jurisdiction and theirs.operator = ${successor} and theirs.kind = mine.kind
        and theirs.state = 'submitted'
    ))`.execute(trx);
  await sql`update operator_mandate set operator = ${successor} where ${of}`.execute(trx);
  for (const [table, keys] of keyed) {
    const same = sql.join(
      keys.map((key) => sql`theirs.${sql.ref(key)} = mine.${sql.ref(key)}`),
      sql` and `,
    );
    await sql`
      update ${sql.table(table)} as mine set operator = ${successor}
      where ${of} and not exists (
        select from ${sql.table(table)} as theirs
        where theirs.jurisdiction = mine.jurisdiction and theirs.operator = ${successor} and ${same}
      )`.execute(trx);
  }
  await succeedDrills(trx, jurisdiction, { party, successor });
  // Their Schedules go with the old rows, and are made anew.
  for (const [table, columns] of due) {
    const same = sql.join(columns.map((column) => sql.ref(column)));
    await sql`
      insert into ${sql.table(table)} (operator, ${same})
      select ${successor}, ${same} from ${sql.table(table)} where ${of} and state = 'ahead'
      on conflict do nothing`.execute(trx);
    await sql`update ${sql.table(table)} set state = 'cancelled' where ${of} and state = 'ahead'`.execute(
      trx,
    );
  }
};

/**
 * Drills not held yet, and the one whose period runs, keep their numbers and Schedules and are the successor's (X2): what
 * was held in the period counts for it. Where it owes one of the same period itself, nobody owes the other any more.
 */
const succeedDrills = async (
  trx: Transaction<AuditTables>,
  jurisdiction: string,
  { party, successor }: { party: string; successor: string },
): Promise<void> => {
  const of = sql`mine.jurisdiction = ${jurisdiction} and mine.body = ${party}`;
  await sql`
    update drill as mine set body = ${successor}
    where ${of}
      and (recorded_at is null or exists (
        select from drill_due where drill_due.drill = mine.drill and drill_due.state = 'ahead'
      ))
      and not exists (
        select from drill as theirs
        where theirs.jurisdiction = mine.jurisdiction and theirs.body = ${successor} and theirs.due_on = mine.due_on
      )`.execute(trx);
  await sql`
    update drill_due set state = 'cancelled', called_at = null
    from drill as mine
    where mine.drill = drill_due.drill and ${of} and drill_due.state = 'ahead'`.execute(trx);
};

const keyed = [
  ['evidence_told', ['kind', 'until_on', 'warning']],
  ['evidence_order', ['kind', 'until_on', 'turn']],
] as const;
const due = [
  ['evidence_due', ['jurisdiction', 'kind', 'on_day', 'opens_at']],
  ['audit_due', ['jurisdiction', 'audit', 'from_on', 'until_on', 'opens_at']],
] as const;
