/**
 * Orders that suspend (decision 0031): an incident, a sanction or evidence that ran out orders supply, products or bodies
 * to rest, by an event; each service obeys for what is its own (holds.ts says until when).
 */
import { z } from 'zod';
import { Code, Id } from './events/define.ts';

const Ids = z.array(Id).max(500);

/** What an order reaches. `all`: every supply and every listed product of the city; never a body. */
export const SupplyScope = z.strictObject({ all: z.boolean(), resources: Ids, products: Ids, bodies: Ids });
export type SupplyScope = z.infer<typeof SupplyScope>;

/**
 * The same as events say it: later versions may add to it. `operators`: what these are supplied with, and their listed
 * products; their mandates run on. Orders by evidence say it (X4); older ones do not.
 */
export const ToldScope = z.object({ ...SupplyScope.shape, operators: Ids.optional() });
export type ToldScope = SupplyScope & { operators?: string[] };

/** What every order's event carries beside what it rests on. */
export const supplyOrder = { order: Id, ground: Code, scope: ToldScope };
export type SupplyOrder = { order: string; ground: string; scope: ToldScope };

/** The events that order, and those that lift. */
export const orderingTypes = [
  'incident.suspensionOrdered.v1',
  'sanction.applied.v1',
  'evidence.suspensionOrdered.v1',
] as const;
export const liftingTypes = [
  'incident.restorationOrdered.v1',
  'sanction.lifted.v1',
  'evidence.restorationOrdered.v1',
] as const;

export type OrderMove = 'ordered' | 'lifted';
/** What an event does to an order; undefined for one that is about none. */
export const orderMove = (type: string | undefined): OrderMove | undefined => {
  if ((orderingTypes as readonly (string | undefined)[]).includes(type)) return 'ordered';
  return (liftingTypes as readonly (string | undefined)[]).includes(type) ? 'lifted' : undefined;
};
