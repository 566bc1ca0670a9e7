import { z } from 'zod';
import { isBusinessDate } from '../business-date.ts';

/** Bodies that the texts give a part in catalog, supply and use; `authority` is the city's bureau (implementing body). */
export const Party = z.enum([
  'authority',
  'countyAuthority',
  'ownLevelAuthority',
  'sourceDepartment',
  'operator',
  'merchant',
  'provider',
]);
export type Party = z.infer<typeof Party>;

/** Those and the bodies above or beside them, which decide, receive, appraise or advise. */
export const Body = z.enum([
  ...Party.options,
  'government',
  'price',
  'finance',
  'provincialAuthority',
  'industryDepartment',
  'thirdParty',
  'experts',
]);
export type Body = z.infer<typeof Body>;

/** The place in the texts of one entry of a list; it must be among the rule's own cites. */
export const ArticleName = z.string().trim().min(1).max(40);

export const WorkingDays = z.strictObject({ workingDays: z.int().min(1).max(366) });
export const CalendarDays = z.strictObject({ calendarDays: z.int().min(1).max(366) });
/** What comes back every so many months (定期, where a text has no number). */
export const Months = z.strictObject({ months: z.int().min(1).max(36) });
/** A day of each year, `MM-DD`; never 29 February, which most years lack. */
export const YearDay = z
  .string()
  .regex(/^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, 'a day of the year, MM-DD')
  .refine((day) => isBusinessDate(`2025-${day}`), 'a day that every year has');
/** What happens when a limit passes and nobody has spoken. */
export const Silence = z.enum(['consent', 'overdue', 'refusal']);
/**
 * The four fields of a compliance check (Zhongwei art. 17), the two grounds Shuozhou s.6(3) names, and the six groups
 * of its s.4 that a partner or developer meets.
 */
export const CheckField = z.enum([
  'dataSecurity',
  'networkSecurity',
  'personalInformation',
  'tradeSecrets',
  'catalog',
  'securityRules',
  'basicRequirements',
  'technicalRequirements',
  'financialRequirements',
  'securityRequirements',
  'scenarioRequirements',
  'otherRequirements',
]);
/** What a return for correction does to the clock: it goes on where it stood, or begins anew. */
export const Correction = z.enum(['resume', 'restart']);
/** The text sets no such rule, and neither do we. */
export const None = z.literal('none');

/** A list without repetition, at least one entry. */
export const listOf = <S extends z.ZodType>(entry: S) =>
  z
    .array(entry)
    .min(1)
    .refine((all) => new Set(all).size === all.length, 'an entry stands twice');

/** One reading is built; a pack that says otherwise is refused when it loads, never ignored. */
export const only = <const V extends string>(reading: V) => ({ value: z.literal(reading) });

/** Entries told apart by one of their words, at least one entry. */
export const listBy = <S extends z.ZodType, K extends keyof z.infer<S>>(entry: S, word: K) =>
  z
    .array(entry)
    .min(1)
    .refine(
      (all) => new Set(all.map((one) => (one as z.infer<S>)[word])).size === all.length,
      `an entry stands twice: ${String(word)}`,
    );
