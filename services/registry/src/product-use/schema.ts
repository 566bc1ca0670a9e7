/** What checks of developers have in common (A9). */
import { problem } from '@gongshu/shared/problems';
import { z } from 'zod';
import { checkOutcomes, developerItems } from './tables.ts';

export const Items = z
  .array(z.enum(developerItems))
  .min(1)
  .max(developerItems.length)
  .refine((all) => new Set(all).size === all.length, '同一事项出现两次 · an item stands twice');
export const Outcome = z.enum(checkOutcomes);

/** The refusal of a day that cannot be, at its place. */
export const badDay = (pointer: string, zh: string, en: string) =>
  problem('checkDayWrong', { errors: [{ pointer, code: 'checkDayWrong', message: { zh, en } }] });
