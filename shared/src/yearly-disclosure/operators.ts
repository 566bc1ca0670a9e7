/**
 * What of a city is one operator's (S2): all of it under a mandate for the whole, else what was granted under it and whom
 * it checked. Two operators of a city never disclose the same thing as their own.
 */
import { type Fact, inOrder, type Span, textOf, textsOf, within } from '../disclosure-facts/fact.ts';
import { mandatesIn, type OpenResource, resourcesAt } from '../disclosure-facts/standing.ts';

/** Whose figures: of the whole city, or of one operator. */
export type Of = { span: Span; operator: string | null };

/** The city itself, or an operator that was mandated with the whole of it on some day of the span. */
const holdsAll = (facts: readonly Fact[], { span, operator }: Of): boolean =>
  operator === null ||
  mandatesIn(facts, span).some((one) => one.operator === operator && one.mode === 'whole');

const endings = ['grant.expired.v1', 'grant.endedEarly.v1', 'grant.replaced.v1'];

/** Resources of the operator's grants that ran at the end of the span. */
const grantedTo = (facts: readonly Fact[], { span, operator }: Of): ReadonlySet<string> => {
  const running = new Map<string, string[]>();
  const before = within({ from: '0001-01-01', until: span.until });
  const said = inOrder(facts.filter(before));
  for (const fact of said)
    if (fact.type === 'grant.granted.v1' && textOf(fact, 'operator') === operator)
      running.set(textOf(fact, 'grantNo'), textsOf(fact, 'resources'));
  for (const fact of said) if (endings.includes(fact.type)) running.delete(textOf(fact, 'grantNo'));
  return new Set([...running.values()].flat());
};

/** Which resources are the operator's to tell of. */
export const resourcesFor = (facts: readonly Fact[], of: Of): ((resource: string) => boolean) => {
  if (holdsAll(facts, of)) return () => true;
  const granted = grantedTo(facts, of);
  return (resource) => granted.has(resource);
};

/** Published entries that stood at the end of the span, as far as they are the operator's. */
export const openResources = (facts: readonly Fact[], of: Of): OpenResource[] => {
  const isMine = resourcesFor(facts, of);
  return resourcesAt(facts, of.span.until).filter(({ resource }) => isMine(resource));
};

/** Who dealt with each onboarding last; before anybody has, whom it was sent to. */
const operatorsOfCases = (facts: readonly Fact[]): ReadonlyMap<string, string> =>
  new Map(
    inOrder(facts).flatMap((fact): [string, string][] => {
      const who = textOf(fact, 'reviewer') || textOf(fact, 'operator');
      return fact.type.startsWith('onboarding.') && who !== '' ? [[textOf(fact, 'caseNo'), who]] : [];
    }),
  );

/** What nobody is known to have dealt with is of whoever holds the whole. */
const ofWhom = (
  facts: readonly Fact[],
  of: Of,
  by: (one: string) => string | undefined,
): ((one: string) => boolean) => {
  const whole = holdsAll(facts, of);
  return (one) => {
    const who = by(one);
    return who === undefined ? whole : who === of.operator;
  };
};

/** Which onboardings are the operator's: those it deals with. */
export const onboardingsFor = (facts: readonly Fact[], of: Of): ((caseNo: string) => boolean) => {
  if (of.operator === null) return () => true;
  const by = operatorsOfCases(facts);
  return ofWhom(facts, of, (caseNo) => by.get(caseNo));
};

/** Which merchants are the operator's: those it checked; one enrolled from paper is of whoever holds the whole. */
export const merchantsFor = (facts: readonly Fact[], of: Of): ((merchant: string) => boolean) => {
  if (of.operator === null) return () => true;
  const checked = operatorsOfCases(facts);
  /** By whom each was enrolled last. */
  const by = new Map<string, string | undefined>(
    inOrder(facts)
      .filter(({ type }) => type === 'merchant.enrolled.v1')
      .map((fact) => [textOf(fact, 'merchant'), checked.get(textOf(fact, 'caseNo'))]),
  );
  return ofWhom(facts, of, (merchant) => by.get(merchant));
};
