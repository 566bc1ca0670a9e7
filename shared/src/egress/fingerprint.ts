/**
 * What stands at the head of a fingerprint (E1, raw data stays inside): whose it is, under which key, and its shape.
 * No value and no name of the data stands in it or in the file: names are keyed hashes too.
 */
import { z } from 'zod';

/** Changes when the normal form of a cell, the hash, or what is taken apart into columns does: fingerprints of two forms cannot be compared. */
export const fingerprintForm = 'gongshu-fingerprint-2';

const Sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const Hashed = z.string().regex(/^[0-9a-f]{16}$/);

export const FingerprintKeyId = z
  .string()
  .regex(/^[0-9a-f]{16}$/)
  .describe('Names the key without telling it');

export const FingerprintSheet = z.strictObject({
  sheet: Hashed.nullable().describe('Keyed hash of the name; null where the file is one table'),
  rows: z.int().min(0),
  columns: z
    .array(
      z.strictObject({
        name: Hashed,
        count: z.boolean().describe('A declared count of a table of aggregates, kept as the number released'),
      }),
    )
    .min(1)
    .max(2_000),
});

export const FingerprintHeader = z.strictObject({
  form: z.literal(fingerprintForm),
  keyId: FingerprintKeyId,
  of: z.enum(['source', 'release']).describe('A granted resource, or a released version of a product'),
  id: z.string().min(1).max(80).describe('Of the resource or the version'),
  sha256: Sha256.describe('Of the file it was made from'),
  sheets: z.array(FingerprintSheet).min(1).max(256),
});
export type FingerprintHeader = z.infer<typeof FingerprintHeader>;
