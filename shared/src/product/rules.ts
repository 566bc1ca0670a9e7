/** What a product's egress is decided under, carried for its whole life (E1–E5, O10). */
import { citedArticle, type ResolvedPack, valuesOf } from '../packs/pack.ts';
import type { ProductEgressRules } from '../packs/topics/product-egress.ts';
import type { ArticleRef } from '../problems.ts';

type Rested = 'fields' | 'requirements' | 'checkers' | 'secondLock' | 'registration' | 'list' | 'checkLimit';

export type EgressRules = Pick<
  ProductEgressRules,
  | 'localTerm'
  | 'fields'
  | 'checkers'
  | 'checkLimit'
  | 'correctionLimit'
  | 'filingLimit'
  | 'secondLock'
  | 'thresholds'
> & {
  /** A version submitted before they were carried has none: whatever ground its exceptions name may be weighed. */
  requirements?: ProductEgressRules['requirements'];
} & { rests: Partial<Record<Rested, ArticleRef>> };

const rested: readonly Rested[] = [
  'fields',
  'requirements',
  'checkers',
  'secondLock',
  'registration',
  'list',
  'checkLimit',
];

/** Throws `RangeError` where the pack holds no topic `productEgress`. */
export const egressRules = (pack: ResolvedPack): EgressRules => {
  const values = valuesOf(pack, 'productEgress');
  const { localTerm, fields, checkers, checkLimit, correctionLimit, filingLimit, secondLock, thresholds } =
    values;
  return {
    ...{ localTerm, fields, checkers, checkLimit, correctionLimit, filingLimit, secondLock, thresholds },
    requirements: values.requirements,
    // Of a silent text nothing: an event names an article, not our reading.
    rests: Object.fromEntries(
      rested.flatMap((key) => {
        const { article } = citedArticle(pack.rules['productEgress']?.[key]);
        return article ? [[key, article]] : [];
      }),
    ) as EgressRules['rests'],
  };
};
