import { draftRoutes } from '@gongshu/infra/drafts/routes';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { ApplicationDeps } from '../applications/deps.ts';
import { DraftBody } from '../drafts/body.ts';
import { Submission, submitFor } from './application-submit.ts';

/** Applications that are still being written; what is wrong with one is told when it is submitted. */
export const applicationDraftRoutes = (deps: ApplicationDeps): FastifyPluginAsyncZod =>
  draftRoutes({
    db: deps.db,
    lifecycle: 'application',
    path: '/v1/application-drafts',
    summary: '新建申请草稿 · Begin an application; it may be incomplete (Zhongwei art. 20)',
    body: DraftBody,
    id: 'ApplicationDraft',
    submission: {
      schema: Submission,
      answer: (request, reply, submission, given) => submitFor(deps, request, reply, submission, given),
    },
  });
