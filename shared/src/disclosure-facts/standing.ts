/** What stood at the end of a day, by what events said up to it: mandates, resources, ceilings, tariffs, fees. */
import { type BusinessDate, addDays } from '../business-date.ts';
import {
  type Fact,
  inOrder,
  numberOf,
  saidBy,
  type Span,
  spanInstants,
  textOf,
  textsOf,
  within,
} from './fact.ts';

export type Mandate = {
  agreement: string;
  operator: string;
  mode: string;
  fields: string[];
  scenarios: string[];
  from: BusinessDate;
  until: BusinessDate;
  state: 'inForce' | 'suspended' | 'ended';
};
const mandateEvent = /^operatingAgreement\.(inForce|amended|suspended|restored|ended)\.v1$/;

/** Mandates that ran on some day of the span, as they stood on its last. */
export const mandatesIn = (facts: readonly Fact[], span: Span): Mandate[] => {
  const found = new Map<string, Mandate & { endedAt: number | null }>();
  for (const fact of saidBy(facts, span.until)) {
    const kind = mandateEvent.exec(fact.type)?.[1];
    if (!kind) continue;
    const agreement = textOf(fact, 'agreement');
    const before = found.get(agreement);
    found.set(agreement, {
      ...{ agreement, operator: textOf(fact, 'operator'), mode: textOf(fact, 'mode') },
      ...{ fields: textsOf(fact, 'fields'), scenarios: textsOf(fact, 'scenarios') },
      ...{ from: before?.from ?? textOf(fact, 'from'), until: textOf(fact, 'until') },
      state:
        kind === 'suspended' || kind === 'ended'
          ? kind
          : kind === 'amended'
            ? (before?.state ?? 'inForce')
            : 'inForce',
      endedAt: kind === 'ended' ? fact.at : null,
    });
  }
  const { start } = spanInstants(span);
  return [...found.values()]
    .filter(
      ({ from, until, endedAt }) =>
        from <= span.until && until >= span.from && (endedAt === null || endedAt >= start),
    )
    .map(({ endedAt, ...mandate }) => ({
      ...mandate,
      state: endedAt !== null || mandate.until < span.until ? ('ended' as const) : mandate.state,
    }))
    .sort((a, b) => (a.agreement < b.agreement ? -1 : 1));
};

export type OpenResource = { resource: string; provider: string; publishedOn: string; supplied: boolean };

/** Published entries that had not been closed by the end of a day; `supplied`: data is attached (供数) and not suspended. */
export const resourcesAt = (facts: readonly Fact[], day: BusinessDate): OpenResource[] => {
  const open = new Map<string, OpenResource>();
  const supplies = new Map<string, Map<string, boolean>>();
  const supply = (fact: Fact, running: boolean | undefined): void => {
    const of = supplies.get(textOf(fact, 'resource')) ?? new Map<string, boolean>();
    if (running === undefined) of.delete(textOf(fact, 'supply'));
    else of.set(textOf(fact, 'supply'), running);
    supplies.set(textOf(fact, 'resource'), of);
  };
  for (const fact of saidBy(facts, day)) {
    const resource = textOf(fact, 'resource');
    if (fact.type === 'resource.published.v1')
      open.set(resource, {
        ...{ resource, provider: textOf(fact, 'provider'), supplied: false },
        publishedOn: textOf(fact, 'publishedOn'),
      });
    else if (fact.type === 'resource.closed.v1') open.delete(resource);
    else if (fact.type === 'supply.recorded.v1' || fact.type === 'supply.restored.v1') supply(fact, true);
    else if (fact.type === 'supply.suspended.v1') supply(fact, false);
    else if (fact.type === 'supply.ended.v1') supply(fact, undefined);
  }
  return [...open.values()]
    .map((one) => ({ ...one, supplied: [...(supplies.get(one.resource)?.values() ?? [])].includes(true) }))
    .sort((a, b) => (a.resource < b.resource ? -1 : 1));
};

export type Ceiling = {
  product: string;
  operator: string;
  unit: string;
  fen: number;
  from: string;
  caseNo: string;
};

/** The ceiling of each product and unit that applied at the end of a day (上限收费标准). */
export const ceilingsAt = (facts: readonly Fact[], day: BusinessDate): Ceiling[] => {
  const standing = new Map<string, Ceiling>();
  for (const fact of saidBy(facts, day)) {
    if (fact.type !== 'ceilingPrice.set.v1') continue;
    const product = textOf(fact, 'product');
    for (const one of fact.data['ceilings'] as { unit: string; fen: number; from: string }[])
      if (one.from <= day && (standing.get(`${product} ${one.unit}`)?.from ?? '') <= one.from)
        standing.set(`${product} ${one.unit}`, {
          ...{ product, operator: textOf(fact, 'operator'), unit: one.unit, fen: one.fen, from: one.from },
          caseNo: textOf(fact, 'caseNo'),
        });
  }
  return byKey(standing);
};

export type Tariff = {
  tariff: string;
  product: string;
  operator: string;
  unit: string;
  class: string;
  purpose: string;
  scenario: string | null;
  /** Before the discount. */
  fen: number;
  /** The part taken off, an exact decimal. */
  discount: string;
  from: string;
};

/** Tariffs that applied at the end of a day (收费标准). */
export const tariffsAt = (facts: readonly Fact[], day: BusinessDate): Tariff[] => {
  const standing = new Map<string, Tariff & { until: string | null }>();
  const endBefore = (tariff: string, from: string): void => {
    const one = standing.get(tariff);
    if (one) standing.set(tariff, { ...one, until: addDays(from, -1) });
  };
  for (const fact of saidBy(facts, day)) {
    if (fact.type === 'tariff.ended.v1') {
      const one = standing.get(textOf(fact, 'tariff'));
      const until = fact.data['until'];
      if (one && typeof until === 'string') standing.set(one.tariff, { ...one, until });
      else if (one) standing.delete(one.tariff);
      continue;
    }
    if (fact.type !== 'tariff.published.v1' && fact.type !== 'tariff.cut.v1') continue;
    const from = textOf(fact, 'from');
    for (const before of [...textsOf(fact, 'replaces'), textOf(fact, 'cutFrom')]) endBefore(before, from);
    standing.set(textOf(fact, 'tariff'), {
      ...{
        tariff: textOf(fact, 'tariff'),
        product: textOf(fact, 'product'),
        operator: textOf(fact, 'operator'),
      },
      ...{ unit: textOf(fact, 'unit'), class: textOf(fact, 'class'), purpose: textOf(fact, 'purpose') },
      ...{ scenario: textOf(fact, 'scenario') || null, fen: numberOf(fact, 'fen'), from },
      discount: textOf(fact, 'discount') || '0',
      until: textOf(fact, 'until') || null,
    });
  }
  return [...standing.values()]
    .filter(({ from, until }) => from <= day && (until === null || until >= day))
    .map(({ until: _until, ...tariff }) => tariff)
    .sort((a, b) => (a.tariff < b.tariff ? -1 : 1));
};

export type ServiceFee = {
  fee: string;
  item: string;
  operator: string;
  kind: string;
  unit: string;
  fen: number;
};

/** Service fees that applied at the end of a day (F6). */
export const serviceFeesAt = (facts: readonly Fact[], day: BusinessDate): ServiceFee[] => {
  const standing = new Map<string, ServiceFee & { from: string }>();
  for (const fact of saidBy(facts, day)) {
    const item = textOf(fact, 'item');
    const from = textOf(fact, 'from');
    const key = `${textOf(fact, 'operator')} ${item}`;
    if (from > day || from < (standing.get(key)?.from ?? '')) continue;
    if (fact.type === 'serviceFee.published.v1')
      standing.set(key, {
        ...{ fee: textOf(fact, 'fee'), item, operator: textOf(fact, 'operator'), from },
        ...{ kind: textOf(fact, 'kind'), unit: textOf(fact, 'unit'), fen: numberOf(fact, 'fen') },
      });
    else if (fact.type === 'serviceFee.withdrawn.v1') standing.delete(key);
  }
  return byKey(standing).map(({ from: _from, ...fee }) => fee);
};

export type EvaluationResult = {
  caseNo: string;
  operator: string;
  /** The year that was evaluated. */
  year: number;
  round: number;
  outcome: string;
  /** The mark as it is shown, an exact decimal; null where no figure has a source. */
  shown: string | null;
};

/** Results published within the span, the latest of each case, in the order of their numbers (V1, 朔州 十（七）). */
export const evaluationsIn = (facts: readonly Fact[], span: Span): EvaluationResult[] => {
  const results = new Map<string, EvaluationResult>();
  for (const fact of inOrder(facts.filter(within(span)))) {
    if (fact.type !== 'evaluation.resultPublished.v1') continue;
    const caseNo = textOf(fact, 'caseNo');
    results.set(caseNo, {
      ...{ caseNo, operator: textOf(fact, 'operator'), year: numberOf(fact, 'year') },
      ...{ round: numberOf(fact, 'round'), outcome: textOf(fact, 'outcome') },
      shown: textOf(fact, 'shown') || null,
    });
  }
  return byKey(results);
};

const byKey = <V>(map: ReadonlyMap<string, V>): V[] =>
  [...map].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, value]) => value);
