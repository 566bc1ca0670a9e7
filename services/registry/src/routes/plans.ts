/** The implementation plan over REST (P1, P2; 国家规范 九至十一): opened, revised, decided on, approved, filed. */
import { actOnProcedure, procedureFor } from '@gongshu/infra/procedures/acting';
import type { ProcedureDeps } from '@gongshu/infra/procedures/deps';
import { answerOpening } from '@gongshu/infra/procedures/open';
import { ProcedureParams, procedureReadRoutes } from '@gongshu/infra/procedures/read-routes';
import type { ProcedureTables } from '@gongshu/infra/procedures/tables';
import { Reason } from '@gongshu/infra/cases/case-routes';
import { actAnswers } from '@gongshu/infra/cases/case-routes';
import { bureauOf } from '@gongshu/infra/cases/bodies';
import { submissionAnswers } from '@gongshu/infra/cases/submission';
import { DocumentHash, linkDocument, mustAllBeStored } from '@gongshu/infra/documents/cite';
import { jsonHash } from '@gongshu/infra/hash';
import { IdempotencyKey } from '@gongshu/infra/http/idempotency';
import { actingRole } from '@gongshu/shared/may';
import { citedArticle } from '@gongshu/shared/packs/pack';
import type { PlanAct, PlanFacts } from '@gongshu/shared/plan/machine';
import { planRules } from '@gongshu/shared/plan/rules';
import { problem } from '@gongshu/shared/problems';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { Transaction } from 'kysely';
import { z } from 'zod';
import type { Act } from '@gongshu/shared/may';
import { documentsOf, mustBeComplete, PlanContents } from '../plans/contents.ts';

const Account = z.string().regex(/^[\x21-\x7e]{1,120}$/);
const Deliberation = z.strictObject({
  heldOn: z.iso.date(),
  votes: z
    .array(z.strictObject({ member: Account, vote: z.enum(['for', 'against', 'abstained', 'absent']) }))
    .min(1)
    .max(100)
    .refine((votes) => new Set(votes.map(({ member }) => member)).size === votes.length, {
      params: { code: 'repeated' },
      error: '同一人员重复 · a member stands twice',
    }),
  minutes: DocumentHash.describe('Minutes of the meeting, uploaded before'),
});
const Reasons = z.array(Reason).max(50).default([]);

/** Contents are kept beside the case, and go by their hash. */
const keepContents = async (
  trx: Transaction<ProcedureTables>,
  {
    caseNo,
    jurisdiction,
    organisation,
    contents,
    at,
  }: {
    caseNo: string;
    jurisdiction: string;
    organisation: string | null;
    contents: PlanContents;
    at: Date;
  },
): Promise<string> => {
  const contentHash = jsonHash(contents);
  const cited = documentsOf(contents);
  await mustAllBeStored(trx, { cited, organisation, jurisdiction });
  await trx
    .insertInto('plan_content')
    .values({
      ...{ case_no: caseNo, content_hash: contentHash, given_at: at },
      contents: JSON.stringify(contents) as never,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  for (const { hash, role } of cited)
    await linkDocument(trx, { hash, jurisdiction, caseNo, role, by: organisation ?? '', at });
  return contentHash;
};

/** The version in force, and no other on its way. Throws `planOpen` (409). */
const factsFor = async (
  trx: Transaction<ProcedureTables>,
  jurisdiction: string,
  caseNo: string,
): Promise<Omit<PlanFacts, 'contentHash'>> => {
  const open = await trx
    .selectFrom('procedure')
    .select('case_no')
    .where('jurisdiction', '=', jurisdiction)
    .where('kind', '=', 'plan')
    .where('outcome', 'is', null)
    .where('case_no', '!=', caseNo)
    .executeTakeFirst();
  if (open) throw problem('planOpen', { params: { caseNo: open.case_no } });
  const before = await trx
    .selectFrom('plan')
    .select(['case_no', 'version'])
    .where('jurisdiction', '=', jurisdiction)
    .where('replaced_at', 'is', null)
    .executeTakeFirst();
  return { version: (before?.version ?? 0) + 1, replaces: before?.case_no ?? null };
};

export const planRoutes = (deps: ProcedureDeps): FastifyPluginAsyncZod[] => [
  procedureReadRoutes(deps, {
    kind: 'plan',
    act: 'readPlans',
    summary: {
      list: 'Implementation plans of the city, each version a case, newest first (national arts 9–11)',
      one: 'One version of the plan: its steps, decisions, filings (national arts 9–11)',
    },
  }),
  async (app) => {
    app.post(
      '/v1/plans',
      {
        config: { act: 'managePlan' },
        schema: {
          summary:
            '启动实施方案 · Opens a plan, or a material change of the one in force (national arts 9–11)',
          headers: IdempotencyKey,
          body: z.strictObject({ contents: PlanContents }),
          response: submissionAnswers,
        },
      },
      async (request, reply) => {
        const { jurisdiction, organisation } = request.actor;
        request.mustBeAllowed({ jurisdiction });
        const pack = deps.packs.resolve(jurisdiction);
        if (!pack.rules['implementationPlan'])
          throw problem('lifecycleNotInPack', { params: { jurisdiction } });
        const { contents } = request.body;
        mustBeComplete(pack, contents);
        return answerOpening(deps, request, reply, {
          ...{ kind: 'plan', pack, rules: planRules(pack) },
          authority: await bureauOf(deps.db, 'party', jurisdiction),
          role: actingRole(request.actor, 'managePlan', { jurisdiction }),
          facts: async (trx, { caseNo, receivedAt: at }): Promise<PlanFacts> => ({
            ...(await factsFor(trx, jurisdiction, caseNo)),
            contentHash: await keepContents(trx, { caseNo, jurisdiction, organisation, contents, at }),
          }),
        });
      },
    );

    const actRoute = <B extends z.ZodType>(
      path: string,
      permission: Act,
      summary: string,
      body: B,
      make: (
        given: z.output<B>,
        request: FastifyRequest,
      ) => Omit<Parameters<typeof actOnProcedure>[3], 'row' | 'permission'> & {
        act: PlanAct;
      },
    ) =>
      app.post(
        `/v1/plans/:caseNo/${path}`,
        {
          config: { act: permission },
          schema: { summary, params: ProcedureParams, headers: IdempotencyKey, body, response: actAnswers },
        },
        async (request, reply): Promise<never> => {
          const { caseNo } = request.params as { caseNo: string };
          const row = await procedureFor(deps, request, 'plan', caseNo);
          const article = citedArticle(
            deps.packs.resolve(row.jurisdiction).rules['implementationPlan']?.['route'],
          );
          const given = make(request.body as z.output<B>, request);
          return actOnProcedure(deps, request, reply as FastifyReply, {
            ...article,
            ...given,
            row,
            permission,
          }) as never;
        },
      );

    actRoute(
      'deliberation',
      'managePlan',
      '集体决策 · The bureau records its collective decision: votes and minutes (national art. 11)',
      Deliberation,
      ({ heldOn, votes, minutes }) => ({
        act: { kind: 'deliberatePlan', heldOn, votes, minutes },
        documents: [{ hash: minutes, role: 'minutes', pointer: '/body/minutes' }],
      }),
    );
    actRoute(
      'approval',
      'approveByGovernment',
      '政府审定 · The government approves the plan, or refuses it with reasons (national art. 11)',
      z.strictObject({ outcome: z.enum(['approve', 'refuse']), document: DocumentHash, reasons: Reasons }),
      ({ outcome, document, reasons }) => {
        if (outcome === 'refuse' && reasons.length === 0) throw problem('reasonsMissing');
        return {
          act: { kind: 'approvePlan', outcome, document, reasonCodes: reasons.map(({ code }) => code) },
          documents: [{ hash: document, role: 'approval', pointer: '/body/document' }],
          text: { reasons },
        };
      },
    );
    actRoute(
      'withdrawal',
      'managePlan',
      '撤回实施方案 · The bureau withdraws the plan before it is approved',
      z.strictObject({}),
      () => ({ act: { kind: 'withdrawPlan' } }),
    );
  },
];
