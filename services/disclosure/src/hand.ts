import { createHand } from '@gongshu/infra/cases/hand';
import { openingAct, procedureStart } from '@gongshu/infra/procedures/hand';

/** How acts of disclosure reach their workflows. */
export const hand = createHand({ [openingAct]: procedureStart });
