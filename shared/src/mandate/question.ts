/** The shapes of a question about an agreement's term or its renewal. Requirements O6, O8. */
import { z } from 'zod';
import { isBusinessDate } from '../business-date.ts';
import { ArticleOrReading, Refusal } from '../refusal.ts';

const Jurisdiction = z.string().regex(/^[a-z][a-z0-9-]{0,62}$/);

/** Terms of up to fifty years stay within the years that dates of the platform reach. */
const DateOn = z.iso.date().refine((date) => isBusinessDate(date) && date < '2900', {
  params: { code: 'dateOutOfRange' },
  error: '年份须在 1900 至 2899 之间 · a year between 1900 and 2899',
});

export const TermOf = z
  .strictObject({
    jurisdiction: Jurisdiction,
    signedOn: DateOn,
    years: z.int().min(1).max(50).optional(),
    months: z.int().min(1).max(600).optional(),
    groundRecorded: z
      .boolean()
      .optional()
      .describe(
        'A ground for a longer term stands in the record; counts where the maximum holds in principle',
      ),
  })
  .refine(({ years, months }) => (years === undefined) !== (months === undefined), {
    params: { code: 'oneOf' },
    error: 'years 与 months 须且只须有一项 · either years or months',
  });
export type TermOf = z.infer<typeof TermOf>;

export const RenewalOf = z.strictObject({
  jurisdiction: Jurisdiction,
  expiry: DateOn.describe('The last day of the running agreement'),
  submittedOn: DateOn,
});
export type RenewalOf = z.infer<typeof RenewalOf>;

/** Which of the two is asked is told by its words. */
export const TermQuestion = z.union([TermOf, RenewalOf]).meta({ id: 'TermQuestion' });
export type TermQuestion = z.infer<typeof TermQuestion>;

/** Both days belong to it. */
export const RenewalWindow = z.strictObject({ from: z.iso.date(), until: z.iso.date() });
export type RenewalWindow = z.infer<typeof RenewalWindow>;

export const RenewalStanding = z.enum(['tooEarly', 'inWindow', 'tooLate', 'noWindow']);
export type RenewalStanding = z.infer<typeof RenewalStanding>;

const window = RenewalWindow.nullable().describe('null: the pack sets no window');

export const TermAnswer = z
  .strictObject({
    lastDay: z.iso.date().describe('The corresponding day itself, or the month’s last where there is none'),
    endsAt: z.string().describe('24:00 Asia/Shanghai of the last day'),
    article: ArticleOrReading.describe('How the term is counted'),
    maximum: z.strictObject({
      years: z.int(),
      inPrinciple: z.boolean().describe('Longer on a recorded ground'),
      lastDay: z.iso.date(),
      article: ArticleOrReading,
    }),
    exceedsMaximum: z.boolean(),
    needsGround: z
      .boolean()
      .describe('Longer than the maximum in principle: stands only on a recorded ground'),
    window,
    windowArticle: ArticleOrReading,
    refused: z.array(Refusal).min(1).optional().describe('Why an agreement for this term is not signed'),
  })
  .meta({ id: 'AgreementTerm' });
export type TermAnswer = z.infer<typeof TermAnswer>;

export const RenewalAnswer = z
  .strictObject({ window, standing: RenewalStanding, article: ArticleOrReading })
  .meta({ id: 'RenewalStandingAnswer' });
export type RenewalAnswer = z.infer<typeof RenewalAnswer>;
