import { type Html, html, none } from './escape.ts';
import { link, say, type View, type Words } from './view.ts';

const words = {
  pages: { zh: '分页', en: 'Pages' },
  first: { zh: '回到第一页', en: 'Back to the first page' },
  next: { zh: '下一页', en: 'Next page' },
} satisfies Record<string, Words>;

/** The page's own address with another cursor; `null` for the first page. */
export const withCursor = (view: View, cursor: string | null): string => {
  const [path = '/', query] = view.path.split('?', 2);
  const parameters = new URLSearchParams(query);
  if (cursor === null) parameters.delete('cursor');
  else parameters.set('cursor', cursor);
  const text = parameters.toString();
  return link(view, text === '' ? path : `${path}?${text}`);
};

/** Onward, and back to the first page: lists are walked by cursor, so that a page never shifts under the reader. */
export const pager = (view: View, { next, first }: { next: string | null; first: boolean }): Html =>
  next === null && first
    ? none
    : html`<nav class="pager" aria-label="${say(view, words.pages)}">
        ${first ? none : html`<a class="button quiet" href="${withCursor(view, null)}">${say(view, words.first)}</a>`}
        ${next === null ? none : html`<a class="button" rel="next" href="${withCursor(view, next)}">${say(view, words.next)}</a>`}
      </nav>`;
