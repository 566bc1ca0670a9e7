import type { PublicationRow } from '@gongshu/infra/publications/publish';
import type { PublicationTables } from '@gongshu/infra/publications/tables';
import type { Kysely } from 'kysely';

export const publicationStates = ['current', 'ahead', 'expired', 'withdrawn'] as const;
export type PublicationState = (typeof publicationStates)[number];

/** How a publication stands on a day of Asia/Shanghai; its first and its last day count. */
export const stateOf = (
  { withdrawn_at, from_on, until_on }: Pick<PublicationRow, 'withdrawn_at' | 'from_on' | 'until_on'>,
  today: string,
): PublicationState => {
  if (withdrawn_at !== null) return 'withdrawn';
  if (today < from_on) return 'ahead';
  return until_on !== null && today > until_on ? 'expired' : 'current';
};

/** Publications of every city, newest first; at most `limit`. */
export const listPublications = (
  db: Kysely<PublicationTables>,
  {
    jurisdiction,
    kind,
    subject,
    state,
    today,
    before,
    limit,
  }: {
    jurisdiction?: string | undefined;
    kind?: string | undefined;
    subject?: string | undefined;
    state: PublicationState | 'all';
    today: string;
    before: number | undefined;
    limit: number;
  },
): Promise<PublicationRow[]> => {
  let query = db.selectFrom('publication').selectAll();
  if (jurisdiction !== undefined) query = query.where('jurisdiction', '=', jurisdiction);
  if (kind !== undefined) query = query.where('kind', '=', kind);
  if (subject !== undefined) query = query.where('subject', '=', subject);
  if (before !== undefined) query = query.where('seq', '<', before);
  if (state !== 'all') query = query.where('withdrawn_at', state === 'withdrawn' ? 'is not' : 'is', null);
  if (state === 'ahead') query = query.where('from_on', '>', today);
  if (state === 'expired') query = query.where('until_on', '<', today);
  if (state === 'current')
    query = query
      .where('from_on', '<=', today)
      .where((eb) => eb.or([eb('until_on', 'is', null), eb('until_on', '>=', today)]));
  return query.orderBy('seq', 'desc').limit(limit).execute();
};
