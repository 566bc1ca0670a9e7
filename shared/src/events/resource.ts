import { z } from 'zod';
import {
  Article,
  Code,
  Count,
  caseEvent,
  DateOn,
  Hash,
  Id,
  Instant,
  PublicText,
  PublicWords,
  publicEvent,
  restsOn,
} from './define.ts';

const base = { resource: Id };
/** As the entry stands after the change; the hash is of its canonical JSON. */
const entry = { ...base, provider: Id, contentHash: Hash };

const c = <S extends z.ZodRawShape>(zh: string, en: string, shape: S) => caseEvent('catalog', zh, en, shape);
const p = <S extends z.ZodRawShape>(zh: string, en: string, shape: S) =>
  publicEvent('catalog', zh, en, shape);

/** Events of the catalog of public data resources (授权运营目录). */
export const resourceEvents = {
  'resource.compiled.v1': c('目录编制', 'A catalog entry was compiled', entry),
  'resource.changed.v1': c('目录变更', 'A catalog entry was changed', {
    ...entry,
    changedFields: z.array(Code),
  }),
  'resource.submitted.v1': c('目录报送', 'The entry was reported to the authority of its level', {
    ...entry,
    submittedTo: Id,
  }),
  'resource.reviewed.v1': c('目录审核', 'The authority reviewed the entry', { ...entry, reviewedBy: Id }),
  'resource.returned.v1': c('退回编制', 'The entry went back to its department', { ...base, from: Code }),
  'resource.collected.v1': c('目录归集', 'The city collected the entry', { ...entry, collectedBy: Id }),
  'resource.published.v1': p('目录公布', 'The entry was published', {
    ...entry,
    publishedOn: DateOn,
    batch: Id.optional(),
  }),
  'resource.registrationRequested.v1': c(
    '送交登记',
    'A package of entries was handed over for registration',
    {
      package: Id,
      number: Count.min(1),
      packageHash: Hash,
      entries: Count.min(1),
    },
  ),
  'resource.registered.v1': p('资源登记', 'The resource was registered', {
    ...base,
    package: Id,
    registrationCode: Id,
    registeredOn: DateOn,
  }),
  'resource.described.v1': p('目录条目公开内容', 'What everyone may read of a published entry', {
    ...entry,
    ...{ title: PublicWords, abstract: PublicText.nullable(), providerName: PublicWords },
    fields: z.array(z.object({ name: PublicWords, grade: Code.nullable() })).max(2_000),
    updateFrequency: Code.nullable(),
    classification: PublicWords.nullable(),
    ...{ grade: PublicWords.nullable(), level: Code.nullable(), registrationCode: Id.nullable() },
    state: Code,
  }),
  'resource.closed.v1': c('目录停用', 'The entry was closed', { ...base, reasonCode: Code }),
  'resource.suspended.v1': c('暂停供数', 'Supply was suspended', {
    ...base,
    reasonCode: Code,
    article: Article.optional(),
  }),
  'resource.restored.v1': c('恢复供数', 'Supply was restored', { ...base, reasonCode: Code.optional() }),
  'resource.sharingConsentRecorded.v1': c('共享数据提供方同意', 'The provider of shared data consented', {
    ...base,
    consent: Id,
    provider: Id,
    consentedOn: DateOn,
    documentHash: Hash.nullable(),
  }),
  'resource.sharingConsentWithdrawn.v1': c(
    '共享数据提供方撤回同意',
    'The provider of shared data withdrew consent',
    {
      ...base,
      consent: Id,
      provider: Id,
      withdrawnAt: Instant,
    },
  ),
  'resource.studyRecorded.v1': c('定期研究', 'A periodic study of the catalog was recorded', {
    study: Id,
    parties: z.array(Id),
    resultCodes: z.array(Code),
    heldOn: DateOn,
  }),
  'resource.assetMarked.v1': c('标识公共数据资产', 'The resource was marked as a public data asset', {
    ...base,
    asset: Id,
    markedOn: DateOn,
    assetNo: Id.nullable(),
    documentHash: Hash.nullable(),
    ...restsOn,
  }),
  'resource.assetConfirmed.v1': c('确认公共数据资产', 'The authority for assets confirmed the mark', {
    ...base,
    asset: Id,
    assetNo: Id,
    confirmedOn: DateOn,
  }),
  'resource.assetUnmarked.v1': c('撤销公共数据资产标识', 'The mark of a public data asset was withdrawn', {
    ...base,
    asset: Id,
    withdrawnOn: DateOn,
    reasonCode: Code,
  }),
  'resource.imported.v1': c('目录导入', 'A file of catalog entries was imported', {
    import: Id,
    fileHash: Hash,
    rows: Count,
    added: Count,
    changed: Count,
    unchanged: Count,
    refused: Count,
  }),
};
