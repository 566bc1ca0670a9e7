/**
 * A thing that orders suspend (decision 0031) rests as long as one of them holds it or a hand suspended it; no order ever
 * lifts what a hand did. Pure, and without schemas: machines read it too.
 */
import type { SupplyScope } from './supply-order.ts';

export const noScope: SupplyScope = { all: false, resources: [], products: [], bodies: [] };

/** Whether a scope reaches anything at all. */
export const reachesNothing = ({ all, resources, products, bodies }: SupplyScope): boolean =>
  !all && resources.length + products.length + bodies.length === 0;

/**
 * Why a thing rests: by hand, and by which orders. `lifted`: orders that are over; one that is told again, or told after
 * its lifting, holds nothing.
 */
export type Holds = { byHand: boolean; orders: readonly string[]; lifted: readonly string[] };
export const noHolds: Holds = { byHand: false, orders: [], lifted: [] };

export const rests = ({ byHand, orders }: Pick<Holds, 'byHand' | 'orders'>): boolean =>
  byHand || orders.length > 0;

/** An order reaches the thing; again, it changes nothing. */
export const heldBy = (holds: Holds, order: string): Holds =>
  holds.orders.includes(order) || holds.lifted.includes(order)
    ? holds
    : { ...holds, orders: [...holds.orders, order] };

/** An order is over; what another order or a hand holds rests on. */
export const liftedBy = (holds: Holds, order: string): Holds =>
  holds.lifted.includes(order)
    ? holds
    : {
        ...holds,
        orders: holds.orders.filter((one) => one !== order),
        lifted: [...holds.lifted, order],
      };

/** Suspended or restored by hand; neither moves an order. */
export const byHand = (holds: Holds, suspended: boolean): Holds => ({ ...holds, byHand: suspended });
