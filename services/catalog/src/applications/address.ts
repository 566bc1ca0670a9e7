/** How a route names a data-use application, and the clause its refusals rest on. */
import type { CaseRoutes } from '@gongshu/infra/cases/case-routes';
import type { CaseDeps } from '@gongshu/infra/cases/deps';
import { citedArticle, ruleOf } from '@gongshu/shared/packs/pack';
import type { DataUseApplicationRules } from '@gongshu/shared/packs/topics/data-use-application';
import type { ArticleRef } from '@gongshu/shared/problems';
import { z } from 'zod';
import { mustHaveNorm } from '../mandates/norms.ts';
import type { ApplicationDeps } from './deps.ts';

export const CaseNo = z.string().regex(/^[0-9A-Z]{2,12}-SQ-\d{4}-\d{6,9}$/);
export const CaseParams = z.object({ caseNo: CaseNo });

/** The clause a rule of applications rests on, to stand beside a refusal; nothing where the text is silent. */
export const articleIn = (
  packs: ApplicationDeps['packs'],
  jurisdiction: string,
  key: keyof DataUseApplicationRules,
): { article?: ArticleRef } => citedArticle(ruleOf(packs.resolve(jurisdiction), 'dataUseApplication', key));

/** Where acts on applications stand, for the routes that every lifecycle shares. */
export const applicationsAt = (deps: ApplicationDeps): CaseRoutes => ({
  deps: deps as unknown as CaseDeps,
  lifecycle: 'application',
  path: '/v1/applications',
  params: CaseParams,
  article: (jurisdiction, key) => articleIn(deps.packs, jurisdiction, key),
  beforeCheck: (trx, { jurisdiction, operator_organisation }) =>
    mustHaveNorm(trx, deps.packs.resolve(jurisdiction), 'applicationCheckNorm', operator_organisation),
});
