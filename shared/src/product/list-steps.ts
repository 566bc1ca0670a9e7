/** The second lock and what follows: filing, agreement, list, release (E2–E4). */
import { byHand } from '../holds.ts';
import { type Entry, entryOf, refuse, type Step, step } from '../procedure/machine.ts';
import { type Answer, facts, type Of, type Start, stepOn } from './steps.ts';
import type { EgressState } from './types.ts';

export const file = (start: Start, state: EgressState, act: Of<'fileProduct'>): Answer => {
  if (state.filed) return refuse('filingPending', { filing: start.caseNo });
  if (state.checked !== state.round) return refuse('notChecked');
  const data = { attempt: state.attempt, artefact: state.artefact, late: state.overdue };
  return step(
    { ...stepOn(state, 'filing', act.at), filed: true },
    entryOf('filed', act, data, start.rules.rests.secondLock),
  );
};

export const agree = (start: Start, state: EgressState, act: Of<'agreeProduct'>): Answer => {
  if (!state.filed) return refuse('noFilingPending');
  if (state.checked !== state.round) return refuse('notChecked');
  const { registrationCode, document, at } = act;
  const { product, version } = start.facts;
  const { rests } = start.rules;
  const agreed = { ...state, registrationCode };
  const entries = [
    entryOf('agreed', act, { document, late: state.overdue }, rests.secondLock),
    entryOf('registered', { at, receipt: null }, { product, version, registrationCode }, rests.registration),
  ];
  if (state.held) return step({ ...stepOn(agreed, 'suspended', at), before: 'listed' }, ...entries);
  return step(
    { ...stepOn(agreed, 'listed', at), wasListed: true },
    ...entries,
    listedEntry(start, agreed, at),
  );
};

const listedEntry = (start: Start, { registrationCode, artefact }: EgressState, at: number): Entry =>
  entryOf(
    'listed',
    { at, receipt: null },
    { ...facts(start), registrationCode, artefact },
    start.rules.rests.list,
  );

/** Back to where it was; what was agreed to anew while suspended comes onto the list now. */
export const restore = (
  start: Start,
  state: EgressState,
  act: { at: number; receipt: string; document: string | null },
  order?: string,
): Step<EgressState> => {
  const data = { ...facts(start), document: act.document, ...(order !== undefined && { order }) };
  const restored = entryOf('restored', act, data);
  const next = {
    ...stepOn(state, state.before ?? 'listed', act.at),
    ...{ before: null, held: false },
    ...(state.holds && { holds: byHand(state.holds, false) }),
  };
  return state.held ? step(next, restored, listedEntry(start, state, act.at)) : step(next, restored);
};

export const release = (start: Start, state: EgressState, act: Of<'releaseProduct'>): Answer => {
  const { product, version } = start.facts;
  const { checked, filed, registrationCode, artefact } = state;
  if (checked !== state.round || !filed || !registrationCode) return refuse('notChecked');
  const data = { product, version, registrationCode, artefact };
  return step(
    stepOn(state, 'released', act.at),
    entryOf('released', act, data, start.rules.rests.secondLock),
  );
};
