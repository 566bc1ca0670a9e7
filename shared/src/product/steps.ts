/** What the steps of a product's egress have in common. */
import type { Given, ProcedureStart, Refused, Step } from '../procedure/machine.ts';
import type { EgressRules } from './rules.ts';
import type { EgressAct, EgressFacts, EgressStage, EgressState } from './types.ts';

export type Start = ProcedureStart<EgressRules, EgressFacts>;
export type Of<K extends EgressAct['kind']> = Given<Extract<EgressAct, { kind: K }>>;
export type Answer = Step<EgressState> | Refused;

export const facts = ({ facts: { product, version } }: Start) => ({ product, version });

export const stepOn = (state: EgressState, stage: EgressStage, at: number): EgressState => ({
  ...state,
  stage,
  since: at,
  overdue: false,
});

/** Both locks fall: what is checked anew is voted on, filed and agreed to anew. */
export const unlocked: Pick<EgressState, 'spoken' | 'unheard' | 'checked' | 'filed' | 'before'> = {
  ...{ spoken: [], unheard: [], checked: null, filed: false, before: null },
};
/** Who has spoken has not seen what came since. */
export const newRound = ({ round }: EgressState): Pick<EgressState, 'round' | 'spoken'> => ({
  round: round + 1,
  spoken: [],
});

export const listedStages: readonly EgressStage[] = ['listed', 'released', 'suspended'];
export const beforeList: readonly EgressStage[] = ['evidence', 'egressCheck', 'returned', 'filing'];
