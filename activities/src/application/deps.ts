import type { ApplicationTables } from '@gongshu/infra/cases/tables';
import type { Signing } from '@gongshu/infra/products/signing';
import type { Change } from '@gongshu/infra/record';
import type { Calendar } from '@gongshu/shared/calendar';
import { type Lifecycle, lifecycleOf, lifecycles } from '@gongshu/shared/lifecycle';
import type { ProcedureKind, procedures } from '@gongshu/shared/procedure/kinds';
import type { Kysely } from 'kysely';
import type { EvidenceDeps } from '../product/evidence-deps.ts';

/** The law's time as it stands, and how far an instant of it lies ahead in real time. */
export type TimeReading = {
  /** Milliseconds since the epoch, on the law's clock. */
  now: number;
  /** Real milliseconds until an instant; 0 when it has come, `null` while the sandbox clock stands still before it. */
  inMillis: (at: number) => number | null;
  /** Real milliseconds since an instant that has come; `null` where the clock stands still and cannot tell. */
  sinceMillis: (at: number) => number | null;
};

/** The services whose cases the worker writes. */
export type CaseService =
  | (typeof lifecycles)[Lifecycle]['service']
  | (typeof procedures)[ProcedureKind]['service'];

/** What the activities of a case work with. */
export type ApplicationDeps = {
  /** By service, each bound to its schema and connected as its role. */
  db: Record<CaseService, Kysely<ApplicationTables>>;
  time: () => Promise<TimeReading>;
  calendars: {
    at: (version: string) => Promise<Calendar>;
    newest: (jurisdiction: string) => Promise<string>;
  };
  /** Whether intake was down for longer than is tolerated between two instants of the law's clock. */
  intakeWasDown: (service: CaseService, from: number, to: number) => Promise<boolean>;
  /** Real milliseconds between a deadline and silence. */
  graceMillis: number;
  /** Left out where no product is judged. */
  evidence?: EvidenceDeps;
  signing?: Signing;
};

/** Who acts where nobody does: time. */
export const time = { id: 'clock', role: 'system', organisation: null } as const;

/** Who acted, as the intake took it in; time, where an entry came from no act. */
export const actorOf = (
  row: { actor_id: string; actor_role: string; actor_organisation: string | null } | undefined,
) => (row ? { id: row.actor_id, role: row.actor_role, organisation: row.actor_organisation } : time);

/** Whose tables and events a case is in. */
export const serviceOf = (of: { lifecycle?: Lifecycle }): (typeof lifecycles)[Lifecycle]['service'] =>
  lifecycles[lifecycleOf(of)].service;

/** The type of an event of a case: `application.accepted.v1`, `onboarding.accepted.v1`. */
export const eventOf = (of: { lifecycle?: Lifecycle }, name: string): Change['type'] =>
  `${lifecycleOf(of)}.${name}.v1` as Change['type'];
