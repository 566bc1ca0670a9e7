/** The material of an onboarding (中卫 17, 18): who applies, its undertaking in each field of the check, what is filed. */
import { DocumentHash } from '@gongshu/infra/documents/cite';
import { statedSizes } from '@gongshu/shared/fairness/report';
import { line } from '@gongshu/shared/line';
import { FilingPart } from '@gongshu/shared/packs/topics/merchant-onboarding';
import { CheckField } from '@gongshu/shared/packs/values';
import { isUscc } from '@gongshu/shared/uscc';
import { z } from 'zod';

const words = z.string().trim().min(1).max(5_000);

const Undertaking = z.strictObject({
  text: words,
  documents: z
    .array(z.strictObject({ hash: DocumentHash, title: line(200) }))
    .max(20)
    .refine((all) => new Set(all.map(({ hash }) => hash)).size === all.length, {
      message: '同一材料出现两次 · a document stands twice',
    })
    .optional()
    .describe('随附材料 · documents, uploaded before'),
});
export type Undertaking = z.infer<typeof Undertaking>;

/** Parts that say who applies; every city asks for them. */
export const identityParts = ['uscc', 'legalPerson', 'businessScope'] as const;

const fields = [...CheckField.options, ...FilingPart.options] as const;
const undertakings = Object.fromEntries(fields.map((field) => [field, Undertaking])) as Record<
  (typeof fields)[number],
  typeof Undertaking
>;

export const Contents = z
  .strictObject({
    uscc: z
      .string()
      .refine(isUscc, {
        message: '统一社会信用代码的格式或校验码不符 · shape or check digit is wrong',
        params: { code: 'usccCheckDigit' },
      })
      .describe('统一社会信用代码 · GB 32100'),
    legalPerson: line(100).describe('法定代表人 · legal representative'),
    businessScope: words.describe('经营范围 · scope of business'),
    size: z.enum(statedSizes).describe('企业规模，可不填 · its size, as it states it; never asked for (M4)'),
    ...undertakings,
  })
  .partial();
export type Contents = z.infer<typeof Contents>;
export const contentParts = [...identityParts, 'size', ...fields] as const;

/** Documents by hash, each with its place in the request's body. */
export const documentsIn = (contents: Contents) =>
  fields.flatMap((field) =>
    (contents[field]?.documents ?? []).map(({ hash, title }, index) => ({
      ...{ hash, title, field },
      pointer: `/body/contents/${field}/documents/${index}/hash`,
    })),
  );
