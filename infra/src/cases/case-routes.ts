/** What the routes of every lifecycle's cases close over: where they stand, and the clauses they rest on. */
import type { Lifecycle } from '@gongshu/shared/lifecycle';
import type { ArticleRef } from '@gongshu/shared/problems';
import type { Transaction } from 'kysely';
import { z } from 'zod';
import { problems } from '../http/problems.ts';
import { type ApplicationRow, Receipt } from './acting.ts';
import type { CaseDeps } from './deps.ts';
import type { ApplicationTables } from './tables.ts';

export type CaseRoutes = {
  deps: CaseDeps;
  lifecycle: Lifecycle;
  /** `/v1/applications`. */
  path: string;
  /** The case's number in the address. */
  params: z.ZodObject<{ caseNo: z.ZodString }>;
  /** The clause a rule of the lifecycle rests on; nothing where the text is silent. */
  article: (jurisdiction: string, key: 'refusalReasons' | 'checkFields') => { article?: ArticleRef };
  /** What must stand before a case of the lifecycle is checked (M2); throws where it does not. */
  beforeCheck?: (trx: Transaction<ApplicationTables>, application: ApplicationRow) => Promise<void>;
};

/** Every answer of an act on a case. */
export const actAnswers = {
  200: Receipt,
  202: Receipt,
  ...problems(400, 401, 403, 404, 409, 422, 503),
};

const Code = z.string().regex(/^[a-z][A-Za-z0-9]{0,60}$/);
const words = z.string().trim().min(1).max(2_000);
export const Reason = z.strictObject({ code: Code, text: words });
export const Reasons = z.array(Reason).max(50).default([]);
export const Outcome = z.enum(['approve', 'refuse']);
export const Finding = z.strictObject({
  field: Code,
  finding: z.enum(['passed', 'failed']),
  note: z.string().trim().max(2_000).default(''),
});
export const Acceptance = z.strictObject({ outcome: Outcome, reasons: Reasons });
export const Check = z.strictObject({
  outcome: Outcome,
  findings: z.array(Finding).max(20),
  reasons: Reasons,
});
