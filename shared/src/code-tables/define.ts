import type { Texts } from '../problems/row.ts';

/** A closed list of codes with their words; the name is camelCase, as in the address. */
export type CodeTable = {
  readonly title: Texts;
  readonly codes: Readonly<Record<string, Texts>>;
};

type Words<C extends string> = Readonly<Record<C, readonly [zh: string, en: string]>>;

/** A table whose every code has words; where the code keeps the list as a type, a forgotten one does not compile. */
export const codeTable = <C extends string>(zh: string, en: string, words: Words<C>): CodeTable => ({
  title: { zh, en },
  codes: Object.fromEntries(
    Object.entries<readonly [string, string]>(words).map(([code, [inChinese, inEnglish]]) => [
      code,
      { zh: inChinese, en: inEnglish },
    ]),
  ),
});

/** A table whose words stand elsewhere in the code. */
export const tableOf = (zh: string, en: string, codes: Readonly<Record<string, Texts>>): CodeTable => ({
  title: { zh, en },
  codes,
});
