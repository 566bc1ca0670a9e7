/** The implementation plan over REST (P1, P2; 国家规范 九至十一): opened, revised, decided on, approved, filed. */
import { reasonsMissing } from '@gongshu/infra/cases/reasons';
import { procedureActRoute } from '@gongshu/infra/procedures/act-route';
import { Deliberation } from '@gongshu/infra/procedures/deliberation-body';
import { actOnProcedure, type ProcedureRow } from '@gongshu/infra/procedures/acting';
import type { ProcedureDeps } from '@gongshu/infra/procedures/deps';
import { answerOpening } from '@gongshu/infra/procedures/open';
import { procedureReadRoutes } from '@gongshu/infra/procedures/read-routes';
import { Reason } from '@gongshu/infra/cases/case-routes';
import { bureauOf } from '@gongshu/infra/cases/bodies';
import { submissionAnswers } from '@gongshu/infra/cases/submission';
import { DocumentHash } from '@gongshu/infra/documents/cite';
import { mustHaveBeenSent } from '@gongshu/infra/filings/file-out';
import { jsonHash } from '@gongshu/infra/hash';
import { IdempotencyKey } from '@gongshu/infra/http/idempotency';
import { line } from '@gongshu/shared/line';
import { type Act, actingRole } from '@gongshu/shared/may';
import { citedArticle } from '@gongshu/shared/packs/pack';
import { dateOutside, type PlanAct, type PlanFacts, type PlanState } from '@gongshu/shared/plan/machine';
import { type PlanRules, planRules } from '@gongshu/shared/plan/rules';
import { problem } from '@gongshu/shared/problems';
import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { keepContents, mustBeComplete, PlanContents } from '../plans/contents.ts';
import { planReadRoutes } from '../plans/read-routes.ts';
import { factsFor } from '../plans/versions.ts';

const Reasons = z.array(Reason).max(50);
const Contents = z.strictObject({ contents: PlanContents });

/** Throws `dateOutside` (422) at the place. The machine says the same of an act that overtook another. */
const mustLieWithin = (pointer: string, on: string, since: number | undefined, now: Date): void => {
  const outside = dateOutside(on, { since: since ?? 0, at: now.getTime() });
  if (!outside) return;
  const message = {
    zh: `日期须在 ${outside.from} 至 ${outside.until} 之间`,
    en: `Between ${outside.from} and ${outside.until}`,
  };
  throw problem('dateOutside', { params: outside, errors: [{ pointer, code: 'dateOutside', message }] });
};

type Given = Omit<Parameters<typeof actOnProcedure>[3], 'row' | 'permission'> & { act: PlanAct };

export const planRoutes = (deps: ProcedureDeps): FastifyPluginAsyncZod[] => [
  procedureReadRoutes(deps, {
    kind: 'plan',
    summary: {
      list: 'Implementation plans of the city, each version a case, newest first (national arts 9–11)',
      one: 'One version of the plan: its steps, decisions, filings (national arts 9–11)',
    },
  }),
  planReadRoutes(deps),
  async (app) => {
    app.post(
      '/v1/plans',
      {
        config: { act: 'managePlan' },
        schema: {
          summary:
            '启动实施方案 · Opens a plan, or a material change of the one in force (national arts 9–11)',
          headers: IdempotencyKey,
          body: Contents,
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
        const rules = planRules(pack);
        mustBeComplete(rules, contents);
        return answerOpening(deps, request, reply, {
          ...{ kind: 'plan', pack, rules },
          authority: await bureauOf(deps.db, 'party', jurisdiction),
          role: actingRole(request.actor, 'managePlan', { jurisdiction }),
          facts: async (trx, { caseNo, receivedAt: at }): Promise<PlanFacts> => {
            const contentHash = await keepContents(trx, {
              ...{ caseNo, jurisdiction, organisation, contents, at },
            });
            return factsFor(trx, { jurisdiction, caseNo, contentHash });
          },
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
        of: { row: ProcedureRow; state: Partial<PlanState>; now: Date; request: FastifyRequest },
      ) => Given | Promise<Given>,
    ) =>
      procedureActRoute(
        app,
        deps,
        'plan',
        { path, permission, summary, body },
        async ({ row, given, request, reply }) => {
          request.mustBeAllowed({ jurisdiction: row.jurisdiction });
          const { rules } = deps.packs.resolve(row.jurisdiction);
          const state = row.state as Partial<PlanState>;
          const now = await request.lawNow();
          return actOnProcedure(deps, request, reply, {
            ...citedArticle(rules['implementationPlan']?.['route']),
            ...(await make(given, { row, state, now, request })),
            ...{ row, permission },
          });
        },
      );

    actRoute(
      'revisions',
      'managePlan',
      '修改实施方案 · Revises the contents before they are decided on (national arts 9–11)',
      Contents,
      ({ contents }, { row, request }) => {
        mustBeComplete(row.start.rules as PlanRules, contents);
        const { case_no: caseNo, jurisdiction } = row;
        const { organisation } = request.actor;
        return {
          act: { kind: 'revisePlan', contentHash: jsonHash(contents) },
          also: async (trx, { receivedAt: at }) => {
            await keepContents(trx, { caseNo, jurisdiction, organisation, contents, at });
          },
        };
      },
    );
    actRoute(
      'deliberation',
      'managePlan',
      '集体决策 · The bureau records its collective decision: votes and minutes (national art. 11)',
      Deliberation,
      ({ heldOn, votes, minutes }, { state, now }) => {
        if (state.stage === 'collectiveDecision') mustLieWithin('/body/heldOn', heldOn, state.since, now);
        return {
          act: { kind: 'deliberatePlan', heldOn, votes, minutes },
          documents: [{ hash: minutes, role: 'minutes', pointer: '/body/minutes' }],
        };
      },
    );
    actRoute(
      'approval',
      'approveByGovernment',
      '政府审定 · The government approves the plan, or refuses it with reasons (national art. 11)',
      z.strictObject({
        outcome: z.enum(['approve', 'refuse']),
        document: DocumentHash,
        reasons: Reasons.default([]),
      }),
      ({ outcome, document, reasons }) => {
        if (outcome === 'refuse' && reasons.length === 0) throw reasonsMissing();
        return {
          act: { kind: 'approvePlan', outcome, document, reasonCodes: reasons.map(({ code }) => code) },
          documents: [{ hash: document, role: 'approval', pointer: '/body/document' }],
          text: { reasons },
        };
      },
    );
    actRoute(
      'filing',
      'managePlan',
      '报送备案 · The bureau sends the plan to be filed: a numbered package (national art. 11)',
      z.strictObject({}),
      () => ({ act: { kind: 'filePlan' } }),
    );
    const Answer = z.strictObject({
      on: z.iso.date().describe('The date on the answer'),
      document: DocumentHash.describe('The answer, uploaded before'),
    });
    const answered = async (
      on: string,
      { row, state, now }: { row: ProcedureRow; state: Partial<PlanState>; now: Date },
    ) => {
      if (state.filing?.state !== 'sent') return;
      mustLieWithin('/body/on', on, state.filing.sentAt, now);
      await mustHaveBeenSent(deps.db, row.case_no);
    };
    actRoute(
      'filing/receipt',
      'answerFiling',
      '备案回执 · The body above receipted the package (national art. 11)',
      Answer.extend({ number: line(100).describe('The number it was given there') }),
      async ({ on, document, number }, of) => {
        await answered(on, of);
        return {
          act: { kind: 'receiptPlanFiling', on, document },
          documents: [{ hash: document, role: 'filingReceipt', pointer: '/body/document' }],
          text: { filingNumber: number },
        };
      },
    );
    actRoute(
      'filing/return',
      'answerFiling',
      '备案退回 · The body above returned the package, with reasons; it is sent again under the next number',
      Answer.extend({ reasons: Reasons.min(1) }),
      async ({ on, document, reasons }, of) => {
        await answered(on, of);
        return {
          act: { kind: 'returnPlanFiling', on, document, reasonCodes: reasons.map(({ code }) => code) },
          documents: [{ hash: document, role: 'filingReturn', pointer: '/body/document' }],
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
