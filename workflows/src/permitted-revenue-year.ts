/** Whether the permitted revenue of a year stands on its day (最高准许收入, F2); started by its Schedule. */
import { proxyActivities } from '@temporalio/workflow';
import type { RevenueYearActivities, YearAsk } from '@gongshu/shared/permitted-revenue/year';
import { shownAs } from './options.ts';

const { lookAtRevenueYear } = proxyActivities<RevenueYearActivities>(shownAs('查看年度最高准许收入'));

export const permittedRevenueYear = (ask: YearAsk): Promise<{ told: boolean }> => lookAtRevenueYear(ask);
