/** Base64 seen through: one level, whole words of it. */

const word = /(?<![A-Za-z0-9+/=_-])([A-Za-z0-9+/_-]{12,}={0,2})(?![A-Za-z0-9+/=_-])/g;
/** Chinese characters alone in UTF-8: each group of four begins with 5 or 6. */
const shortHan = /^\s*((?:[56][A-Za-z0-9+/]{3}){2,3})\s*$/;
const plainWord = /^(?:[\d_-]+|[0-9a-f-]+|[0-9A-F-]+|[a-z_-]+|[A-Z_-]+)$/; // numbers, hex, words of one case: no Base64 of a text
const most = 200_000;

const strict = new TextDecoder('utf-8', { fatal: true });
const chinese = new TextDecoder('gb18030', { fatal: true });
const hidden = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufffd\ue000-\uf8ff]/;

const read = (decoder: InstanceType<typeof TextDecoder>, bytes: Uint8Array): string | undefined => {
  try {
    const text = decoder.decode(bytes);
    return hidden.test(text) ? undefined : text;
  } catch {
    return undefined; // bytes of something else
  }
};

const decode = (encoded: string): string | undefined => {
  const body = encoded.replace(/=+$/, '').replaceAll('-', '+').replaceAll('_', '/');
  if (body.length % 4 === 1) return undefined;
  const raw = atob(body);
  if (/[\u0000-\u0008\u000e-\u001f]/.test(raw)) return undefined; // no text: most words end here
  const bytes = Uint8Array.from(raw, (one) => one.charCodeAt(0));
  return read(strict, bytes) ?? read(chinese, bytes);
};

/** The texts that stand in a text as Base64 (standard or URL-safe, padded or not; UTF-8 or GB18030). */
export const decodedTexts = (text: string): string[] => {
  const found: string[] = [];
  const short = shortHan.exec(text)?.[1];
  if (short !== undefined && short.length < 12) {
    const decoded = decode(short);
    if (decoded !== undefined && /^[\u3400-\u9fff]+$/.test(decoded)) found.push(decoded);
    return found;
  }
  for (const match of text.matchAll(word)) {
    const encoded = match[1] ?? '';
    if (encoded.length > most || plainWord.test(encoded)) continue;
    const decoded = decode(encoded);
    if (decoded !== undefined && decoded.length > 1) found.push(decoded);
  }
  return found;
};
