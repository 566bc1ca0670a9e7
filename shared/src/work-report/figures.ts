/** What the platform knows of an operator's period (M3, M5): its merchants and its work, counted from facts. */
import { type Fact, inOrder, type Span, textOf, within } from '../disclosure-facts/fact.ts';
import type { MerchantsContent } from '../packs/topics/work-report.ts';
import { type FigureName, figureOf, type Of } from '../yearly-disclosure/figures.ts';
import { merchantsFor, onboardingsFor } from '../yearly-disclosure/operators.ts';

export const workReportKinds = ['merchants', 'work'] as const;
export type WorkReportKind = (typeof workReportKinds)[number];

export const merchantFigures = [
  ...(['applied', 'enrolled', 'notEnrolled', 'notAccepted', 'checksOverdue'] as const),
  ...(['suspended', 'restored', 'exited', 'standing'] as const),
] as const;
export type MerchantFigure = (typeof merchantFigures)[number];

/** What each thing a report on merchants tells is counted by. */
const tells: Record<MerchantsContent, readonly MerchantFigure[]> = {
  dailyManagement: ['applied', 'enrolled', 'checksOverdue', 'suspended', 'restored', 'standing'],
  refusals: ['notEnrolled', 'notAccepted'],
  exits: ['exited'],
};

export type ReportFigure = { name: string; unit: 'count' | 'fen'; value: number; cases: string[] };

const counted = (name: string, cases: readonly string[]): ReportFigure => {
  const unique = [...new Set(cases)].sort();
  return { name, unit: 'count', value: unique.length, cases: unique };
};

/** Which event each is counted from, and by what it is known. */
const told: Record<Exclude<MerchantFigure, 'standing'>, [type: string, key: 'caseNo' | 'merchant']> = {
  applied: ['onboarding.submitted.v1', 'caseNo'],
  enrolled: ['merchant.enrolled.v1', 'merchant'],
  notEnrolled: ['onboarding.notEnrolled.v1', 'caseNo'],
  notAccepted: ['onboarding.notAccepted.v1', 'caseNo'],
  checksOverdue: ['onboarding.checkOverdue.v1', 'caseNo'],
  suspended: ['merchant.suspended.v1', 'merchant'],
  restored: ['merchant.restored.v1', 'merchant'],
  exited: ['merchant.exited.v1', 'merchant'],
};

/** Enrolled by the end of the span, and then neither gone nor suspended. */
const standing = (facts: readonly Fact[], { until }: Span): string[] => {
  const found = new Set<string>();
  const suspended = new Set<string>();
  for (const fact of inOrder(facts.filter(within({ from: '1970-01-02', until })))) {
    const merchant = textOf(fact, 'merchant');
    if (fact.type === 'merchant.enrolled.v1') found.add(merchant);
    else if (fact.type === 'merchant.exited.v1') found.delete(merchant);
    else if (fact.type === 'merchant.suspended.v1') suspended.add(merchant);
    if (fact.type === 'merchant.restored.v1' || fact.type === 'merchant.exited.v1')
      suspended.delete(merchant);
  }
  return [...found].filter((merchant) => !suspended.has(merchant));
};

/** Of two operators of a city each reports on its own merchants, and on the onboardings it deals with. */
const ofMerchants = (
  facts: readonly Fact[],
  of: Of,
  contents: readonly MerchantsContent[],
): ReportFigure[] => {
  const inSpan = facts.filter(within(of.span));
  const isMine = { merchant: merchantsFor(facts, of), caseNo: onboardingsFor(facts, of) };
  const asked = new Set(contents.flatMap((content) => tells[content]));
  return merchantFigures
    .filter((name) => asked.has(name))
    .map((name) => {
      if (name === 'standing') return counted(name, standing(facts, of.span).filter(isMine.merchant));
      const [type, key] = told[name];
      const cases = inSpan.filter((fact) => fact.type === type).map((fact) => textOf(fact, key));
      return counted(name, cases.filter(isMine[key]));
    });
};

const ofWork: readonly FigureName[] = [
  ...(['applicationsSubmitted', 'applicationsApproved', 'applicationsPartlyDeemed'] as const),
  ...(['applicationsDeemed', 'applicationsRefused', 'grantsMade', 'merchantsServed', 'accesses'] as const),
  ...(['productsListed', 'productsReleased', 'tariffs', 'billedFen', 'serviceChargedFen'] as const),
];

/** The figures of a report, each with its cases; of merchants those of the contents that the pack asks for. */
export const workReportFigures = (
  kind: WorkReportKind,
  facts: readonly Fact[],
  { span, operator, contents }: { span: Span; operator: string; contents: readonly MerchantsContent[] },
): ReportFigure[] =>
  kind === 'merchants'
    ? ofMerchants(facts, { span, operator }, contents)
    : ofWork.map((name) => figureOf(facts, { span, operator }, name));
