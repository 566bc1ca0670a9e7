/** What everyone may read of a product on the list, or once on it (E3, E4, decision 0027); check records by number and hash. */
import { businessDateOf, toInstantText } from '@gongshu/shared/business-date';
import { asPublicWords } from '@gongshu/shared/public-words';
import { sql, type Transaction } from 'kysely';
import { everListed, onList } from '../products/listed.ts';
import type { Described } from './described.ts';

// biome-ignore lint/suspicious/noExplicitAny: bound to the registry's schema
type Trx = Transaction<any>;

type Row = {
  product_no: string;
  jurisdiction: string;
  owner: string;
  operator: string;
  name: string;
  class: string;
  purpose: string;
  registration_code: string | null;
  national_code: string | null;
  case_no: string;
  version: number;
  state: string;
  listed_at: Date | null;
  artefact: string | null;
  contents: { name: string; description: string; fields: { from: { resource: string }[] }[] } | null;
};

const described = (row: Row): Described => {
  const from = row.contents?.fields.flatMap((field) => field.from.map(({ resource }) => resource)) ?? [];
  return {
    ...{ subject: row.product_no, jurisdiction: row.jurisdiction, type: 'product.described.v1' },
    data: {
      ...{ product: row.product_no, caseNo: row.case_no, version: row.version, state: row.state },
      title: asPublicWords(row.contents?.name ?? row.name, 1_000) ?? row.product_no,
      description: asPublicWords(row.contents?.description, 20_000),
      ...{ class: row.class, purpose: row.purpose, owner: row.owner, operator: row.operator },
      resources: [...new Set(from)].toSorted().slice(0, 2_000),
      ...{ registrationCode: row.registration_code, nationalCode: row.national_code, artefact: row.artefact },
      listedOn: row.listed_at === null ? null : businessDateOf(row.listed_at.getTime()),
    },
  };
};

/**
 * These products by the version that stands for them: the newest on the list, else the newest that was. Of a product that
 * never was on it nothing is told; the product's row is held, so that what is told last is what stands last.
 */
export const describeProducts = async (trx: Trx, products: readonly string[]): Promise<Described[]> => {
  if (products.length === 0) return [];
  await sql`
    select product_no
    from product
    where product_no = any(${[...products]}::text[])
    order by product_no
    for no key update`.execute(trx);
  const { rows } = await sql<Row>`
    select distinct on (product.product_no)
           product.product_no, product.jurisdiction, product.owner, product.operator, product.name, product.class,
           product.purpose, product.registration_code, product.national_code,
           v.case_no, v.version, v.state, v.listed_at, a.artefact, a.contents
    from product
    join product_version v on v.product_no = product.product_no
    left join lateral (
      select artefact, contents
      from product_artefact
      where case_no = v.case_no
      order by attempt desc
      limit 1
    ) a on true
    where product.product_no = any(${[...products]}::text[])
      and (
        v.state = any(${[...everListed]}::text[])
        or exists (
          select
          from outbox
          where aggregateid = product.product_no
            and type = 'product.described.v1'
        )
      )
    order by product.product_no, v.state = any(${[...onList]}::text[]) desc,
             v.state = any(${[...everListed]}::text[]) desc, v.version desc`.execute(trx);
  return rows.map(described);
};

/** Products once on the list that no event has described yet. */
export const untoldProducts = async (trx: Trx, after: string, limit: number): Promise<string[]> => {
  const { rows } = await sql<{ id: string }>`
    select product_no as id
    from product
    where product_no > ${after}
      and exists (
        select
        from product_version v
        where v.product_no = product.product_no
          and v.state = any(${[...everListed]}::text[])
      )
      and not exists (
        select
        from outbox
        where aggregateid = product.product_no
          and type = 'product.described.v1'
      )
    order by product_no
    limit ${limit}`.execute(trx);
  return rows.map(({ id }) => id);
};

type Key = { caseNo: string; attempt: number; round: number };

/** Check records by number and hash: `<case>-<attempt>-<round>`, as the file of the record is named. */
export const checkRecords = async (trx: Trx, keys: readonly Key[]): Promise<Described[]> => {
  if (keys.length === 0) return [];
  const { rows } = await sql<{ number: string; hash: string; at: Date; jurisdiction: string }>`
    select r.case_no || '-' || r.attempt || '-' || r.round as number, r.record_hash as hash, r.signed_at as at,
           p.jurisdiction
    from check_record r
    join procedure p on p.case_no = r.case_no
    where (r.case_no, r.attempt, r.round) in (
      select *
      from unnest(${keys.map(({ caseNo }) => caseNo)}::text[], ${keys.map(({ attempt }) => attempt)}::integer[],
                  ${keys.map(({ round }) => round)}::integer[])
    )`.execute(trx);
  return rows.map(({ number, hash, at, jurisdiction }) => ({
    ...{ subject: number, jurisdiction, type: 'product.checkRecorded.v1' },
    data: { record: number, hash, at: toInstantText(at.getTime()) },
  }));
};

/** Check records that no event has told yet. */
export const untoldCheckRecords = async (
  trx: Trx,
  after: string,
  limit: number,
): Promise<{ number: string; key: Key }[]> => {
  const { rows } = await sql<{ number: string; caseNo: string; attempt: number; round: number }>`
    select number, case_no as "caseNo", attempt, round
    from (
      select case_no || '-' || attempt || '-' || round as number, case_no, attempt, round
      from check_record
    ) r
    where number collate "C" > ${after}
      and not exists (
        select
        from outbox
        where aggregateid = r.number
          and type = 'product.checkRecorded.v1'
      )
    order by number collate "C"
    limit ${limit}`.execute(trx);
  return rows.map(({ number, ...key }) => ({ number, key }));
};
