/**
 * How the evidence of a kind stands on a day (X4): computed from what was accepted, never stored. A day is covered when
 * an accepted document is valid on it; the last day of validity is valid until 24:00, Asia/Shanghai.
 */
import { addDays, type BusinessDate, daysBetween } from '../business-date.ts';

/** An accepted document: its days of validity, both inclusive; null where it does not expire. */
export type Accepted = { evidence: string; validFrom: BusinessDate; validUntil: BusinessDate | null };

export const evidenceStandings = ['missing', 'inForce', 'expiresSoon', 'expired'] as const;
export type EvidenceStanding = (typeof evidenceStandings)[number];

export type Standing = {
  state: EvidenceStanding;
  /** The last day covered without a gap from the day asked; of what is expired, the last day that was. */
  until: BusinessDate | null;
  /** The document that is valid on the day; of what is expired, the one that was valid last. */
  evidence: string | null;
};

const covers = ({ validFrom, validUntil }: Accepted, on: BusinessDate): boolean =>
  validFrom <= on && (validUntil === null || validUntil >= on);

/** The last day covered without a gap from `on`, which is covered; null where it never ends. */
const coveredUntil = (accepted: readonly Accepted[], on: BusinessDate): BusinessDate | null => {
  let day = on;
  for (;;) {
    const next: Accepted[] = accepted.filter((one) => covers(one, day));
    if (next.some(({ validUntil }) => validUntil === null)) return null;
    const last = next.map(({ validUntil }) => validUntil ?? '').reduce((a, b) => (a > b ? a : b), '');
    if (last === '') return addDays(day, -1);
    day = addDays(last, 1);
  }
};

/** The one that stays valid longest, of several valid at once; of two alike the later in the list. */
const longest = (accepted: readonly Accepted[]): Accepted | undefined =>
  accepted.reduce<Accepted | undefined>((best, one) => {
    if (best === undefined) return one;
    if (best.validUntil === null) return one.validUntil === null ? one : best;
    return one.validUntil === null || one.validUntil >= best.validUntil ? one : best;
  }, undefined);

/** `warnDays`: how many calendar days before the last day it is said to expire soon; 0 is the last day itself. */
export const standingOn = (
  accepted: readonly Accepted[],
  on: BusinessDate,
  warnDays: readonly number[],
): Standing => {
  const valid = longest(accepted.filter((one) => covers(one, on)));
  if (valid) {
    const until = coveredUntil(accepted, on);
    const soon = until !== null && warnDays.some((days) => daysBetween(on, until) <= days);
    return { state: soon ? 'expiresSoon' : 'inForce', until, evidence: valid.evidence };
  }
  const past = longest(accepted.filter(({ validUntil }) => validUntil !== null && validUntil < on));
  return past
    ? { state: 'expired', until: past.validUntil, evidence: past.evidence }
    : { state: 'missing', until: null, evidence: null };
};

/** The warning a day has reached: the least of the pack's days that the days left do not exceed; null before the first. */
export const warningOn = (
  until: BusinessDate,
  on: BusinessDate,
  warnDays: readonly number[],
): number | null => {
  const left = daysBetween(on, until);
  const reached = warnDays.filter((days) => left <= days);
  return left < 0 || reached.length === 0 ? null : Math.min(...reached);
};

/** The days on which a document may change how its kind stands: its warnings, the day after its last, its first. */
export const lookDays = (
  { validFrom, validUntil }: Accepted,
  warnDays: readonly number[],
): BusinessDate[] => [
  ...new Set(
    validUntil === null
      ? [validFrom]
      : [validFrom, ...warnDays.map((days) => addDays(validUntil, -days)), addDays(validUntil, 1)],
  ),
];
