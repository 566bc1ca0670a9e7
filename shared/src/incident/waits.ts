/** What an incident waits for, and by whom. */
import type { Waiting } from '../procedure/machine.ts';
import type { ToldOfIncident } from '../packs/topics/incident.ts';
import { suspensionKey } from './asked-suspension.ts';
import { mustSuspend, openOrders } from './orders.ts';
import { roleOfBody } from './rules.ts';
import type { IncidentStart, IncidentState } from './types.ts';

export const reportKey = (to: ToldOfIncident): string => `report/${to}`;

/** Whoever may be told here: those the pack names, and the persons concerned where it has them told (朔州 十（五）2). */
export const mayBeTold = ({ rules }: Pick<IncidentStart, 'rules'>): ToldOfIncident[] => [
  ...rules.reportTo.value,
  ...(rules.personsTold ? (['personsConcerned'] as const) : []),
];

/** The article by which one of them is told. */
export const toldBy = ({ rules }: Pick<IncidentStart, 'rules'>, to: ToldOfIncident) =>
  (to === 'personsConcerned' ? rules.personsTold : rules.reportTo)?.rests ?? undefined;

/** Those who must be told and have not been yet. */
export const stillToReport = (
  start: Pick<IncidentStart, 'rules'>,
  { reported, personsConcerned }: Pick<IncidentState, 'reported' | 'personsConcerned'>,
): ToldOfIncident[] =>
  mayBeTold(start).filter(
    (to) => (to !== 'personsConcerned' || personsConcerned) && !reported.some((one) => one.to === to),
  );

/** Who acts on it: the operator; where the city has none, the bureau. */
const actor = ({ facts: { operator } }: IncidentStart) =>
  operator === null ? { role: 'bureau' } : { role: 'operator', body: operator };

export const incidentWaits = (start: IncidentStart, state: IncidentState): Waiting[] => {
  const { stage, overdue, since, measures, measuresOverdue } = state;
  const { rules } = start;
  if (stage === 'done') return [];
  const bureau = { role: 'bureau' };
  const due = (key: string, late: boolean) => (late ? { overdue: true as const } : { period: key });
  // A case of before these limits has none in these steps: its wait names no period.
  const limited = (limit: object | undefined) => limit && due(`${stage}/${since}`, overdue);
  const list: Waiting[] = stillToReport(start, state).map((to) => ({
    ...{ act: 'reportIncident', ...actor(start) },
    ...due(reportKey(to), state.reportsOverdue.includes(to)),
  }));
  const decider = { role: roleOfBody(rules.suspendedBy.value) };
  if (state.suspension) {
    const by = { ...decider, ...due(suspensionKey(state.suspension), state.suspension.overdue) };
    list.push({ act: 'orderSuspension', ...by });
    if (openOrders(state).length > 0) list.push({ act: 'confirmSuspension', ...by });
  }
  if (stage === 'handling') {
    if (measures === 0)
      list.push({ act: 'recordMeasures', ...actor(start), ...due('measures', measuresOverdue) });
    const optional = mustSuspend(start, state) ? {} : { optional: true as const };
    if (!state.suspension) list.push({ act: 'orderSuspension', ...decider, ...optional });
    list.push(
      { act: 'orderRectification', ...bureau, ...limited(rules.handlingLimit) },
      { act: 'dismissIncident', ...bureau, optional: true },
    );
  }
  if (stage === 'rectification')
    list.push({ act: 'reportRectification', ...actor(start), ...due(`rectification/${since}`, overdue) });
  if (stage === 'acceptance')
    for (const act of ['acceptRectification', 'returnRectification'])
      list.push({ act, ...bureau, ...limited(rules.acceptanceLimit) });
  if (stage === 'restoration')
    list.push({
      ...{ act: 'orderRestoration', role: roleOfBody(rules.restoredBy.value) },
      ...limited(rules.restorationLimit),
    });
  if (stage === 'review' && !state.reviewed)
    list.push({ act: 'reviewIncident', ...actor(start), ...due(`review/${since}`, overdue) });
  return list;
};
