import { correctionRoutes } from '@gongshu/infra/cases/corrections';
import type { ApplicationRow } from '@gongshu/infra/cases/acting';
import type { ApplicationTables } from '@gongshu/infra/cases/tables';
import { competenceArticle, covers, mandatesOf } from '@gongshu/infra/mandates/competence';
import { problem } from '@gongshu/shared/problems';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { Transaction } from 'kysely';
import { applicationsAt } from '../applications/address.ts';
import { Contents, contentParts } from '../applications/contents.ts';
import type { ApplicationDeps } from '../applications/deps.ts';
import { fileDocuments } from '../applications/filed.ts';
import { mustBeAppraised } from '../scenarios/must-be-appraised.ts';

/**
 * A correction may change field or scenario within the mandate that covers the case, and not leave it. Throws
 * `competenceChanged` (422).
 */
const mustKeepCompetence = async (
  { packs }: ApplicationDeps,
  trx: Transaction<ApplicationTables>,
  { case_no, jurisdiction, mandate, field_code, scenario_code }: ApplicationRow,
  { fieldCode, scenarioCode }: Contents,
): Promise<void> => {
  if (mandate === null || (fieldCode === undefined && scenarioCode === undefined)) return;
  const field = fieldCode ?? field_code ?? undefined;
  const scenario = scenarioCode ?? scenario_code ?? undefined;
  const own = (await mandatesOf(trx, jurisdiction)).find(({ agreement_no }) => agreement_no === mandate);
  if (own && !covers(own, { field, scenario }))
    throw problem('competenceChanged', {
      ...competenceArticle(packs.resolve(jurisdiction)),
      errors: [
        {
          pointer: `/body/contents/${fieldCode === undefined ? 'scenarioCode' : 'fieldCode'}`,
          code: 'competenceChanged',
          message: { zh: '超出原授权范围', en: 'Outside the mandate that covers the case' },
        },
      ],
    });
  await trx
    .updateTable('application')
    .set({ field_code: field ?? null, scenario_code: scenario ?? null })
    .where('case_no', '=', case_no)
    .execute();
};

/** A file is returned for correction, and comes back. */
export const applicationCorrectionRoutes = (deps: ApplicationDeps): FastifyPluginAsyncZod =>
  correctionRoutes({
    ...applicationsAt(deps),
    parts: contentParts,
    contents: Contents,
    alsoOnResubmission: async (trx, application, change, { receivedAt: at }) => {
      await mustKeepCompetence(deps, trx, application, change as Contents);
      const { scenarioCode } = change as Contents;
      const { jurisdiction, applicant_organisation: applicant } = application;
      if (scenarioCode !== undefined)
        await mustBeAppraised(trx, deps.packs.resolve(jurisdiction), { scenarioCode, applicant });
      await fileDocuments(trx, change as Contents, {
        ...{ caseNo: application.case_no, jurisdiction: application.jurisdiction, at },
        organisation: application.applicant_organisation,
      });
    },
    returns: [
      {
        step: 'acceptance',
        path: 'acceptance',
        permission: 'returnApplication',
        summary: '受理补正 · Returned for correction before acceptance',
      },
      {
        step: 'check',
        path: 'check',
        permission: 'returnApplication',
        summary: '核查补正 · Returned for correction during the check',
      },
      {
        step: 'review',
        path: 'reviews/:organisation',
        permission: 'returnReview',
        summary: '审核补正 · A reviewing body returns the file',
      },
    ],
  });
