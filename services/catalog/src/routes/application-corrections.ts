import type { CorrectionItem } from '@gongshu/infra/cases/tables';
import { IdempotencyKey } from '@gongshu/infra/http/idempotency';
import { problems } from '@gongshu/infra/http/problems';
import type { Step } from '@gongshu/shared/application/types';
import type { Act } from '@gongshu/shared/may';
import { problem } from '@gongshu/shared/problems';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { actOnCase, caseFor, Receipt, turnFor, type TurnRow } from '@gongshu/infra/cases/acting';
import { CaseParams } from '../applications/address.ts';
import { OrganisationId } from '@gongshu/shared/organisation-id';
import { changedParts, contentHash } from '@gongshu/infra/cases/contents';
import { Contents, contentParts } from '../applications/contents.ts';
import type { ApplicationDeps } from '../applications/deps.ts';
import { fileDocuments } from '../applications/filed.ts';

const Return = z.strictObject({
  kind: z
    .string()
    .regex(/^[a-z][A-Za-z0-9]{0,60}$/)
    .optional()
    .describe('Kind of correction, as the pack names it'),
  items: z
    .array(z.strictObject({ item: z.enum(contentParts), text: z.string().trim().min(1).max(2_000) }))
    .min(1)
    .max(50)
    .describe('Everything missing, at once (Administrative Licensing Law art. 32)'),
});
const Resubmission = z.strictObject({ contents: Contents });
const answers = { 200: Receipt, 202: Receipt, ...problems(400, 401, 403, 404, 409, 422, 503) };

/**
 * A second notice of the same turn may ask again for what the first asked for, and for what the applicant has changed
 * since; not for what could be seen the first time.
 */
const mustBeNew = async (
  deps: ApplicationDeps,
  turn: TurnRow,
  items: readonly CorrectionItem[],
): Promise<void> => {
  const notices = await deps.db
    .selectFrom('correction')
    .select(['items', 'returned_at'])
    .where('turn_id', '=', turn.turn_id)
    .orderBy('returned_at')
    .execute();
  const [first] = notices;
  if (!first) return;
  const changes = await deps.db
    .selectFrom('application_content')
    .select('changed')
    .where('case_no', '=', turn.case_no)
    .where('submitted_at', '>=', first.returned_at)
    .where('version', '>', 1)
    .execute();
  const allowed = new Set([
    ...notices.flatMap((notice) => notice.items.map(({ item }) => item)),
    ...changes.flatMap(({ changed }) => changed),
  ]);
  const visible = items.flatMap(({ item }, index) => (allowed.has(item) ? [] : [{ item, index }]));
  if (visible.length === 0) return;
  throw problem('correctionItemVisibleBefore', {
    article: { instrument: '中华人民共和国行政许可法', article: '三十二' },
    errors: visible.map(({ index }) => ({
      pointer: `/body/items/${index}`,
      code: 'visibleBefore',
      message: { zh: '首次告知时即可看到', en: 'It could be seen when the first notice was given' },
    })),
  });
};

/** A file is returned for correction, and comes back. */
export const applicationCorrectionRoutes =
  (deps: ApplicationDeps): FastifyPluginAsyncZod =>
  async (app) => {
    const returns = (path: string, step: Step, permission: Act, summary: string) => {
      app.post(
        `/v1/applications/:caseNo/${path}/corrections`,
        {
          config: { act: permission },
          schema: {
            summary,
            params: step === 'review' ? CaseParams.extend({ organisation: OrganisationId }) : CaseParams,
            headers: IdempotencyKey,
            body: Return,
            response: answers,
          },
        },
        async (request, reply) => {
          const { caseNo } = request.params;
          const reviewer = 'organisation' in request.params ? String(request.params.organisation) : null;
          const { application, object } = await caseFor(deps, request, caseNo, permission, reviewer);
          const turn = await turnFor(deps, application, step, reviewer ?? application.operator_organisation);
          const { kind, items } = request.body;
          const { correction } = application.rules[step];
          if (kind !== undefined && typeof correction !== 'string' && !Object.hasOwn(correction, kind))
            throw problem('correctionKindUnknown', {
              errors: [
                {
                  pointer: '/body/kind',
                  code: 'unknown',
                  message: Object.keys(correction).join(', '),
                },
              ],
            });
          await mustBeNew(deps, turn, items);
          return actOnCase(deps, request, reply, {
            ...{ application, object, turn, permission },
            act: 'returnForCorrection',
            message: (receipt) => ({
              kind: 'return',
              id: receipt,
              ...(kind !== undefined && { correctionKind: kind }),
            }),
            text: { items },
          });
        },
      );
    };
    returns(
      'acceptance',
      'acceptance',
      'returnApplication',
      '受理补正 · Returned for correction before acceptance',
    );
    returns('check', 'check', 'returnApplication', '核查补正 · Returned for correction during the check');
    returns(
      'reviews/:organisation',
      'review',
      'returnReview',
      '审核补正 · A reviewing body returns the file',
    );

    app.post(
      '/v1/applications/:caseNo/corrections/:correctionId/resubmission',
      {
        config: { act: 'resubmitApplication' },
        schema: {
          summary: '补正后重新提交 · The applicant answers a correction with the corrected contents',
          params: CaseParams.extend({ correctionId: z.string().regex(/^SJ-[0-9a-f-]{36}$/) }),
          headers: IdempotencyKey,
          body: Resubmission,
          response: answers,
        },
      },
      async (request, reply) => {
        const { caseNo, correctionId } = request.params;
        const { application, object } = await caseFor(deps, request, caseNo, 'resubmitApplication');
        const correction = await deps.db
          .selectFrom('correction')
          .innerJoin('turn', 'turn.turn_id', 'correction.turn_id')
          .selectAll('turn')
          .where('correction.id', '=', correctionId)
          .where('correction.case_no', '=', caseNo)
          .executeTakeFirst();
        if (!correction) throw problem('notFound');
        const newest = await deps.db
          .selectFrom('application_content')
          .select('contents')
          .where('case_no', '=', caseNo)
          .where('version', '=', application.content_version)
          .executeTakeFirstOrThrow();
        const contents = { ...(newest.contents as Contents), ...request.body.contents };
        return actOnCase(deps, request, reply, {
          ...{ application, object },
          turn: correction,
          act: 'resubmit',
          permission: 'resubmitApplication',
          message: () => ({ kind: 'resubmit', id: correctionId }),
          payload: {
            contentHash: contentHash(contents),
            changed: changedParts(newest.contents as Contents, contents),
          },
          text: { contents },
          also: (trx, { receivedAt: at }) =>
            fileDocuments(trx, request.body.contents, {
              ...{ caseNo, jurisdiction: application.jurisdiction, at },
              organisation: application.applicant_organisation,
            }),
        });
      },
    );
  };
