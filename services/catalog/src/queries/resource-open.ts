import { isPublished, type ReviewerKind } from '@gongshu/shared/resource';
import { type Kysely, sql } from 'kysely';
import type { ResourceTables } from '../tables/resource.ts';

/** An entry open to application, and who reviews its use (Zhongwei art. 21). */
export type OpenResource = {
  id: string;
  title: string;
  providerOrganisation: string;
  providerName: string;
  level: 'city' | 'county' | null;
  reviewerKind: ReviewerKind;
  reviewerOrganisation: string;
};

/**
 * The entries an application asks for: those of the jurisdiction open to it, in the order asked, and the numbers of
 * those that are not (unknown, of another city, not yet public, closed, suspended).
 */
export const resourcesForApplication = async (
  db: Kysely<ResourceTables>,
  jurisdiction: string,
  ids: readonly string[],
): Promise<{ open: OpenResource[]; notOpen: string[] }> => {
  const rows = await db
    .selectFrom('resource')
    .select(['id', 'title', 'provider_organisation', 'provider_name', 'level', 'state'])
    .select(['reviewer_kind', 'reviewer_organisation'])
    .where('jurisdiction', '=', jurisdiction)
    .where('id', '=', sql<string>`any(${[...ids]}::text[])`)
    .execute();
  const byId = new Map(rows.map((row) => [row.id, row]));
  const open: OpenResource[] = [];
  const notOpen: string[] = [];
  for (const id of new Set(ids)) {
    const row = byId.get(id);
    if (!row || !isPublished(row.state) || !row.reviewer_kind || !row.reviewer_organisation) {
      notOpen.push(id);
      continue;
    }
    open.push({
      ...{ id, title: row.title, level: row.level },
      providerOrganisation: row.provider_organisation,
      providerName: row.provider_name,
      reviewerKind: row.reviewer_kind,
      reviewerOrganisation: row.reviewer_organisation,
    });
  }
  return { open, notOpen };
};

/** How many entries stand in each state, closed ones by reason, and what those not yet submitted still lack. */
export type ResourceCounts = {
  states: { state: string; reason: string | null; count: number }[];
  compiledLacking: { classification: number; grade: number; level: number; reviewer: number };
};

export const countResources = async (
  db: Kysely<ResourceTables>,
  jurisdiction: string,
): Promise<ResourceCounts> => {
  const states = await db
    .selectFrom('resource')
    .select((eb) => ['state', 'closed_reason as reason', eb.fn.countAll<number>().as('count')])
    .where('jurisdiction', '=', jurisdiction)
    .groupBy(['state', 'closed_reason'])
    .orderBy('state')
    .orderBy('closed_reason')
    .execute();
  const compiledLacking = await db
    .selectFrom('resource')
    .select((eb) => {
      const lacking = (column: 'classification' | 'grade' | 'level' | 'reviewer_kind') =>
        eb.fn.countAll<number>().filterWhere(column, 'is', null);
      return [
        lacking('classification').as('classification'),
        lacking('grade').as('grade'),
        lacking('level').as('level'),
        lacking('reviewer_kind').as('reviewer'),
      ];
    })
    .where('jurisdiction', '=', jurisdiction)
    .where('state', '=', 'compiled')
    .executeTakeFirstOrThrow();
  return { states, compiledLacking };
};
