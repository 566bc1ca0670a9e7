/** Conflicts of interest of an expert (O3; 招标投标法 三十七): declared, by employment, by ownership and control. */
import type { ConflictKind } from '@gongshu/shared/experts/codes';
import type { Kysely } from 'kysely';
import { aliasesOf, relatedTo } from '../ownership/related.ts';
import type { ExpertTables } from './tables.ts';

export type Conflict = {
  /** The body of the question, as it was asked. */
  readonly body: string;
  readonly kind: ConflictKind;
  /** Ids of the links that lead there, or of the declaration. */
  readonly by: readonly string[];
};

/**
 * What stands between an expert and the bodies (bidders, bodies a question is about) on a day; empty where nothing
 * does, or the expert is not in the pool. Links count when a second account has confirmed them.
 */
export const conflictsOf = async (
  // biome-ignore lint/suspicious/noExplicitAny: whatever else the registry's schema holds
  db: Kysely<any>,
  {
    jurisdiction,
    expert,
    bodies,
    on,
  }: { jurisdiction: string; expert: string; bodies: readonly string[]; on: string },
): Promise<Conflict[]> => {
  const pool = db as Kysely<ExpertTables>;
  const row = await pool
    .selectFrom('expert')
    .select(['organisation', 'organisation_uscc'])
    .where('jurisdiction', '=', jurisdiction)
    .where('id', '=', expert)
    .executeTakeFirst();
  if (!row || bodies.length === 0) return [];
  const employer = [row.organisation, ...(row.organisation_uscc ? [row.organisation_uscc] : [])];
  const declared = await pool
    .selectFrom('expert_conflict')
    .select(['id', 'body'])
    .where('jurisdiction', '=', jurisdiction)
    .where('expert', '=', expert)
    .execute();
  const aliases = await aliasesOf(db, jurisdiction, [...bodies, ...employer]);
  const house = await relatedTo(db, { jurisdiction, bodies: employer, on });
  const employers = new Set(employer.flatMap((one) => aliases.get(one) ?? [one]));
  return bodies.flatMap((body): Conflict[] => {
    const names = aliases.get(body) ?? [body];
    const told = declared.filter((one) => names.includes(one.body)).map(({ id }) => id);
    const chain = names.map((name) => house.get(name)).find((links) => links !== undefined);
    const works = names.some((name) => employers.has(name));
    return [
      ...(told.length > 0 ? [{ body, kind: 'declared' as const, by: told }] : []),
      ...(works ? [{ body, kind: 'employment' as const, by: [] }] : []),
      ...(!works && chain ? [{ body, kind: 'ownership' as const, by: chain }] : []),
    ];
  });
};
