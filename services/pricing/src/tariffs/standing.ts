/** On which days a product stood on the list: its tariff is chargeable on those alone (E4). */
import { businessDateOf, type BusinessDate } from '@gongshu/shared/business-date';

/** How a version stood from an instant on, as the registry told it. */
export type Standing = { product: string; version: number; state: string; at: Date };
/** Days, both included; `until` null: it stands. */
export type Days = { from: BusinessDate; until: BusinessDate | null };

const onList = new Set(['listed', 'released']);
const firstDay = '0001-01-01';

/**
 * Days of which some part fell into a time on the list: on the day of a suspension what was used before it is charged
 * for, on the days after it nothing is. Before the first that is told a product was not there, unless what is told
 * can only befall one that was.
 * @param told of one product, oldest first.
 */
export const daysOnList = (told: readonly Standing[]): Days[] => {
  const [first] = told;
  if (!first) return [];
  const states = new Map<number, string>();
  const days: Days[] = [];
  let since: BusinessDate | null = first.state === 'listed' || first.state === 'underWay' ? null : firstDay;
  for (const { version, state, at } of told) {
    states.set(version, state);
    const on = [...states.values()].some((one) => onList.has(one));
    const day = businessDateOf(at.getTime());
    if (on && since === null) since = day;
    else if (!on && since !== null) {
      days.push({ from: since, until: day });
      since = null;
    }
  }
  if (since !== null) days.push({ from: since, until: null });
  return days;
};

const later = (a: BusinessDate, b: BusinessDate): BusinessDate => (a > b ? a : b);
const earlier = (a: BusinessDate | null, b: BusinessDate): BusinessDate => (a !== null && a < b ? a : b);

/** The days of `of` that lie in one of `days`; those that touch are one. */
export const within = (
  of: { from: BusinessDate; until: BusinessDate },
  days: readonly Days[],
): { from: BusinessDate; until: BusinessDate }[] => {
  const found: { from: BusinessDate; until: BusinessDate }[] = [];
  for (const one of days) {
    const [from, until] = [later(of.from, one.from), earlier(one.until, of.until)];
    if (from > until) continue;
    const last = found.at(-1);
    if (last && from <= last.until) last.until = until;
    else found.push({ from, until });
  }
  return found;
};
