/** The completeness list (S1, S2): each item there, missing, or empty with its ground; nothing is silently left out. */
import type { Fact } from '../disclosure-facts/fact.ts';
import { productsAt } from '../disclosure-facts/products.ts';
import type { DisclosureItem } from '../packs/topics/disclosure.ts';
import { type Figure, type FigureName, figureOf, type Of } from './figures.ts';
import type { DisclosurePart, YearlyRules } from './rules.ts';

export const itemStates = ['present', 'missing', 'empty'] as const;
/** Why there is nothing to tell, or why it is missing. The last three a body states itself. */
export const itemGrounds = [
  ...(['notStated', 'notSet', 'noMandate', 'noResources', 'noProducts', 'nothingCharged'] as const),
  ...(['noUse', 'noEvaluation', 'nothingToDisclose', 'stateSecret', 'heldElsewhere'] as const),
] as const;
/** Those a body may state. */
export const statedGrounds = ['nothingToDisclose', 'stateSecret', 'heldElsewhere'] as const;
export type ItemGround = (typeof itemGrounds)[number];
export type StatedGround = (typeof statedGrounds)[number];
export type ItemStanding = {
  item: DisclosureItem;
  state: (typeof itemStates)[number];
  ground: ItemGround | null;
};

/** What a body said of an item itself: its words by hash, or that there is nothing. */
export type Stated = Partial<Record<DisclosureItem, { hash: string } | { ground: StatedGround }>>;

/** The figures each item is made of, as the notice and the texts name it. */
export const figuresOfItem = (part: DisclosurePart): Record<DisclosureItem, readonly FigureName[]> => ({
  ownParticulars: [],
  grantee: ['mandates'],
  subject: ['resourcesOpen', 'resourcesPublished'],
  scope: ['resourcesSupplied'],
  term: [],
  feeCeilings: ['ceilings'],
  evaluationResults: ['evaluations'],
  authorisedResources: ['resourcesOpen', 'resourcesSupplied', 'resourcesGranted'],
  productList: ['productsListed', 'productsFree', 'productsReleased', 'serviceFees'],
  actualFees: ['tariffs', 'billedFen', 'serviceChargedFen'],
  resourceUse: ['grantsMade', 'merchantsServed', 'accesses'],
  operation: [
    ...(['applicationsSubmitted', 'applicationsApproved', 'applicationsPartlyDeemed'] as const),
    ...(['applicationsDeemed', 'applicationsRefused', 'merchantsEnrolled', 'merchantsExited'] as const),
    ...(part === 'overallReport'
      ? (['grantsMade', 'accesses', 'productsListed', 'productsReleased', 'billedFen'] as const)
      : []),
  ],
});

/** Only the body itself can say these: who it is, and how it sees a whole year (朔州 十一（一）6). */
export const mustBeStated = (part: DisclosurePart, item: DisclosureItem): boolean =>
  item === 'ownParticulars' || (part === 'overallReport' && item === 'operation');

type Judged = Pick<ItemStanding, 'state' | 'ground'>;
const present: Judged = { state: 'present', ground: null };
const empty = (ground: ItemGround): Judged => ({ state: 'empty', ground });
const missing = (ground: ItemGround): Judged => ({ state: 'missing', ground });

/** What the facts say of an item that is filled from them. */
const filled = (item: DisclosureItem, facts: readonly Fact[], of: Of): Judged => {
  const value = (name: FigureName): number => figureOf(facts, of, name).value;
  const charged = (): number =>
    productsAt(facts, of.span.until).filter(
      ({ purpose, operator }) => purpose === 'industry' && (of.operator === null || operator === of.operator),
    ).length;
  switch (item) {
    case 'ownParticulars':
      return missing('notStated');
    case 'grantee':
    case 'term':
      return value('mandates') > 0 ? present : empty('noMandate');
    case 'subject':
    case 'scope':
      return value('mandates') === 0 ? empty('noMandate') : present;
    case 'authorisedResources':
      return value('resourcesOpen') > 0 ? present : empty('noResources');
    case 'feeCeilings':
      if (value('ceilings') > 0) return present;
      return charged() > 0 ? missing('notSet') : empty('nothingCharged');
    case 'productList':
      return value('productsListed') + value('serviceFees') > 0 ? present : empty('noProducts');
    case 'actualFees':
      if (value('tariffs') + value('billedFen') + value('serviceChargedFen') > 0) return present;
      return charged() > 0 ? missing('notSet') : empty('nothingCharged');
    case 'resourceUse':
      return value('grantsMade') + value('accesses') > 0 ? present : empty('noUse');
    case 'evaluationResults':
      return value('evaluations') > 0 ? present : empty('noEvaluation');
    case 'operation':
      return value('applicationsSubmitted') + value('merchantsEnrolled') + value('productsListed') > 0
        ? present
        : empty('noUse');
  }
};

/** How each item of a part stands. What a body states fills what is missing, never covers what the facts show. */
export const itemsOf = (
  part: DisclosurePart,
  { items }: Pick<YearlyRules, 'items'>,
  facts: readonly Fact[],
  of: Of,
  stated: Stated,
): ItemStanding[] =>
  items.map(({ item }) => {
    const judged = mustBeStated(part, item) ? missing('notStated') : filled(item, facts, of);
    const said = stated[item];
    if (judged.state !== 'missing' || !said) return { item, ...judged };
    return 'ground' in said ? { item, ...empty(said.ground) } : { item, ...present };
  });

/** The figures of a part, each once. */
export const figuresOfPart = (
  part: DisclosurePart,
  { items }: Pick<YearlyRules, 'items'>,
  facts: readonly Fact[],
  of: Of,
): Figure[] => {
  const names = new Set(items.flatMap(({ item }) => figuresOfItem(part)[item]));
  return [...names].map((name) => figureOf(facts, of, name));
};
