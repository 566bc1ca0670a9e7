/** Feeds after RFC 4287: newest first, each entry under an id that never changes. */
import { toInstantText } from '@gongshu/shared/business-date';
import { plain } from './plain-text.ts';

export type FeedEntry = {
  /** Within the feed; it never changes. */
  id: string;
  title: string;
  /** Absolute address of its page. */
  link: string;
  updatedAt: Date;
  summary?: string | null;
};
export type Feed = {
  /** Absolute addresses: of the feed itself, and of the page that says the same. */
  self: string;
  page: string;
  title: string;
  author: string;
  /** When something of it last changed. */
  updatedAt: Date;
  entries: readonly FeedEntry[];
};

const escaped = (text: string): string =>
  plain(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');

const entryOf = (self: string, { id, title, link, updatedAt, summary }: FeedEntry): string =>
  [
    '  <entry>',
    `    <id>${escaped(`${self}#${encodeURIComponent(id)}`)}</id>`,
    `    <title>${escaped(title)}</title>`,
    `    <link rel="alternate" type="text/html" href="${escaped(link)}"/>`,
    `    <updated>${toInstantText(updatedAt.getTime())}</updated>`,
    ...(summary ? [`    <summary>${escaped(summary)}</summary>`] : []),
    '  </entry>',
  ].join('\n');

/** When the newest of them changed; `undefined` of none. */
export const newestOf = (entries: readonly FeedEntry[]): Date | undefined =>
  entries.reduce<Date | undefined>(
    (last, one) => (last && last > one.updatedAt ? last : one.updatedAt),
    undefined,
  );

/** The feed as a document. */
export const atom = ({ self, page, title, author, updatedAt, entries }: Feed): string => {
  return [
    '<?xml version="1.0" encoding="utf-8"?>',
    '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="zh-CN">',
    `  <id>${escaped(self)}</id>`,
    `  <title>${escaped(title)}</title>`,
    `  <updated>${toInstantText(updatedAt.getTime())}</updated>`,
    `  <author><name>${escaped(author)}</name></author>`,
    `  <link rel="self" type="application/atom+xml" href="${escaped(self)}"/>`,
    `  <link rel="alternate" type="text/html" href="${escaped(page)}"/>`,
    ...entries.map((one) => entryOf(self, one)),
    '</feed>',
    '',
  ].join('\n');
};
