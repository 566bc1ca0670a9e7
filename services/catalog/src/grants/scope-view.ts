/** What an agreement says and a grant gives, as both are answered: entries with their fields, and what binds them. */
import { z } from 'zod';

export const ScopeResources = z.array(
  z.object({
    resource: z.string(),
    reviewer: z.string(),
    fields: z.array(z.string()),
    masked: z.array(z.string()),
  }),
);

export const BoundConditions = z.array(
  z.object({
    organisation: z.string(),
    code: z.string(),
    text: z.string(),
    fields: z.array(z.string()).optional(),
    until: z.string().optional(),
  }),
);
