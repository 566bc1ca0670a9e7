import { z } from 'zod';

/** Controls and line breaks, private use, U+FFFD and non-characters: nothing that a name or a title is written with. */
const unwritable = /[\p{Cc}\p{Co}\u2028\u2029\ufffd\ufffe\uffff]/u;

/** A name or a title: one line of 1 to `most` characters, spaces around it taken off. Its own code: `unreadableCharacter`. */
export const line = (most: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(most)
    .refine((text) => !unwritable.test(text), {
      message: '含有控制符或无法辨识的字符 · a control or unreadable character',
      params: { code: 'unreadableCharacter' },
    });
