/** What is read of evidence (X4): how each kind stands on a day, and each version that was submitted. */
import { acceptedOf, type EvidenceRow } from '@gongshu/infra/platform-evidence/look';
import type { BusinessDate } from '@gongshu/shared/business-date';
import type { EvidenceLaw } from '@gongshu/shared/platform-evidence/law';
import { type Standing, standingOn } from '@gongshu/shared/platform-evidence/standing';
import { sql } from 'kysely';
import type { EvidenceDb } from './register.ts';

export type KindStanding = Standing & {
  operator: string;
  kind: string;
  /** Whether supply is suspended when it has expired. */
  suspends: boolean;
  /** One that waits for the bureau's answer. */
  waiting: string | null;
  /** The order by which supply rests on it. */
  order: string | null;
};

/** The operators of a city: those registered as one, and those that ever submitted; `only`: one of them. */
const operatorsOf = async (db: EvidenceDb, jurisdiction: string, only?: string): Promise<string[]> => {
  const { rows } = await sql<{ id: string }>`
    select id from body where jurisdiction = ${jurisdiction} and kind = 'operator' and successor is null
    union
    select operator from evidence where jurisdiction = ${jurisdiction}
    order by 1`.execute(db);
  return rows.map(({ id }) => id).filter((id) => only === undefined || id === only);
};

/** How every kind stands on a day, by operator and in the pack's order; computed from what was accepted. */
export const standingsOn = async (
  db: EvidenceDb,
  law: EvidenceLaw,
  on: BusinessDate,
  only?: string,
): Promise<KindStanding[]> => {
  const { jurisdiction } = law;
  const versions = await db
    .selectFrom('evidence')
    .selectAll()
    .where('jurisdiction', '=', jurisdiction)
    .orderBy('version')
    .execute();
  const orders = await db
    .selectFrom('evidence_order')
    .select(['id', 'operator', 'kind'])
    .where('jurisdiction', '=', jurisdiction)
    .where('restored_at', 'is', null)
    .execute();
  const operators = await operatorsOf(db, jurisdiction, only);
  return operators.flatMap((operator) =>
    law.kinds.map((kind) => {
      const mine = versions.filter((one) => one.operator === operator && one.kind === kind);
      return {
        ...{ operator, kind, suspends: law.suspends(kind) },
        ...standingOn(acceptedOf(mine), on, law.warnDays),
        waiting: mine.find(({ state }) => state === 'submitted')?.id ?? null,
        order: orders.find((one) => one.operator === operator && one.kind === kind)?.id ?? null,
      };
    }),
  );
};

/** Versions of a city, newest first from behind `before`; at most `limit`. */
export const listVersions = (
  db: EvidenceDb,
  {
    jurisdiction,
    operator,
    kind,
    before,
    limit,
  }: {
    jurisdiction: string;
    operator: string | undefined;
    kind: string | undefined;
    before: readonly [string, string] | undefined;
    limit: number;
  },
): Promise<EvidenceRow[]> => {
  let query = db.selectFrom('evidence').selectAll().where('jurisdiction', '=', jurisdiction);
  if (operator !== undefined) query = query.where('operator', '=', operator);
  if (kind !== undefined) query = query.where('kind', '=', kind);
  if (before !== undefined) {
    const [at, id] = [new Date(before[0]), before[1]];
    query = query.where((eb) =>
      eb.or([eb('submitted_at', '<', at), eb.and([eb('submitted_at', '=', at), eb('id', '<', id)])]),
    );
  }
  return query.orderBy('submitted_at', 'desc').orderBy('id', 'desc').limit(limit).execute();
};
