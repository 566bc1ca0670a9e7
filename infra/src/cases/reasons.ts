import { type ArticleRef, type Problem, problem } from '@gongshu/shared/problems';

/** `reasonsMissing` (422) at the place of the reasons, under the clause that asks for them. */
export const reasonsMissing = (clause: { article?: ArticleRef } = {}): Problem =>
  problem('reasonsMissing', {
    ...clause,
    errors: [
      { pointer: '/body/reasons', code: 'required', message: { zh: '须列明理由', en: 'List the reasons' } },
    ],
  });
