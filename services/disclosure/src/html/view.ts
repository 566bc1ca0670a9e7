/** For whom a page is drawn: language, size of type, and the law's instant. */
import { languageOfPath } from '@gongshu/infra/http/language';
import { businessDateOf } from '@gongshu/shared/business-date';
import type { Language } from '@gongshu/shared/problems';
import type { FastifyRequest } from 'fastify';
import { type Html, html } from './escape.ts';

/** A text in both languages of the site. */
export type Words = { readonly zh: string; readonly en: string };

export type View = {
  readonly language: Language;
  /** Large type (大字版), as the reader chose. */
  readonly large: boolean;
  /** Path and query as asked for, without the language's prefix. */
  readonly path: string;
  /** The law's instant; null while it is not known, as on a page of refusal. */
  readonly now: Date | null;
  readonly sandbox: boolean;
  /** Whether both languages stand at the same address, as on the desk. */
  readonly oneAddress?: boolean;
  /** Names of bodies by their ids, as far as the page has them. */
  readonly bodies?: ReadonlyMap<string, string>;
};

export const sizeCookie = 'gongshu-size';

const isLarge = (cookies: string | undefined): boolean =>
  (cookies ?? '').split(/;\s*/, 100).includes(`${sizeCookie}=large`);

/** The view of a request; pages below /en are English. */
export const viewOf = (
  request: FastifyRequest,
  { now, sandbox }: { now: Date | null; sandbox: boolean },
): View => {
  const language = languageOfPath(request.url);
  const bare = language === 'en' ? request.url.slice(3) : request.url;
  return {
    ...{ language, now, sandbox, large: isLarge(request.headers.cookie) },
    path: bare.startsWith('/') ? bare : `/${bare}`,
  };
};

/** Words in the language of the page. */
export const say = ({ language }: Pick<View, 'language'>, words: Words): string => words[language];

/** A path of this site in the language of the page. */
export const link = (
  { language, oneAddress }: Pick<View, 'language' | 'oneAddress'>,
  path: string,
): string => (language === 'en' && !oneAddress ? `/en${path === '/' ? '' : path}` : path);

/** A path of this host, or null: what an address in a query may lead back to. */
export const localPath = (given: unknown, longest = 1000): string | null =>
  typeof given === 'string' && given.length <= longest && /^\/(?![/\\])[\x21-\x5b\x5d-\x7e]*$/.test(given)
    ? given
    : null;

const han = /\p{Script=Han}/u;

/** Words that may stand in Chinese alone: marked as such on an English page. */
export const chinese = ({ language }: Pick<View, 'language'>, text: string): Html =>
  language === 'zh' || !han.test(text) ? html`${text}` : html`<span lang="zh-CN">${text}</span>`;

const months = 'January February March April May June July August September October November December'.split(
  ' ',
);

/** A date `YYYY-MM-DD` as it is written in the language of the page, in a `time` element. */
export const day = ({ language }: Pick<View, 'language'>, date: string): Html => {
  const [year = '', month = '', of = ''] = date.split('-');
  const said =
    language === 'zh'
      ? `${year}年${Number(month)}月${Number(of)}日`
      : `${Number(of)} ${months[Number(month) - 1] ?? month} ${year}`;
  return html`<time datetime="${date}">${said}</time>`;
};

/** The day in Shanghai of an instant. */
export const dayOf = (view: Pick<View, 'language'>, instant: Date | string): Html =>
  day(view, businessDateOf(new Date(instant).getTime()));

/** An instant to the minute, in Shanghai. */
export const moment = (view: Pick<View, 'language'>, instant: Date | string): Html => {
  const millis = new Date(instant).getTime();
  const clock = new Date(millis + 8 * 3_600_000).toISOString().slice(11, 16);
  return html`${dayOf(view, new Date(millis))} ${clock}`;
};

/** Fen as yuan with two places and groups of three: 1,234.50. */
export const yuan = (fen: number | bigint): string => {
  const whole = BigInt(fen);
  const size = whole < 0n ? -whole : whole;
  const cents = String(size % 100n).padStart(2, '0');
  return `${whole < 0n ? '−' : ''}${(size / 100n).toLocaleString('en-US')}.${cents}`;
};

/** A count with groups of three. */
export const count = (given: number): string => given.toLocaleString('en-US');
