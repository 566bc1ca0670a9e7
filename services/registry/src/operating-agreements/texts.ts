/** Texts of an agreement: rendered, kept beside the case, found again by version; what two of them differ in. */
import { linkDocument, mustAllBeStored } from '@gongshu/infra/documents/cite';
import { jsonHash, sha256 } from '@gongshu/infra/hash';
import type {
  AgreementTables,
  OperatingAgreementTextTable,
} from '@gongshu/infra/operating-agreements/tables';
import { renderOperatingAgreement } from '@gongshu/shared/operating-agreement/render';
import type { AgreementVersion } from '@gongshu/shared/operating-agreement/types';
import { articleOf, type ResolvedPack, ruleOf } from '@gongshu/shared/packs/pack';
import { problem } from '@gongshu/shared/problems';
import type { Kysely, Selectable, Transaction } from 'kysely';
import { type AgreementContents, documentsOf } from './contents.ts';

type Trx = Transaction<AgreementTables>;
export type TextRow = Selectable<OperatingAgreementTextTable>;
/** A version before it is rendered. */
export type Unrendered = Omit<AgreementVersion, 'content' | 'document'>;

export type Writing = {
  pack: ResolvedPack;
  caseNo: string;
  authority: string;
  operator: string;
  predecessor: string | null;
  terms: Unrendered;
  contents: AgreementContents;
  /** The body whose documents the contents name. */
  organisation: string | null;
  at: Date;
};

const namesOf = async (trx: Trx, jurisdiction: string, ids: string[]): Promise<Map<string, string>> => {
  const rows = await trx
    .selectFrom('party')
    .select(['id', 'name'])
    .where('jurisdiction', '=', jurisdiction)
    .where('id', 'in', ids)
    .execute();
  return new Map(rows.map(({ id, name }) => [id, name]));
};

const basisOf = (pack: ResolvedPack): string => {
  const basis = articleOf(ruleOf(pack, 'operatingAgreement', 'contents'));
  return 'article' in basis ? `《${basis.instrument}》${basis.article}` : basis.reading;
};

/** Renders a version and keeps it with what it says; the same words again are the same hash. */
export const writeText = async (trx: Trx, writing: Writing): Promise<AgreementVersion> => {
  const { pack, caseNo, authority, operator, predecessor, terms, contents, organisation, at } = writing;
  const { jurisdiction } = pack;
  const cited = documentsOf(contents);
  const ground =
    terms.ground === null ? [] : [{ hash: terms.ground, role: 'ground', pointer: '/body/ground' }];
  await mustAllBeStored(trx, { cited: [...cited, ...ground], organisation, jurisdiction });
  const names = await namesOf(trx, jurisdiction, [authority, operator, ...terms.coSignatories]);
  const named = (id: string): string => names.get(id) ?? id;
  const content = jsonHash({ terms, contents });
  const { value: order } = ruleOf(pack, 'operatingAgreement', 'contents');
  const document = renderOperatingAgreement(
    {
      ...{ caseNo, predecessor, version: terms.version, title: contents.title, mandate: terms.mandate },
      ...{ termMonths: terms.termMonths, ground: terms.ground, basis: basisOf(pack) },
      jurisdictionTitle: pack.title,
      authority: named(authority),
      operator: named(operator),
      coSignatories: terms.coSignatories.map(named),
      items: order.flatMap(({ item }) => {
        const given = contents.items[item];
        return given ? [{ item, ...given }] : [];
      }),
    },
    content,
  );
  const version: AgreementVersion = { ...terms, content, document: sha256(document) };
  await keep(trx, caseNo, { version, contents, document, at });
  for (const { hash, role } of [...cited, ...ground])
    await linkDocument(trx, { hash, jurisdiction, caseNo, role, by: organisation ?? '', at });
  return version;
};

const keep = async (
  trx: Trx,
  caseNo: string,
  {
    version,
    contents,
    document,
    at,
  }: { version: AgreementVersion; contents: object | null; document: string | null; at: Date },
): Promise<void> => {
  const last = await trx
    .selectFrom('operating_agreement_text')
    .select('rendering')
    .where('case_no', '=', caseNo)
    .orderBy('rendering', 'desc')
    .executeTakeFirst();
  await trx
    .insertInto('operating_agreement_text')
    .values({
      ...{ case_no: caseNo, rendering: (last?.rendering ?? 0) + 1, version: version.version, document },
      ...{ terms: JSON.stringify(version) as never, document_hash: version.document, given_at: at },
      contents: (contents === null ? null : JSON.stringify(contents)) as never,
    })
    .execute();
};

/** A paper agreement: its hashes stand for what it says. */
export const keepPaper = (trx: Trx, caseNo: string, version: AgreementVersion, at: Date): Promise<void> =>
  keep(trx, caseNo, { version, contents: null, document: null, at });

/** The newest rendering of a version, or of the newest version. Throws `notFound`. */
export const textOf = async (
  db: Kysely<AgreementTables>,
  caseNo: string,
  version?: number,
): Promise<TextRow> => {
  let query = db.selectFrom('operating_agreement_text').selectAll().where('case_no', '=', caseNo);
  if (version !== undefined) query = query.where('version', '=', version);
  const row = await query.orderBy('rendering', 'desc').executeTakeFirst();
  if (!row) throw problem('notFound');
  return row;
};

/** Throws `agreementAltered` (409) where the text kept under a hash is no longer the one that was rendered. */
export const mustBeWhole = async (
  db: Kysely<AgreementTables>,
  caseNo: string,
  hash: string,
): Promise<void> => {
  const row = await db
    .selectFrom('operating_agreement_text')
    .select(['document', 'document_hash'])
    .where('case_no', '=', caseNo)
    .where('document_hash', '=', hash)
    .orderBy('rendering', 'desc')
    .executeTakeFirst();
  if (!row || (row.document !== null && sha256(row.document) !== row.document_hash))
    throw problem('agreementAltered');
};

type Said = { terms: AgreementVersion; contents: AgreementContents | null };
const flat = ({ terms, contents }: Said): Map<string, unknown> =>
  new Map<string, unknown>([
    ['title', contents?.title ?? null],
    ['mandate', terms.mandate],
    ['termMonths', terms.termMonths],
    ['ground', terms.ground],
    ['coSignatories', terms.coSignatories],
    ['termSetters', terms.termSetters],
    ...Object.entries(contents?.items ?? {}).map(([item, said]): [string, unknown] => [
      `items.${item}`,
      said,
    ]),
  ]);

export type Difference = { place: string; before: unknown; after: unknown };

/** Where two texts differ, by place, with what stood there and what stands now. */
export const differencesOf = (before: Said, after: Said): Difference[] => {
  const [old, now] = [flat(before), flat(after)];
  return [...new Set([...old.keys(), ...now.keys()])]
    .map((place) => ({ place, before: old.get(place) ?? null, after: now.get(place) ?? null }))
    .filter((one) => jsonHash({ of: one.before }) !== jsonHash({ of: one.after }));
};
