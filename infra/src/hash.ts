import { createHash } from 'node:crypto';
import { canonicalJson } from '@gongshu/shared/canonical-json';

/** `sha256:` of a text in UTF-8, or of bytes. */
export const sha256 = (text: string | Uint8Array): string =>
  `sha256:${createHash('sha256').update(text).digest('hex')}`;

/** `sha256:` over a value as canonical JSON (RFC 8785): in an event it stands for words that stay in a table. */
export const jsonHash = (value: unknown): string => sha256(canonicalJson(value));
