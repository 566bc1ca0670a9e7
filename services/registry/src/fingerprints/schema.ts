import { DocumentHash } from '@gongshu/infra/documents/cite';
import { FingerprintKeyId, fingerprintForm } from '@gongshu/shared/egress/fingerprint';
import { z } from 'zod';

export const ResourceId = z.string().regex(/^[\x21-\x7e]{1,80}$/);
export const FingerprintId = z.string().regex(/^ZW-[0-9a-f-]{36}$/);
const Rows = z.int().min(0).max(1_000_000_000);

export const FingerprintGiven = z.strictObject({
  resource: ResourceId.describe('The granted resource, by the catalog’s id'),
  document: DocumentHash.describe('The fingerprint file, uploaded before'),
  form: z.literal(fingerprintForm).describe('As the file’s head says, like what follows'),
  keyId: FingerprintKeyId,
  data: DocumentHash.describe('Hash of the data it was made from; the data stay where they are'),
  rows: Rows,
  columns: z.int().min(1).max(2_000),
});
export type FingerprintGiven = z.output<typeof FingerprintGiven>;

export const FingerprintView = z
  .object({
    fingerprint: FingerprintId,
    resource: z.string(),
    owner: z.string().nullable().describe('The body whose resource it is, where a grant told of it'),
    document: z.string(),
    form: z.string(),
    keyId: z.string(),
    data: z.string(),
    rows: z.int(),
    columns: z.int(),
    recordedBy: z.string().describe('The body'),
    recordedAt: z.iso.datetime({ offset: true }),
  })
  .meta({ id: 'SourceFingerprint' });
export type FingerprintView = z.output<typeof FingerprintView>;
