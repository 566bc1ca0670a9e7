/** Files sent along with a complaint (S4): bounded, of the kind they say, hashed as they are read. */
import { createHash } from 'node:crypto';
import { problem } from '@gongshu/shared/problems';
import { z } from 'zod';

export const attachmentTypes = ['application/pdf', 'image/png', 'image/jpeg'] as const;
export type AttachmentType = (typeof attachmentTypes)[number];
/** Of one attachment: a scan, a photograph of a telephone. */
export const maxBytes = 5 * 1024 * 1024;
export const mostAttachments = 5;
/** Of all attachments of one sending: the complaint, or what was asked back, once. */
export const maxBytesTogether = 15 * 1024 * 1024;
/** A body in JSON that holds them all in base64, with room to be told which is too much. */
export const jsonBytes = 24 * 1024 * 1024;

/** Base64 of `maxBytes`. */
const maxText = Math.ceil(maxBytes / 3) * 4;
const piece = 65_536;
/** Piece by piece: one expression over millions of letters runs out of stack. */
const isBase64 = (text: string): boolean => {
  const letters = text.replace(/={1,2}$/, '');
  for (let at = 0; at < letters.length; at += piece)
    if (!/^[A-Za-z0-9+/]*$/.test(letters.slice(at, at + piece))) return false;
  return letters.length > 0;
};

export const Attachment = z.strictObject({
  mediaType: z.enum(attachmentTypes),
  content: z
    .string()
    .min(4)
    .max(maxText)
    .refine(isBase64, 'base64')
    .describe('The file in base64, 5 MiB at most; all files together 15 MiB'),
});
export const Attachments = z.array(Attachment).max(mostAttachments).default([]);
export type Attachment = z.output<typeof Attachment>;

/** A file as it was brought: in memory, or on the disk. */
export type Brought = { mediaType: AttachmentType; content: Blob };
export const broughtOf = (given: readonly Attachment[]): Brought[] =>
  given.map(({ mediaType, content }) => ({
    mediaType,
    content: new Blob([Buffer.from(content, 'base64')]),
  }));

/** One that was looked at. */
export type Attached = Brought & { hash: string };

const magic: Record<AttachmentType, (start: Buffer) => boolean> = {
  'application/pdf': (start) => start.subarray(0, 5).toString('latin1') === '%PDF-',
  'image/png': (start) => start.subarray(0, 8).toString('hex') === '89504e470d0a1a0a',
  'image/jpeg': (start) => start.subarray(0, 3).toString('hex') === 'ffd8ff',
};

const refusal = (
  code: 'attachmentUnreadable' | 'attachmentsTooLarge',
  pointer: string,
  zh: string,
  en: string,
) => problem(code, { errors: [{ pointer, code, message: { zh, en } }] });

/**
 * The files with their hashes; none is held in memory whole. Throws `attachmentsTooLarge` (422) for too many bytes of one
 * or together, `attachmentUnreadable` (422) at the first that is not what it says.
 */
export const lookedAt = async (brought: readonly Brought[]): Promise<Attached[]> => {
  const together = brought.reduce((sum, { content }) => sum + content.size, 0);
  const long = brought.findIndex(({ content }) => content.size > maxBytes);
  if (together > maxBytesTogether || brought.length > mostAttachments || long >= 0)
    throw refusal(
      'attachmentsTooLarge',
      `/body/attachments${long < 0 ? '' : `/${long}`}`,
      '超过附件的大小或者个数',
      'More than attachments may be',
    );
  const attached: Attached[] = [];
  for (const [at, { mediaType, content }] of brought.entries()) {
    const start = Buffer.from(await content.slice(0, 8).arrayBuffer());
    if (!magic[mediaType](start))
      throw refusal(
        'attachmentUnreadable',
        `/body/attachments/${at}`,
        '不是所声明的文件类型',
        'Not the kind of file it says',
      );
    const hash = createHash('sha256');
    for await (const chunk of content.stream()) hash.update(chunk);
    attached.push({ mediaType, content, hash: `sha256:${hash.digest('hex')}` });
  }
  return attached;
};
