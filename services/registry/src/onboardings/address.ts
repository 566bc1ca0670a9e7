/** How a route names an onboarding, and the clause its refusals rest on. */
import type { CaseRoutes } from '@gongshu/infra/cases/case-routes';
import type { CaseDeps } from '@gongshu/infra/cases/deps';
import { citedArticle } from '@gongshu/shared/packs/pack';
import type { MerchantOnboardingRules } from '@gongshu/shared/packs/topics/merchant-onboarding';
import type { ArticleRef } from '@gongshu/shared/problems';
import { z } from 'zod';
import type { OnboardingDeps } from './deps.ts';

export const CaseNo = z.string().regex(/^[0-9A-Z]{2,12}-RZ-\d{4}-\d{6,9}$/);

/** The clause a rule of onboarding rests on; nothing where the text is silent, or the pack without the topic. */
export const onboardingArticle = (
  packs: OnboardingDeps['packs'],
  jurisdiction: string,
  key: keyof MerchantOnboardingRules,
): { article?: ArticleRef } => citedArticle(packs.resolve(jurisdiction).rules['merchantOnboarding']?.[key]);

/** Where acts on onboardings stand, for the routes that every lifecycle shares. */
export const onboardingsAt = (deps: OnboardingDeps): CaseRoutes => ({
  deps: deps as unknown as CaseDeps,
  lifecycle: 'onboarding',
  path: '/v1/onboardings',
  params: z.object({ caseNo: CaseNo }),
  article: (jurisdiction, key) => onboardingArticle(deps.packs, jurisdiction, key),
});
