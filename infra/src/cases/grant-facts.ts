/** Whom a grant concerns, as its events say it. */
import type { Kysely, Selectable } from 'kysely';
import type { GrantTables, UseGrantTable } from './grant-tables.ts';

export type GrantRow = Selectable<UseGrantTable>;

/** The bodies that reviewed a grant's resources, each once, sorted. */
export const reviewersOf = async (db: Kysely<GrantTables>, grantNo: string): Promise<string[]> => {
  const rows = await db
    .selectFrom('use_grant_resource')
    .select('reviewer_organisation')
    .distinct()
    .where('grant_no', '=', grantNo)
    .orderBy('reviewer_organisation')
    .execute();
  return rows.map((row) => row.reviewer_organisation);
};

/** The part that every event of a grant has: parties, bureau and reviewing bodies. */
export const grantFacts = async (db: Kysely<GrantTables>, grant: GrantRow) => ({
  grantNo: grant.grant_no,
  caseNo: grant.case_no,
  merchant: grant.merchant,
  operator: grant.operator,
  authority: grant.authority,
  reviewers: await reviewersOf(db, grant.grant_no),
});
