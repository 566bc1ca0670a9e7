/** Renewal, exit and hand-over over REST (O8, O9; 朔州 八, 乌海 八（六）、十二). */
import { reasonsMissing } from '@gongshu/infra/cases/reasons';
import { Reason } from '@gongshu/infra/cases/case-routes';
import { CaseNo } from '@gongshu/infra/cases/view';
import { DocumentHash } from '@gongshu/infra/documents/cite';
import { receiptFor } from '@gongshu/infra/intake/take';
import type { RouteApp } from '@gongshu/infra/procedures/act-route';
import type { ProcedureDeps } from '@gongshu/infra/procedures/deps';
import { begun, openProcedure } from '@gongshu/infra/procedures/open';
import { actingRole } from '@gongshu/shared/may';
import { z } from 'zod';
import { actRoute, clause, type On } from '../operating-agreements/acting.ts';
import { Draft } from '../operating-agreements/contents.ts';
import { agreementDb, draftOpening } from '../operating-agreements/open.ts';
import { followingOf, mustBeEvaluated } from '../operating-agreements/origin.ts';

const Reasons = z.array(Reason).max(50).default([]);
const grounds = [
  'expiry',
  'earlyRequest',
  'agreedConditions',
  'breach',
  'failedEvaluation',
  'rectificationOverdue',
  'rectificationFailed',
] as const;
const items = [
  'dataReturnedOrDestroyed',
  'keysRevoked',
  'productsSettled',
  'runningGrants',
  'assetsSettled',
  'recordsHandedOver',
] as const;

const RenewalDecision = z
  .strictObject({
    outcome: z.enum(['renewed', 'reauthorised', 'ended']),
    evaluation: CaseNo.describe('The evaluation that decides'),
    draft: Draft.optional().describe('How the next agreement differs; what it leaves out stays as it is'),
  })
  .refine(({ outcome, draft }) => outcome === 'renewed' || draft === undefined, {
    params: { code: 'draftOfNothing' },
    error: '仅续期时拟定后续协议 · only a renewal drafts the next agreement',
  });

/** Renewed: the next agreement is drafted at once, so that it can be signed before this one ends. */
const draftNext = async (deps: ProcedureDeps, draft: Draft, { row, pack, request }: On) => {
  const { organisation, id, jurisdiction } = request.actor;
  const at = await request.lawNow();
  const origin = await followingOf(agreementDb(deps), row, 'renewal');
  return {
    ...(await draftOpening(deps, pack, draft, origin, { organisation, at })),
    by: { id, organisation, role: actingRole(request.actor, 'manageOperatingAgreement', { jurisdiction }) },
    calendarVersion: await deps.calendarVersion(jurisdiction),
    lawNow: at,
  };
};
const noDraft: Draft = { coSignatories: [], termSetters: [] };

export const endingRoutes = (app: RouteApp, deps: ProcedureDeps): void => {
  const db = agreementDb(deps);
  actRoute(app, deps, {
    ...{ path: 'renewal', permission: 'requestRenewal' },
    summary: '提交续期材料 · The operator asks for renewal within the window (Shuozhou 八)',
    body: z.strictObject({
      material: z.partialRecord(z.enum(['workReport', 'willingness']), DocumentHash).default({}),
    }),
    make: ({ material }, { pack }) => ({
      ...clause(pack, 'renewalWindow'),
      act: { kind: 'requestRenewal', material: material as Record<string, string> },
      documents: Object.entries(material).map(([role, hash]) => ({
        ...{ hash: hash as string, role, pointer: `/body/material/${role}` },
      })),
    }),
  });
  actRoute(app, deps, {
    ...{ path: 'renewal/decision', permission: 'manageOperatingAgreement', body: RenewalDecision },
    summary: '续期决定 · By the evaluation: renewed, re-authorised or ended (Shuozhou 八, Wuhai 十二)',
    make: async ({ outcome, evaluation, draft = noDraft }, on) => {
      const passed = outcome !== 'ended';
      await mustBeEvaluated(db, on.row, evaluation, (found) =>
        passed ? found.outcome === 'passed' : found.outcome !== null || found.stage === 'failed',
      );
      // The next draft is judged before the decision stands: both, or neither.
      if (outcome === 'renewed') await draftNext(deps, draft, on);
      return { ...clause(on.pack, 'renewal'), act: { kind: 'decideRenewal', outcome, evaluation } };
    },
    then: async ({ outcome, draft = noDraft }, on) => {
      if (outcome !== 'renewed') return;
      const { idempotencyKey, url, actor } = on.request;
      const receipt = receiptFor(actor.id, `${idempotencyKey} next`, url);
      const opened = await openProcedure(deps.db, await draftNext(deps, draft, on), receipt);
      const { state } = await deps.deliver(opened.receipt);
      if (state === 'delivered') await begun(deps.db, opened.caseNo);
    },
  });
  actRoute(app, deps, {
    ...{ path: 'exit', permission: 'requestExit' },
    summary: '申请提前终止 · The operator asks to leave early (Wuhai 八（六）)',
    body: z.strictObject({ ground: z.enum(grounds), document: DocumentHash }),
    make: ({ ground, document }, { pack }) => ({
      ...clause(pack, 'exit'),
      act: { kind: 'requestExit', ground, document },
      documents: [{ hash: document, role: 'exitRequest', pointer: '/body/document' }],
    }),
  });
  actRoute(app, deps, {
    ...{ path: 'exit/decision', permission: 'manageOperatingAgreement' },
    summary: '决定提前终止申请 · The bureau agrees to the exit, or refuses it with reasons',
    body: z.strictObject({
      outcome: z.enum(['approve', 'refuse']),
      document: DocumentHash,
      reasons: Reasons,
    }),
    make: ({ outcome, document, reasons }, { pack }) => {
      if (outcome === 'refuse' && reasons.length === 0) throw reasonsMissing();
      return {
        ...clause(pack, 'exit'),
        act: { kind: 'decideExit', outcome, document, reasonCodes: reasons.map(({ code }) => code) },
        documents: [{ hash: document, role: 'exitDecision', pointer: '/body/document' }],
        text: { reasons },
      };
    },
  });
  actRoute(app, deps, {
    ...{ path: 'termination', permission: 'manageOperatingAgreement' },
    summary: '终止授权 · The bureau terminates the mandate on a ground of its rules (O9)',
    body: z.strictObject({
      ...{ ground: z.enum(grounds), document: DocumentHash, reasons: Reasons },
      evaluation: CaseNo.optional().describe('The evaluation that failed'),
    }),
    make: async ({ ground, document, evaluation, reasons }, on) => {
      if (evaluation !== undefined)
        await mustBeEvaluated(
          db,
          on.row,
          evaluation,
          ({ stage, outcome }) =>
            ['failed', 'overdue', 'terminated'].includes(stage) || outcome === 'newSelection',
        );
      return {
        ...clause(on.pack, 'exit'),
        act: { kind: 'terminateAgreement', ground, document, evaluation: evaluation ?? null },
        documents: [{ hash: document, role: 'termination', pointer: '/body/document' }],
        text: { reasons },
      };
    },
  });
  actRoute(app, deps, {
    ...{ path: 'hand-over', permission: 'handOver' },
    summary:
      '移交 · An item of the hand-over list is ticked off with its evidence; the case closes with the last',
    body: z.strictObject({ item: z.enum(items), document: DocumentHash }),
    make: ({ item, document }, { pack }) => ({
      ...clause(pack, 'handOver'),
      act: { kind: 'handOverItem', item, document },
      documents: [{ hash: document, role: item, pointer: '/body/document' }],
    }),
  });
};
