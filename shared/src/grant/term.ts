/** The days of a grant's term: pure, on business dates of Asia/Shanghai. */
import { addDays, type BusinessDate, endOfDay, startOfDay } from '../business-date.ts';

export type Term = { from: BusinessDate; until: BusinessDate };

/** Warnings go out at nine in the morning of their day. */
const nineHours = 9 * 3_600_000;

export type TermDue = { kind: 'warning' | 'expiry'; at: number; daysLeft: number };

/**
 * What falls due in a term, earliest first: a warning so many calendar days before its last day, and its end at 24:00
 * of that day. Warnings whose time lay before the grant was made are left out.
 */
export const termDues = (
  untilOn: BusinessDate,
  warningDays: readonly number[],
  grantedAt: number,
): TermDue[] => [
  ...[...new Set(warningDays)]
    .map((daysLeft) => ({
      kind: 'warning' as const,
      at: startOfDay(addDays(untilOn, -daysLeft)) + nineHours,
      daysLeft,
    }))
    .filter(({ at }) => at > grantedAt)
    .sort((a, b) => a.at - b.at),
  { kind: 'expiry', at: endOfDay(untilOn), daysLeft: 0 },
];

/** The term a grant may have at most: the application's, shortened by the strictest condition (Zhongwei art. 20, 21). */
export const shortened = (approved: Term, untils: readonly (BusinessDate | undefined)[]): Term => ({
  from: approved.from,
  until: untils.reduce<BusinessDate>(
    (earliest, until) => (until !== undefined && until < earliest ? until : earliest),
    approved.until,
  ),
});

/** Whether one term lies within another and begins before it ends. */
export const isWithin = ({ from, until }: Term, outer: Term): boolean =>
  from <= until && from >= outer.from && until <= outer.until;

/**
 * When a grant begins that was agreed for a term: a renewal on the day after the old one's last day, or on the day of
 * the second signature where that is later.
 */
export const beginsOn = (agreed: BusinessDate, oldUntil: BusinessDate | null, signedOn: BusinessDate) => {
  if (oldUntil === null) return agreed;
  return [agreed, addDays(oldUntil, 1), signedOn].reduce((latest, day) => (day > latest ? day : latest));
};
