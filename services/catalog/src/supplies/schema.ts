import { line } from '@gongshu/shared/line';
import { z } from 'zod';
import { Hash, ResourceNo } from '../resources/resource-schema.ts';

export const SupplyNo = z.string().regex(/^[0-9]{6}-GS-[0-9]{4}-[0-9]{6,9}$/);
const FieldName = z.string().trim().min(1).max(2_000);
const Code = z.string().regex(/^[a-z][A-Za-z0-9]{0,79}$/);

/** Risks found, or what was put right: at least one, each with a code and words. */
export const Findings = z
  .array(z.strictObject({ code: Code, text: z.string().trim().min(1).max(2_000) }))
  .min(1)
  .max(50);

const Treatment = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('desensitised'), method: line(200) }),
  z.strictObject({
    kind: z.literal('subjectAuthorised'),
    document: Hash.describe('The subjects’ authorisation, a document on record'),
  }),
]);

/** A supply as it is recorded. An absent authorisation is refused by the law's own article, not as a malformed body. */
export const SupplyDraft = z.strictObject({
  resource: ResourceNo,
  authorisation: z
    .strictObject({ number: line(100), on: z.iso.date(), document: Hash })
    .nullable()
    .default(null)
    .describe('What the supply rests on (Zhongwei art. 10)'),
  fields: z
    .array(FieldName)
    .min(1)
    .max(2_000)
    .describe('Names of the entry’s fields; real entries name some twice, and then both are meant'),
  treatments: z
    .record(FieldName, Treatment)
    .refine((all) => Object.keys(all).length <= 2_000, 'Too many treatments')
    .default({})
    .describe('By field: how a protected one goes out (Zhongwei art. 28)'),
  from: z.iso.date().describe('First day of supply, from 00:00 Asia/Shanghai'),
  until: z.iso.date().describe('Last day of supply, to 24:00 Asia/Shanghai'),
});
export type SupplyDraft = z.output<typeof SupplyDraft>;

const Suspension = z.object({
  id: z.string(),
  risk: Findings,
  from: z.string(),
  rectification: Findings.nullable(),
  document: z.string().nullable(),
  restoredAt: z.string().nullable(),
});

/** A supply as it is read. */
export const SupplyView = z
  .object({
    supplyNo: z.string(),
    jurisdiction: z.string(),
    resource: z.string(),
    department: z.string(),
    authorisation: z.object({ number: z.string(), on: z.string(), document: z.string() }),
    fields: z.array(z.string()),
    treatments: z.record(z.string(), Treatment),
    from: z.string(),
    until: z.string(),
    state: z.enum(['active', 'suspended', 'ended']),
    recordedAt: z.string(),
    endedAt: z.string().nullable(),
    version: z.int(),
  })
  .meta({ id: 'Supply' });
export type SupplyView = z.output<typeof SupplyView>;

/** One supply with the history of its suspensions. */
export const SupplyDetail = SupplyView.extend({ suspensions: z.array(Suspension) }).meta({
  id: 'SupplyDetail',
});
export type SupplyDetail = z.output<typeof SupplyDetail>;
