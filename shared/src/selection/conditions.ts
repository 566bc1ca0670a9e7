/** Conditions a bidder must meet (O2), judged one by one on a day; what is not known never counts as met. */
import { addDays, type BusinessDate, isBusinessDate } from '../business-date.ts';
import type { Condition } from '../packs/topics/operator-selection.ts';
import { isUscc } from '../uscc.ts';

/** Grades of incidents (国家网络安全事件应急预案 1.4): general 一般, larger 较大, major 重大, extraordinary 特别重大. */
export const incidentGrades = ['general', 'larger', 'major', 'extraordinary'] as const;
export type IncidentGrade = (typeof incidentGrades)[number];

type Kinds = Extract<Condition, { kind: 'noViolations' }>['of'];
export type IncidentKind = Extract<Condition, { kind: 'incidentFreeYears' }>['incidents'][number];
export type ViolationKind = Kinds[number];
export type DebarmentList = Extract<Condition, { kind: 'debarmentLists' }>['lists'][number];

/** A list asked for one credit code. `unknown`: no such list at hand, or one too old to rest on. */
export type ListAnswer = {
  readonly list: string;
  readonly listed: boolean | 'unknown';
  /** The day the list is of. */
  readonly asOf: BusinessDate | null;
  readonly source: string | null;
};

/** What a bidder shows, and what people found in it. Documents by hash. */
export type BidderEvidence = {
  /** Unified social credit code. */
  readonly uscc: string;
  /** By code of the condition. */
  readonly documents: Readonly<Record<string, readonly string[]>>;
  /** What a person found in the documents, by code of the condition. */
  readonly findings: Readonly<Record<string, 'met' | 'notMet'>>;
  /** All incidents known; `null` where nobody has searched. */
  readonly incidents:
    | readonly { readonly on: BusinessDate; readonly kind: IncidentKind; readonly grade: IncidentGrade }[]
    | null;
  /** All violations on record; `null` where nobody has searched. */
  readonly violations: readonly { readonly on: BusinessDate; readonly kind: ViolationKind }[] | null;
  /** Certificates of multi-level protection (等保), both days included. */
  readonly mlps: readonly {
    readonly level: number;
    readonly from: BusinessDate;
    readonly until: BusinessDate;
    readonly document: string;
  }[];
};

export const conditionReasons = [
  'met',
  'listed',
  'listUnknown',
  'incidentWithinYears',
  'notSearched',
  'violationOnRecord',
  'levelTooLow',
  'certificateNotValid',
  'documentMissing',
  'findingMissing',
  'foundNotMet',
  'notLegalPerson',
] as const;
export type ConditionReason = (typeof conditionReasons)[number];

/** One condition judged. `evidence`: hashes of documents, names of lists, days of incidents; no words. */
export type ConditionFinding = {
  readonly code: string;
  readonly article: string;
  readonly met: boolean;
  readonly reason: ConditionReason;
  readonly evidence: readonly string[];
};

type Judged = { reason: ConditionReason; evidence: readonly string[] };

/** The day that ends a period of years: the same day, or the month's last (Civil Code art. 202). */
const yearsOn = (date: BusinessDate, years: number): BusinessDate => {
  const text = `${Number(date.slice(0, 4)) + years}${date.slice(4)}`;
  return isBusinessDate(text) ? text : addDays(`${text.slice(0, 8)}01`, 27);
};

/** Whether a day lies within the years before another: up to the last of them, that day included. */
export const isWithinYears = (day: BusinessDate, years: number, before: BusinessDate): boolean =>
  day <= before && yearsOn(day, years) >= before;

const shown = ({ documents, findings }: BidderEvidence, code: string): Judged => {
  const evidence = documents[code] ?? [];
  if (evidence.length === 0) return { reason: 'documentMissing', evidence };
  const finding = findings[code];
  if (finding === undefined) return { reason: 'findingMissing', evidence };
  return { reason: finding === 'met' ? 'met' : 'foundNotMet', evidence };
};

const inLists = (wanted: readonly string[], lists: readonly ListAnswer[]): Judged => {
  const answers = wanted.map((name) => lists.find(({ list }) => list === name) ?? name);
  const named = (which: readonly (ListAnswer | string)[]) =>
    which.map((one) => (typeof one === 'string' ? one : one.list));
  const hits = answers.filter((one) => typeof one === 'object' && one.listed === true);
  if (hits.length > 0) return { reason: 'listed', evidence: named(hits) };
  const unknown = answers.filter((one) => typeof one === 'string' || one.listed !== false);
  if (unknown.length > 0) return { reason: 'listUnknown', evidence: named(unknown) };
  return {
    reason: 'met',
    evidence: answers.map((one) => (typeof one === 'string' ? one : `${one.list}:${one.asOf}`)),
  };
};

const protectedAt = (level: number, { mlps }: BidderEvidence, on: BusinessDate): Judged => {
  if (mlps.length === 0) return { reason: 'documentMissing', evidence: [] };
  const high = mlps.filter((one) => one.level >= level);
  if (high.length === 0) return { reason: 'levelTooLow', evidence: mlps.map(({ document }) => document) };
  const valid = high.filter(({ from, until }) => from <= on && on <= until);
  if (valid.length === 0)
    return { reason: 'certificateNotValid', evidence: high.map(({ document }) => document) };
  return { reason: 'met', evidence: valid.map(({ document }) => document) };
};

const judge = (
  condition: Condition,
  given: BidderEvidence,
  lists: readonly ListAnswer[],
  on: BusinessDate,
): Judged => {
  switch (condition.kind) {
    case 'debarmentLists':
      return inLists(condition.lists, lists);
    case 'incidentFreeYears': {
      if (given.incidents === null) return { reason: 'notSearched', evidence: [] };
      const { years, grade, incidents: kinds } = condition;
      const counted = given.incidents.filter(
        (one) =>
          kinds.includes(one.kind) &&
          (grade === 'any' || one.grade !== 'general') &&
          isWithinYears(one.on, years, on),
      );
      if (counted.length === 0) return { reason: 'met', evidence: [] };
      return { reason: 'incidentWithinYears', evidence: counted.map((one) => `${one.kind}:${one.on}`) };
    }
    case 'noViolations': {
      if (given.violations === null) return { reason: 'notSearched', evidence: [] };
      const counted = given.violations.filter((one) => condition.of.includes(one.kind) && one.on <= on);
      if (counted.length === 0) return { reason: 'met', evidence: [] };
      return { reason: 'violationOnRecord', evidence: counted.map((one) => `${one.kind}:${one.on}`) };
    }
    case 'mlpsLevel':
      return protectedAt(condition.level, given, on);
    case 'legalPerson':
      // 92: a household business, which is no legal person (GB 32100-2015; Civil Code arts 54, 57).
      return isUscc(given.uscc) && !given.uscc.startsWith('92')
        ? shown(given, condition.code)
        : { reason: 'notLegalPerson', evidence: [given.uscc] };
    case 'evidence':
      return shown(given, condition.code);
  }
};

/**
 * Judges every condition of a pack for one bidder on a day (Asia/Shanghai), in the pack's order. Pure: the lists have
 * been asked before. An article goes with `placeOfEntry` to its instrument.
 */
export const judgeConditions = (
  conditions: readonly Condition[],
  given: BidderEvidence,
  lists: readonly ListAnswer[],
  on: BusinessDate,
): ConditionFinding[] =>
  conditions.map((condition) => {
    const { reason, evidence } = judge(condition, given, lists, on);
    return { code: condition.code, article: condition.article, met: reason === 'met', reason, evidence };
  });

/** Lists that a pack's conditions ask for, each once. */
export const listsAsked = (conditions: readonly Condition[]): DebarmentList[] => [
  ...new Set(conditions.flatMap((one) => (one.kind === 'debarmentLists' ? one.lists : []))),
];
