/** How a drill stands on its day (应急演练, X2; 朔州 十一（三）5); started by its Schedule. */
import { proxyActivities } from '@temporalio/workflow';
import type { DrillActivities, DrillAsk } from '@gongshu/shared/incident/drills';
import { shownAs } from './options.ts';

const { lookAtDrill } = proxyActivities<DrillActivities>(shownAs('查看应急演练'));

export const drillLook = (ask: DrillAsk): Promise<{ told: boolean }> => lookAtDrill(ask);
