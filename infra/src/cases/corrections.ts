/** A file is returned for correction with everything missing at once, and comes back. */
import type { Step } from '@gongshu/shared/application/types';
import type { Act } from '@gongshu/shared/may';
import { OrganisationId } from '@gongshu/shared/organisation-id';
import { problem } from '@gongshu/shared/problems';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { Transaction } from 'kysely';
import { z } from 'zod';
import { IdempotencyKey } from '../http/idempotency.ts';
import type { Taken } from '../intake/take.ts';
import { actOnCase, type ApplicationRow, caseFor, turnFor, type TurnRow } from './acting.ts';
import { actAnswers, type CaseRoutes } from './case-routes.ts';
import { jsonHash } from '../hash.ts';
import { type CaseContents, changedParts } from './contents.ts';
import type { CaseDeps } from './deps.ts';
import type { ApplicationTables, CorrectionItem } from './tables.ts';

export type CorrectionRoutes = CaseRoutes & {
  /** The parts that may be asked for, by code. */
  parts: readonly [string, ...string[]];
  /** What a resubmission may change. */
  contents: z.ZodType<CaseContents>;
  /** What is asked and written with the corrected contents, all or none; what it throws refuses them. */
  alsoOnResubmission?: (
    trx: Transaction<ApplicationTables>,
    application: ApplicationRow,
    change: CaseContents,
    taken: Taken,
  ) => Promise<void>;
  /** Steps at which the file may be returned. */
  returns: readonly {
    step: Step;
    /** Between the case's number and `/corrections`. */
    path: string;
    permission: Act;
    summary: string;
  }[];
};

/**
 * A second notice of the same turn may ask again for what the first asked for, and for what the applicant has changed
 * since; not for what could be seen the first time. Throws `correctionItemVisibleBefore` (422), and `alreadyReturned`
 * (409) where a notice of that kind asks for all of it and waits for its answer: told once (Licensing Law art. 32).
 */
const mustBeNew = async (
  deps: CaseDeps,
  turn: TurnRow,
  { kind, items }: { kind?: string | undefined; items: readonly CorrectionItem[] },
): Promise<void> => {
  const notices = await deps.db
    .selectFrom('correction')
    .select(['items', 'kind', 'returned_at', 'answered_at'])
    .where('turn_id', '=', turn.turn_id)
    .orderBy('returned_at')
    .execute();
  const [first] = notices;
  if (!first) return;
  const isOut = notices.some(
    (notice) =>
      notice.answered_at === null &&
      notice.kind === (kind ?? null) &&
      items.every(({ item }) => notice.items.some((asked) => asked.item === item)),
  );
  if (isOut)
    throw problem('alreadyReturned', {
      article: { instrument: '中华人民共和国行政许可法', article: '三十二' },
    });
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

/** Throws `correctionKindUnknown` (422) for a kind that the case's rules do not name. */
const mustKnowKind = (application: ApplicationRow, step: Step, kind: string | undefined): void => {
  const { correction } = application.rules[step];
  if (kind !== undefined && typeof correction !== 'string' && !Object.hasOwn(correction, kind))
    throw problem('correctionKindUnknown', {
      errors: [{ pointer: '/body/kind', code: 'unknown', message: Object.keys(correction).join(', ') }],
    });
};

/** Returns for correction, and the resubmission that answers them. */
export const correctionRoutes =
  (routes: CorrectionRoutes): FastifyPluginAsyncZod =>
  async (app) => {
    const { deps, path, params, parts, contents: Contents } = routes;
    const Return = z.strictObject({
      kind: z
        .string()
        .regex(/^[a-z][A-Za-z0-9]{0,60}$/)
        .optional()
        .describe('Kind of correction, as the pack names it'),
      items: z
        .array(z.strictObject({ item: z.enum(parts), text: z.string().trim().min(1).max(2_000) }))
        .min(1)
        .max(50)
        .describe('Everything missing, at once (Administrative Licensing Law art. 32)'),
    });
    for (const { step, path: at, permission, summary } of routes.returns)
      app.post(
        `${path}/:caseNo/${at}/corrections`,
        {
          config: { act: permission },
          schema: {
            summary,
            params: step === 'review' ? params.extend({ organisation: OrganisationId }) : params,
            headers: IdempotencyKey,
            body: Return,
            response: actAnswers,
          },
        },
        async (request, reply) => {
          const { caseNo, organisation } = request.params as { caseNo: string; organisation?: string };
          const reviewer = organisation ?? null;
          const { application, object } = await caseFor(deps, request, caseNo, permission, reviewer);
          const turn = await turnFor(deps, application, step, reviewer ?? application.operator_organisation);
          const { kind, items } = request.body;
          mustKnowKind(application, step, kind);
          await mustBeNew(deps, turn, { kind, items });
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

    app.post(
      `${path}/:caseNo/corrections/:correctionId/resubmission`,
      {
        config: { act: 'resubmitApplication' },
        schema: {
          summary: '补正后重新提交 · The applicant answers a correction with the corrected contents',
          params: params.extend({ correctionId: z.string().regex(/^SJ-[0-9a-f-]{36}$/) }),
          headers: IdempotencyKey,
          body: z.strictObject({ contents: Contents }),
          response: actAnswers,
        },
      },
      async (request, reply) => {
        const { caseNo, correctionId } = request.params as { caseNo: string; correctionId: string };
        const { application, object } = await caseFor(deps, request, caseNo, 'resubmitApplication');
        const turn = await deps.db
          .selectFrom('correction')
          .innerJoin('turn', 'turn.turn_id', 'correction.turn_id')
          .selectAll('turn')
          .where('correction.id', '=', correctionId)
          .where('correction.case_no', '=', caseNo)
          .executeTakeFirst();
        if (!turn) throw problem('notFound');
        const newest = await deps.db
          .selectFrom('application_content')
          .select('contents')
          .where('case_no', '=', caseNo)
          .where('version', '=', application.content_version)
          .executeTakeFirstOrThrow();
        const change = (request.body as { contents: CaseContents }).contents;
        const contents = { ...newest.contents, ...change };
        return actOnCase(deps, request, reply, {
          ...{ application, object, turn },
          act: 'resubmit',
          permission: 'resubmitApplication',
          message: () => ({ kind: 'resubmit', id: correctionId }),
          payload: {
            contentHash: jsonHash(contents),
            changed: changedParts(newest.contents, contents),
          },
          text: { contents },
          also: async (trx, taken) => {
            await routes.alsoOnResubmission?.(trx, application, change, taken);
          },
        });
      },
    );
  };
