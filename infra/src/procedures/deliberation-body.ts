import { z } from 'zod';
import { DocumentHash } from '../documents/cite.ts';

const Account = z.string().regex(/^[\x21-\x7e]{1,120}$/);

/** A collective decision as it is recorded (三重一大): its day, how each member voted, its minutes. */
export const Deliberation = z.strictObject({
  heldOn: z.iso.date().describe('Day of the meeting: not ahead, and not before the contents it decides on'),
  votes: z
    .array(z.strictObject({ member: Account, vote: z.enum(['for', 'against', 'abstained', 'absent']) }))
    .min(1)
    .max(100)
    .refine((votes) => new Set(votes.map(({ member }) => member)).size === votes.length, {
      params: { code: 'repeated' },
      error: '同一人员重复 · a member stands twice',
    }),
  minutes: DocumentHash.describe('Minutes of the meeting, uploaded before'),
});
