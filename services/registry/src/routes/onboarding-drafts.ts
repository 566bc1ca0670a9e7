import { draftRoutes } from '@gongshu/infra/drafts/routes';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { Contents } from '../onboardings/contents.ts';
import type { OnboardingDeps } from '../onboardings/deps.ts';
import { submitFor } from './onboarding-submit.ts';

/** Onboardings that are still being written; what is wrong with one is told when it is submitted. */
export const onboardingDraftRoutes = (deps: OnboardingDeps): FastifyPluginAsyncZod =>
  draftRoutes({
    db: deps.db,
    lifecycle: 'onboarding',
    path: '/v1/onboarding-drafts',
    summary: '新建进驻申请草稿 · Begin an onboarding; it may be incomplete (Zhongwei art. 18)',
    body: z.strictObject({ contents: Contents.optional() }),
    id: 'OnboardingDraft',
    submission: {
      schema: z.strictObject({ contents: Contents }),
      answer: (request, reply, { contents }, given) => submitFor(deps, request, reply, contents, given),
    },
  });
