/** Texts of publications and titles of service fees, as their tables stand (P2, O4, F6, V2; decision 0027). */
import { toInstantText } from '@gongshu/shared/business-date';
import { asPublicWords } from '@gongshu/shared/public-words';
import { sql, type Transaction } from 'kysely';
import type { PublicationTable } from '../publications/tables.ts';
import type { Described } from './described.ts';

// biome-ignore lint/suspicious/noExplicitAny: bound to the schema of the registry or of pricing
type Trx = Transaction<any>;

type Publication = Omit<PublicationTable, 'seq' | `withdrawn_${string}`>;

/** Characters of a text that an event holds; of a longer one title and hash are told, and where it is read. */
const mostCharacters = 160_000;

/** The texts of these publications: their title, and the document as it is served, over which the hash is. */
export const wordPublications = async (trx: Trx, numbers: readonly string[]): Promise<Described[]> => {
  const { rows } = await sql<Publication>`
    select number, jurisdiction, kind, subject, title_zh, title_en, document, hash, from_on, until_on, published_at
    from publication
    where number = any(${[...numbers]}::text[])`.execute(trx);
  return rows.map((row) => ({
    ...{ subject: row.number, jurisdiction: row.jurisdiction, type: 'publication.worded.v1' },
    data: {
      ...{ publication: row.number, kind: row.kind, subject: row.subject, hash: row.hash },
      at: toInstantText(row.published_at.getTime()),
      title: {
        zh: asPublicWords(row.title_zh, 1_000) ?? row.number,
        en: asPublicWords(row.title_en, 1_000) ?? row.number,
      },
      // Told whole or not at all: a part of it would not bear out the hash.
      document:
        row.document.length <= mostCharacters && asPublicWords(row.document, mostCharacters) === row.document
          ? row.document
          : null,
      ...{ from: row.from_on, until: row.until_on },
    },
  }));
};

/** Publications whose text no event has told yet. */
export const unwordedPublications = async (trx: Trx, after: string, limit: number): Promise<string[]> => {
  const { rows } = await sql<{ id: string }>`
    select number as id
    from publication
    where number > ${after}
      and not exists (
        select
        from outbox
        where aggregateid = publication.number
          and type = 'publication.worded.v1'
      )
    order by number
    limit ${limit}`.execute(trx);
  return rows.map(({ id }) => id);
};

type Fee = {
  id: string;
  jurisdiction: string;
  operator: string;
  item: string;
  version: number;
  title: string;
};

/** The titles of these versions of services with a fee. */
export const titleFees = async (trx: Trx, fees: readonly string[]): Promise<Described[]> => {
  const { rows } = await sql<Fee>`
    select id, jurisdiction, operator, item, version, title
    from service_fee
    where id = any(${[...fees]}::text[])`.execute(trx);
  return rows.map(({ id, jurisdiction, operator, item, version, title }) => ({
    ...{ subject: id, jurisdiction, type: 'serviceFee.titled.v1' },
    data: { operator, item, version, fee: id, title: asPublicWords(title, 1_000) ?? item },
  }));
};

/** Versions of services with a fee whose title no event has told yet. */
export const untitledFees = async (trx: Trx, after: string, limit: number): Promise<string[]> => {
  const { rows } = await sql<{ id: string }>`
    select id
    from service_fee
    where id > ${after}
      and not exists (
        select
        from outbox
        where aggregateid = service_fee.id
          and type = 'serviceFee.titled.v1'
      )
    order by id
    limit ${limit}`.execute(trx);
  return rows.map(({ id }) => id);
};
