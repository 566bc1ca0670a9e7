/** What is told of acts taken in: receipts for who acted, the waiting ones for who looks after them. */
import { toInstantText } from '@gongshu/shared/business-date';
import { isProblemCode, problemTable } from '@gongshu/shared/problems';
import type { ProblemRow, Texts } from '@gongshu/shared/problems/row';
import { z } from 'zod';

export const ReceiptNo = z.string().regex(/^SJ-[0-9a-f-]{36}$/);
export const IntakeStates = z.enum(['taken', 'delivered', 'refused', 'parked', 'struckOut']);
const Instant = z.iso.datetime({ offset: true });
const Both = z.object({ zh: z.string(), en: z.string() });

const act = {
  receipt: z.string(),
  act: z.string(),
  caseNo: z.string(),
  turn: z.string().nullable(),
  receivedAt: Instant,
  hash: z.string().describe('Over the canonical JSON of receipt, jurisdiction, act, caseNo and receivedAt'),
  state: IntakeStates,
};

export const ReceiptView = z
  .object({
    ...act,
    settledAt: Instant.nullable(),
    code: z.string().nullable(),
    problem: z.object({ title: Both, detail: Both.nullable() }).nullable(),
  })
  .meta({ id: 'ReceiptState' });
export type ReceiptView = z.infer<typeof ReceiptView>;

export const IntakeItem = z
  .object({
    ...act,
    actor: z.object({ id: z.string(), role: z.string(), organisation: z.string().nullable() }),
    attempts: z.int(),
    fault: z.string().nullable(),
  })
  .meta({ id: 'IntakeItem' });
export type IntakeItem = z.infer<typeof IntakeItem>;

/** Why an act was refused, in both languages; a detail that names more than the deadline is left out. */
export const refusalTexts = (code: string | null, deadline: Date | null): ReceiptView['problem'] => {
  if (!isProblemCode(code)) return null;
  const { title, detail }: ProblemRow = problemTable[code];
  const until = deadline === null ? undefined : toInstantText(deadline.getTime());
  const filled = ({ zh, en }: Texts): Texts => ({
    zh: zh.replaceAll('{deadline}', until ?? '{deadline}'),
    en: en.replaceAll('{deadline}', until ?? '{deadline}'),
  });
  const told = detail && filled(detail);
  return { title, detail: told && !/\{\w+\}/.test(told.zh + told.en) ? told : null };
};
