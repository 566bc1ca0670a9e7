/** What the events of every procedure have in common. */
import { Count, DateOn, Hash, Id, Instant, restsOn } from './define.ts';

/** Each entry of a procedure is one event; `at` is when it happened, on the law's clock. */
export const procedureBase = { caseNo: Id, packVersion: Id, at: Instant, ...restsOn };

/** A period ends soon: those it waits for are reminded. */
export const reminderShape = { ...procedureBase, period: Id, lastDay: DateOn };

/** A step's limit passed and nobody has acted: it stays open. */
export const overdueShape = { ...procedureBase, step: Id, lastDay: DateOn };

/** A collective decision, by its counts; who voted how stands in the minutes. */
export const deliberationShape = {
  ...procedureBase,
  members: Count,
  present: Count,
  inFavour: Count,
  against: Count,
  abstained: Count,
  heldOn: DateOn,
  minutes: Hash,
};
