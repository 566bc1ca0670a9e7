/** The rules of a case, resolved from its pack once and carried for its whole life. */
import type { ResolvedPack } from '../packs/pack.ts';
import { articleOf, ruleOf, valuesOf } from '../packs/pack.ts';
import type { ApplicationRules, StepRules } from './types.ts';

const inWords = (article: ReturnType<typeof articleOf>): string =>
  'article' in article ? `第${article.article}条` : '文本未规定，按解释';

/**
 * What an application in this jurisdiction is decided under. Acceptance: silence means accepted on the day of
 * receipt, where the pack reads so; the check's silence is overdue only; the review's is the pack's (A5).
 */
export const applicationRules = (pack: ResolvedPack): ApplicationRules => {
  const values = valuesOf(pack, 'dataUseApplication');
  const limit = articleOf(ruleOf(pack, 'dataUseApplication', 'reviewLimit'));
  const instrument = 'instrument' in limit ? limit.instrument : pack.title;
  const article = (key: keyof typeof values) => inWords(articleOf(ruleOf(pack, 'dataUseApplication', key)));
  const { default: byDefault, kinds, lapseWorkingDays } = values.correction;
  const step = (
    limit: { workingDays: number },
    onSilence: StepRules['onSilence'],
    extension: StepRules['extension'],
    articles: { article: string; silenceArticle: string },
  ): StepRules => ({
    budget: limit.workingDays,
    unit: 'workingDays',
    correction: { ...kinds, default: byDefault },
    extension,
    onSilence,
    ...articles,
    instrument,
  });
  const none = { max: 0, limitDays: 0 };
  const { max, limitDays } = values.extension;
  return {
    packVersion: pack.version,
    acceptance: step(
      values.acceptanceLimit,
      values.acceptanceOnSilence === 'accepted' ? 'consent' : 'overdue',
      none,
      {
        article: article('acceptanceLimit'),
        silenceArticle: article('acceptanceOnSilence'),
      },
    ),
    check: step(values.checkLimit, values.checkOnSilence, none, {
      article: article('checkLimit'),
      silenceArticle: article('checkOnSilence'),
    }),
    review: step(
      values.reviewLimit,
      values.onSilence,
      values.extensionHoldsOffSilence ? { max, limitDays } : none,
      {
        article: article('reviewLimit'),
        silenceArticle: article('onSilence'),
      },
    ),
    checkFields: [...values.checkFields],
    correctionLapse: { workingDays: lapseWorkingDays },
    reminders: [...values.reminders.workingDaysBefore],
    partialApproval: values.partialApproval,
  };
};
