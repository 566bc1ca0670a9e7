/** The calendars that a ledger's entries name. */
import type { Calendar } from '../calendar.ts';
import type { CalendarByVersion, LedgerEntry } from './ledger.ts';

const versionIn = (entry: LedgerEntry): string | undefined =>
  entry.kind === 'started' || entry.kind === 'calendarChanged' ? entry.calendarVersion : undefined;

/** The version of the calendar that a ledger stands under. Throws `RangeError` for one without its start. */
export const versionOf = (ledger: readonly LedgerEntry[]): string => {
  const version = ledger.map(versionIn).findLast((one) => one !== undefined);
  if (version === undefined) throw new RangeError('a ledger begins with its start');
  return version;
};

/** Loads every calendar that the entries of one or more ledgers name, each once. */
export const calendarsNamed = async (
  entries: readonly LedgerEntry[],
  load: (version: string) => Promise<Calendar>,
): Promise<CalendarByVersion> => {
  const versions = new Set(entries.flatMap((entry) => versionIn(entry) ?? []));
  const loaded = new Map(
    await Promise.all([...versions].map(async (version) => [version, await load(version)] as const)),
  );
  return (version) => {
    const calendar = loaded.get(version);
    if (!calendar) throw new RangeError(`calendar ${version} is not loaded`);
    return calendar;
  };
};
