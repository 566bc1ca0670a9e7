/** What the events of every procedure have in common. */
import type { z } from 'zod';
import { procedureKinds, procedures, type ProcedureKind } from '../procedure/kinds.ts';
import {
  caseEvent,
  Code,
  Count,
  DateOn,
  type EventDefinition,
  Hash,
  Id,
  Instant,
  restsOn,
} from './define.ts';

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
const struckShape = { caseNo: Id, packVersion: Id, receipt: Id, act: Code };
type Held = Record<`${ProcedureKind}.heldForIntake.v1`, EventDefinition<z.ZodObject<typeof heldShape>>>;
type Struck = Record<`${ProcedureKind}.actStruckOut.v1`, EventDefinition<z.ZodObject<typeof struckShape>>>;

/** Intake was down in the last hours of a period: it ends with the next working day instead. A parked act is struck out. */
export const procedureEvents = Object.fromEntries(
  procedureKinds.flatMap((kind) => {
    const { service, title } = procedures[kind];
    return [
      [
        `${kind}.heldForIntake.v1`,
        caseEvent(
          service,
          `${title}：收件中断，期限顺延`,
          'Intake was down: the period ends with the next working day',
          heldShape,
        ),
      ],
      [
        `${kind}.actStruckOut.v1`,
        caseEvent(service, `${title}：收件已注销`, 'A parked act was struck out with a reason', struckShape),
      ],
    ];
  }),
) as Held & Struck;
