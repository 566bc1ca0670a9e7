/** E-mail addresses as people write them (RFC 5321, with letters of any script before the sign). */
import type { Sighting } from './sighting.ts';

const form =
  /[\p{L}\p{N}_][\p{L}\p{N}._%+'-]{0,63} ?@ ?(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.){1,8}([A-Za-z]{2,24}|中国|公司|网络)(?![A-Za-z0-9])/gu;
/** Names of files, where the sign stands before a size (logo@2x.png). */
const files = new Set([
  'png',
  'jpg',
  'jpeg',
  'gif',
  'webp',
  'svg',
  'js',
  'mjs',
  'ts',
  'css',
  'html',
  'json',
  'md',
  'txt',
  'zip',
]);

/** E-mail addresses in a plain text. */
export const emails = (text: string): Sighting[] => {
  for (const match of text.matchAll(form))
    if (!files.has((match[1] ?? '').toLowerCase()))
      return [{ type: 'email', rule: 'email.form', standing: 'sure' }];
  return [];
};
