/** How activities are tried: until they succeed, since every one of them may run twice. */
import type { ActivityOptions } from '@temporalio/workflow';

export const activityOptions: ActivityOptions = {
  startToCloseTimeout: '30 seconds',
  retry: { initialInterval: '500 ms', backoffCoefficient: 2, maximumInterval: '30 seconds' },
};
