/**
 * The language of a page of the desk: Chinese, or English where the reader chose it. It holds for the whole of a request,
 * so that words deep in a form need no view handed down to them.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import type { Language } from '@gongshu/shared/problems';
import type { FastifyRequest } from 'fastify';
import { english } from './english.ts';
import { own } from './own.ts';

const scope = new AsyncLocalStorage<Language>();

export const languageCookie = 'gongshu-desk-language';

/** As the reader chose; Chinese without a choice. */
export const chosenLanguage = ({ headers }: Pick<FastifyRequest, 'headers'>): Language =>
  (headers.cookie ?? '').split(/;\s*/, 100).includes(`${languageCookie}=en`) ? 'en' : 'zh';

/** Runs in a language. */
export const inLanguage = <T>(language: Language, run: () => T): T => scope.run(language, run);

export const language = (): Language => scope.getStore() ?? 'zh';

/** Words of the desk, in the language of the page; `{0}`, `{1}` are put in. They stay Chinese where nobody wrote English. */
export const t = (chinese: string, ...values: readonly (string | number)[]): string =>
  ((language() === 'en' ? own(english, chinese) : undefined) ?? chinese).replaceAll(
    /\{(\d)\}/g,
    (_all, at: string) => String(values[Number(at)] ?? ''),
  );

/** A name as the API writes it, as words: `lastDay` is “Last day”. Anything else stays as it is. */
export const humanised = (name: string): string =>
  /^[a-z][A-Za-z0-9]*$/.test(name)
    ? name
        .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
        .toLowerCase()
        .replace(/^./, (first) => first.toUpperCase())
    : name;
