import type { Language } from '@gongshu/shared/problems';

/** The language of a page by its path: English below /en, Chinese elsewhere. */
export const languageOfPath = (url: string): Language => (/^\/en(?:[/?]|$)/.test(url) ? 'en' : 'zh');

/** The language an `Accept-Language` asks for: the best weighted of zh and en; Chinese when neither is named. */
export const languageOf = (header: string | undefined): Language => {
  let best: { language: Language; weight: number } = { language: 'zh', weight: 0 };
  for (const part of (header ?? '').slice(0, 200).split(',')) {
    const [tag = '', ...parameters] = part.trim().toLowerCase().split(';');
    const q = parameters.find((parameter) => parameter.trim().startsWith('q='));
    const weight = q === undefined ? 1 : Number(q.trim().slice(2));
    const language = tag.startsWith('en') ? 'en' : tag.startsWith('zh') ? 'zh' : undefined;
    if (language && weight > best.weight) best = { language, weight };
  }
  return best.language;
};
