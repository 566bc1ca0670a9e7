/**
 * The check record (核查记录, E1): what one version of a product was judged by and how, in one file that anyone can verify.
 * Where something was found, never what stood there; who voted by a mark, never by name. No instant and no path stand in
 * it: the same version checked in the same round gives the same record, byte for byte in canonical JSON.
 */
import { z } from 'zod';
import { scanVerdicts, ScanReport } from '../egress/report.ts';
import { EvidenceReport } from './evidence-report.ts';

export const checkRecordForm = 'gongshu-check-record-1';

const Hash = z.string().regex(/^sha256:[0-9a-f]{64}$/);
const Code = z.string();

export const CheckRecord = z.strictObject({
  form: z.literal(checkRecordForm),
  caseNo: z.string(),
  product: z.string(),
  version: z.int().min(1),
  attempt: z.int().min(1),
  round: z.int().min(0).describe('0: the evidence alone, before anybody voted'),
  jurisdiction: z.string(),
  packVersion: z.string(),
  localTerm: z.string(),
  artefact: Hash,
  contents: Hash,
  engines: z.array(z.string()).describe('Versions of the engine that judged its files'),
  thresholds: z.record(z.string(), z.unknown()),
  verdict: z.enum(scanVerdicts),
  report: Hash,
  scans: z.array(ScanReport),
  declaration: EvidenceReport.shape.declaration,
  notCompared: EvidenceReport.shape.notCompared.describe(
    'Granted resources without a fingerprint, not said to be lawfully public',
  ),
  items: z.array(
    z.strictObject({
      item: z.int().min(1),
      kind: Code,
      place: z.record(z.string(), z.unknown()),
      publicSource: z.string().nullable(),
    }),
  ),
  publicSources: z.array(
    z.strictObject({ resource: z.string(), ground: Code, address: z.string(), on: z.iso.date() }),
  ),
  exceptions: z.array(
    z.strictObject({ number: z.int().min(1), items: z.array(z.int()), ground: Code, document: Hash }),
  ),
  votes: z
    .array(
      z.strictObject({
        checker: z.string().describe('A mark: the same person in this case, and nobody’s name'),
        fields: z.array(z.strictObject({ field: Code, pass: z.boolean(), reasonCodes: z.array(Code) })),
        exceptions: z.array(z.int()),
        sources: z.array(z.string()),
      }),
    )
    .nullable()
    .describe('Null before all of the round have spoken'),
  passed: z.boolean().nullable(),
});
export type CheckRecord = z.infer<typeof CheckRecord>;

/** A record with its hash and signature, as it is given out. The signature is over the record's canonical JSON in UTF-8. */
export const SignedCheckRecord = z.strictObject({
  record: CheckRecord,
  hash: Hash,
  algorithm: z.literal('Ed25519'),
  keyId: z.string().regex(/^[0-9a-f]{16}$/),
  signature: z.base64(),
});
export type SignedCheckRecord = z.infer<typeof SignedCheckRecord>;

/** A public key that records are signed under, as the service answers it. */
export const CheckRecordKey = z.object({
  keyId: z.string().regex(/^[0-9a-f]{16}$/),
  algorithm: z.literal('Ed25519'),
  publicKey: z.string().describe('SPKI, DER in base64'),
});
export type CheckRecordKey = z.infer<typeof CheckRecordKey>;
