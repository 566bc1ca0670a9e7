/** Single values of a catalog file, read or refused (`undefined`), never guessed. */
import { foldChinese } from '../chinese-text.ts';
import { frequencyOf, type UpdateFrequency } from '../resource.ts';

/** The closed code of an update frequency; the mapping's own words first, then the common ones in either script. */
export const readFrequency = (
  text: string,
  words: Readonly<Record<string, UpdateFrequency>> = {},
): UpdateFrequency | undefined =>
  words[text.trim()] ?? frequencyOf(text.trim()) ?? frequencyOf(foldChinese(text));

const providerStyles = [
  /^(?<code>[0-9A-Za-z][0-9A-Za-z-]*)\s*[【[(（「](?<name>[^】\])）」]+)[】\])）」]$/u,
  /^(?<name>[^【[(（「]+?)\s*[【[(（「](?<code>[0-9A-Za-z][0-9A-Za-z-]*)[】\])）」]$/u,
  /^(?<code>[0-9A-Za-z][0-9A-Za-z-]*)[\s,，:：-]+(?<name>\D.*)$/u,
];

/** `380120000J 【社會局】`, `社會局(380120000J)`, `380120000J 社會局`: code and name. */
export const readProvider = (text: string): { code: string; name: string } | undefined => {
  for (const style of providerStyles) {
    const { code, name } = style.exec(text.trim())?.groups ?? {};
    if (code && name?.trim()) return { code, name: name.trim() };
  }
  return undefined;
};

const dateTime =
  /^(\d{4})(?:-|\/|\.|年)(\d{1,2})(?:-|\/|\.|月)(\d{1,2})日?(?:[T\s]+(\d{1,2}):(\d{2})(?::(\d{2}))?(?:\.\d+)?)?\s*(Z|[+-]\d\d:\d\d)?$/u;

/**
 * A date or time as an RFC 3339 instant; a date alone is its first moment. `offset` is the zone of a time that
 * carries none. A day that does not exist is not read.
 */
export const readInstant = (text: string, offset: string): string | undefined => {
  const found = dateTime.exec(text.trim());
  if (!found) return undefined;
  const [, year = '', month = '', day = '', hour = '0', minute = '00', second = '00', zone = offset] = found;
  const two = (value: string) => value.padStart(2, '0');
  const date = `${year}-${two(month)}-${two(day)}`;
  const time = `${two(hour)}:${minute}:${second}`;
  const read = new Date(`${date}T${time}Z`);
  const exists = !Number.isNaN(read.getTime()) && read.toISOString().startsWith(`${date}T${time}`);
  return exists ? `${date}T${time}${zone}` : undefined;
};

/** Characters that no department means to write: controls but tab and line breaks, private use, U+FFFD, non-characters. */
const unreadable = /(?![\t\n\r])\p{Cc}|[\p{Co}\ufffd\ufffe\uffff]/u;
export const isReadable = (text: string): boolean => !unreadable.test(text);
