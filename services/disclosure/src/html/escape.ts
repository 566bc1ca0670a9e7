/** HTML that escapes by default. Whatever is no `Html` of this file is text, wherever it comes from. */
import { html as assemble } from 'ghtml';

class Fragment {
  readonly #markup: string;
  constructor(markup: string) {
    this.#markup = markup;
  }
  toString(): string {
    return this.#markup;
  }
}

/** Markup made by `html` alone: the class is not exported, so nothing else can pass for it. */
export type Html = Fragment;
export type Value = Html | string | number | bigint | null | undefined | false | readonly Value[];

/** What no page should hold: controls, and marks that turn the direction of what stands after them. */
const unseen = /[^\P{Cc}\t\n\r]|[\u202a-\u202e\u2066-\u2069\ufffe\uffff]/gu;

const textOf = (value: Value): string => {
  if (value === null || value === undefined || value === false) return '';
  if (value instanceof Fragment) return String(value);
  return String(value).toWellFormed().replaceAll(unseen, '');
};

/** A list is put in by its members, each as what it is. */
const joined = (values: readonly Value[]): Fragment =>
  new Fragment(values.map((value) => String(html`${value}`)).join(''));

/**
 * Tag of a template: text is escaped, `Html` and lists of it stand as they are. ghtml's own mark for raw text (an
 * exclamation mark before a place) is set here by the kind of the value, and taken away where an author wrote one.
 * Attributes are always quoted; addresses in them come from `link` or `localPath`.
 */
export const html = (literals: TemplateStringsArray, ...values: readonly Value[]): Html => {
  const parts = values.map((value) => (Array.isArray(value) ? joined(value) : (value as Value)));
  const raw = literals.raw.map((literal, at) => {
    if (at === parts.length) return literal;
    const ended = literal.endsWith('!') ? `${literal.slice(0, -1)}&#33;` : literal;
    return parts[at] instanceof Fragment ? `${ended}!` : ended;
  });
  return new Fragment(assemble({ raw } as unknown as TemplateStringsArray, ...parts.map(textOf)));
};

/** Nothing. */
export const none: Html = html``;
