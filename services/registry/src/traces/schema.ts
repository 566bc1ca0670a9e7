import { DocumentHash } from '@gongshu/infra/documents/cite';
import { line } from '@gongshu/shared/line';
import { traceActs, traceSubjects, transferForms } from '@gongshu/shared/trace/ledger';
import { z } from 'zod';

const Instant = z.iso.datetime({ offset: true });
const Subject = z.string().regex(/^[A-Za-z0-9-]{1,60}$/);

/** One thing done with granted data or a product (D2; 国家 十五, 中卫 二十七, 朔州 十一（三）3, 乌海 八（二）). */
export const TraceGiven = z.strictObject({
  subjectKind: z.enum(traceSubjects),
  subject: Subject.describe('授权或产品编号 · number of the grant or product'),
  act: z.enum(traceActs),
  at: Instant.refine((at) => at >= '2000', '日期过早 · that long ago').describe('When it was done'),
  counterparty: line(200).optional().describe('接收方 · of a transfer'),
  form: z.enum(transferForms).optional().describe('Of a transfer'),
  rows: z.int().min(0).max(1_000_000_000_000_000).optional(),
  resources: z.array(Subject).max(100).default([]),
  evidence: DocumentHash.optional().describe('凭证 · of a destruction'),
  reference: line(120)
    .optional()
    .describe('平台流水号 · the platform’s own number; handed in twice, it stands once'),
});
export type TraceGiven = z.output<typeof TraceGiven>;

export const TraceView = z
  .object({
    trace: z.string(),
    subjectKind: z.enum(traceSubjects),
    subject: z.string(),
    act: z.enum(traceActs),
    via: z.enum(['api', 'file']),
    at: Instant,
    counterparty: z.string().nullable(),
    form: z.enum(transferForms).nullable(),
    rows: z.number().nullable(),
    resources: z.array(z.string()),
    evidence: z.string().nullable(),
    beyondGrant: z.boolean().describe('Outside the term of its grant, or while it was suspended'),
    reference: z.string().nullable(),
    recordedBy: z.string().describe('The body that recorded it'),
    recordedAt: Instant,
  })
  .meta({ id: 'Trace' });
export type TraceView = z.output<typeof TraceView>;

export const TraceNo = z.string().regex(/^LH-[0-9a-f-]{36}$/);
