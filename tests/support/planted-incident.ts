/** What of a city's incidents, plans, drills, sanctions and orders is planted where a column does not say it (X1, X2, D1). */
import { procedureNo } from '@gongshu/shared/procedure/kinds';
import type { City } from './planting.ts';

const planOf = ({ digits }: City) => `${digits}-YA-2024-000001`;
const drillOf = ({ digits }: City) => `${digits}-YL-20241231-operator`;
const orderOf = ({ digits }: City) => `${procedureNo('incident', digits, 2024, 1)}/1`;
const scope = () => JSON.stringify({ all: false, resources: [], products: [], bodies: [] });

/** By table and column, as `special` of the planting. */
export const plantedIncident: Record<string, (city: City) => unknown> = {
  'disclosure.contingency_plan.plan': planOf,
  'disclosure.contingency_plan.class': () => 'leak',
  'disclosure.contingency_plan.state': () => 'submitted',
  'disclosure.contingency_plan.reasons': () => JSON.stringify([]),
  'disclosure.drill.drill': drillOf,
  'disclosure.drill.findings': () => JSON.stringify([]),
  'disclosure.drill_due.drill': drillOf,
  'disclosure.drill_due.look': () => 'due',
  'disclosure.supply_order_answer.move': () => 'ordered',
  'disclosure.supply_order_answer.missed': () => JSON.stringify([]),
  'disclosure.sanction_measure.measure': () => 'suspension',
  'registry.measure_on_record.measure': () => 'suspension',
  'catalog.supply_order.order_id': orderOf,
  'catalog.supply_order.scope': scope,
  'catalog.supply_order_hold.order_id': orderOf,
  'registry.supply_order.order_id': orderOf,
  'registry.supply_order.scope': scope,
  'registry.supply_order_hold.order_id': orderOf,
  'registry.supply_order_hold.kind': () => 'product',
};
