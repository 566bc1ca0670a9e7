import { everListed, onList } from '@gongshu/infra/products/listed';
import type { ProductState, ProductTables } from '@gongshu/infra/products/tables';
import { type Kysely, type RawBuilder, sql } from 'kysely';

/** A version of a product as the list tells of it. `reasons`: why it was suspended, recalled or retired, by code. */
export type VersionRow = {
  product: string;
  version: number;
  jurisdiction: string;
  caseNo: string;
  name: string;
  description: string | null;
  class: string;
  purpose: string;
  owner: string;
  operator: string;
  registrationCode: string | null;
  nationalCode: string | null;
  artefact: string | null;
  state: ProductState;
  listedAt: Date | null;
  releasedAt: Date | null;
  endedAt: Date | null;
  reasons: string[];
};

export const listStates = ['onList', ...everListed] as const;

const versions = (where: RawBuilder<unknown>, rest: RawBuilder<unknown>): RawBuilder<VersionRow> => sql`
  select product.product_no as product, version.version, product.jurisdiction, version.case_no as "caseNo",
         coalesce(content.contents ->> 'name', product.name) as name,
         content.contents ->> 'description' as description,
         product.class, product.purpose, product.owner, product.operator,
         product.registration_code as "registrationCode", product.national_code as "nationalCode",
         procedure.state ->> 'artefact' as artefact,
         version.state, version.listed_at as "listedAt", version.released_at as "releasedAt",
         version.ended_at as "endedAt",
         coalesce(said.reasons, '[]') as reasons
  from product_version as version
  join product on product.product_no = version.product_no
  join procedure on procedure.case_no = version.case_no
  left join product_content as content
    on content.case_no = version.case_no and content.content_hash = procedure.state ->> 'contents'
  left join lateral (
    select coalesce(data -> 'reasonCodes', jsonb_build_array(data -> 'ground')) as reasons
    from procedure_entry
    where procedure_entry.case_no = version.case_no
      and procedure_entry.kind = version.state -- suspended, recalled and retired are entries of that name
      and version.state in ('suspended', 'recalled', 'retired')
    order by position desc
    limit 1
  ) as said on true
  where ${where}
  ${rest}`;

export type ListAsk = {
  jurisdiction?: string | undefined;
  class?: string | undefined;
  purpose?: string | undefined;
  kind?: 'public' | 'industry' | undefined;
  state: (typeof listStates)[number];
  after: readonly [string, number] | undefined;
  limit: number;
};

/** Versions the public knows, of every city, by product and version; at most `limit`. */
export const listVersions = async (db: Kysely<ProductTables>, ask: ListAsk): Promise<VersionRow[]> => {
  const { jurisdiction = null, class: form = null, purpose = null, kind = null, state, after, limit } = ask;
  const [product, version] = after ?? [null, null];
  const states = state === 'onList' ? onList : [state];
  const { rows } = await versions(
    sql`version.state = any(${[...states]}::text[])
      and version.listed_at is not null
      and (${jurisdiction}::text is null or product.jurisdiction = ${jurisdiction})
      and (${form}::text is null or product.class = ${form})
      and (${purpose}::text is null or product.purpose = ${purpose})
      and (${kind}::text is null or (product.purpose = 'industry') = (${kind} = 'industry'))
      and (${product}::text is null
        or (version.product_no collate "C", version.version) > (${product}, ${version}::integer))`,
    sql`order by version.product_no collate "C", version.version limit ${limit}`,
  ).execute(db);
  return rows;
};

/** All versions of a product, newest first; `known`: those alone that the public may have used. */
export const versionsOf = async (
  db: Kysely<ProductTables>,
  product: string,
  known: boolean,
): Promise<VersionRow[]> => {
  const { rows } = await versions(
    sql`version.product_no = ${product}
      and (not ${known}::boolean or (version.state = any(${[...everListed]}::text[]) and version.listed_at is not null))`,
    sql`order by version.version desc limit 1000`,
  ).execute(db);
  return rows;
};

export type BroughtInRow = {
  id: string;
  jurisdiction: string;
  name: string;
  operator: string;
  checked_on: string;
};

/** Products let out on paper before, of every city, by id; at most `limit`. */
export const listBroughtIn = async (
  db: Kysely<ProductTables>,
  {
    jurisdiction = null,
    after = null,
    limit,
  }: Record<'jurisdiction' | 'after', string | null | undefined> & {
    limit: number;
  },
): Promise<BroughtInRow[]> => {
  const { rows } = await sql<BroughtInRow>`
    select id, jurisdiction, name, operator, checked_on::text as checked_on
    from brought_in_product
    where (${jurisdiction}::text is null or jurisdiction = ${jurisdiction})
      and (${after}::text is null or id > ${after})
    order by id
    limit ${limit}`.execute(db);
  return rows;
};
