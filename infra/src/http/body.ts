import { problem } from '@gongshu/shared/problems';
import type { FastifyInstance } from 'fastify';
import { formType } from './pages.ts';
import { pointerTo } from './validation.ts';

/** Deeper than any body of ours; shallow enough that no walk over it runs out of stack. */
const deepest = 32;

/** Counted on the text, before it is parsed: a megabyte of brackets costs one pass. */
const mustBeShallow = (text: string): void => {
  let depth = 0;
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    const char = text.charCodeAt(at);
    if (quoted) {
      if (char === 0x5c) at++;
      else if (char === 0x22) quoted = false;
    } else if (char === 0x22) quoted = true;
    else if (char === 0x5b || char === 0x7b) {
      if (++depth > deepest) throw problem('tooDeep', { params: { levels: deepest } });
    } else if (char === 0x5d || char === 0x7d) depth--;
  }
};

const poisoned = new Set(['__proto__', 'constructor', 'prototype']);
const place = (pointer: string, code: string) => ({
  errors: [{ pointer, code, message: both[code] ?? code }],
});
const both: Record<string, { zh: string; en: string }> = {
  nul: { zh: '含有空字符', en: 'holds a NUL character' },
  loneSurrogate: { zh: '含有不成对的代理码位', en: 'holds an unpaired surrogate' },
  unsafeNumber: { zh: '数值无法精确保存', en: 'cannot be held exactly' },
  reservedKey: { zh: '不接受的字段名', en: 'a field name that is not taken' },
};

/** The pointer is made for what is refused alone: a body may hold a million texts. */
const mustBeText = (text: string, part: string, path: readonly string[]): void => {
  if (text.includes('\u0000')) throw problem('textRefused', place(pointerTo(part, path), 'nul'));
  if (!text.isWellFormed()) throw problem('textRefused', place(pointerTo(part, path), 'loneSurrogate'));
};

/**
 * Refuses what PostgreSQL or JSON readers can't carry: NUL, unpaired surrogates, numbers past 2^53 or infinite,
 * field names that reach into an object's prototype. `part` is where the value stands: body, query, params.
 */
export const mustBeStorable = (value: unknown, part: string): void => {
  const walk = (at: unknown, path: readonly string[]): void => {
    if (typeof at === 'string') mustBeText(at, part, path);
    else if (typeof at === 'number') {
      const exact = Number.isFinite(at) && (!Number.isInteger(at) || Number.isSafeInteger(at));
      if (!exact) throw problem('numberRefused', place(pointerTo(part, path), 'unsafeNumber'));
    } else if (at !== null && typeof at === 'object') {
      for (const [key, item] of Object.entries(at)) {
        const here = [...path, key.toWellFormed().replaceAll('\u0000', '\ufffd')];
        mustBeText(key, part, here);
        if (poisoned.has(key)) throw problem('invalidRequest', place(pointerTo(part, here), 'reservedKey'));
        walk(item, here);
      }
    }
  };
  walk(value, []);
};

const utf8 = new TextDecoder('utf-8', { fatal: true });
const decoded = (bytes: Buffer, type: string): string => {
  try {
    return utf8.decode(bytes);
  } catch (cause) {
    throw problem('malformedBody', { params: { type }, cause });
  }
};

const parsed = (bytes: Buffer): unknown => {
  const text = decoded(bytes, 'JSON');
  mustBeShallow(text);
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw problem('malformedBody', { params: { type: 'JSON' }, cause });
  }
};

/** More than any form of ours has. */
const mostFields = 500;

/** A form's fields by name; a name that comes more than once is a list. */
const fieldsOf = (text: string): Record<string, string | string[]> => {
  const fields = new Map<string, string | string[]>();
  let count = 0;
  for (const [name, value] of new URLSearchParams(text)) {
    if (++count > mostFields) throw problem('bodyTooLarge');
    const before = fields.get(name);
    fields.set(name, before === undefined ? value : [before, value].flat());
  }
  return Object.fromEntries(fields);
};

const json = 'application/json';
const jsonLike = /^application\/(?:[\w.+-]+\+)?json(?:\s*;|$)/i;

/** Readers of bodies: strict JSON in UTF-8; CSV as text and forms as fields where a route says that it consumes them. */
export const readBodies = (app: FastifyInstance): void => {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(jsonLike, { parseAs: 'buffer' }, async (_request: unknown, bytes: Buffer) =>
    parsed(bytes),
  );
  app.addContentTypeParser('text/csv', { parseAs: 'buffer' }, async (_request: unknown, bytes: Buffer) =>
    decoded(bytes, 'UTF-8'),
  );
  app.addContentTypeParser(formType, { parseAs: 'buffer' }, async (_request: unknown, bytes: Buffer) =>
    fieldsOf(decoded(bytes, 'UTF-8')),
  );
  app.addHook('preParsing', async (request) => {
    const type = request.headers['content-type']?.split(';')[0]?.trim().toLowerCase();
    if (type === undefined) return;
    const taken = request.routeOptions.config.consumes ?? [json];
    if (taken.includes(type) || (taken.includes(json) && jsonLike.test(type))) return;
    throw problem('unsupportedMediaType', { params: { types: taken.join(', ') } });
  });
  app.addHook('preValidation', async (request) => {
    mustBeStorable(request.params, 'params');
    mustBeStorable(request.query, 'query');
    mustBeStorable(request.body, 'body');
  });
};
