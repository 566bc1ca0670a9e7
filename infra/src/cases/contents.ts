/** What a case says, part by part: its hash, and what changed between two versions. */
import { createHash } from 'node:crypto';
import { canonicalJson } from '@gongshu/shared/canonical-json';

export type CaseContents = Readonly<Record<string, unknown>>;

/** `sha256:` over the contents as canonical JSON (RFC 8785). */
export const contentHash = (contents: object): string =>
  `sha256:${createHash('sha256').update(canonicalJson(contents)).digest('hex')}`;

/** The parts that differ, in the order of the later version. */
export const changedParts = (before: CaseContents, after: CaseContents): string[] =>
  [...new Set([...Object.keys(after), ...Object.keys(before)])].filter(
    (part) =>
      canonicalJson((before[part] as object) ?? null) !== canonicalJson((after[part] as object) ?? null),
  );
