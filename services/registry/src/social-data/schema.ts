import { Reason } from '@gongshu/infra/cases/case-routes';
import { DocumentHash } from '@gongshu/infra/documents/cite';
import { line } from '@gongshu/shared/line';
import { z } from 'zod';
import { socialDataGrounds, socialDataStates } from './tables.ts';

export const SocialDataNo = z.string().regex(/^SH-[0-9a-f-]{36}$/);
const words = z.string().trim().min(1).max(5_000);
const Instant = z.iso.datetime({ offset: true });
const Condition = z.string().regex(/^[a-z][A-Za-z]{0,60}$/);

/** Social (non-public) data that operator or merchant brings in (Zhongwei art. 26, Wuhai 八（三）). */
export const SocialDataDraft = z.strictObject({
  title: line(200),
  source: line(200).describe('来源 · who held it before'),
  ground: z.strictObject({
    kind: z.enum(socialDataGrounds),
    text: words,
    document: DocumentHash.describe('取得依据 · contract, licence or authorisation'),
  }),
  content: words.describe('数据内容 · what the data are'),
  resources: z.array(line(200)).min(1).max(100).describe('拟融合的公共数据资源 · what it is fused with'),
  conditions: z
    .array(z.strictObject({ condition: Condition, evidence: z.array(DocumentHash).min(1).max(20) }))
    .max(20)
    .refine(
      (all) => new Set(all.map(({ condition }) => condition)).size === all.length,
      '同一条件出现两次 · a condition stands twice',
    )
    .default([])
    .describe('接入条件及佐证 · each condition of the pack with its evidence'),
});
export type SocialDataDraft = z.output<typeof SocialDataDraft>;

export const SocialDataView = z
  .object({
    socialData: z.string(),
    organisation: z.string(),
    title: z.string(),
    source: z.string(),
    ground: z.enum(socialDataGrounds),
    state: z.enum(socialDataStates),
    contentHash: z.string(),
    submittedAt: Instant,
    decidedAt: Instant.nullable(),
    withdrawnAt: Instant.nullable(),
    reasons: z.array(Reason),
  })
  .meta({ id: 'SocialData' });
export type SocialDataView = z.output<typeof SocialDataView>;

export const SocialDataUse = z
  .object({
    use: z.uuid(),
    subject: z.string(),
    purpose: z.string(),
    usedOn: z.string(),
    recordedAt: Instant,
  })
  .meta({ id: 'SocialDataUse' });

export const SocialDataDetail = SocialDataView.extend({
  contents: z.record(z.string(), z.unknown()),
  uses: z.array(SocialDataUse).describe('The latest hundred, newest first'),
}).meta({ id: 'SocialDataDetail' });
