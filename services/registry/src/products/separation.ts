/**
 * Separation of operator and merchants (O10; 国家 六, 中卫 六, 乌海 八（三）): the operator takes no part in re-developing, not
 * through ownership or control either. A share counts from the pack's threshold on at each step of a chain, control
 * always; links count once a second account has confirmed them.
 */
import { relatedTo } from '@gongshu/infra/ownership/related';
import type { OwnershipTables } from '@gongshu/infra/ownership/tables';
import { businessDateOf } from '@gongshu/shared/business-date';
import { clauseIn, type ResolvedPack, ruleOf } from '@gongshu/shared/packs/pack';
import { type Problem, problem, type ProblemPlace } from '@gongshu/shared/problems';
import type { Kysely, Selectable } from 'kysely';

type Link = Selectable<OwnershipTables['ownership_link']>;
// biome-ignore lint/suspicious/noExplicitAny: whatever else the registry's schema holds
type Db = Kysely<any>;

export type Parted = { owner: string; operator: string; now: Date };

const thresholdOf = (pack: ResolvedPack): number =>
  ruleOf(pack, 'productEgress', 'separation').value.shareBasisPoints;

/** Links, in order, through which a submitter and the operator are of one house on a day; `undefined` where they are not. */
export const chainBetween = async (
  db: Db,
  pack: ResolvedPack,
  { owner, operator, now }: Parted,
): Promise<string[] | undefined> => {
  if (owner === operator) return undefined;
  const house = await relatedTo(db, {
    ...{ jurisdiction: pack.jurisdiction, bodies: [owner], on: businessDateOf(now.getTime()) },
    fromShare: thresholdOf(pack),
  });
  const chain = house.get(operator);
  return chain && [...chain];
};

const percent = (basisPoints: number): string => `${basisPoints / 100}%`;
const place = ({ id, owner, owned, kind, share_basis_points, document, from_on }: Link): ProblemPlace => {
  const share = share_basis_points === null ? '' : percent(share_basis_points);
  const [zh, en] = kind === 'control' ? ['控制', 'controls'] : [`持有 ${share} 于`, `holds ${share} of`];
  return {
    ...{ pointer: '/body', code: id },
    message: {
      zh: `${owner} ${zh} ${owned}，自 ${from_on}，依据 ${document}`,
      en: `${owner} ${en} ${owned} since ${from_on}, by ${document}`,
    },
  };
};

const refusal = async (db: Db, pack: ResolvedPack, chain: readonly string[]): Promise<Problem> => {
  const rows = (await db
    .selectFrom('ownership_link')
    .selectAll()
    .where('id', 'in', chain)
    .execute()) as Link[];
  const links = chain.flatMap((id) => rows.filter((row) => row.id === id));
  return problem('notSeparated', {
    ...clauseIn(pack, 'operatingAgreement', 'forbidden'),
    errors: links.map(place),
  });
};

/** Throws `notSeparated` (422) with each link of the chain: who, share, since when, by which document. */
export const mustBeSeparated = async (db: Db, pack: ResolvedPack, parted: Parted): Promise<void> => {
  const chain = await chainBetween(db, pack, parted);
  if (chain) throw await refusal(db, pack, chain);
};

/**
 * What a product is built on is known here, and an operator builds on nothing that was delivered already: that is
 * re-development (国家 六). Throws `productUnknown`, `operatorRedevelops` (422) at each place.
 */
export const mustNotRedevelop = async (
  db: Db,
  pack: ResolvedPack,
  { owner, operator }: Pick<Parted, 'owner' | 'operator'>,
  { builtOn }: { builtOn: readonly string[] },
): Promise<void> => {
  if (builtOn.length === 0) return;
  const rows: { product_no: string }[] = await db
    .selectFrom('product')
    .select('product_no')
    .where('jurisdiction', '=', pack.jurisdiction)
    .where('product_no', 'in', builtOn)
    .execute();
  const known = new Set(rows.map(({ product_no }) => product_no));
  const at = (code: string, wrong: (product: string) => boolean, zh: string, en: string): ProblemPlace[] =>
    builtOn.flatMap((product, index) =>
      wrong(product) ? [{ pointer: `/body/contents/builtOn/${index}`, code, message: { zh, en } }] : [],
    );
  const unknown = at('productUnknown', (one) => !known.has(one), '没有这一产品', 'There is no such product');
  if (unknown.length > 0) throw problem('productUnknown', { errors: unknown });
  if (owner !== operator) return;
  throw problem('operatorRedevelops', {
    ...clauseIn(pack, 'operatingAgreement', 'forbidden'),
    errors: at('operatorRedevelops', () => true, '已交付的产品', 'A product delivered already'),
  });
};
