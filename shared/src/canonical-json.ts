import canonicalize from 'canonicalize';

/**
 * Canonical JSON (RFC 8785): the same value always gives the same text, so that a hash over it can be
 * checked by anyone. Throws on what JSON cannot say (NaN, Infinity, a lone surrogate, undefined).
 */
export function canonicalJson(value: unknown): string {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError('Not a JSON value');
  return text;
}
