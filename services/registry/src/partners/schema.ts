import { Reason } from '@gongshu/infra/cases/case-routes';
import { DocumentHash } from '@gongshu/infra/documents/cite';
import { OrganisationId } from '@gongshu/shared/organisation-id';
import { z } from 'zod';
import { partnerStates } from './tables.ts';

export const PartnerNo = z.string().regex(/^HH-[0-9a-f-]{36}$/);
const words = z.string().trim().min(1).max(5_000);
const Instant = z.iso.datetime({ offset: true });

/** How a group of conditions is met: in words, shown by documents. */
const Group = z.strictObject({
  group: z
    .string()
    .regex(/^[a-z][A-Za-z]{0,60}$/)
    .describe('As the pack names it, such as securityRequirements'),
  statement: words,
  evidence: z.array(DocumentHash).max(20),
});

/** What is filed of a partner (Shuozhou 六（二）); any part may still be missing until it is filed. */
export const PartnerContents = z
  .strictObject({
    cooperationMode: words.describe('合作模式'),
    qualification: z.strictObject({ statement: words, document: DocumentHash }).describe('伙伴资质'),
    divisionOfDuties: words.describe('权责分配方案'),
    groups: z
      .array(Group)
      .max(20)
      .refine(
        (all) => new Set(all.map(({ group }) => group)).size === all.length,
        '同一组出现两次 · a group stands twice',
      )
      .describe('六组条件的符合情况 · how each group of conditions is met (Shuozhou 四)'),
  })
  .partial();
export type PartnerContents = z.output<typeof PartnerContents>;

export const PartnerDraft = z.strictObject({
  organisation: OrganisationId.describe('合伙人主体 · the partner’s body'),
  contents: PartnerContents,
});

export const PartnerView = z
  .object({
    partner: z.string(),
    operator: z.string(),
    organisation: z.string(),
    state: z.enum(partnerStates),
    version: z.int(),
    contents: z.record(z.string(), z.unknown()),
    contentHash: z.string(),
    missing: z.array(z.string()).describe('What the filing still lacks, by place'),
    registeredAt: Instant,
    filedAt: Instant.nullable(),
    answeredAt: Instant.nullable(),
    reasons: z.array(Reason),
  })
  .meta({ id: 'Partner' });
export type PartnerView = z.output<typeof PartnerView>;
