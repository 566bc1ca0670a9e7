/** What a complaint is made of, as it arrives over REST or by the form (S4). */
import { complaintSubjects } from '@gongshu/shared/complaint/types';
import { z } from 'zod';
import { Attachments, type Brought } from './attached.ts';

const Line = z.string().trim().min(1).max(100);
export const ComplaintText = z.string().trim().min(10).max(4_000);
export const ComplaintNo = z
  .string()
  .regex(/^\d{6}-TS-\d{4}-\d{6,}$/)
  .max(40);

export const LinkedCase = z
  .string()
  .regex(/^\d{6}-[A-Z]{2}-\d{4}-\d{6,}$/)
  .max(40);

export const ComplaintGiven = z.strictObject({
  jurisdiction: z
    .string()
    .regex(/^[a-z]{2,40}$/)
    .describe('The city whose bureau investigates'),
  about: z.enum(complaintSubjects),
  text: ComplaintText.describe('What happened, where, when'),
  identity: z
    .strictObject({ name: Line, contact: Line.describe('Telephone, e-mail or address') })
    .nullable()
    .default(null)
    .describe('Null: anonymous. It is read by who handles the complaint alone, each reading on record'),
  ownWords: z
    .boolean()
    .default(false)
    .describe('Whether the text may be passed on as it is to the bodies that are asked'),
  linkedCase: LinkedCase.nullable()
    .default(null)
    .describe('The case complained about; the merchant’s own, signed in'),
  attachments: Attachments,
});
export type ComplaintGiven = z.output<typeof ComplaintGiven>;

/** The same as it is taken in: with its files as they were brought. */
export type ComplaintBrought = Omit<ComplaintGiven, 'attachments'> & { attachments: readonly Brought[] };
