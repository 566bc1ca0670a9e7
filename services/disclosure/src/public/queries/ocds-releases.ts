/** Releases of selections after OCDS 1.1, as they were published one by one (O1–O4). */
import type { Kysely } from 'kysely';
import type { DisclosureTables } from '../../tables.ts';

/** At most so many: a city selects its operator every few years. */
const most = 1_000;

/** Oldest first, with the instant of the newest; `null` where there is none. Those withdrawn are left out. */
export const ocdsReleases = async (
  db: Kysely<DisclosureTables>,
  jurisdiction: string,
): Promise<{ releases: object[]; publishedAt: Date | null }> => {
  const rows = await db
    .selectFrom('public_publication')
    .select(['document', 'published_at'])
    .where('jurisdiction', '=', jurisdiction)
    .where('kind', '=', 'ocdsRelease')
    .where('published_at', 'is not', null)
    .where('withdrawn_at', 'is', null)
    .orderBy('published_at')
    .orderBy('number')
    .limit(most)
    .execute();
  const releases = rows.flatMap(({ document }) => {
    const { content } = JSON.parse(document ?? '{}') as { content?: object };
    return content === undefined ? [] : [content];
  });
  return { releases, publishedAt: rows.at(-1)?.published_at ?? null };
};
