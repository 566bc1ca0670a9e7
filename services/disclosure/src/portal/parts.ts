/** Parts of pages that several columns share. */
import { decodeCursor, encodeCursor } from '@gongshu/infra/http/page';
import type { BusinessDate } from '@gongshu/shared/business-date';
import type { z } from 'zod';
import type { Paged, Rests } from '../public/queries/page.ts';
import { type Html, html, none } from '../html/escape.ts';
import { pager } from '../html/pager.ts';
import { type Tone, tag } from '../html/tag.ts';
import { chinese, day, say, type View, type Words } from '../html/view.ts';
import { shared } from './words.ts';

/** Lines of a page of a list. */
export const pageSize = 20;

/** The page a query asks for; its cursor is checked, `cursorMalformed` (400) otherwise. */
export const pageAsked = <K>(
  schema: z.ZodType<K>,
  cursor: string | undefined,
): { after: K | undefined; limit: number } => ({
  after: decodeCursor(schema, cursor),
  limit: pageSize,
});

/** The pager beneath a list. */
export const pagerOf = <T, K extends string | readonly (string | number)[]>(
  view: View,
  { next }: Paged<T, K>,
  cursor: string | undefined,
  wrap: (key: K) => unknown,
): Html =>
  pager(view, {
    next: next === null ? null : encodeCursor(wrap(next) as (string | number)[]),
    first: cursor === undefined,
  });

/** The article a thing rests on. */
export const restsWords = (view: View, { article, instrument }: Rests): Html | null =>
  article === null && instrument === null
    ? null
    : chinese(view, `${instrument ? `《${instrument}》` : ''}${article ?? ''}`);

/** The name of a body, by its id where it has none in public. */
export const nameOf = (view: View, names: ReadonlyMap<string, string>, id: string | null): Html => {
  if (id === null) return html`—`;
  const name = names.get(id);
  return name === undefined ? html`<span class="code">${id}</span>` : chinese(view, name);
};

/** From the first to the last day, both inclusive. */
export const span = (view: View, from: string, until: string | null): Html =>
  html`${day(view, from)} – ${until === null ? say(view, shared.openEnded) : day(view, until)}`;

type Standing = { from: string; until: string | null; withdrawn: { code: string } | null };

/** How something published stands on a day. */
export const standing = (given: Standing, today: BusinessDate): { words: Words; tone: Tone } => {
  if (given.withdrawn?.code === 'replaced') return { words: shared.replaced, tone: 'plain' };
  if (given.withdrawn !== null) return { words: shared.withdrawn, tone: 'stop' };
  if (given.from > today) return { words: shared.ahead, tone: 'plain' };
  if (given.until !== null && given.until < today) return { words: shared.ended, tone: 'plain' };
  return { words: shared.inForce, tone: 'good' };
};

export const standingTag = (view: View, given: Standing, today: BusinessDate): Html => {
  const { words, tone } = standing(given, today);
  return tag(say(view, words), tone);
};

/** A number or hash, set so that it can be told letter by letter. */
export const code = (text: string | null): Html =>
  text === null ? none : html`<span class="code">${text}</span>`;
