/** Suspension and restoration ordered in an incident (D1, X2; 中卫 27): what it suspended it restores, and nothing else. */
import { entryOf, type Entry, type Refused, refuse, type Step, step } from '../procedure/machine.ts';
import { reachesNothing } from '../holds.ts';
import type { SupplyScope } from '../supply-order.ts';
import { roleOfBody } from './rules.ts';
import type { IncidentActOf, IncidentOrder, IncidentStart, IncidentState } from './types.ts';

type Result = Step<IncidentState> | Refused;
const ground = 'securityIncident';

export const openOrders = ({ orders }: Pick<IncidentState, 'orders'>): IncidentOrder[] =>
  orders.filter(({ liftedAt }) => liftedAt === null);

/** Whether the pack wants supply suspended at this severity, and nobody has ordered it yet. */
export const mustSuspend = ({ rules }: IncidentStart, { severity, orders }: IncidentState): boolean =>
  rules.suspension.value[severity] === 'must' && orders.length === 0;

type Instant = { at: number; receipt: string | null };

/** A further order of the case; its id names the case and its turn in it. */
export const ordering = (
  start: IncidentStart,
  state: IncidentState,
  scope: SupplyScope,
  act: Instant,
): { state: IncidentState; entry: Entry } => {
  const order = `${start.caseNo}/${state.orders.length + 1}`;
  const { severity } = state;
  return {
    state: { ...state, orders: [...state.orders, { order, scope, at: act.at, liftedAt: null }] },
    entry: entryOf(
      'suspensionOrdered',
      act,
      { order, ground, scope, severity, bound: start.rules.suspension.value[severity] },
      start.rules.suspension.rests ?? undefined,
    ),
  };
};

/** Lifts orders; each is an event of its own, for each holds what it holds. */
export const lifting = (
  { rules }: IncidentStart,
  state: IncidentState,
  orders: readonly string[],
  act: Instant,
): { state: IncidentState; entries: Entry[] } => ({
  state: {
    ...state,
    orders: state.orders.map((one) =>
      orders.includes(one.order) && one.liftedAt === null ? { ...one, liftedAt: act.at } : one,
    ),
  },
  entries: openOrders(state)
    .filter(({ order }) => orders.includes(order))
    .map(({ order, scope }) =>
      entryOf('restorationOrdered', act, { order, ground, scope }, rules.restoredBy.rests ?? undefined),
    ),
});

/** By whom the pack says; the bureau may record what another body decides. */
export const mayDecide = (decider: string, role: string): boolean =>
  role === roleOfBody(decider) || (role === 'bureau' && decider === 'government');

/** The refusal of an act that another body decides. */
export const decidedByAnother = (decider: string, role: string): Refused | undefined =>
  mayDecide(decider, role) ? undefined : refuse('notTheDecider', { by: roleOfBody(decider) });

/** What a grade asked for is done: an order stands, or was found to suffice. */
export const answered = ({ suspension: _done, stopped: _too, ...state }: IncidentState): IncidentState =>
  state;

export const orderSuspension = (
  start: IncidentStart,
  state: IncidentState,
  act: IncidentActOf<'orderSuspension'>,
): Result => {
  const another = decidedByAnother(start.rules.suspendedBy.value, act.by.role);
  if (another) return another;
  if (reachesNothing(act.scope)) return refuse('orderReachesNothing');
  const next = ordering(start, answered(state), act.scope, act);
  return step(next.state, {
    ...next.entry,
    data: { ...next.entry.data, document: act.document },
  });
};

/** Only after rectification was accepted (中卫 27: 待问题整改完成后). The last one ends the step. */
export const orderRestoration = (
  start: IncidentStart,
  state: IncidentState,
  act: IncidentActOf<'orderRestoration'>,
): Result => {
  const another = decidedByAnother(start.rules.restoredBy.value, act.by.role);
  if (another) return another;
  const standing = openOrders(state).map(({ order }) => order);
  const unknown = act.orders.find((order) => !standing.includes(order));
  if (unknown !== undefined) return refuse('orderNotStanding', { order: unknown });
  const next = lifting(start, state, act.orders, act);
  const entries = next.entries.map((entry) => ({
    ...entry,
    data: { ...entry.data, document: act.document },
  }));
  const done = openOrders(next.state).length === 0;
  return step(
    done ? { ...next.state, stage: 'review', since: act.at, overdue: false } : next.state,
    ...entries,
  );
};
