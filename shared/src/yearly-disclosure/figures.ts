/**
 * The figures of a year's disclosure (S1, S2), each with the cases it is counted from; counted from facts alone, so that
 * whoever holds the events counts the same.
 */
import { type Fact, inOrder, numberOf, textOf, textsOf, within } from '../disclosure-facts/fact.ts';
import { productsAt, releasesIn } from '../disclosure-facts/products.ts';
import { ceilingsAt, mandatesIn, serviceFeesAt, tariffsAt } from '../disclosure-facts/standing.ts';
import { merchantsFor, type Of, openResources, resourcesFor } from './operators.ts';

export type { Of } from './operators.ts';

/** `fen`: whole fen; all else are counts. `cases`: numbers of what was counted, each once, in order. */
export type Figure = { name: FigureName; unit: 'count' | 'fen'; value: number; cases: string[] };

export const figureNames = [
  'mandates',
  'resourcesPublished',
  'resourcesOpen',
  'resourcesSupplied',
  'applicationsSubmitted',
  'applicationsApproved',
  'applicationsPartlyDeemed',
  'applicationsDeemed',
  'applicationsRefused',
  'merchantsEnrolled',
  'merchantsExited',
  'grantsMade',
  'resourcesGranted',
  'merchantsServed',
  'accesses',
  'productsListed',
  'productsFree',
  'productsReleased',
  'ceilings',
  'tariffs',
  'serviceFees',
  'billedFen',
  'serviceChargedFen',
  'evaluations',
] as const;
export type FigureName = (typeof figureNames)[number];

type Counted = { value: number; cases: string[] };
const counted = (cases: readonly string[]): Counted => {
  const unique = [...new Set(cases)].sort();
  return { value: unique.length, cases: unique };
};
const mine =
  ({ operator }: Of) =>
  (one: { operator: string }): boolean =>
    operator === null || one.operator === operator;
const told = (facts: readonly Fact[], of: Of, type: string): Fact[] =>
  inOrder(facts.filter((fact) => fact.type === type && within(of.span)(fact))).filter(
    (fact) => of.operator === null || textOf(fact, 'operator') === of.operator,
  );
const ofKey = (facts: readonly Fact[], key: string): string[] => facts.map((fact) => textOf(fact, key));

/** Events of applications name no operator: they are the city's, an operator's are those that it checked. */
const applications = (facts: readonly Fact[], { span, operator }: Of, type: string): Counted => {
  const checked = new Set(
    facts
      .filter(
        (fact) =>
          /^application\.check(Passed|Failed)\.v1$/.test(fact.type) && textOf(fact, 'reviewer') === operator,
      )
      .map((fact) => textOf(fact, 'caseNo')),
  );
  const cases = facts
    .filter((fact) => fact.type === type && within(span)(fact))
    .map((one) => textOf(one, 'caseNo'));
  return counted(operator === null ? cases : cases.filter((one) => checked.has(one)));
};

const sum = (facts: readonly Fact[], number: string): Counted => ({
  value: facts.reduce((all, fact) => all + numberOf(fact, 'fen'), 0),
  cases: counted(ofKey(facts, number)).cases,
});

/** Bills of months within the year, whenever they were issued: a December is billed in January. */
const billed = (facts: readonly Fact[], { span, operator }: Of): Counted =>
  sum(
    facts.filter(
      (fact) =>
        fact.type === 'bill.issued.v1' &&
        textOf(fact, 'period') >= span.from.slice(0, 7) &&
        textOf(fact, 'period') <= span.until.slice(0, 7) &&
        (operator === null || textOf(fact, 'operator') === operator),
    ),
    'bill',
  );

/** Each that was told by itself, and those of files that told them by their number. */
const traced = (facts: readonly Fact[], of: Of): Counted => {
  const accesses = told(facts, of, 'trace.recorded.v1').filter((fact) => textOf(fact, 'act') === 'access');
  const files = facts
    .filter((fact) => fact.type === 'trace.imported.v1' && within(of.span)(fact))
    .flatMap((fact) =>
      ((fact.data['accesses'] ?? []) as { operator: string; count: number }[])
        .filter(mine(of))
        .map(({ count }) => ({ batch: textOf(fact, 'batch'), count })),
    );
  return {
    value: files.reduce((all, { count }) => all + count, accesses.length),
    cases: counted([...ofKey(accesses, 'subject'), ...files.map(({ batch }) => batch)]).cases,
  };
};

const merchants = (facts: readonly Fact[], of: Of, type: string): Counted =>
  counted(
    facts
      .filter((fact) => fact.type === type && within(of.span)(fact))
      .map((one) => textOf(one, 'merchant'))
      .filter(merchantsFor(facts, of)),
  );

/** How each figure is counted. */
const counts: Record<FigureName, (facts: readonly Fact[], of: Of) => Counted> = {
  mandates: (facts, of) =>
    counted(
      mandatesIn(facts, of.span)
        .filter(mine(of))
        .map(({ agreement }) => agreement),
    ),
  resourcesPublished: (facts, of) =>
    counted(
      facts
        .filter((fact) => fact.type === 'resource.published.v1' && within(of.span)(fact))
        .map((fact) => textOf(fact, 'resource'))
        .filter(resourcesFor(facts, of)),
    ),
  resourcesOpen: (facts, of) => counted(openResources(facts, of).map(({ resource }) => resource)),
  resourcesSupplied: (facts, of) =>
    counted(
      openResources(facts, of)
        .filter(({ supplied }) => supplied)
        .map(({ resource }) => resource),
    ),
  applicationsSubmitted: (facts, of) => applications(facts, of, 'application.submitted.v1'),
  applicationsApproved: (facts, of) => applications(facts, of, 'application.approved.v1'),
  applicationsPartlyDeemed: (facts, of) =>
    applications(facts, of, 'application.approvedWithDeemedReviews.v1'),
  applicationsDeemed: (facts, of) => applications(facts, of, 'application.deemedApproved.v1'),
  applicationsRefused: (facts, of) => applications(facts, of, 'application.refused.v1'),
  merchantsEnrolled: (facts, of) => merchants(facts, of, 'merchant.enrolled.v1'),
  merchantsExited: (facts, of) => merchants(facts, of, 'merchant.exited.v1'),
  grantsMade: (facts, of) => counted(ofKey(told(facts, of, 'grant.granted.v1'), 'grantNo')),
  resourcesGranted: (facts, of) =>
    counted(told(facts, of, 'grant.granted.v1').flatMap((fact) => textsOf(fact, 'resources'))),
  merchantsServed: (facts, of) => counted(ofKey(told(facts, of, 'grant.granted.v1'), 'merchant')),
  accesses: traced,
  productsListed: (facts, of) =>
    counted(
      productsAt(facts, of.span.until)
        .filter(mine(of))
        .map(({ product }) => product),
    ),
  productsFree: (facts, of) =>
    counted(
      productsAt(facts, of.span.until)
        .filter(mine(of))
        .filter(({ purpose }) => purpose === 'publicGovernance' || purpose === 'publicWelfare')
        .map(({ product }) => product),
    ),
  productsReleased: (facts, of) =>
    counted(
      releasesIn(facts, of.span)
        .filter(mine(of))
        .map(({ product }) => product),
    ),
  ceilings: (facts, of) => ofRows(ceilingsAt(facts, of.span.until).filter(mine(of)), ({ caseNo }) => caseNo),
  tariffs: (facts, of) =>
    counted(
      tariffsAt(facts, of.span.until)
        .filter(mine(of))
        .map(({ tariff }) => tariff),
    ),
  serviceFees: (facts, of) =>
    counted(
      serviceFeesAt(facts, of.span.until)
        .filter(mine(of))
        .map(({ fee }) => fee),
    ),
  billedFen: billed,
  serviceChargedFen: (facts, of) => sum(told(facts, of, 'serviceCharge.made.v1'), 'charge'),
  evaluations: (facts, of) => counted(ofKey(told(facts, of, 'evaluation.resultPublished.v1'), 'caseNo')),
};

/** A row each, though several rows may stand in one case. */
const ofRows = <R>(rows: readonly R[], caseOf: (row: R) => string): Counted => ({
  value: rows.length,
  cases: counted(rows.map(caseOf)).cases,
});

/** One figure. Instants and days are Asia/Shanghai's; amounts whole fen. */
export const figureOf = (facts: readonly Fact[], of: Of, name: FigureName): Figure => ({
  ...{ name, unit: name.endsWith('Fen') ? 'fen' : 'count' },
  ...counts[name](facts, of),
});
