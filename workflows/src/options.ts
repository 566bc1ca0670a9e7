/** How activities are tried: until they succeed, since every one of them may run twice. */
import type { ActivityOptions } from '@temporalio/workflow';

const activityOptions: ActivityOptions = {
  startToCloseTimeout: '30 seconds',
  retry: { initialInterval: '500 ms', backoffCoefficient: 2, maximumInterval: '30 seconds' },
};

/** The same, with the line that the Temporal UI shows beside the activity. */
export const shownAs = (summary: string): ActivityOptions => ({ ...activityOptions, summary });
