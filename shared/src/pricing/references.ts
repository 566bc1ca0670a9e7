/** What the parts of a period say of each other: ids that stand once, products and parties that are there. */
import type { z } from 'zod';
import type { ExactText } from './money.ts';

type Weights = Record<string, ExactText>;
type Key = string | { weights: Weights } | Weights;
type Sharing = { factors: Weights | ExactText[]; parties: (string | { id: string })[] };
type Parts = {
  costs: { id: string; product: string | null }[];
  products: { id: string }[];
  allocationKey: Key;
  sharing?: Sharing | undefined;
};

const texts = {
  idTwice: '编号重复 · this id stands twice',
  idReserved: '“shared”指公共成本，不能用作产品编号 · `shared` means shared cost and names no product',
  productUnknown: '没有这个产品 · no product of this id',
  partyUnknown: '没有这个参与方 · no party of this id',
  factorMissing: '缺少该方的贡献系数 · this party has no factor',
  factorsNotAligned: '系数与参与方数目不符 · as many factors as parties are needed',
} as const;

/** Cost that several products share: null, or the word for it. */
export const isShared = (product: string | null): boolean => product === null || product === 'shared';

/** Ids of parties in the agreement's order. */
export const partyIds = (parties: readonly (string | { id: string })[]): string[] =>
  parties.map((party) => (typeof party === 'string' ? party : party.id));

/** Weights by product where the key is a list of them; undefined for a key by name. */
export const keyWeights = (key: Key): Weights | undefined => {
  if (typeof key === 'string') return undefined;
  const { weights } = key;
  return typeof weights === 'object' ? weights : (key as Weights);
};

/** Names every place that doesn't hold, for zod: no reference of a period is left unchecked. */
export const checkReferences = (parts: Parts, context: z.core.$RefinementCtx): void => {
  const say = (code: keyof typeof texts, ...path: (string | number)[]): void =>
    context.addIssue({ code: 'custom', path, message: texts[code], params: { code } });
  const once = (ids: readonly string[], path: (at: number) => (string | number)[]): Set<string> => {
    const seen = new Set<string>();
    ids.forEach((id, at) => {
      if (seen.has(id)) say('idTwice', ...path(at));
      seen.add(id);
    });
    return seen;
  };
  const products = once(
    parts.products.map(({ id }) => id),
    (at) => ['products', at, 'id'],
  );
  parts.products.forEach(({ id }, at) => {
    if (isShared(id)) say('idReserved', 'products', at, 'id');
  });
  once(
    parts.costs.map(({ id }) => id),
    (at) => ['costs', at, 'id'],
  );
  parts.costs.forEach(({ product }, at) => {
    if (product !== null && !isShared(product) && !products.has(product))
      say('productUnknown', 'costs', at, 'product');
  });
  const inside =
    typeof parts.allocationKey === 'object' && typeof parts.allocationKey['weights'] === 'object';
  for (const product of Object.keys(keyWeights(parts.allocationKey) ?? {}))
    if (!products.has(product))
      say('productUnknown', 'allocationKey', ...(inside ? ['weights'] : []), product);
  if (!parts.sharing) return;
  const ids = partyIds(parts.sharing.parties);
  const parties = once(ids, (at) => ['sharing', 'parties', at]);
  const { factors } = parts.sharing;
  if (Array.isArray(factors)) {
    if (factors.length !== ids.length) say('factorsNotAligned', 'sharing', 'factors');
    return;
  }
  for (const party of Object.keys(factors))
    if (!parties.has(party)) say('partyUnknown', 'sharing', 'factors', party);
  ids.forEach((id, at) => {
    if (!Object.hasOwn(factors, id)) say('factorMissing', 'sharing', 'parties', at);
  });
};
