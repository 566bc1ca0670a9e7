import { Code, Count, caseEvent, type EventDefinition, Hash, Id } from './define.ts';
import { z } from 'zod';

const uploaded = { document: Hash, bytes: Count, mediaType: Code };

/** Events of documents and drafts: hashes, sizes and kinds; titles and file names stand in tables only. */
export const documentEvents = {
  'document.uploaded.v1': caseEvent('catalog', '材料已上传', 'A document was uploaded', uploaded),
  'registryDocument.uploaded.v1': caseEvent(
    'registry',
    '登记材料已上传',
    'A document was uploaded to the registry',
    uploaded,
  ),
  'pricingDocument.uploaded.v1': caseEvent(
    'pricing',
    '价格材料已上传',
    'A document was uploaded to pricing',
    uploaded,
  ),
  'disclosureDocument.uploaded.v1': caseEvent(
    'disclosure',
    '披露材料已上传',
    'A document was uploaded to disclosure',
    uploaded,
  ),
  'draft.saved.v1': caseEvent('catalog', '申请草稿已保存', 'A draft of an application was saved', {
    draft: Id,
    version: Count,
    contentHash: Hash,
  }),
  'draft.closed.v1': caseEvent('catalog', '申请草稿已关闭', 'A draft was submitted as a case, or discarded', {
    draft: Id,
    endCode: z.enum(['submitted', 'discarded']),
    caseNo: Id.nullable(),
  }),
} satisfies Record<string, EventDefinition>;
