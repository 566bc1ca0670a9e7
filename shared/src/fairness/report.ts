/**
 * The fairness report (M4; 中卫 二十二): how merchants fared by their size and by their relation to the operator: refusals
 * and working days. It shows figures and points at differences; whether one is unjust it does not say.
 */
import type { BusinessDate } from '../business-date.ts';
import { type Away, cameBack, median, sentOut, workingDaysTaken } from '../bulletin/working-days.ts';
import type { Calendar } from '../calendar.ts';
import {
  dayOf,
  type Fact,
  inOrder,
  type Span,
  spanInstants,
  textOf,
  within,
} from '../disclosure-facts/fact.ts';
import { type Counted, type Shown, suppressStages } from './suppress.ts';

/** 中小企业划型: what a merchant may state of its size; in no text, so nobody has to. */
export const statedSizes = ['micro', 'small', 'medium', 'large'] as const;
export type StatedSize = (typeof statedSizes)[number];
export const merchantSizes = [...statedSizes, 'unstated'] as const;
/** `linked`: by ownership or control, at whatever remove, with an operator of the city; links are undirected. */
export const merchantRelations = ['linked', 'independent'] as const;
export const fairnessStages = ['onboarding', 'acceptance', 'check', 'review'] as const;
export type FairnessStage = (typeof fairnessStages)[number];
/** Stages of one course: each decides the cases that the one before let through. */
const courses: readonly (readonly FairnessStage[])[] = [['onboarding'], ['acceptance', 'check', 'review']];
export const fairnessBy = ['size', 'relation'] as const;

/** A difference of rates from the whole of so many percentage points is pointed out. */
export const notablePoints = 10;

type Decided = {
  stage: FairnessStage;
  merchant: string;
  refused: boolean;
  days: number | undefined;
};

const outcomes: Record<string, [stage: FairnessStage, refused: boolean]> = {
  'onboarding.enrolled.v1': ['onboarding', false],
  'onboarding.notEnrolled.v1': ['onboarding', true],
  'onboarding.notAccepted.v1': ['onboarding', true],
  'application.accepted.v1': ['acceptance', false],
  'application.deemedAccepted.v1': ['acceptance', false],
  'application.notAccepted.v1': ['acceptance', true],
  'application.checkPassed.v1': ['check', false],
  'application.checkFailed.v1': ['check', true],
  'application.approved.v1': ['review', false],
  'application.approvedWithDeemedReviews.v1': ['review', false],
  'application.deemedApproved.v1': ['review', false],
  'application.refused.v1': ['review', true],
};

/** Since when a merchant's file lies with the bodies, and the days it was out with the merchant to be corrected. */
type Begun = { merchant: string; on: BusinessDate; away: Away[] };

/** Who applied, and when, by case; then every decision within the span with the working days it lay with the bodies. */
const decisionsIn = (facts: readonly Fact[], span: Span, calendar: Calendar): Decided[] => {
  const inSpan = within(span);
  const begun = new Map<string, Begun>();
  const found: Decided[] = [];
  for (const fact of inOrder(facts)) {
    const caseNo = textOf(fact, 'caseNo');
    const [, what] = /^(?:application|onboarding)\.(\w+)\.v1$/.exec(fact.type) ?? [];
    if (what === 'submitted')
      begun.set(caseNo, { merchant: textOf(fact, 'applicant'), on: dayOf(fact), away: [] });
    const from = begun.get(caseNo);
    if (!from) continue;
    if (what === 'correctionRequested') from.away = sentOut(from.away, dayOf(fact));
    else if (what === 'resubmitted') from.away = cameBack(from.away, dayOf(fact));
    const outcome = outcomes[fact.type];
    if (!outcome || !inSpan(fact)) continue;
    const days = workingDaysTaken(calendar, from.on, dayOf(fact), from.away);
    found.push({ stage: outcome[0], refused: outcome[1], merchant: from.merchant, days });
  }
  return found;
};

/** The size each merchant stated last with its onboarding, by the end of the span. */
const sizesIn = (facts: readonly Fact[], span: Span): ReadonlyMap<string, string> => {
  const { end } = spanInstants(span);
  return new Map(
    inOrder(facts)
      .filter(
        (fact) => fact.type === 'onboarding.submitted.v1' && fact.at < end && textOf(fact, 'size') !== '',
      )
      .map((fact) => [textOf(fact, 'applicant'), textOf(fact, 'size')]),
  );
};

/** Every body that is tied to an operator by confirmed links, at whatever remove, by the end of the span. */
const linkedIn = (facts: readonly Fact[], span: Span): ReadonlySet<string> => {
  const { end } = spanInstants(span);
  const links = new Map<string, [string, string]>();
  const found = new Set<string>();
  for (const fact of inOrder(facts).filter(({ at }) => at < end)) {
    if (fact.type === 'operatingAgreement.inForce.v1') found.add(textOf(fact, 'operator'));
    if (fact.type === 'ownership.confirmed.v1')
      links.set(textOf(fact, 'link'), [textOf(fact, 'owner'), textOf(fact, 'owned')]);
    if (fact.type === 'ownership.struck.v1' || fact.type === 'ownership.ended.v1')
      links.delete(textOf(fact, 'link'));
  }
  for (let before = -1; before < found.size; ) {
    before = found.size;
    for (const [a, b] of links.values())
      if (found.has(a) || found.has(b)) {
        found.add(a);
        found.add(b);
      }
  }
  return found;
};

export type FairnessRow = Shown & {
  stage: FairnessStage;
  by: (typeof fairnessBy)[number];
  /** Parts in a hundred, to one place; null where left out or nothing was decided. */
  refusalRate: number | null;
  /** Null where fewer than the threshold, or a year without its calendar, are among them. */
  medianDays: number | null;
  /** Percentage points by which the rate differs from the whole, where that is notable; pointed at, not judged. */
  difference: number | null;
};
export type FairnessReport = {
  from: BusinessDate;
  until: BusinessDate;
  smallest: number;
  rows: FairnessRow[];
};

const rateOf = ({ decided, refused }: Shown): number | null =>
  decided === null || refused === null || decided === 0 ? null : Math.round((refused / decided) * 1_000) / 10;

/** The report on a span; counts below `smallest`, groups of fewer merchants, and what would give them away are left out. */
export const fairnessReport = (
  facts: readonly Fact[],
  { span, smallest, calendar }: { span: Span; smallest: number; calendar: Calendar },
): FairnessReport => {
  const decisions = decisionsIn(facts, span, calendar);
  const sizes = sizesIn(facts, span);
  const linked = linkedIn(facts, span);
  const groups = {
    size: { names: merchantSizes, of: (merchant: string): string => sizes.get(merchant) ?? 'unstated' },
    relation: {
      names: merchantRelations,
      of: (merchant: string): string => (linked.has(merchant) ? 'linked' : 'independent'),
    },
  };
  const byStage = Map.groupBy(decisions, ({ stage }) => stage);
  const of = (stage: FairnessStage) => byStage.get(stage) ?? [];
  const fewAmong = (some: readonly Decided[]): boolean => {
    const merchants = new Set(some.map(({ merchant }) => merchant)).size;
    return merchants > 0 && merchants < smallest;
  };
  const tableOf = (stage: FairnessStage, by: (typeof fairnessBy)[number]): Counted[] =>
    groups[by].names.map((group) => {
      const mine = of(stage).filter(({ merchant }) => groups[by].of(merchant) === group);
      const refused = mine.filter((one) => one.refused).length;
      return { group, decided: mine.length, refused, few: fewAmong(mine) };
    });
  const rows = courses.flatMap((stages) => {
    const shown = fairnessBy.map((by) =>
      suppressStages(
        stages.map((stage) => tableOf(stage, by)),
        smallest,
        stages.map((stage) => fewAmong(of(stage))),
      ),
    );
    return stages.flatMap((stage, at) =>
      fairnessBy.flatMap((by, n): FairnessRow[] => {
        const table = shown[n]?.[at];
        if (!table) return [];
        const whole = rateOf(table.total);
        const timed = (group: string): number | null => {
          const days = of(stage)
            .filter(({ merchant }) => group === 'all' || groups[by].of(merchant) === group)
            .flatMap((one) => one.days ?? []);
          return days.length < smallest ? null : median(days);
        };
        return [...table.rows, table.total].map((row) => {
          const refusalRate = rateOf(row);
          const apart =
            refusalRate === null || whole === null ? 0 : Math.round((refusalRate - whole) * 10) / 10;
          return {
            ...{ stage, by, ...row, refusalRate },
            medianDays: row.decided === null ? null : timed(row.group),
            difference: Math.abs(apart) >= notablePoints ? apart : null,
          };
        });
      }),
    );
  });
  return { ...span, smallest, rows };
};
