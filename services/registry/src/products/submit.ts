/** Submitting a version of a product: judged first, then written with the case that carries it out (E1). */
import { bureauOf } from '@gongshu/infra/cases/bodies';
import { nextNumber } from '@gongshu/infra/cases/number';
import { type Cited, linkDocument, mustAllBeStored } from '@gongshu/infra/documents/cite';
import { jsonHash } from '@gongshu/infra/hash';
import { takePart } from '@gongshu/infra/procedures/bodies';
import type { Opening } from '@gongshu/infra/procedures/open';
import type { ProductTables } from '@gongshu/infra/products/tables';
import { businessDateOf, yearOf } from '@gongshu/shared/business-date';
import type { ResolvedPack } from '@gongshu/shared/packs/pack';
import type { ProductContents } from '@gongshu/shared/product/contents';
import { type EgressRules, egressRules } from '@gongshu/shared/product/rules';
import type { EgressFacts } from '@gongshu/shared/product/types';
import { problem } from '@gongshu/shared/problems';
import type { Kysely, Transaction } from 'kysely';
import { mustHaveNorm } from '../norms/in-force.ts';
import {
  merchantMustStand,
  mustBeTreated,
  mustBeWhole,
  mustKnowProducts,
  mustLieWithin,
  mustSubmitHere,
  runningGrants,
  type Submitter,
} from './law.ts';
import type { GrantRow } from './grants.ts';
import { mustBeSeparated, mustNotRedevelop } from './separation.ts';

export type Trx = Transaction<ProductTables>;
export type Judged = { grants: GrantRow[]; operator: string };

/** Who submits: a body in one of two roles, and the person's account. */
export type By = { role: Submitter; owner: string; author: string };

/**
 * Everything the law asks of the contents. Throws `lifecycleNotInPack`, `submitterNotAllowed`, `productClassNotAllowed`,
 * `productIncomplete`, `publicSourceNotAllowed`, `merchantNotEnrolled` and its like, `grantNotRunning`,
 * `notSeparated`, `operatorRedevelops`, `fieldOutsideGrant`, `resourceNeverEnters`, `fieldUngraded`, `fieldNotTreated`, `normNotApproved`.
 */
export const judged = async (
  db: Kysely<ProductTables>,
  pack: ResolvedPack,
  { role, owner }: Pick<By, 'role' | 'owner'>,
  contents: ProductContents,
  now: Date,
): Promise<Judged> => {
  mustKnowProducts(pack);
  mustSubmitHere(pack, role);
  mustBeWhole(pack, contents, now);
  if (role === 'merchant') await merchantMustStand(db, pack, owner);
  const { jurisdiction } = pack;
  const { rows, operator } = await runningGrants(db, { jurisdiction, owner, role, now }, contents);
  await mustBeSeparated(db, pack, { owner, operator, now });
  await mustNotRedevelop(db, pack, { owner, operator }, contents);
  mustBeTreated(pack, contents, mustLieWithin(pack, contents, rows));
  await mustHaveNorm(db, pack, 'egressCheckNorm', operator);
  return { grants: rows, operator };
};

/** Every document the contents name. */
const documentsOf = ({ fields, service }: ProductContents): (Cited & { role: string })[] => [
  ...(service?.samples ?? []).map((hash, index) => ({
    ...{ hash, role: 'responseSample' },
    pointer: `/body/contents/service/samples/${index}`,
  })),
  ...fields.flatMap(({ treatment }, at) =>
    treatment?.kind === 'subjectAuthorised'
      ? treatment.documents.map((hash, index) => ({
          ...{ hash, role: 'subjectConsent' },
          pointer: `/body/contents/fields/${at}/treatment/documents/${index}`,
        }))
      : [],
  ),
];

/**
 * Contents and artefact are kept beside the case, by their hashes; what they name is filed with it. Answers the hash of
 * the contents. Throws `documentUnknown` (422) at each place.
 */
export const keepContents = async (
  trx: Trx,
  {
    caseNo,
    jurisdiction,
    organisation,
    artefact,
    contents,
    at,
  }: Record<'caseNo' | 'jurisdiction' | 'organisation' | 'artefact', string> & {
    contents: ProductContents;
    at: Date;
  },
): Promise<string> => {
  const hash = jsonHash(contents);
  const cited = [{ hash: artefact, role: 'artefact', pointer: '/body/artefact' }, ...documentsOf(contents)];
  await mustAllBeStored(trx, { cited, organisation, jurisdiction });
  await trx
    .insertInto('product_content')
    .values({
      case_no: caseNo,
      content_hash: hash,
      contents: JSON.stringify(contents) as never,
      given_at: at,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  for (const { hash: document, role } of cited)
    await linkDocument(trx, { hash: document, jurisdiction, caseNo, role, by: organisation, at });
  return hash;
};

type Product = { product: string; version: number };

/** A product of its own under the next number of the year. */
const newProduct = async (
  trx: Trx,
  pack: ResolvedPack,
  { owner }: By,
  { operator }: Judged,
  contents: ProductContents,
  at: Date,
): Promise<Product> => {
  const { jurisdiction, areaCode } = pack;
  const year = yearOf(businessDateOf(at.getTime()));
  const number = await nextNumber(trx, 'procedure_number', { jurisdiction, year, series: 'CP' });
  const product = `${areaCode}-CP-${year}-${String(number).padStart(6, '0')}`;
  await trx
    .insertInto('product')
    .values({
      ...{ product_no: product, jurisdiction, owner, operator, name: contents.name },
      ...{ class: contents.class, purpose: contents.purpose, created_at: at },
      ...{ registration_code: null, national_code: null },
    })
    .execute();
  return { product, version: 1 };
};

/**
 * The next version of a product, which is held meanwhile: of two submitted at once one goes on. Throws `notFound` for
 * another body's, `productDiffers` (422), `versionUnderWay` (409).
 */
const nextVersion = async (
  trx: Trx,
  product: string,
  { owner }: By,
  { jurisdiction, contents }: { jurisdiction: string; contents: ProductContents },
): Promise<Product> => {
  const row = await trx
    .selectFrom('product')
    .select(['class', 'purpose'])
    .where('product_no', '=', product)
    .where('jurisdiction', '=', jurisdiction)
    .where('owner', '=', owner)
    .forUpdate()
    .executeTakeFirst();
  if (!row) throw problem('notFound');
  if (row.class !== contents.class || row.purpose !== contents.purpose) throw problem('productDiffers');
  const versions = await trx
    .selectFrom('product_version')
    .select(['case_no', 'version', 'state'])
    .where('product_no', '=', product)
    .orderBy('version', 'desc')
    .execute();
  const underWay = versions.find(({ state }) => state === 'underWay');
  if (underWay) throw problem('versionUnderWay', { params: { caseNo: underWay.case_no } });
  return { product, version: (versions[0]?.version ?? 0) + 1 };
};

export type Submission = { product?: string | undefined; artefact: string; contents: ProductContents };

/** What opens the case; judged by the caller, written with the case's row. */
export const submission = async (
  db: Kysely<ProductTables>,
  pack: ResolvedPack,
  by: By,
  { product: known, artefact, contents }: Submission,
  found: Judged,
): Promise<Pick<Opening<EgressRules, EgressFacts>, 'kind' | 'pack' | 'authority' | 'rules' | 'facts'>> => ({
  ...{ kind: 'productEgress', pack, rules: egressRules(pack) },
  authority: await bureauOf(db, 'party', pack.jurisdiction),
  facts: async (caseTrx, { caseNo, receivedAt: at }) => {
    const trx = caseTrx as unknown as Trx;
    const { jurisdiction } = pack;
    const { owner, author } = by;
    const { operator, grants } = found;
    const { product, version } =
      known === undefined
        ? await newProduct(trx, pack, by, found, contents, at)
        : await nextVersion(trx, known, by, { jurisdiction, contents });
    await trx
      .insertInto('product_version')
      .values({
        ...{ case_no: caseNo, product_no: product, version, state: 'underWay' },
        ...{ listed_at: null, released_at: null, ended_at: null },
      })
      .execute();
    const given = { caseNo, jurisdiction, organisation: owner, artefact, contents, at };
    const hash = await keepContents(trx, given);
    await trx
      .insertInto('product_artefact')
      .values({
        ...{ case_no: caseNo, attempt: 1, artefact, contents_hash: hash, author, given_at: at },
        contents: JSON.stringify(contents) as never,
      })
      .execute();
    const departments = new Set(grants.flatMap(({ resources }) => resources.map(({ reviewer }) => reviewer)));
    await takePart(trx, caseNo, [
      { organisation: owner, role: 'owner' },
      { organisation: operator, role: 'operator' },
      ...[...departments]
        .filter((one) => one !== owner && one !== operator)
        .map((organisation) => ({ organisation, role: 'source' })),
    ]);
    return {
      ...{ product, version, owner, author, operator, class: contents.class, purpose: contents.purpose },
      ...{ grants: contents.grants, artefact, contents: hash },
    };
  },
});
