/** What the law refuses, said inside an answer: a question well put whose content does not stand. */
import { z } from 'zod';
import { articleOf, type ResolvedPack } from './packs/pack.ts';

/** What a refusal or a date rests on: a clause, or our reading where the text is silent. */
export const ArticleOrReading = z.union([
  z.strictObject({ instrument: z.string(), article: z.string() }),
  z.strictObject({ reading: z.string() }),
]);
export type ArticleOrReading = z.infer<typeof ArticleOrReading>;

/** `pointer`: RFC 6901, from the root of the question. */
export const Refusal = z
  .strictObject({
    code: z.string(),
    pointer: z.string(),
    message: z.string().describe('Chinese · English'),
    article: ArticleOrReading.optional(),
  })
  .meta({ id: 'LawRefusal' });
export type Refusal = z.infer<typeof Refusal>;

/** The article of a rule, where the pack holds it. */
export const articleIn = (
  pack: ResolvedPack | undefined,
  topic: string,
  key: string,
): ArticleOrReading | undefined => {
  const rule = pack?.rules[topic]?.[key];
  return rule && articleOf(rule);
};

/** `{ article }`, or nothing to spread where there is none. */
export const withArticle = (article: ArticleOrReading | undefined): { article?: ArticleOrReading } =>
  article === undefined ? {} : { article };
