/**
 * A document as it is meant, before any page is set: plain data, Chinese first, English where it helps a reader.
 * It becomes a PDF in infra/src/paper. Its hash is over this content (RFC 8785), so that whoever holds the JSON of a
 * paper can check the line at its foot.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { z } from 'zod';
import { canonicalJson } from '../canonical-json.ts';
import { Chart } from '../charts/chart.ts';

const Words = z.object({ zh: z.string(), en: z.string().optional() });
/** Chinese, and English where it helps. */
export type Words = z.infer<typeof Words>;

const Column = z.object({
  title: z.string(),
  align: z.enum(['start', 'end', 'middle']).optional().describe('Amounts stand at the end'),
  share: z
    .number()
    .positive()
    .max(100)
    .optional()
    .describe('Of the width, against the other columns; 1 if absent'),
});
export type Column = z.infer<typeof Column>;

const Block = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('paragraph'), text: Words }),
  z.object({ kind: z.literal('heading'), text: Words }),
  z.object({ kind: z.literal('facts'), rows: z.array(z.object({ label: z.string(), value: z.string() })) }),
  z.object({ kind: z.literal('list'), items: z.array(z.string()) }),
  z.object({ kind: z.literal('chart'), chart: Chart }).describe('Drawn, with its table below'),
  z.object({
    kind: z.literal('table'),
    caption: z.string().optional(),
    columns: z.array(Column).min(1),
    rows: z.array(z.array(z.string())),
    totals: z.array(z.string()).optional().describe('The last line, set apart'),
  }),
]);
export type Block = z.infer<typeof Block>;

const Ground = z.union([
  z.object({ instrument: z.string(), article: z.string(), quote: z.string().optional() }),
  z.object({ reading: z.string().describe('Our reading where the text is silent') }),
]);
/** The clause a paper rests on, as `articleOf` gives it. */
export type Ground = z.infer<typeof Ground>;

export const paperKinds = [
  ...(['acceptance', 'correction', 'decision', 'outcome', 'silence'] as const),
  ...(['determination', 'ceiling', 'tariff', 'settlement', 'bill'] as const),
  ...(['disclosure', 'bulletin', 'receipt'] as const),
] as const;
export const PaperKind = z.enum(paperKinds);
export type PaperKind = z.infer<typeof PaperKind>;

export const PaperContent = z.object({
  kind: PaperKind,
  number: z.string().describe('Number of the document; the same paper always has the same'),
  jurisdiction: z.string(),
  issuedBy: z.string().describe('Name of the issuing body'),
  issuedAt: z.iso.datetime({ offset: true }).describe('By the law’s clock; the date under the seal'),
  title: Words,
  addressee: z.string().nullable(),
  blocks: z.array(Block),
  grounds: z.array(Ground),
});
export type PaperContent = z.infer<typeof PaperContent>;

export const Paper = PaperContent.extend({
  hash: z.string().regex(/^sha256:[0-9a-f]{64}$/),
  hashOf: z
    .enum(['paper', 'certificate', 'receipt'])
    .describe('What the hash is over: all else of this, the certificate, or what the receipt says'),
}).meta({ id: 'Paper' });
export type Paper = z.infer<typeof Paper>;

/** Text as JSON and a page can carry it: an unpaired surrogate becomes U+FFFD. */
const wellFormed = (value: unknown): unknown => {
  if (typeof value === 'string') return value.toWellFormed();
  if (Array.isArray(value)) return value.map(wellFormed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, one]) => (one === undefined ? [] : [[key, wellFormed(one)]])),
  );
};

/** As it is kept: well-formed text, and each ground once, however many parts rest on it. */
const kept = (content: PaperContent): PaperContent => {
  const clean = wellFormed(content) as PaperContent;
  const grounds = new Map(clean.grounds.map((ground) => [canonicalJson(ground), ground]));
  return { ...clean, grounds: [...grounds.values()] };
};

/** `sha256:` over the content of a paper, as it is printed under it. */
export const paperHash = (content: PaperContent): string =>
  `sha256:${bytesToHex(sha256(utf8ToBytes(canonicalJson(content))))}`;

/** The paper with its hash over its content. */
export const sealed = (content: PaperContent): Paper => {
  const clean = kept(content);
  return { ...clean, hash: paperHash(clean), hashOf: 'paper' };
};

/** The paper that shows a certificate which has its hash already. */
export const certified = (
  content: PaperContent,
  hash: string,
  hashOf: 'certificate' | 'receipt' = 'certificate',
): Paper => ({ ...kept(content), hash, hashOf });
