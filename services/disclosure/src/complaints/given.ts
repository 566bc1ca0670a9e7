/** What a complaint is made of, as it arrives over REST or by the form (S4). */
import { complaintSubjects } from '@gongshu/shared/complaint/types';
import { problem } from '@gongshu/shared/problems';
import { z } from 'zod';

export const attachmentTypes = ['application/pdf', 'image/png', 'image/jpeg'] as const;
/** Of one attachment. */
export const maxBytes = 200 * 1024;
export const mostAttachments = 3;
/** Base64 of `maxBytes`. */
const maxText = Math.ceil(maxBytes / 3) * 4;

export const Attachment = z.strictObject({
  mediaType: z.enum(attachmentTypes),
  content: z
    .string()
    .min(4)
    .max(maxText)
    .regex(/^[A-Za-z0-9+/]+={0,2}$/, 'base64')
    .describe('The file in base64, 200 KiB at most'),
});
export const Attachments = z.array(Attachment).max(mostAttachments).default([]);
export type Attachment = z.output<typeof Attachment>;

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

const magic: Record<(typeof attachmentTypes)[number], (file: Buffer) => boolean> = {
  'application/pdf': (file) => file.subarray(0, 5).toString('latin1') === '%PDF-',
  'image/png': (file) => file.subarray(0, 8).toString('hex') === '89504e470d0a1a0a',
  'image/jpeg': (file) => file.subarray(0, 3).toString('hex') === 'ffd8ff',
};

/** The files; throws `attachmentUnreadable` (422) at the first that is not what it says. */
export const filesOf = (given: readonly Attachment[]): { mediaType: string; content: Buffer }[] =>
  given.map(({ mediaType, content }, at) => {
    const file = Buffer.from(content, 'base64');
    if (file.length > maxBytes || !magic[mediaType](file))
      throw problem('attachmentUnreadable', {
        errors: [
          {
            ...{ pointer: `/body/attachments/${at}`, code: 'attachmentUnreadable' },
            message: { zh: '不是所声明的文件类型', en: 'Not the kind of file it says' },
          },
        ],
      });
    return { mediaType, content: file };
  });
