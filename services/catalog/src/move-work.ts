/** What the catalog holds of a body that went into another: it moves to the successor in one transaction (G1). */
import { moveOpenCases } from '@gongshu/infra/cases/succession';
import { moveProcedures } from '@gongshu/infra/procedures/bodies-subscriber';
import { record } from '@gongshu/infra/record';
import { problem } from '@gongshu/shared/problems';
import { type RawBuilder, sql, type Transaction } from 'kysely';

export type Succeeded = { jurisdiction: string; from: string; to: string; kind: string; at: Date };

/** Every place where a body is named as the one that is to act, now or later; what has ended stays as it was. */
const places = ({ jurisdiction, from, to }: Succeeded) => {
  const resource = (column: string) => sql`
    update resource set ${sql.ref(column)} = ${to}, version = version + 1
    where jurisdiction = ${jurisdiction} and ${sql.ref(column)} = ${from}`;
  return {
    resources: [
      resource('provider_organisation'),
      resource('reviewer_organisation'),
      resource('authority_organisation'),
    ],
    grants: [
      sql`
        update use_grant_resource set reviewer_organisation = ${to}
        from use_grant
        where use_grant.grant_no = use_grant_resource.grant_no
          and use_grant.jurisdiction = ${jurisdiction}
          and use_grant.state <> 'ended'
          and reviewer_organisation = ${from}`,
      sql`
        update use_grant set operator = ${to}, version = version + 1
        where jurisdiction = ${jurisdiction} and operator = ${from} and state <> 'ended'`,
      sql`
        update use_grant set authority = ${to}, version = version + 1
        where jurisdiction = ${jurisdiction} and authority = ${from} and state <> 'ended'`,
    ],
    supplies: [
      sql`
        update supply set department = ${to}, version = version + 1
        where jurisdiction = ${jurisdiction} and department = ${from} and state <> 'ended'`,
    ],
    other: [
      sql`
        update mandate set operator = ${to}
        where jurisdiction = ${jurisdiction} and operator = ${from} and state <> 'ended'`,
      // Who made a report hears how it is decided, and reads what it was filed with.
      sql`
        update overreach_report set organisation = ${to}
        where jurisdiction = ${jurisdiction} and organisation = ${from} and outcome is null`,
      sql`
        update absence set organisation = ${to}
        where jurisdiction = ${jurisdiction} and organisation = ${from}`,
      sql`
        update person set organisation = ${to}
        where jurisdiction = ${jurisdiction} and organisation = ${from}`,
    ],
  };
};

const run = async (trx: Transaction<any>, statements: readonly RawBuilder<unknown>[]): Promise<number> => {
  let moved = 0;
  for (const statement of statements) moved += Number((await statement.execute(trx)).numAffectedRows ?? 0);
  return moved;
};

/**
 * Entries, grants, supplies and open cases of `from` become `to`'s, and every open case's workflow is told. A second run
 * of the same event finds nothing to move. Submissions of the city wait meanwhile (`mustStand`), so that no case begins
 * with a body that has just gone.
 */
export const moveWork = async (trx: Transaction<any>, succeeded: Succeeded): Promise<void> => {
  const { jurisdiction, from, to, kind, at } = succeeded;
  await lockBodies(trx, jurisdiction, 'whole');
  await sql`
    insert into body (jurisdiction, id, kind, successor)
    values (${jurisdiction}, ${from}, ${kind}, ${to})
    on conflict (jurisdiction, id) do update set successor = ${to}`.execute(trx);
  const cases = await moveOpenCases(trx, { jurisdiction, from, to, everyCase: kind === 'bureau' });
  const { resources, grants, supplies, other } = places(succeeded);
  const moved = {
    resources: await run(trx, resources),
    grants: await run(trx, grants),
    supplies: await run(trx, supplies),
  };
  await run(trx, other);
  await moveProcedures(trx, jurisdiction, { party: from, successor: to });
  await record(trx, 'catalog', {
    key: `party.workMoved:${jurisdiction}:${from}`,
    type: 'party.workMoved.v1',
    subject: `${jurisdiction}:${from}`,
    jurisdiction,
    at,
    actor: { id: 'registry', role: 'system', organisation: null },
    data: { from, to, cases, ...moved },
  });
};

/** A case begins under the shared lock, a body goes under the whole one. */
const lockBodies = async (
  trx: Transaction<any>,
  jurisdiction: string,
  mode: 'shared' | 'whole',
): Promise<void> => {
  const key = sql`hashtextextended(${`catalog bodies ${jurisdiction}`}, 0)`;
  await (mode === 'shared'
    ? sql`select pg_advisory_xact_lock_shared(${key})`
    : sql`select pg_advisory_xact_lock(${key})`
  ).execute(trx);
};

/**
 * Asked inside the transaction in which a case begins: a body found before it may have gone into another meanwhile.
 * Throws `bodyJustSucceeded` (409): the same submission, sent again, finds the successor.
 */
export const mustStand = async (
  trx: Transaction<any>,
  jurisdiction: string,
  bodies: readonly string[],
): Promise<void> => {
  await lockBodies(trx, jurisdiction, 'shared');
  const { rows } = await sql`
    select id
    from body
    where jurisdiction = ${jurisdiction} and id = any(${[...bodies]}::text[]) and successor is not null
    limit 1`.execute(trx);
  if (rows.length > 0) throw problem('bodyJustSucceeded');
};
