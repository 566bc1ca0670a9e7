/** Products as events told of them: those on the list at the end of a day, and those released within a span (S2, E4). */
import type { BusinessDate } from '../business-date.ts';
import { type Fact, numberOf, saidBy, type Span, textOf, textsOf, within } from './fact.ts';

export type ListedProduct = {
  product: string;
  version: number;
  registrationCode: string;
  caseNo: string;
  owner: string;
  class: string;
  purpose: string;
  /** By the grants its case named; empty where none said. */
  operator: string;
  suspended: boolean;
};

/** What was submitted, by case; and whose a case's product is. */
const casesIn = (
  said: readonly Fact[],
): { submitted: ReadonlyMap<string, Fact>; operatorOf: (fact: Fact) => string } => {
  // Beforehand, for at one instant no order stands between a grant and the case that rests on it.
  const grants = new Map(
    said
      .filter(({ type }) => type === 'grant.granted.v1')
      .map((fact) => [textOf(fact, 'grantNo'), textOf(fact, 'operator')]),
  );
  const submitted = new Map(
    said
      .filter(({ type }) => type === 'productEgress.submitted.v1')
      .map((fact) => [textOf(fact, 'caseNo'), fact]),
  );
  const operatorOf = (fact: Fact): string => {
    const asked = submitted.get(textOf(fact, 'caseNo'));
    const [operator] = asked ? textsOf(asked, 'grants').flatMap((grant) => grants.get(grant) ?? []) : [];
    return operator ?? textOf(fact, 'operator');
  };
  return { submitted, operatorOf };
};

/** Products on the list at the end of a day (清单): listed or released, neither recalled nor retired. */
export const productsAt = (facts: readonly Fact[], day: BusinessDate): ListedProduct[] => {
  const said = saidBy(facts, day);
  const { submitted, operatorOf } = casesIn(said);
  const listed = new Map<string, ListedProduct>();
  for (const fact of said) {
    const name = /^productEgress\.(\w+)\.v1$/.exec(fact.type)?.[1];
    if (!name) continue;
    const caseNo = textOf(fact, 'caseNo');
    const product = textOf(fact, 'product');
    if (name === 'listed' || name === 'released') {
      const asked = submitted.get(caseNo);
      listed.set(product, {
        ...{ product, caseNo, version: numberOf(fact, 'version'), suspended: false },
        registrationCode: textOf(fact, 'registrationCode'),
        owner: asked ? textOf(asked, 'owner') : '',
        class: asked ? textOf(asked, 'class') : '',
        purpose: asked ? textOf(asked, 'purpose') : '',
        operator: operatorOf(fact),
      });
    } else {
      const one = listed.get(product);
      if (!one || one.version !== numberOf(fact, 'version')) continue;
      if (name === 'recalled' || name === 'retired') listed.delete(product);
      else if (name === 'suspended' || name === 'restored')
        listed.set(product, { ...one, suspended: name === 'suspended' });
    }
  }
  return [...listed.values()].sort((a, b) => (a.product < b.product ? -1 : 1));
};

/** Products released within the span, whatever became of them since, each with the operator that released it. */
export const releasesIn = (facts: readonly Fact[], span: Span): { product: string; operator: string }[] => {
  const said = saidBy(facts, span.until);
  const { operatorOf } = casesIn(said);
  return said
    .filter((fact) => fact.type === 'productEgress.released.v1' && within(span)(fact))
    .map((fact) => ({ product: textOf(fact, 'product'), operator: operatorOf(fact) }));
};
