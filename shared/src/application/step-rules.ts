/** The rules of one step of a case, out of whichever topic of the pack holds it. */
import { articleOf, type ResolvedPack, type ResolvedRule } from '../packs/pack.ts';
import { clauseWords, silentText } from '../packs/resting-on.ts';
import type { StepRules } from './types.ts';

const inWords = (article: ReturnType<typeof articleOf>): string =>
  'article' in article ? clauseWords(article.article, article.instrument) : silentText;

/** How a topic says a step: its limit in working days, what silence means, and the keys both stand under. */
export type StepGiven = {
  limit: { workingDays: number };
  onSilence: StepRules['onSilence'];
  extension: StepRules['extension'];
  /** Keys of the rules the limit and the silence rest on. */
  limitKey: string;
  silenceKey: string;
};

/** No extension may be asked for. */
export const noExtension = { max: 0, limitDays: 0 } as const;

/**
 * Makes the steps of a topic. `instrumentKey` is the rule whose instrument all of them name; `correction` holds for
 * every step. Throws `RangeError` where the pack holds no such topic.
 */
export const stepsOf = (
  pack: ResolvedPack,
  topic: string,
  {
    instrumentKey,
    correction,
  }: {
    instrumentKey: string;
    correction: { default: 'resume' | 'restart'; kinds: Readonly<Record<string, 'resume' | 'restart'>> };
  },
) => {
  const rule = (key: string): ResolvedRule => {
    const found = pack.rules[topic]?.[key];
    if (!found) throw new RangeError(`The pack of ${pack.jurisdiction} holds no rule ${topic}.${key}`);
    return found;
  };
  const source = articleOf(rule(instrumentKey));
  const instrument = 'instrument' in source ? source.instrument : pack.title;
  return ({ limit, onSilence, extension, limitKey, silenceKey }: StepGiven): StepRules => ({
    budget: limit.workingDays,
    unit: 'workingDays',
    correction: { ...correction.kinds, default: correction.default },
    extension,
    onSilence,
    article: inWords(articleOf(rule(limitKey))),
    silenceArticle: inWords(articleOf(rule(silenceKey))),
    instrument,
  });
};
