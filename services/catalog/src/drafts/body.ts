import { z } from 'zod';
import { AskedResources, Contents } from '../applications/contents.ts';
import { GrantNo } from '../grants/deps.ts';

/** What a draft may hold: any part of an application, or none. Bounds and types hold; the rest is told at submission. */
export const DraftBody = z.strictObject({
  resources: AskedResources.optional(),
  contents: Contents.optional(),
  kind: z.enum(['amendment', 'renewal']).optional(),
  grant: GrantNo.optional().describe('The grant that is changed or prolonged'),
});
export type DraftBody = z.output<typeof DraftBody>;
