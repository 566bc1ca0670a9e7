import type { ApplicationTables } from '@gongshu/infra/application-tables';
import type { Calendar } from '@gongshu/shared/calendar';
import type { Kysely } from 'kysely';

/** The law's time as it stands, and how far an instant of it lies ahead in real time. */
export type TimeReading = {
  /** Milliseconds since the epoch, on the law's clock. */
  now: number;
  /** Real milliseconds until an instant; 0 when it has come, `null` while the sandbox clock stands still before it. */
  inMillis: (at: number) => number | null;
  /** Real milliseconds since an instant that has come; `null` where the clock stands still and cannot tell. */
  sinceMillis: (at: number) => number | null;
};

/** What the activities of an application work with. */
export type ApplicationDeps = {
  /** Bound to the catalog's schema. */
  db: Kysely<ApplicationTables>;
  time: () => Promise<TimeReading>;
  calendars: {
    at: (version: string) => Promise<Calendar>;
    newest: (jurisdiction: string) => Promise<string>;
  };
  /** Whether intake was down for longer than is tolerated between two instants of the law's clock. */
  intakeWasDown: (from: number, to: number) => Promise<boolean>;
  /** Real milliseconds between a deadline and silence. */
  graceMillis: number;
};

/** Who acts where nobody does: time. */
export const time = { id: 'clock', role: 'system', organisation: null } as const;

/** Who acted, as the intake took it in; time, where an entry came from no act. */
export const actorOf = (
  row: { actor_id: string; actor_role: string; actor_organisation: string | null } | undefined,
) => (row ? { id: row.actor_id, role: row.actor_role, organisation: row.actor_organisation } : time);
