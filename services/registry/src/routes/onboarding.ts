import { batchRoutes, deciders } from '@gongshu/infra/cases/batch';
import { caseView } from '@gongshu/infra/cases/case';
import { correctionRoutes } from '@gongshu/infra/cases/corrections';
import { decisionRoutes } from '@gongshu/infra/cases/decisions';
import { endingRoutes } from '@gongshu/infra/cases/endings';
import { applicationIntakeRoutes, type IntakeRouteDeps } from '@gongshu/infra/cases/intake-routes';
import { casePaperRoutes } from '@gongshu/infra/cases/paper-routes';
import { caseReadRoutes, readableCase } from '@gongshu/infra/cases/read-routes';
import { applicationTaskRoutes } from '@gongshu/infra/cases/task-routes';
import { CaseView } from '@gongshu/infra/cases/view';
import type { DocumentStore } from '@gongshu/infra/documents/store';
import { tag } from '@gongshu/infra/http/etag';
import { problems } from '@gongshu/infra/http/problems';
import { RecordInForce } from '@gongshu/infra/incidents/record-in-force';
import { procedureTasks } from '@gongshu/infra/procedures/tasks';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { recordsInForce } from '../credit-records/in-force.ts';
import { CaseNo, onboardingsAt } from '../onboardings/address.ts';
import { type Contents as ContentsType, Contents, contentParts } from '../onboardings/contents.ts';
import type { OnboardingDeps } from '../onboardings/deps.ts';
import { fileDocuments, mustBeTheParty } from '../onboardings/material.ts';
import { normTasks } from '../queries/norm.ts';
import { findParty, namesOfParty } from '../queries/party.ts';
import { businessDateOf } from '@gongshu/shared/business-date';
import { problem } from '@gongshu/shared/problems';
import { onboardingDraftRoutes } from './onboarding-drafts.ts';
import { onboardingSubmitRoutes } from './onboarding-submit.ts';

const OnboardingView = CaseView.extend({
  creditRecords: z
    .array(RecordInForce)
    .describe('Measures in force against the merchant on the day of the question (X1): facts, no finding'),
}).meta({ id: 'Onboarding' });

/** One onboarding as it stands; lists, clocks and history are every lifecycle's. */
const onboardingReadRoutes =
  ({ db, documents }: OnboardingDeps & { documents: DocumentStore }): FastifyPluginAsyncZod =>
  async (app) => {
    const reader = db as never;
    await app.register(
      caseReadRoutes({
        db: reader,
        path: '/v1/onboardings',
        outcomes: ['enrolled', 'notEnrolled', 'withdrawn', 'lapsed'],
        summary: 'Onboardings within one’s reach, newest first (Zhongwei art. 18)',
      }),
    );
    app.get(
      '/v1/onboardings/:caseNo',
      {
        config: { act: 'readApplication' },
        schema: {
          summary: 'One onboarding: material, acceptance and check, corrections (Zhongwei arts. 17, 18)',
          params: z.object({ caseNo: CaseNo }),
          response: { 200: OnboardingView, ...problems(400, 401, 403, 404) },
        },
      },
      async (request, reply) => {
        const { row, words } = await readableCase(reader, request, request.params.caseNo);
        const now = await request.lawNow();
        const view = await caseView(reader, row, { now, words, documents });
        const { jurisdiction, applicant_organisation: applicant } = row;
        const on = businessDateOf(now.getTime());
        const onRecord = await recordsInForce(db as never, { jurisdiction, bodies: [applicant], on });
        return tag(reply, row.version).send({ ...view, creditRecords: onRecord.get(applicant) ?? [] });
      },
    );
  };

const onboardingCorrectionRoutes = (deps: OnboardingDeps): FastifyPluginAsyncZod =>
  correctionRoutes({
    ...onboardingsAt(deps),
    parts: contentParts,
    contents: Contents,
    alsoOnResubmission: async (trx, application, change, { receivedAt: at }) => {
      const { case_no: caseNo, jurisdiction, applicant_organisation: organisation } = application;
      const party = await findParty(trx as never, jurisdiction, organisation);
      if (!party) throw problem('merchantNotRegistered');
      mustBeTheParty(party, change as ContentsType);
      await fileDocuments(trx, change as ContentsType, { caseNo, jurisdiction, organisation, at });
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
    ],
  });

/** Every act on an onboarding, all that is read about it, and the care of acts that wait. */
export const onboardingRoutes = (
  deps: OnboardingDeps & { documents: DocumentStore } & Pick<IntakeRouteDeps, 'lookAgain'>,
): FastifyPluginAsyncZod[] => [
  onboardingDraftRoutes(deps),
  onboardingSubmitRoutes(deps),
  decisionRoutes(onboardingsAt(deps), {
    acceptance: '受理或不予受理 · The operator accepts the onboarding, or says why not',
    check: '进驻核查 · The operator’s check, a finding in each field (Zhongwei arts. 17, 18)',
  }),
  batchRoutes(onboardingsAt(deps), 'acceptApplication', deciders),
  onboardingCorrectionRoutes(deps),
  endingRoutes(onboardingsAt(deps)),
  onboardingReadRoutes(deps),
  casePaperRoutes({
    db: deps.db as never,
    path: '/v1/onboardings',
    namesOf: (jurisdiction, body) => namesOfParty(deps.db as never, jurisdiction, body),
  }),
  applicationTaskRoutes({
    db: deps.db as never,
    more: (...asked) => [...normTasks(...asked), ...procedureTasks(...asked)],
  }),
  applicationIntakeRoutes(deps as never),
];
