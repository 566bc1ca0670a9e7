/** What the events of every procedure have in common. */
import type { z } from 'zod';
import { procedureKinds, procedures, type ProcedureKind } from '../procedure/kinds.ts';
import { caseEvent, Count, DateOn, type EventDefinition, Hash, Id, Instant, restsOn } from './define.ts';

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

const heldShape = { ...procedureBase, period: Id, lastDay: DateOn };
type Held = Record<`${ProcedureKind}.heldForIntake.v1`, EventDefinition<z.ZodObject<typeof heldShape>>>;

/** Intake was down in the last hours of a period: it ends with the next working day instead. */
export const procedureEvents = Object.fromEntries(
  procedureKinds.map((kind) => [
    `${kind}.heldForIntake.v1`,
    caseEvent(
      procedures[kind].service,
      `${procedures[kind].title}：收件中断，期限顺延`,
      'Intake was down: the period ends with the next working day',
      heldShape,
    ),
  ]),
) as Held;
