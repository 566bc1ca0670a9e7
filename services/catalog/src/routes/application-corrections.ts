import { correctionRoutes } from '@gongshu/infra/cases/corrections';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { applicationsAt } from '../applications/address.ts';
import { Contents, contentParts } from '../applications/contents.ts';
import type { ApplicationDeps } from '../applications/deps.ts';
import { fileDocuments } from '../applications/filed.ts';

/** A file is returned for correction, and comes back. */
export const applicationCorrectionRoutes = (deps: ApplicationDeps): FastifyPluginAsyncZod =>
  correctionRoutes({
    ...applicationsAt(deps),
    parts: contentParts,
    contents: Contents,
    alsoOnResubmission: (trx, application, change, { receivedAt: at }) =>
      fileDocuments(trx, change as Contents, {
        ...{ caseNo: application.case_no, jurisdiction: application.jurisdiction, at },
        organisation: application.applicant_organisation,
      }),
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
