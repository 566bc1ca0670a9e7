/** What a product's egress changes beside its case: the register of products, the list, evidence and its record. */
import type { EffectOf, Effects } from '../procedure/effects.ts';
import { artefactEffects } from './artefact-effects.ts';
import { listEffects } from './list-effects.ts';
import { recordEffects } from './record-effects.ts';
import { standingEffects } from './standing-effects.ts';

const all: readonly Effects[] = [listEffects, artefactEffects, standingEffects, recordEffects];

export const productEgressEffects: Effects = async (trx, of: EffectOf) => {
  for (const effect of all) await effect(trx, of);
};
