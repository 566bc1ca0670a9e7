/** What of a city falls due on which day: written when a mandate comes into force and with each row that is done (S1–S3, M3, M5). */
import { addDays, type BusinessDate, businessDateOf, yearOf } from '@gongshu/shared/business-date';
import {
  type DueKind,
  type DuePeriod,
  type DueStep,
  missedPeriods,
  nine,
  type ReportDue,
} from '@gongshu/shared/disclosure-facts/due';
import { type ResolvedPack, ruleOf } from '@gongshu/shared/packs/pack';
import { ledgerPeriod } from '@gongshu/shared/trace/ledger';
import { type DisclosurePart, yearlyDays, yearlyRules } from '@gongshu/shared/yearly-disclosure/rules';
import { type Selectable, sql, type Transaction } from 'kysely';
import type { AuditActor } from '../audit.ts';
import { record } from '../record.ts';
import type { Dues } from '../schedules.ts';
import type { DisclosureCaseTables } from './tables.ts';

type Trx = Transaction<DisclosureCaseTables>;
type Row = Selectable<DisclosureCaseTables['report_due']>;
type Foreseen = { kind: DueKind; operator: string; from: BusinessDate; until: BusinessDate };

export const foreseeOne = async (
  trx: Trx,
  jurisdiction: string,
  { kind, operator, from, until }: Foreseen,
  step: DueStep,
  opensAt: number,
): Promise<void> => {
  await trx
    .insertInto('report_due')
    .values({
      ...{ jurisdiction, kind, operator, from_on: from, until_on: until, step },
      ...{ opens_at: new Date(opensAt), called_at: null },
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
};

const parts = (operator: string): { part: DisclosurePart; operator: string }[] => [
  { part: 'implementingBody', operator: '' },
  { part: 'operator', operator },
  { part: 'overallReport', operator: '' },
];

/** Both days of a year's disclosure: gathered from one, published on the other. Again, it changes nothing. */
export const foreseeYear = async (
  trx: Trx,
  pack: ResolvedPack,
  { part, operator }: { part: DisclosurePart; operator: string },
  year: number,
): Promise<void> => {
  const rules = pack.rules['disclosure'] ? yearlyRules(pack, part) : undefined;
  if (!rules) return;
  const { from, due } = yearlyDays(rules, year);
  const of = { kind: part, operator, from: `${year}-01-01`, until: `${year}-12-31` };
  await foreseeOne(trx, pack.jurisdiction, of, 'open', nine(from));
  await foreseeOne(trx, pack.jurisdiction, of, 'publish', nine(due));
};

/** Months between two of a kind; `undefined` where the pack has none. */
export const monthsOf = (pack: ResolvedPack, kind: 'bulletin' | 'merchants' | 'work'): number | undefined => {
  if (kind === 'bulletin')
    return pack.rules['bulletin'] ? ruleOf(pack, 'bulletin', 'period').value.months : undefined;
  if (!pack.rules['workReport']) return undefined;
  if (kind === 'work') return ruleOf(pack, 'workReport', 'workPeriod').value.months;
  const period = ruleOf(pack, 'workReport', 'merchantsPeriod').value;
  return period === 'none' ? undefined : period.months;
};

/** The period that a day lies in; its draft or its asking comes on the morning after its last day. */
export const foreseePeriod = async (
  trx: Trx,
  pack: ResolvedPack,
  { kind, operator }: { kind: 'bulletin' | 'merchants' | 'work'; operator: string },
  on: BusinessDate,
): Promise<void> => {
  const months = monthsOf(pack, kind);
  if (months === undefined) return;
  const { from, until, opensAt } = ledgerPeriod(on, months);
  await foreseeOne(trx, pack.jurisdiction, { kind, operator, from, until }, 'open', opensAt);
};

/**
 * A mandate came into force: the years and periods it runs through are going to be told. A year before the event is
 * foreseen while its day of publication still lies ahead; what lay before was another's to disclose.
 */
export const foreseeMandate = async (
  trx: Trx,
  pack: ResolvedPack,
  { operator, from }: { operator: string; from: BusinessDate },
  at: number,
): Promise<void> => {
  const today = businessDateOf(at);
  for (const one of parts(operator)) {
    const rules = pack.rules['disclosure'] ? yearlyRules(pack, one.part) : undefined;
    if (!rules) continue;
    const last = yearOf(today) - 1;
    const first = yearOf(from) <= last && today <= yearlyDays(rules, last).due ? last : last + 1;
    await foreseeYear(trx, pack, one, Math.max(first, yearOf(from)));
  }
  const day = from > today ? from : today;
  await foreseePeriod(trx, pack, { kind: 'bulletin', operator: '' }, day);
  await foreseePeriod(trx, pack, { kind: 'merchants', operator }, day);
  await foreseePeriod(trx, pack, { kind: 'work', operator }, day);
};

/** The last day of the mandates that run: of an operator, or any of the city; undefined where none does. */
const runsUntil = async (
  trx: Trx,
  jurisdiction: string,
  operator: string,
): Promise<BusinessDate | undefined> => {
  const facts = await trx
    .selectFrom('official_fact')
    .select(['type', 'data'])
    .where('jurisdiction', '=', jurisdiction)
    .where('type', 'in', [
      'operatingAgreement.inForce.v1',
      'operatingAgreement.amended.v1',
      'operatingAgreement.ended.v1',
    ])
    .orderBy('at')
    .orderBy('sequence')
    .execute();
  const until = new Map<string, string>();
  for (const { type, data } of facts) {
    const { agreement, operator: of, until: last } = data as Record<string, string>;
    if (operator !== '' && of !== operator) continue;
    if (type === 'operatingAgreement.ended.v1') until.delete(agreement ?? '');
    else until.set(agreement ?? '', last ?? '');
  }
  return [...until.values()].toSorted().at(-1);
};

/** The period of a kind that a day lies in; undefined where the pack has none. */
const periodsOf = (pack: ResolvedPack, kind: DueKind): ((day: BusinessDate) => DuePeriod) | undefined => {
  if (kind === 'bulletin' || kind === 'merchants' || kind === 'work') {
    const months = monthsOf(pack, kind);
    return months === undefined ? undefined : (day) => ledgerPeriod(day, months);
  }
  const rules = pack.rules['disclosure'] ? yearlyRules(pack, kind) : undefined;
  return (
    rules &&
    ((day) => {
      const year = yearOf(day);
      const opensAt = nine(yearlyDays(rules, year).from);
      return { from: `${year}-01-01`, until: `${year}-12-31`, opensAt };
    })
  );
};

/**
 * What follows a row that was done: the year or period after it, while a mandate runs into it. Of those that ended
 * meanwhile the newest are made good, one after the other; the older ones are skipped, and that is recorded.
 */
export const foreseeNext = async (
  trx: Trx,
  pack: ResolvedPack,
  due: Omit<ReportDue, 'jurisdiction' | 'from'>,
  { actor, at }: { actor: AuditActor; at: Date },
): Promise<void> => {
  const { kind, operator, until, step } = due;
  const { jurisdiction, areaCode } = pack;
  const first = addDays(until, 1);
  const last = await runsUntil(trx, jurisdiction, operator);
  const periodOf = periodsOf(pack, kind);
  if (step !== 'open' || last === undefined || last < first || !periodOf) return;
  const { missed, next } = missedPeriods(periodOf, { first, last, now: at.getTime() });
  const newest = missed.at(-1);
  if (newest) {
    const periods = [areaCode, 'WB', kind, ...(operator ? [operator] : []), first].join('-');
    await record(trx, 'disclosure', {
      ...{
        key: `${periods}/missed`,
        type: 'reportPeriods.missed.v1',
        subject: periods,
        jurisdiction,
        actor,
        at,
      },
      data: {
        ...{ periods, kind, operator: operator || null, from: first, until: newest.until },
        missed: missed.length,
      },
    });
    if (last < next) return;
  }
  if (kind === 'bulletin' || kind === 'merchants' || kind === 'work')
    await foreseePeriod(trx, pack, { kind, operator }, next);
  else await foreseeYear(trx, pack, { part: kind, operator }, yearOf(next));
};

const dueOf = ({ jurisdiction, kind, operator, from_on, until_on, step }: Row): ReportDue => ({
  ...{ jurisdiction, kind, operator, from: from_on, until: until_on, step },
});
const nameOf = ({ jurisdiction, kind, operator, from_on, step }: Row): string =>
  ['report', step, kind, jurisdiction, ...(operator ? [operator] : []), from_on].join('-');

const words: Record<DueKind, string> = {
  implementingBody: '实施机构年度披露',
  operator: '运营机构年度披露',
  overallReport: '授权运营总体情况',
  bulletin: '数源部门通报',
  merchants: '数商管理情况报告',
  work: '运营工作报告',
};
const steps: Record<DueStep, string> = { open: '启动', publish: '发布', late: '逾期检查' };

/**
 * An amendment prolonged the term: what had found no mandate to follow into follows now. A kind whose next period lies
 * ahead already goes on by itself; again, it changes nothing.
 */
export const foreseeProlonged = async (
  trx: Trx,
  pack: ResolvedPack,
  operator: string,
  acting: { actor: AuditActor; at: Date },
): Promise<void> => {
  const newest = await trx
    .selectFrom('report_due')
    .select(['kind', 'operator'])
    .select(({ fn }) => fn.max('until_on').as('until'))
    .where('jurisdiction', '=', pack.jurisdiction)
    .where('operator', 'in', ['', operator])
    .where('step', '=', 'open')
    .groupBy(['kind', 'operator'])
    .having(sql<boolean>`not bool_or(state = 'ahead')`)
    .execute();
  for (const due of newest) await foreseeNext(trx, pack, { ...due, step: 'open' }, acting);
};

export const reportDues: Dues<Row> = {
  table: 'report_due',
  keys: ['jurisdiction', 'kind', 'operator', 'from_on', 'step'],
  scheduleId: nameOf,
  starts: (row) => ({
    workflowType: 'reportDue',
    workflowId: `due-${nameOf(row)}`,
    args: [dueOf(row)],
    summary: `${words[row.kind]}${steps[row.step]} ${row.operator} ${row.from_on} ${row.until_on}`,
  }),
};

const rowOf = (trx: Trx, { jurisdiction, kind, operator, from, step }: ReportDue) =>
  trx
    .updateTable('report_due')
    .where('jurisdiction', '=', jurisdiction)
    .where('kind', '=', kind)
    .where('operator', '=', operator)
    .where('from_on', '=', from)
    .where('step', '=', step);

/** Marks a row done, once; `undefined` where another run has done it. */
export const settleReportDue = (trx: Trx, due: ReportDue, to: 'opened' | 'cancelled' = 'opened') =>
  rowOf(trx, due)
    .set({ state: to, called_at: null })
    .where('state', '=', 'ahead')
    .returning('opens_at')
    .executeTakeFirst();

/** A row that was done comes up again at a later instant: a report was returned, and has a new last day. */
export const foreseeAgain = async (trx: Trx, due: ReportDue, opensAt: number): Promise<void> => {
  await foreseeOne(trx, due.jurisdiction, due, due.step, opensAt);
  await rowOf(trx, due)
    .set({ state: 'ahead', opens_at: new Date(opensAt), called_at: null })
    .execute();
};

/** Not yet: it is called up again, ten seconds on. */
export const reopenReportDue = async (trx: Trx, due: ReportDue): Promise<void> => {
  await rowOf(trx, due).set({ state: 'ahead' }).execute();
};
