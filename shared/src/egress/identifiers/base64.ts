/** Base64 seen through: one level, whole words of it. */

const word = /(?<![A-Za-z0-9+/=_-])([A-Za-z0-9+/_-]{12,}={0,2})(?![A-Za-z0-9+/=_-])/g;
/** Chinese characters alone in UTF-8: each group of four begins with 5 or 6. */
const shortHan = /^\s*((?:[56][A-Za-z0-9+/]{3}){2})\s*$/;
const plainWord = /^(?:[\d_-]+|[0-9a-f-]+|[0-9A-F-]+|[a-z_-]+|[A-Z_-]+)$/; // numbers, hex, words of one case: no Base64 of a text
const most = 200_000;

const utf8 = new TextDecoder('utf-8', { fatal: true });
const gb18030 = new TextDecoder('gb18030', { fatal: true });
const hidden = /[^\P{Cc}\t\n\r]|\p{Co}|\ufffd/u;

/** Whether bytes (as Latin-1) hold a control character no text has: most words that are no Base64 end here. */
const holdsControl = (raw: string): boolean => {
  for (let at = 0; at < raw.length; at += 1) {
    const byte = raw.charCodeAt(at);
    if (byte < 9 || (byte > 13 && byte < 32) || byte === 127) return true;
  }
  return false;
};

/** Whether bytes (as Latin-1) are UTF-8 by their leading and following bits. */
const isUtf8 = (raw: string): boolean => {
  let follow = 0;
  for (let at = 0; at < raw.length; at += 1) {
    const byte = raw.charCodeAt(at);
    if (follow > 0) {
      if ((byte & 0xc0) !== 0x80) return false;
      follow -= 1;
    } else if (byte >= 0x80) {
      follow =
        byte >= 0xf0 && byte <= 0xf4
          ? 3
          : byte >= 0xe0 && byte < 0xf0
            ? 2
            : byte >= 0xc2 && byte < 0xe0
              ? 1
              : -1;
      if (follow < 0) return false;
    }
  }
  return follow === 0;
};

/** Whether bytes are ASCII and pairs of GB 2312: the rest of GB18030 fits most random bytes. */
const isGb2312 = (raw: string): boolean => {
  for (let at = 0; at < raw.length; at += 1) {
    const byte = raw.charCodeAt(at);
    if (byte < 0x80) continue;
    const next = raw.charCodeAt((at += 1));
    if (byte < 0xa1 || byte > 0xf7 || !(next >= 0xa1 && next <= 0xfe)) return false;
  }
  return true;
};

const decode = (encoded: string): string | undefined => {
  const body = encoded.replace(/=+$/, '').replaceAll('-', '+').replaceAll('_', '/');
  if (body.length % 4 === 1) return undefined;
  const raw = atob(body);
  if (holdsControl(raw)) return undefined;
  const decoder = isUtf8(raw) ? utf8 : isGb2312(raw) ? gb18030 : undefined;
  if (!decoder) return undefined;
  try {
    const text = decoder.decode(Uint8Array.from(raw, (one) => one.charCodeAt(0)));
    return hidden.test(text) ? undefined : text;
  } catch {
    return undefined; // bytes of something else
  }
};

/**
 * The texts that stand in a text as Base64 (standard or URL-safe, padded or not; UTF-8 or GB18030);
 * `longest` is the longest word in it.
 */
export const decodedTexts = (text: string, longest: number): string[] => {
  const found: string[] = [];
  const short = longest < 12 ? shortHan.exec(text)?.[1] : undefined;
  if (short !== undefined) {
    const decoded = decode(short);
    if (decoded !== undefined && /^[\u3400-\u9fff]+$/.test(decoded)) found.push(decoded);
    return found;
  }
  if (longest < 12) return found;
  for (const match of text.matchAll(word)) {
    const encoded = match[1] ?? '';
    if (encoded.length > most || plainWord.test(encoded)) continue;
    const decoded = decode(encoded);
    if (decoded !== undefined && decoded.length > 1) found.push(decoded);
  }
  return found;
};
