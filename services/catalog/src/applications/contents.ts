/** What an application says, part by part (Zhongwei art. 20). */
import { DocumentHash } from '@gongshu/infra/documents/cite';
import { line } from '@gongshu/shared/line';
import { z } from 'zod';
import { ResourceNo } from '../resources/resource-schema.ts';
import { ScenarioCode } from '../scenarios/schema.ts';

const words = z.string().trim().min(1).max(5_000);

/** A date a term may name: nobody grants the use of data for a century. */
const TermDate = z.iso.date().regex(/^20\d\d-/, '2000–2099');

/** Entries asked for, once each; no limit below, for a draft may have none yet. */
export const AskedResources = z
  .array(ResourceNo)
  .max(100)
  .refine((all) => new Set(all).size === all.length, '同一目录出现两次 · an entry stands twice');

/** A field as a mandate names it (O12). */
const FieldCode = z.string().regex(/^[a-z][A-Za-z0-9-]{0,60}$/);

export const Contents = z
  .strictObject({
    scenario: words.describe('公共数据应用场景 · application scenario'),
    fieldCode: FieldCode.describe('所属领域代码 · the field, where mandates are divided by field (O12)'),
    scenarioCode: ScenarioCode.describe(
      '所依据的应用场景 · the registered scenario it rests on (Shuozhou 六（三）)',
    ),
    scope: words.describe('使用范围 · scope of use'),
    manner: words.describe('使用方式 · manner of use'),
    term: z
      .strictObject({ from: TermDate, until: TermDate })
      .refine(({ from, until }) => from <= until, {
        message: '使用期限的结束早于开始 · the term ends before it begins',
      })
      .describe('使用期限 · term of use'),
    securityMeasures: words.describe('安全防护措施 · security measures'),
    documents: z
      .array(z.strictObject({ hash: DocumentHash, title: line(200) }))
      .max(50)
      .refine((all) => new Set(all.map(({ hash }) => hash)).size === all.length, {
        message: '同一材料出现两次 · a document stands twice',
      })
      .describe('随附材料 · documents, uploaded before'),
  })
  .partial();
export type Contents = z.infer<typeof Contents>;
export const contentParts = [
  'scenario',
  'fieldCode',
  'scenarioCode',
  'scope',
  'manner',
  'term',
  'securityMeasures',
  'documents',
] as const;
