/** Reading plans: what a version says, how it differs from the one before, and the one in force (P1, P2). */
import { procedureFor } from '@gongshu/infra/procedures/acting';
import type { ProcedureDeps } from '@gongshu/infra/procedures/deps';
import { ProcedureParams } from '@gongshu/infra/procedures/read-routes';
import { problems } from '@gongshu/infra/http/problems';
import { publications } from '@gongshu/infra/publications/publish';
import { DocumentHash } from '@gongshu/infra/documents/cite';
import { toInstantText } from '@gongshu/shared/business-date';
import { differencesOf } from '@gongshu/shared/plan/differences';
import type { PlanFacts } from '@gongshu/shared/plan/machine';
import { problem } from '@gongshu/shared/problems';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { PlanContents } from './contents.ts';
import { contentsOf, planInForce, standingHash } from './versions.ts';

const Instant = z.iso.datetime({ offset: true });
const Version = z.object({
  caseNo: z.string(),
  version: z.int(),
  replaces: z.string().nullable().describe('The case of the version it changes'),
  contentHash: z.string().describe('SHA-256 over the contents as canonical JSON'),
});
const PlanVersion = Version.extend({
  contents: PlanContents,
  revisions: z
    .array(z.object({ contentHash: z.string(), givenAt: Instant }))
    .describe('All contents of this case, oldest first'),
}).meta({ id: 'PlanVersion' });
const PlanDifferences = Version.extend({
  differences: z.array(
    z.object({
      place: z.string().describe('title, mode, termMonths, items/…, feasibility/…'),
      change: z.enum(['added', 'removed', 'changed', 'same']),
      before: z.unknown(),
      after: z.unknown(),
    }),
  ),
}).meta({ id: 'PlanDifferences' });
const CurrentPlan = Version.extend({
  inForceAt: Instant,
  contents: PlanContents,
  publication: z.string().nullable().describe('Where it is published'),
  versions: z
    .array(
      Version.omit({ replaces: true }).extend({
        inForceAt: Instant,
        replacedAt: Instant.nullable(),
        replacedBy: z.string().nullable(),
      }),
    )
    .describe('Every version that came into force, newest first'),
}).meta({ id: 'CurrentPlan' });

const at = (instant: Date): string => toInstantText(instant.getTime());

export const planReadRoutes =
  (deps: ProcedureDeps): FastifyPluginAsyncZod =>
  async (app) => {
    const { db } = deps;
    const contents = async (caseNo: string, hash: string): Promise<PlanContents> => {
      const found = await contentsOf(db, caseNo, hash);
      if (!found) throw problem('notFound');
      return found;
    };

    app.get(
      '/v1/plans/current',
      {
        config: { act: 'readPlans' },
        schema: {
          summary: '现行实施方案 · The plan in force, and every version before it (national art. 11)',
          response: { 200: CurrentPlan, ...problems(400, 401, 403, 404) },
        },
      },
      async (request) => {
        const { jurisdiction } = request.actor;
        request.mustBeAllowed({ jurisdiction });
        const plan = await planInForce(db, jurisdiction);
        if (!plan) throw problem('planNotInForce');
        const versions = await db
          .selectFrom('plan')
          .selectAll()
          .where('jurisdiction', '=', jurisdiction)
          .orderBy('version', 'desc')
          .execute();
        const published = await publications(db)
          .selectFrom('publication')
          .select('number')
          .where('subject', '=', plan.case_no)
          .where('kind', '=', 'implementationPlan')
          .executeTakeFirst();
        return {
          ...{ caseNo: plan.case_no, version: plan.version, contentHash: plan.content_hash },
          replaces: versions.find(({ replaced_by }) => replaced_by === plan.case_no)?.case_no ?? null,
          inForceAt: at(plan.in_force_at),
          contents: await contents(plan.case_no, plan.content_hash),
          publication: published?.number ?? null,
          versions: versions.map((one) => ({
            ...{ caseNo: one.case_no, version: one.version, contentHash: one.content_hash },
            inForceAt: at(one.in_force_at),
            replacedAt: one.replaced_at && at(one.replaced_at),
            replacedBy: one.replaced_by,
          })),
        };
      },
    );

    app.get(
      '/v1/plans/:caseNo/contents',
      {
        config: { act: 'readPlans' },
        schema: {
          summary: 'What a version says, item by item; an earlier revision by its hash (national arts 9, 10)',
          params: ProcedureParams,
          querystring: z.strictObject({ contentHash: DocumentHash.optional() }),
          response: { 200: PlanVersion, ...problems(400, 401, 403, 404) },
        },
      },
      async (request) => {
        const row = await procedureFor(deps, request, 'plan', request.params.caseNo);
        request.mustBeAllowed({ jurisdiction: row.jurisdiction });
        const { version, replaces } = row.start.facts as PlanFacts;
        const contentHash = request.query.contentHash ?? standingHash(row);
        const revisions = await db
          .selectFrom('plan_content')
          .select(['content_hash', 'given_at'])
          .where('case_no', '=', row.case_no)
          .orderBy('seq')
          .execute();
        return {
          ...{ caseNo: row.case_no, version, replaces, contentHash },
          contents: await contents(row.case_no, contentHash),
          revisions: revisions.map(({ content_hash, given_at }) => ({
            contentHash: content_hash,
            givenAt: at(given_at),
          })),
        };
      },
    );

    app.get(
      '/v1/plans/:caseNo/differences',
      {
        config: { act: 'readPlans' },
        schema: {
          summary: 'A version against the one it changes, item by item (national art. 11)',
          params: ProcedureParams,
          response: { 200: PlanDifferences, ...problems(400, 401, 403, 404) },
        },
      },
      async (request) => {
        const row = await procedureFor(deps, request, 'plan', request.params.caseNo);
        request.mustBeAllowed({ jurisdiction: row.jurisdiction });
        const { version, replaces } = row.start.facts as PlanFacts;
        const contentHash = standingHash(row);
        const before =
          replaces === null
            ? undefined
            : await db
                .selectFrom('plan')
                .select('content_hash')
                .where('case_no', '=', replaces)
                .executeTakeFirst();
        return {
          ...{ caseNo: row.case_no, version, replaces, contentHash },
          differences: differencesOf(
            replaces === null || !before ? null : await contents(replaces, before.content_hash),
            await contents(row.case_no, contentHash),
          ),
        };
      },
    );
  };
