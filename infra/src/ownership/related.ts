import { type Kysely, sql } from 'kysely';
import { houseOf, type OwnershipLink } from '@gongshu/shared/ownership/chains';

/** A body as links and experts may name it: its id first, then its credit code. */
type Aliases = ReadonlyMap<string, readonly string[]>;

/** Ids and credit codes that mean the same bodies, of those asked for. */
export const aliasesOf = async (
  // biome-ignore lint/suspicious/noExplicitAny: whatever else the registry's schema holds
  db: Kysely<any>,
  jurisdiction: string,
  bodies: readonly string[],
): Promise<Aliases> => {
  if (bodies.length === 0) return new Map();
  const rows = (await db
    .selectFrom('party')
    .select(['id', 'uscc'])
    .where('jurisdiction', '=', jurisdiction)
    .where((eb) => eb.or([eb('id', 'in', [...bodies]), eb('uscc', 'in', [...bodies])]))
    .execute()) as { id: string; uscc: string | null }[];
  return new Map(
    bodies.map((body) => {
      const same = rows.filter(({ id, uscc }) => id === body || uscc === body);
      const names = same.flatMap(({ id, uscc }) => (uscc ? [id, uscc] : [id]));
      return [body, names.length > 0 ? names : [body]];
    }),
  );
};

/** `fromShare`: ten-thousandths from which a share counts, where not every one does; control always counts. */
type Asked = { jurisdiction: string; bodies: readonly string[]; on: string; fromShare?: number };

/**
 * Links that stand on a day and hang together with the bodies, in any direction: confirmed by a second account, begun
 * and not ended. `union` drops what was found before, so that a ring ends.
 */
const linksAround = async (
  // biome-ignore lint/suspicious/noExplicitAny: whatever else the registry's schema holds
  db: Kysely<any>,
  { jurisdiction, bodies, on, fromShare }: Asked,
): Promise<OwnershipLink[]> => {
  const { rows } = await sql<OwnershipLink>`
    with recursive standing as (
      select id, owner collate "C" as owner, owned collate "C" as owned from ownership_link
      where jurisdiction = ${jurisdiction}
        and state = 'confirmed'
        and (kind = 'control' or share_basis_points >= ${fromShare ?? 1})
        and from_on <= ${on}::date
        and (until_on is null or until_on >= ${on}::date)
    ), alias as (
      select id collate "C" as id, uscc collate "C" as uscc from party
      where jurisdiction = ${jurisdiction} and uscc is not null
    ), step (one, other) as (
      select owner, owned from standing
      union all
      select owned, owner from standing
      union all
      select id, uscc from alias
      union all
      select uscc, id from alias
    ), around (body) as (
      select given.body collate "C" from unnest(${[...bodies]}::text[]) as given (body)
      union
      select step.other from step join around on step.one = around.body
    )
    select id, owner, owned from standing
    where owner in (select body from around)
    order by id`.execute(db);
  return rows;
};

/**
 * Everyone of the same house as a body on a day (`YYYY-MM-DD`, Asia/Shanghai), with the links that lead there. A body
 * is met under its id and under its credit code.
 */
export const relatedTo = async (
  // biome-ignore lint/suspicious/noExplicitAny: whatever else the registry's schema holds
  db: Kysely<any>,
  { jurisdiction, bodies, on, fromShare }: Asked,
): Promise<ReadonlyMap<string, readonly string[]>> => {
  const links = await linksAround(db, { jurisdiction, bodies, on, ...(fromShare && { fromShare }) });
  const named = [...new Set([...bodies, ...links.flatMap(({ owner, owned }) => [owner, owned])])];
  const aliases = await aliasesOf(db, jurisdiction, named);
  const one = (body: string) => aliases.get(body)?.[0] ?? body;
  const house = houseOf(
    bodies.map(one),
    links.map(({ id, owner, owned }) => ({ id, owner: one(owner), owned: one(owned) })),
  );
  return new Map(
    [...house].flatMap(([body, chain]) =>
      [body, ...named.filter((name) => one(name) === body)].map((name): [string, readonly string[]] => [
        name,
        chain,
      ]),
    ),
  );
};
