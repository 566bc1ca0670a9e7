import { z } from 'zod';
import { AskedResources, Contents } from '../applications/contents.ts';

/** What a draft may hold: any part of an application, or none. Bounds and types hold; the rest is told at submission. */
export const DraftBody = z.strictObject({
  resources: AskedResources.optional(),
  contents: Contents.optional(),
  kind: z.enum(['new', 'amendment', 'renewal']).optional(),
  grant: z
    .string()
    .regex(/^[0-9A-Za-z-]{1,80}$/)
    .optional()
    .describe('The grant that is changed or prolonged'),
});
export type DraftBody = z.output<typeof DraftBody>;
